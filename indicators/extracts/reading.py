"""The bytes of a file as a table: its header, and its rows with the lines they stand on.

A row that does not fit the header is an error with its line and column; it is never shifted into place. The file is
read as a stream.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from indicators.extracts.cutting import Lines, Row, rows_of
from indicators.extracts.encoding import encoding_of
from indicators.extracts.findings import CannotRead, Finding

__all__ = ["Row", "Table", "read"]

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
MOST_COLUMNS = 500
SAMPLE = 50
COMMA = " Put a number or text that holds a comma in quotation marks."


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header, and its rows in order, where a row that cannot be read is an error. Its rows are read once."""

    header: Row
    rows: Iterator[Row | Finding]
    notes: tuple[Finding, ...] = ()


class Borrowed(io.BufferedIOBase):
    """A stream that stays open when the text made from it goes."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self.stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self.stream.read(size)


def read(source: bytes | BinaryIO) -> Table:
    """The table that a file holds. Raises CannotRead with the reason when it holds none."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    encoding = encoding_of(stream)
    notes = [encoding.notice] if encoding.notice else []
    lines = Lines(io.TextIOWrapper(Borrowed(stream), encoding.name, newline=""))  # type: ignore[arg-type]
    delimiter = delimiter_of(lines)
    rows = rows_of(lines, delimiter)
    header = header_of(rows)
    first = next(rows, None)
    if first is None:
        said = "The file has a header and no rows. Expected at least one row of figures."
        raise CannotRead(Finding(header.line, None, "header-only", said))
    if delimiter != ",":
        said = f"The columns are separated by {DELIMITERS[delimiter]}."
        notes.append(Finding(None, None, "delimiter", said, "note"))
    return Table(header, of_width(len(header.cells), first, rows), tuple(notes))


def delimiter_of(lines: Lines) -> str:
    """The one that Excel names in a first line ('sep=;'), else the one that cuts most of the first lines into as
    many cells as the header, and into more than one."""
    sample = lines.peek(SAMPLE)
    if sample and (named := re.fullmatch(r'"?sep=([,;\t|])"?\s*', sample[0], re.IGNORECASE)):
        lines.take()
        return named[1]
    outside = [re.sub(r'"[^"]*("|$)', "", line) for line in sample if line.strip()]

    def fit(delimiter: str) -> tuple[bool, int, int]:
        counts = [line.count(delimiter) for line in outside] or [0]
        return counts[0] > 0, counts.count(counts[0]), counts[0]

    return max(DELIMITERS, key=fit)


def header_of(rows: Iterator[Row | Finding]) -> Row:
    """The first row that is not blank. Raises CannotRead where it cannot be a header."""
    header = next(rows, None)
    if header is None:
        said = "The file is empty. Expected a header and at least one row of figures."
        raise CannotRead(Finding(None, None, "empty", said))
    if isinstance(header, Finding):
        raise CannotRead(header)
    width = len(header.cells)
    if width > MOST_COLUMNS:
        said = f"There are {width} columns. At most {MOST_COLUMNS} are read."
        raise CannotRead(Finding(header.line, None, "columns", said))
    if width == 1:
        said = "There is only one column. Expected several, separated by commas, semicolons, tabs or vertical bars."
        raise CannotRead(Finding(header.line, None, "one-column", said))
    return header


def of_width(width: int, first: Row | Finding, rest: Iterator[Row | Finding]) -> Iterator[Row | Finding]:
    """The rows, with an error in place of each that has another number of cells than the header."""
    row: Row | Finding | None = first
    while row is not None:
        if isinstance(row, Row) and len(row.cells) != width:
            has = f"{len(row.cells)} cell{'s' if len(row.cells) != 1 else ''}"
            said = f"There are {has}; expected {width}, as in the header.{COMMA if len(row.cells) > width else ''}"
            yield Finding(row.line, min(len(row.cells), width) + 1, "width", said)
        else:
            yield row
        row = next(rest, None)
