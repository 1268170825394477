"""A text as rows of cells, by the rules of RFC 4180, kept strictly."""

import io
from collections import deque
from collections.abc import Collection, Generator, Iterable, Iterator
from typing import NamedTuple

from django.conf import settings

from indicators.extracts.findings import CannotRead, Finding

LONGEST_CELL: int = settings.MAX_CELL_CHARACTERS
LONGEST_LINE = 5_000_000
BLOCK = 1 << 19


class CellPlace(NamedTuple):
    """A cell of a file: its line and its column, both from 1, in the file as it was."""

    line: int
    column: int


class Row(NamedTuple):
    """The cells of one row, the line of the file it begins on, and the columns, from 1, of cells that somebody has
    corrected."""

    line: int
    cells: tuple[str, ...]
    corrected: tuple[int, ...] = ()

    @property
    def places(self) -> tuple[CellPlace, ...]:
        """Where the corrected cells stand."""
        return tuple(CellPlace(self.line, column) for column in self.corrected)


class Block(NamedTuple):
    """Lines that follow one another and hold nothing special, uncut. `line` is the number of the first."""

    line: int
    lines: list[str]
    delimiter: str

    def cut(self, width: int) -> "Cells | None":
        """The cells of all lines, if each has so many and none is blank in its second."""
        if any(count != width - 1 for count in {line.count(self.delimiter) for line in self.lines}):
            return None
        cells = Cells(self.line, self.delimiter.join(self.lines).split(self.delimiter), width)
        return cells if all(map(str.strip, cells.column(2))) else None


class Cells(NamedTuple):
    """The cells of rows that follow one another, one row of `width` after the other. `line` is that of the first."""

    line: int
    cells: list[str]
    width: int

    def column(self, number: int) -> list[str]:
        """The cells of a column, counted from 1."""
        return self.cells[number - 1 :: self.width]


class Lines:
    """The lines of a text, one after another, each with what ends it: CR, LF or both. Of the cells at `taken`, by line
    and column, wrong quotation marks are taken as they stand: somebody corrects these cells."""

    def __init__(self, text: io.TextIOWrapper, taken: Collection[CellPlace] = ()) -> None:
        self.text = text
        self.taken = taken
        self.number = 0
        self.ahead: deque[str] = deque()

    def peek(self, count: int) -> list[str]:
        """The next lines, which stay to be taken."""
        while len(self.ahead) < count and (line := self.text.readline(LONGEST_LINE)):
            self.ahead.append(line)
            if len(line) >= LONGEST_LINE:
                break
        return list(self.ahead)

    def take(self) -> str:
        """The next line; nothing after the last."""
        line = self.ahead.popleft() if self.ahead else self.text.readline(LONGEST_LINE)
        self.number += bool(line)
        if len(line) >= LONGEST_LINE and len(bare(line)) >= LONGEST_LINE:
            raise CannotRead(Finding(self.number, None, "line", f"This line has {LONGEST_LINE:,} characters or more."))
        return line

    def take_block(self) -> list[str]:
        """The next lines, without what ends them, if none of them needs care: no quotation mark, no line too long for
        a cell, no CR alone. Else nothing, and they stay to be taken one by one."""
        if self.ahead:
            return []
        block = self.text.read(BLOCK)
        if block and block[-1] != "\n":
            block += self.text.readline(LONGEST_LINE)
        plain = block.replace("\r\n", "\n")
        cut = plain.split("\n")
        if '"' in plain or "\r" in plain or max(map(len, cut)) > LONGEST_CELL:
            self.ahead.extend(io.StringIO(block, newline=""))
            return []
        if not cut[-1]:
            cut.pop()
        self.number += len(cut)
        return cut


def rows_of(lines: Lines, delimiter: str) -> Iterator[Row | Finding]:
    """Every row that is not blank. A row that breaks the rules is there as an error, and reading goes on with the
    next line as far as that can be known."""
    return in_rows(pieces_of(lines, delimiter))


def in_rows(pieces: Iterable[Row | Finding | Block | Cells]) -> Iterator[Row | Finding]:
    """Pieces with the rows of each block one by one, without the blank ones."""
    for piece in pieces:
        if isinstance(piece, Block):
            for number, line in enumerate(piece.lines, piece.line):
                if line and ((line[0] != piece.delimiter and not line[0].isspace()) or not is_blank(line, piece)):
                    yield Row(number, tuple(line.split(piece.delimiter)))
        elif isinstance(piece, Cells):
            for number, at in enumerate(range(0, len(piece.cells), piece.width), piece.line):
                yield Row(number, tuple(piece.cells[at : at + piece.width]))
        else:
            yield piece


def is_blank(line: str, block: Block) -> bool:
    return not line.replace(block.delimiter, "").strip()


def pieces_of(lines: Lines, delimiter: str) -> Iterator[Row | Finding | Block]:
    """The rows of a text, and in blocks the lines that hold nothing special."""
    while True:
        whole = yield from rows_with_care(lines, delimiter)
        cut = lines.take_block() if whole else []
        if not cut and not lines.ahead:
            return
        if cut:
            yield Block(lines.number - len(cut) + 1, cut, delimiter)


def rows_with_care(lines: Lines, delimiter: str) -> Generator[Row | Finding, None, bool]:
    """The rows of the lines that lie ahead, and of as many more as the last of them needs; whether reading can go on
    after them."""
    try:
        while lines.ahead and (line := lines.take()):
            start = lines.number
            try:
                cells = with_quotes(line, delimiter, lines) if '"' in line else bare(line).split(delimiter)
            except CannotRead as broken:
                yield broken.finding
                if broken.finding.code == "unclosed":
                    lines.ahead.clear()
                    return False
                continue
            long = next((column for column, cell in enumerate(cells, 1) if len(cell) > LONGEST_CELL), 0)
            if long:
                yield Finding(start, long, "long", f"This cell has more than {LONGEST_CELL:,} characters.")
            elif any(cell and not cell.isspace() for cell in cells):
                yield Row(start, tuple(cells))
    except CannotRead as broken:
        yield broken.finding
        lines.ahead.clear()
        return False
    return True


def bare(line: str) -> str:
    return line.rstrip("\r\n")


def with_quotes(line: str, delimiter: str, lines: Lines) -> list[str]:
    """The cells of a line with quotation marks; takes further lines while one stays open."""
    cells: list[str] = []
    start, at = lines.number, 0
    while True:
        column = len(cells) + 1
        if line.startswith('"', at):
            cell, line, at = quoted(line, at + 1, start, column, lines)
            rest = bare(line[at:]).partition(delimiter)[0]
            if rest and (start, column) in lines.taken:
                cell, at, rest = f'"{cell}"{rest}', at + len(rest), ""
            cells.append(cell)
            if rest:
                said = f"After the closing quotation mark stands '{line[at : at + 9].strip()}'; expected the next cell."
                raise CannotRead(Finding(start, column, "after-quote", said))
        else:
            end = line.find(delimiter, at)
            cell = bare(line[at:]) if end < 0 else line[at:end]
            if '"' in cell and (start, column) not in lines.taken:
                said = "There is a quotation mark inside a cell that does not begin with one."
                raise CannotRead(
                    Finding(start, column, "quote", f"{said} Put the whole cell in quotation marks and double it.")
                )
            cells.append(cell)
            at = len(line) if end < 0 else end
        if not line.startswith(delimiter, at):
            return cells
        at += len(delimiter)


def quoted(line: str, at: int, start: int, column: int, lines: Lines) -> tuple[str, str, int]:
    """The cell that begins after a quotation mark, the line it ends on, and where on that line it has ended."""
    parts: list[str] = []
    length = 0
    while True:
        end = line.find('"', at)
        if end < 0:
            parts.append(line[at:])
            length += len(line) - at
            line, at = lines.take(), 0
            if not line or length > LONGEST_CELL:
                said = "The quotation mark that opens this cell is never closed"
                within = "" if not line else f" within {LONGEST_CELL:,} characters"
                raise CannotRead(Finding(start, column, "unclosed", f"{said}{within}."))
        elif line.startswith('"', end + 1):
            parts.append(line[at : end + 1])
            length += end + 1 - at
            at = end + 2
        else:
            parts.append(line[at:end])
            return "".join(parts), line, end + 1
