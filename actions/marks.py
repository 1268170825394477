"""What changed between two texts, word by word. Knows no models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words. `kind` is same, added or removed."""

    kind: str
    text: str


def marks(before: str, after: str) -> tuple[Mark, ...]:
    """The second text with what was added to the first, and what was removed where it stood.

    Words count as the same whatever space stands before them. Every run but the first begins with space.
    """
    runs = [mark for mark in found(WORD.findall(before), WORD.findall(after)) if mark.text]
    return tuple(
        mark if at == 0 or mark.text[0].isspace() else Mark(mark.kind, f" {mark.text}") for at, mark in enumerate(runs)
    )


def found(before: list[str], after: list[str]) -> Iterator[Mark]:
    # difflib passes over words that fill more than a hundredth of a long text, so that no text takes long.
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after])
    codes = matcher.get_opcodes()
    # A single word that stayed between two changes says nothing: it belongs to them.
    stays = [
        kind == "equal" and (j - i > 1 or at in (0, len(codes) - 1)) for at, (kind, i, j, _, _) in enumerate(codes)
    ]
    for is_same, group in groupby(zip(stays, codes, strict=True), key=lambda pair: pair[0]):
        runs = [code for _, code in group]
        removed, added = slice(runs[0][1], runs[-1][2]), slice(runs[0][3], runs[-1][4])
        if is_same:
            yield Mark("same", "".join(after[added]))
        else:
            yield Mark("removed", "".join(before[removed]))
            yield Mark("added", "".join(after[added]))
