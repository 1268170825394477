"""Single cells that somebody has corrected: the bytes stay as they are, and are read with the corrections. Pure."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from indicators.extracts.cells import shown
from indicators.extracts.cutting import Block, CellPlace, Row, in_rows
from indicators.extracts.findings import Finding

Piece = Row | Finding | Block


class Correction(NamedTuple):
    """A cell, what stands there in the file, and what is read instead."""

    line: int
    column: int
    was: str
    now: str

    @property
    def place(self) -> CellPlace:
        return CellPlace(self.line, self.column)


def corrected(pieces: Iterable[Piece], corrections: Iterable[Correction]) -> Iterator[Piece]:
    """The pieces of a file with its corrections. One that does not fit what stands in the file is an error."""
    by_line = {line: list(here) for line, here in groupby(sorted(corrections), attrgetter("line"))}
    for piece in apart(pieces, frozenset(by_line)) if by_line else pieces:
        here = by_line.pop(piece.line, None) if isinstance(piece, Row) else None
        if here and isinstance(piece, Row):
            yield from row_with(piece, here)
        else:
            yield piece
    for here in by_line.values():
        yield from map(unfit, here)


def row_with(row: Row, corrections: Iterable[Correction]) -> Iterator[Row | Finding]:
    """A row with its corrections, after an error for each that does not fit; nothing where it is then empty."""
    cells, columns = list(row.cells), []
    for correction in corrections:
        at = correction.column - 1
        if at < len(cells) and cells[at] == correction.was:
            cells[at] = correction.now
            columns.append(correction.column)
        else:
            yield unfit(correction)
    if any(cell.strip() for cell in cells):
        yield Row(row.line, tuple(cells), tuple(columns))


def unfit(correction: Correction) -> Finding:
    said = f"This cell was corrected from {shown(correction.was)}, which does not stand there. Remove the correction."
    return Finding(correction.line, correction.column, "correction", said)


def rows_at(pieces: Iterable[Piece], lines: Collection[int]) -> Iterator[Row]:
    """The rows that begin on some lines. Reading ends with the last of them."""
    wanted = frozenset(lines)
    last = max(wanted, default=0)
    for piece in apart(pieces, wanted):
        if (piece.line or 0) > last:
            return
        if isinstance(piece, Row) and piece.line in wanted:
            yield piece


def apart(pieces: Iterable[Piece], lines: Collection[int]) -> Iterator[Piece]:
    """The pieces, in which each of these lines stands as a row of its own."""
    for piece in pieces:
        if not isinstance(piece, Block):
            yield piece
            continue
        start = 0
        for at in sorted(line - piece.line for line in lines if 0 <= line - piece.line < len(piece.lines)):
            yield from part(piece, start, at)
            yield from in_rows(part(piece, at, at + 1))
            start = at + 1
        yield from part(piece, start, len(piece.lines))


def part(block: Block, start: int, end: int) -> Iterator[Block]:
    """The lines of a block between two; nothing where there are none."""
    if (start, end) == (0, len(block.lines)):
        yield block
    elif start < end:
        yield Block(block.line + start, block.lines[start:end], block.delimiter)
