"""The text of a running account: how it is kept, and how it is set out on a page. It knows no models."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import ValidationError

LONGEST = 10_000

UNKEEPABLE = re.compile("[\0\ud800-\udfff]")

BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+(?=\S)")
NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its lines, or a list with its items. `kind` is paragraph, bullets or numbers."""

    kind: str
    lines: tuple[str, ...]


def tidy(text: str, longest: int = LONGEST) -> str:
    """As it is kept: one form of each accented letter, lines ending in a line feed, no space around it.

    Raises ValidationError for a text that cannot be kept.
    """
    if UNKEEPABLE.search(text):
        raise ValidationError(
            "The text holds a character that cannot be kept (NUL or half of one). Delete it and try again."
        )
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(kept) > longest:
        raise ValidationError(f"The text is {len(kept):,} characters long. It can be up to {longest:,}.")
    return kept


def blocks(text: str) -> tuple[Block, ...]:
    """A plain text as paragraphs and lists: a blank line parts paragraphs; lines that begin with '-', '*', '•'
    or a number and a full stop are items; other line breaks are kept."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip()) for block in set_out(part))


def set_out(part: str) -> Iterator[Block]:
    lines = [line.rstrip() for line in part.split("\n") if line.strip()]
    for kind, group in groupby(lines, key=kind_of):
        yield Block(kind, tuple(line.strip() if kind == "paragraph" else BULLET.sub("", line) for line in group))


def kind_of(line: str) -> str:
    if not BULLET.match(line):
        return "paragraph"
    return "numbers" if NUMBER.match(line) else "bullets"
