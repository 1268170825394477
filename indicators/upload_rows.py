"""The rows of a file that have errors, as a file to send back to whoever sent it."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indicators.downloads import text
from indicators.extracts.cells import NUMBER
from indicators.extracts.current import corrections_of, rows_of, table_in
from indicators.extracts.cutting import CellPlace
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.reading import without_empty_end
from indicators.extracts.standing import rows_standing
from indicators.extracts.storage import open_kept
from indicators.models import Extract

MOST = 10_000
ADDED = ("Line", "What is wrong")


@dataclass(frozen=True, slots=True)
class WrongRows:
    """What is wrong with the rows of a file, by their lines; `header` is the line of its header, `taken` the cells with
    an error, `more` how many errors there are beyond the first 10,000."""

    extract: Extract
    header: int
    said: Mapping[int, str]
    taken: frozenset[CellPlace]
    more: int

    def lines(self) -> Iterator[str]:
        """The file: the header and the rows as they stand, each with its line and what is wrong. Read twice, one row
        after another, so that memory does not grow with it."""
        width = max(len(cells) for _, cells in self.rows())
        writer = csv.writer(Echo())
        yield "\ufeff"
        met = {self.header}
        for line, cells in self.rows():
            more = ADDED if line == self.header else (line, text(self.said[line]))
            yield writer.writerow([*map(safe, cells), *[""] * (width - len(cells)), *more])
            met.add(line)
        for line in sorted(self.said.keys() - met):
            yield writer.writerow([*[""] * width, line, text(self.said[line])])
        if self.more:
            yield writer.writerow([*[""] * width, "", f"There are {self.more:,} more errors in the file."])

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The header and the wrong rows with their lines, as they stand in the file."""
        wanted, sheet = {self.header, *self.said}, self.extract.sheet
        with open_kept(self.extract.sha256) as file:
            for row in rows_standing(file, wanted, sheet=sheet, taken=self.taken):
                yield row.line, without_empty_end(row.cells) if row.line == self.header else row.cells


class Echo:
    """Gives back what is written."""

    def write(self, line: str) -> str:
        return line


def safe(cell: str) -> str:
    """A cell as it stands, without what a spreadsheet would run as a formula."""
    return cell if NUMBER.fullmatch(cell.strip()) else text(cell)


def wrong_rows(extract: Extract) -> WrongRows | None:
    """The rows of a file that have errors, read with the corrections made so far; None where there are none, where the
    file is no table or no longer kept, and where it holds details of people."""
    try:
        with open_kept(extract.sha256) as file:
            table = table_in(file, extract.sheet, corrections_of(extract))
            _, _, checked = rows_of(table, extract.format, extract.mapping, most=MOST)
    except (FileNotFoundError, CannotRead):
        return None
    findings, header = checked.findings, table.header.line
    findings.name_columns(table.header.cells, header)
    errors = [error for error in findings.of("error") if (error.line or 0) > header]
    if findings.has_personal_data or not errors:
        return None
    places = frozenset(CellPlace(error.line or 0, error.column or 0) for error in errors)
    return WrongRows(extract, header, by_line(errors), places, findings.more("error"))


def by_line(errors: Iterable[Finding]) -> dict[int, str]:
    """What is wrong with each line, with the name of the column before it."""
    said: dict[int, list[str]] = defaultdict(list)
    for error in errors:
        column = error.name or (f"Column {error.column}" if error.column else "")
        said[error.line or 0].append(f"{column}: {error.message}" if column else error.message)
    return {line: " ".join(messages) for line, messages in said.items()}
