"""A line of a file as it came in, and the cell of it, to be printed beside the figure that was read from it."""

import io
from dataclasses import dataclass, replace
from typing import BinaryIO

from indicators.extracts.current import corrections_of, rows_of, table_in
from indicators.extracts.cutting import Lines, Row
from indicators.extracts.encoding import encoding_of
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.formats import mapped, police_street
from indicators.extracts.reading import Borrowed, without_empty_end
from indicators.extracts.rows import Key
from indicators.extracts.standing import rows_standing
from indicators.extracts.storage import open_kept
from indicators.extracts.workbook_parts import column_letters, is_workbook
from indicators.models import Observation

MOST_BYTES = 50 * 1024**2
MOST_CHARACTERS = 2000
BETWEEN_CELLS = " | "

HIDDEN = "The line holds figures of other areas, which may not be shown. Only the cell of this figure is printed."
PARTS_HIDDEN = "The figure adds up parts, which may not be shown. The first of them stands on this line."
PARTS = "The figure adds up parts. The first of them stands on this line."
COUNTED = "The figure counts rows of this file. This is the first of them."
STATUS = "The figure came in earlier. With this file its status alone was changed."
LARGE = "The file is too large to print a line of it here."
GONE = "The file itself is no longer kept, so the line cannot be printed."
NOT_THERE = "The line cannot be read from the file."
OTHERWISE = "The file is read otherwise today, so the cell of this figure cannot be told."


@dataclass(frozen=True, slots=True)
class Quoted:
    """The text of a line and what the figure has to do with it, or the sentence that says why it is not printed. `cell`
    is what stood in the cell of the figure, `place` what that cell is called; `names` is the line that names the
    columns, `names_at` its number."""

    text: str = ""
    said: str = ""
    place: str = ""
    cell: str = ""
    names: str = ""
    names_at: int = 0


def quote(figure: Observation) -> Quoted:
    """The line that a figure came from; of one with figures that may not be shown the cell alone."""
    extract = figure.extract
    if extract.size > MOST_BYTES:
        return Quoted(said=LARGE)
    try:
        with open_kept(extract.sha256) as file:
            if extract.format == mapped.ID:
                return with_names(of_table(file, figure), file, figure)
            if extract.format == police_street.ID:
                said = Quoted(said=STATUS) if figure.line == 1 else Quoted(line_of(file, figure), COUNTED)
                return with_names(said, file, figure)
            return with_names(Quoted(line_of(file, figure)), file, figure)
    except FileNotFoundError:
        return Quoted(said=GONE)
    except CannotRead:
        return Quoted(said=NOT_THERE)


def with_names(quoted: Quoted, file: BinaryIO, figure: Observation) -> Quoted:
    """The same with the line that names the columns, where a line is printed and one above it does."""
    if not quoted.text:
        return quoted
    try:
        number = table_in(file, figure.extract.sheet).header.line
        return replace(quoted, names=line_of(file, figure, number), names_at=number)
    except CannotRead:
        return quoted


def line_of(file: BinaryIO, figure: Observation, number: int = 0) -> str:
    """A line of text, or the cells of a row of a sheet: the one that a figure came from, where no other is asked for.
    Raises CannotRead where there is none."""
    number = number or figure.line
    if is_workbook(file):
        row = row_of(file, figure, number)
        text = BETWEEN_CELLS.join(without_empty_end(row.cells)) if row else ""
    else:
        lines = Lines(io.TextIOWrapper(Borrowed(file), encoding_of(file).name, newline=""))  # type: ignore[arg-type]
        for _ in range(number - 1):
            lines.take()
        text = lines.take().rstrip("\r\n")
    if not text:
        raise CannotRead(Finding(number, None, "gone", NOT_THERE))
    return text[:MOST_CHARACTERS] + "…" * (len(text) > MOST_CHARACTERS)


def row_of(file: BinaryIO, figure: Observation, number: int) -> Row | None:
    """A row of the file that a figure came from, as it stood there."""
    taken = [correction.place for correction in corrections_of(figure.extract)]
    return next(rows_standing(file, [number], sheet=figure.extract.sheet, taken=taken), None)


def of_table(file: BinaryIO, figure: Observation) -> Quoted:
    """A line of a partner's own table, and the cell that the figure stands in."""
    extract, line = figure.extract, figure.line
    row = row_of(file, figure, line)
    table = table_in(file, extract.sheet, corrections_of(extract))
    _, known, checked = rows_of(table, extract.format, extract.mapping)
    key = Key(figure.indicator.slug, figure.area_id, figure.period_start, figure.period_end)
    on_line = {each.key: each.column for each in checked.rows if each.line == line}
    column = on_line.get(key)
    if row is None or column is None:
        return Quoted(said=OTHERWISE)
    parts = extract.mapping["parts"]
    if parts and known.is_sheltered(key.indicator):
        return Quoted(said=PARTS_HIDDEN)
    place = f"{column_letters(column)}{line}" if is_workbook(file) else f"cell {column} of line {line}"
    cell = Quoted(place=place, cell=row.cells[column - 1].strip()[:MOST_CHARACTERS])
    measures = dict(extract.mapping.get("measures", ()))
    left_out = "out" in [*(each["role"] for each in extract.mapping["columns"]), *measures.values()]
    hidden = any(known.hides(each.indicator, each.area) for each in on_line)
    if hidden or (left_out and figure.area.is_below_county):
        return replace(cell, said=HIDDEN)
    return replace(cell, text=line_of(file, figure), said=PARTS if parts else "")
