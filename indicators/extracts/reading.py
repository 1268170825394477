"""The bytes of a file as a table: its header, and its rows with the lines they stand on.

A row that does not fit the header is an error with its line and column; it is never shifted into place. The file is
read as a stream.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO

from django.conf import settings

from indicators.extracts import values
from indicators.extracts.cells import shown
from indicators.extracts.corrections import Correction, corrected
from indicators.extracts.cutting import Block, CellPlace, Cells, Lines, Row, in_rows, pieces_of
from indicators.extracts.encoding import encoding_of, head_of, refuse_binary
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.footers import without_footer
from indicators.extracts.workbook import sheets_of
from indicators.extracts.workbook_parts import is_workbook, refuse_bombs

__all__ = ["Row", "Table", "read"]

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
MOST_COLUMNS: int = settings.MAX_COLUMNS
MOST_ROWS_ABOVE = 30
LONGEST_NOTE = 500
SAMPLE = 50
COMMA = " Put a number or text that holds a comma in quotation marks."


IsHeader = Callable[[Sequence[str]], bool]
Piece = Row | Finding | Cells


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header, and its rows in order, where a row that cannot be read is an error. They are read once: from
    `rows`, or faster from `pieces`, where many rows come as their Cells at once. `about` is what stands above the
    header and, once all rows are read, below them; `above` the rows above it as they are; `sheet` the sheet of a
    workbook."""

    header: Row
    pieces: Iterator[Piece]
    notes: tuple[Finding, ...] = ()
    about: list[str] = field(default_factory=list)
    sheet: str | None = None
    above: tuple[Row, ...] = ()

    @property
    def rows(self) -> Iterator[Row | Finding]:
        """The rows one by one."""
        return in_rows(self.pieces)


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


def read(
    source: bytes | BinaryIO,
    *,
    is_header: IsHeader | None = None,
    sheet: str = "",
    corrections: Sequence[Correction] = (),
) -> Table:
    """The table that a file holds. Raises CannotRead with the reason when it holds none.

    The header is the first row that `is_header` knows, within 30; where it knows none, the first that is as wide as
    the rows below it. `sheet` names the sheet of a workbook; `corrections` are those of single cells.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    if is_workbook(stream):
        sheets = sheets_of(stream, sheet)
        return of_workbook({name: list(corrected(rows, corrections)) for name, rows in sheets.items()}, is_header)
    if sheet:
        raise CannotRead(Finding(None, None, "unknown-sheet", "This file is no workbook: it has no sheets."))
    pieces, notes = pieces_in(stream, [correction.place for correction in corrections])
    return table_of(corrected(pieces, corrections), is_header, notes, None)


def pieces_in(
    stream: BinaryIO, taken: Collection[CellPlace] = ()
) -> tuple[Iterator[Row | Finding | Block], list[Finding]]:
    """The pieces of a text, and what has to be known of how it is written; `taken` is that of Lines."""
    encoding = encoding_of(stream)
    notes = [encoding.notice] if encoding.notice else []
    lines = Lines(io.TextIOWrapper(Borrowed(stream), encoding.name, newline=""), taken)  # type: ignore[arg-type]
    delimiter = delimiter_of(lines)
    if delimiter != ",":
        said = f"The columns are separated by {DELIMITERS[delimiter]}."
        notes.append(Finding(None, None, "delimiter", said, "note"))
    return pieces_of(lines, delimiter), notes


def refuse_at_once(stream: BinaryIO) -> None:
    """Raise CannotRead for what is no table at all, however large it is: told by its first bytes, or by the list of
    parts at the end of a zip. Leaves the stream at its start."""
    try:
        if is_workbook(stream):
            refuse_bombs(stream)
        else:
            refuse_binary(head_of(stream))
    finally:
        stream.seek(0)


def of_workbook(sheets: Mapping[str, Sequence[Row | Finding | Block]], is_header: IsHeader | None) -> Table:
    """The table of the only sheet that holds one, or the only one whose header is known. Raises CannotRead where there
    are none or several."""
    tables = {name: rows for name, rows in sheets.items() if len(sheets) == 1 or is_table(rows)}
    known = [name for name, rows in tables.items() if has_header(rows[:MOST_ROWS_ABOVE], is_header)]
    names = list(tables) if len(tables) == 1 else known
    if len(names) != 1:
        listed = ", ".join(f"“{name}”" for name in (names or tables))[:300]
        said = (
            f"Several sheets hold a table: {listed}. Say which one is meant." if tables else "No sheet holds a table."
        )
        raise CannotRead(Finding(None, None, "which-sheet" if tables else "empty", said))
    return table_of(iter(tables[names[0]]), is_header, [], names[0])


def is_table(rows: Iterable[Row | Finding | Block]) -> bool:
    """Whether two rows at least have two filled cells."""
    wide = (row for row in rows if isinstance(row, Row) and sum(bool(cell.strip()) for cell in row.cells) > 1)
    return len(list(islice(wide, 2))) == 2


def has_header(rows: Sequence[Row | Finding | Block], is_header: IsHeader | None) -> bool:
    return is_header is not None and any(isinstance(row, Row) and is_header(row.cells) for row in rows)


def table_of(
    pieces: Iterator[Row | Finding | Block], is_header: IsHeader | None, notes: list[Finding], sheet: str | None
) -> Table:
    """Rows as a table. Raises CannotRead where none of them is a header with rows below it."""
    first: list[Row | Finding] = []
    while len(first) < MOST_ROWS_ABOVE and (piece := next(pieces, None)) is not None:
        first += in_rows([piece])
    at = place_of_header(first, is_header)
    about = [text for row in first[:at] if isinstance(row, Row) and (text := as_text(row))]
    header = header_of(first[at:])
    width = len(without_empty_end(header.cells))
    rest: Iterator[Piece] = chain(first[at + 1 :], fitting(pieces, width, len(header.cells)))
    below = next(rest, None)
    if below is None:
        said = "The file has a header and no rows. Expected at least one row of figures."
        raise CannotRead(Finding(header.line, None, "header-only", said))
    rest = chain([below], rest)
    # In two columns a note cannot be told from a name without its figure.
    figures = without_footer(rest, about) if width > 2 else rest
    named = header._replace(cells=header.cells[:width])
    above = tuple(row for row in first[:at] if isinstance(row, Row))
    return Table(named, of_width(width, len(header.cells), figures), tuple(notes), about, sheet, above)


def fitting(pieces: Iterable[Row | Finding | Block], width: int, with_empty: int) -> Iterator[Piece]:
    """Pieces with each block cut into cells at once where all its rows are of this width, and so is the header with
    its empty cells; else row by row."""
    for piece in pieces:
        if not isinstance(piece, Block):
            yield piece
        elif width == with_empty and (cells := piece.cut(width)) is not None:
            yield cells
        else:
            yield from in_rows([piece])


def place_of_header(rows: Sequence[Row | Finding], is_header: IsHeader | None) -> int:
    """Where the header stands among the first rows."""
    cells = [row.cells if isinstance(row, Row) else () for row in rows]
    if is_header and (known := next((at for at, row in enumerate(cells) if is_header(row)), None)) is not None:
        return known
    filled = [sum(bool(cell.strip()) for cell in row) for row in cells]
    usual = Counter(count for count in filled if count > 1).most_common(1)
    enough = usual[0][0] * 0.6 if usual else 0
    broken = next((at for at, row in enumerate(rows) if isinstance(row, Finding)), len(rows))
    at = min(broken, next((at for at, count in enumerate(filled) if count >= enough), 0))
    return at + (at + 1 < min(broken, len(cells)) and goes_on(cells[at], cells[at + 1]))


def goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a header has a second row, of names under cells that the first leaves empty, and no figures."""
    gaps = any(not above.strip() and below.strip() for above, below in zip(upper[1:], lower[1:], strict=False))
    return (
        gaps and len(lower) <= len(upper) and not any(values.is_figure(cell.strip()) for cell in lower if cell.strip())
    )


def as_text(row: Row) -> str:
    """What a row of a title or a note says."""
    return " ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())[:LONGEST_NOTE]


def without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Cells without the empty ones at their end."""
    last = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def delimiter_of(lines: Lines) -> str:
    """The one that Excel names in a first line ('sep=;'), else the one that cuts most of the first lines into the
    same number of cells, and into more than one."""
    sample = lines.peek(SAMPLE)
    if sample and (named := re.fullmatch(r'"?sep=([,;\t|])"?\s*', sample[0], re.IGNORECASE)):
        lines.take()
        return named[1]
    outside = [re.sub(r'"[^"]*("|$)', "", line) for line in sample if line.strip()]

    def fit(delimiter: str) -> tuple[int, bool, int]:
        counts = Counter(count for line in outside if (count := line.count(delimiter)))
        count, lines_with_it = counts.most_common(1)[0] if counts else (0, 0)
        return lines_with_it, bool(outside) and delimiter in outside[0], count

    return max(DELIMITERS, key=fit)


def header_of(rows: Sequence[Row | Finding]) -> Row:
    """The first of these rows. Raises CannotRead where it cannot be a header."""
    if not rows:
        said = "The file is empty. Expected a header and at least one row of figures."
        raise CannotRead(Finding(None, None, "empty", said))
    header = rows[0]
    if isinstance(header, Finding):
        raise CannotRead(header)
    width = len(without_empty_end(header.cells))
    if width > MOST_COLUMNS:
        said = f"There are {width} columns. At most {MOST_COLUMNS} are read."
        raise CannotRead(Finding(header.line, None, "columns", said))
    if width == 1:
        said = "There is only one column. Expected several, separated by commas, semicolons, tabs or vertical bars."
        raise CannotRead(Finding(header.line, None, "one-column", said))
    return header


def of_width(width: int, with_empty: int, rows: Iterable[Piece]) -> Iterator[Piece]:
    """The rows with the cells of `width` columns, and an error in place of each that is not as wide as the header
    itself. The header may have had empty cells at its end, `with_empty` cells in all: what stands below those is empty
    in every row, or an error."""
    for row in rows:
        if isinstance(row, Row) and len(row.cells) != with_empty:
            yield wrong_width(row, with_empty)
        elif not isinstance(row, Row) or width == with_empty:
            yield row
        elif at := next((at for at, cell in enumerate(row.cells, 1) if at > width and cell.strip()), 0):
            said = f"{shown(row.cells[at - 1])} has no column name above it."
            yield Finding(row.line, at, "unnamed-column", said)
        else:
            yield row._replace(cells=row.cells[:width])


def wrong_width(row: Row, width: int) -> Finding:
    has = f"{len(row.cells)} cell{'s' if len(row.cells) != 1 else ''}"
    said = f"There are {has}; expected {width}, as in the header.{COMMA if len(row.cells) > width else ''}"
    return Finding(row.line, min(len(row.cells), width) + 1, "width", said)
