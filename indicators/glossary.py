"""Words of the field, as pages use them. They ship with the code; an agreement's abbreviations stand in its folder."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning. `slug` is its anchor on the page; `see` names addresses of pages that say more."""

    slug: str
    term: str
    meaning: str
    see: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the alphabet."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["terms"]
    found = (Term(t["slug"], t["term"], t["meaning"], tuple(t.get("see", ()))) for t in tables)
    return tuple(sorted(found, key=lambda term: term.term.lower()))
