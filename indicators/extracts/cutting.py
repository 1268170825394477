"""A text as rows of cells, by the rules of RFC 4180, kept strictly."""

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.extracts.findings import CannotRead, Finding

LONGEST_CELL = 10_000
LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file it begins on."""

    line: int
    cells: tuple[str, ...]


class Lines:
    """The lines of a text, one after another, each with what ends it: CR, LF or both."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.number = 0
        self.ahead: deque[str] = deque()

    def peek(self, count: int) -> list[str]:
        """The next lines, which stay to be taken."""
        while len(self.ahead) < count and (line := self.text.readline(LONGEST_LINE)):
            self.ahead.append(line)
        return list(self.ahead)

    def take(self) -> str:
        """The next line; nothing after the last."""
        line = self.ahead.popleft() if self.ahead else self.text.readline(LONGEST_LINE)
        self.number += bool(line)
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            raise CannotRead(Finding(self.number, None, "line", f"This line has {LONGEST_LINE:,} characters or more."))
        return line


def rows_of(lines: Lines, delimiter: str) -> Iterator[Row | Finding]:
    """Every row that is not blank. A row that breaks the rules is there as an error, and reading goes on with the
    next line as far as that can be known."""
    try:
        while line := lines.take():
            start = lines.number
            try:
                cells = with_quotes(line, delimiter, lines) if '"' in line else bare(line).split(delimiter)
            except CannotRead as broken:
                yield broken.finding
                if broken.finding.code == "unclosed":
                    return
                continue
            long = next((column for column, cell in enumerate(cells, 1) if len(cell) > LONGEST_CELL), 0)
            if long:
                yield Finding(start, long, "long", f"This cell has more than {LONGEST_CELL:,} characters.")
            elif any(cell and not cell.isspace() for cell in cells):
                yield Row(start, tuple(cells))
    except CannotRead as broken:
        yield broken.finding


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
            cells.append(cell)
            if line[at:].strip("\r\n") and not line.startswith(delimiter, at):
                said = f"After the closing quotation mark stands '{line[at : at + 9].strip()}'; expected the next cell."
                raise CannotRead(Finding(start, column, "after-quote", said))
        else:
            end = line.find(delimiter, at)
            cell = bare(line[at:]) if end < 0 else line[at:end]
            if '"' in cell:
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
