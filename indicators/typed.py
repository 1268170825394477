"""Figures that somebody types or pastes, as the rows of a tidy file: from there on they go the way of every file."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.extracts.formats.native import name_of
from indicators.extracts.register import simple

# The columns of the file that is made. A row names its period, or gives its first and last day.
PERIOD, DAYS = ("period",), ("period_start", "period_end")
LAST = ("value", "value_to", "qualifier", "status", "coverage", "source_edition", "note")
# What pasted rows hold where no header says otherwise.
USUAL = ("indicator", "area", "period", "value", "qualifier", "source edition", "page")
NAMES = {"page": "note", "edition": "source_edition", "source": "source_edition", "area_code": "area"}
KNOWN = {"indicator", "area", *PERIOD, *DAYS, *LAST}
MOST_ROWS = 1000

QUALIFIERS = {
    "about": ("about", "approximately", "approx.", "approx", "around", "circa", "c.", "ca.", "~"),
    "over": ("over", "more than", "above", ">"),
    "under": ("under", "fewer than", "less than", "below", "<"),
}
WORDS = {word: qualifier for qualifier, words in QUALIFIERS.items() for word in words}
AMOUNT = r"[£(−-]?[0-9]"
SOME = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
QUALIFIED = re.compile(rf"({SOME})\s*({AMOUNT}.*)", re.IGNORECASE)
ENDS = r"(£?[0-9][0-9,.]*%?)"
RANGES = (
    re.compile(rf"{ENDS}\s*(?:to|-|–|—)\s*{ENDS}", re.IGNORECASE),
    re.compile(rf"between\s+{ENDS}\s+and\s+{ENDS}", re.IGNORECASE),
)

Row = dict[str, str]


@dataclass(slots=True)
class Pasted:
    """The rows of a box, each with the line of the box that it stands on; or what is wrong with the whole."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def dressed(row: Row) -> Row:
    """A row whose value is a number alone: 'about 3,100' and '15% to 25%' become value, upper end and qualifier. What
    is not understood stays for the reader of the file to refuse."""
    value = " ".join(row.get("value", "").split())
    if row.get("value_to"):
        return row
    if found := next(filter(None, (pattern.fullmatch(value) for pattern in RANGES)), None):
        return {**row, "value": found[1], "value_to": found[2], "qualifier": row.get("qualifier") or "range"}
    found = QUALIFIED.fullmatch(value)
    if found is None:
        return row
    said = WORDS[found[1].casefold()]
    if (row.get("qualifier") or said).casefold() != said:
        return row
    return {**row, "value": found[2], "qualifier": said}


def pasted(text: str, editions: Mapping[str, str]) -> Pasted:
    """The rows of a box, cut at tabs as spreadsheets paste them; a first row that names the columns is optional.
    `editions` gives the short name of a source edition by its title, simplified."""
    found, columns = Pasted(), tuple(column_of(name) for name in USUAL)
    for number, (at, cells) in enumerate(cut(text, found.problems)):
        if number == 0 and is_header(cells):
            columns = tuple(column_of(cell) for cell in cells)
            found.problems += header_problems(columns, at)
        elif len(cells) > len(columns):
            found.problems.append(f"Row {at}: there are {len(cells)} cells; expected {len(columns)}.")
        elif len(cells) == 1:
            found.problems.append(f"Row {at}: there is only one cell. Copy rows of cells from a spreadsheet.")
        else:
            found.rows.append((at, made_of(columns, cells, editions)))
    if len(found.rows) > MOST_ROWS:
        found.problems = [f"There are {len(found.rows):,} rows; at most {MOST_ROWS:,} can be pasted. Upload a file."]
    elif not found.rows and not found.problems:
        found.problems = ["There is no row of figures."]
    return found


def cut(text: str, problems: list[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows that are not empty, without the empty cells at their end, each with the line it begins on."""
    reader, at = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True), 1
    try:
        for row in reader:
            if cells := without_end([" ".join(cell.split()) for cell in row]):
                yield at, cells
            at = reader.line_num + 1
    except csv.Error:
        problems.append(f"Row {at}: a quotation mark is not closed, or a cell is too long.")


def made_of(columns: Sequence[str], cells: Sequence[str], editions: Mapping[str, str]) -> Row:
    row = dict(zip(columns, cells, strict=False))
    if note := row.get("note", ""):
        row["note"] = f"Page {note}" if note.isdecimal() else note
    if edition := row.get("source_edition", ""):
        row["source_edition"] = editions.get(simple(edition), edition)
    return dressed(row)


def is_header(cells: Iterable[str]) -> bool:
    return len({column_of(cell) for cell in cells} & KNOWN) >= 2


def column_of(cell: str) -> str:
    name = name_of(cell)
    return NAMES.get(name, name)


def header_problems(columns: Sequence[str], at: int) -> list[str]:
    known = ", ".join(USUAL)
    strange = [f"Row {at}: “{name[:40]}” is not a column. Known are: {known}." for name in columns if name not in KNOWN]
    twice = sorted({name for name in columns if columns.count(name) > 1 and name in KNOWN})
    return strange + [f"Row {at}: the column {name.replace('_', ' ')} is there twice." for name in twice]


def without_end(cells: Sequence[str]) -> Sequence[str]:
    """Cells without the empty ones at their end."""
    last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def columns_for(rows: Iterable[Row]) -> tuple[str, ...]:
    """The header of the file that holds these rows."""
    by_days = any(row.get(name) for row in rows for name in DAYS)
    return ("indicator", "area", *(DAYS if by_days else PERIOD), *LAST)


def as_csv(rows: Sequence[Row]) -> bytes:
    """A tidy file with one line for the header and one for each row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns_for(rows), restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
