"""Rows and cells of a file as they stand in it, whatever has been corrected since."""

from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

from indicators.extracts.corrections import rows_at
from indicators.extracts.cutting import CellPlace, Row
from indicators.extracts.reading import is_table, pieces_in
from indicators.extracts.workbook import sheets_of
from indicators.extracts.workbook_parts import is_workbook


def rows_standing(
    source: BinaryIO, lines: Collection[int], *, sheet: str = "", taken: Collection[CellPlace] = ()
) -> Iterator[Row]:
    """The rows that begin on these lines, as far as they can be read: of a text those with wrong quotation marks in the
    `taken` cells as well; of a workbook those of the sheet, or of the first that holds a table. Raises CannotRead
    where the file is no table at all."""
    if is_workbook(source):
        sheets = sheets_of(source, sheet)
        first = next((name for name, rows in sheets.items() if is_table(rows)), "")
        yield from rows_at(sheets.get(sheet or first, ()), lines)
    else:
        yield from rows_at(pieces_in(source, taken)[0], lines)


def cells_standing(source: BinaryIO, places: Collection[CellPlace], *, sheet: str = "") -> Mapping[CellPlace, str]:
    """What stands in these cells. Those that are not there, or cannot be told apart from others, are left out."""
    rows = rows_standing(source, {place.line for place in places}, sheet=sheet, taken=places)
    cells = {row.line: row.cells for row in rows}
    return {
        place: cells[place.line][place.column - 1]
        for place in places
        if 1 <= place.column <= len(cells.get(place.line, ()))
    }
