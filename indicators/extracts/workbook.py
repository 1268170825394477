"""Workbooks, xlsx and ods, as rows of texts. Text stays as it was typed, a number is written out, a day is ISO."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from indicators.extracts.cutting import LONGEST_CELL, Row
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.workbook_parts import Marked, cannot, measured

MOST_SHEETS = 100


def sheets_of(stream: BinaryIO, wanted: str = "") -> dict[str, list[Row | Finding]]:
    """The rows of each sheet that is to be seen, or of the one that is wanted, by name.

    Raises CannotRead where the workbook is damaged, has a password, is too large or has no such sheet.
    """
    marked = measured(stream)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        if wanted and wanted not in book.sheet_names:
            said = f"There is no sheet “{wanted[:60]}”. The sheets are: {', '.join(seen)[:300]}."
            raise CannotRead(Finding(None, None, "unknown-sheet", said))
        return {
            name: list(texts(book.get_sheet_by_name(name).to_python(skip_empty_area=False), marked.get(name)))
            for name in ([wanted] if wanted else seen[:MOST_SHEETS])
        }
    except PasswordError:
        raise cannot("password", "This workbook has a password. Save it without one.") from None
    except (CalamineError, OSError, ValueError) as wrong:
        raise cannot("workbook-damaged", "This workbook is damaged. Save it again, or as CSV.") from wrong


def texts(rows: Sequence[Sequence[object]], marked: Marked | None) -> Iterator[Row | Finding]:
    """Every row of a sheet that is not blank, as texts; the line is the number of the row in the sheet."""
    looks = marked or Marked()
    for line, cells in enumerate(rows, 1):
        written = [text_of(cell) for cell in cells]
        for column in range(1, len(cells) + 1) if looks.errors or looks.percents else ():
            value = cells[column - 1]
            if (line, column) in looks.errors:
                written[column - 1] = looks.errors[line, column]
            elif (line, column) in looks.percents and isinstance(value, float):
                written[column - 1] = f"{plain(Decimal(f'{value:.15g}') * 100)}%"
        long = next((column for column, text in enumerate(written, 1) if len(text) > LONGEST_CELL), 0)
        nul = next((column for column, text in enumerate(written, 1) if "\0" in text), 0)
        if long:
            yield Finding(line, long, "long", f"This cell has more than {LONGEST_CELL:,} characters.")
        elif nul:
            yield Finding(line, nul, "not-text", "There is a NUL character in this cell, which no text has.")
        elif any(text.strip() for text in written):
            yield Row(line, tuple(written))


def text_of(cell: object) -> str:
    """A cell as it would be typed: '1234', '0.1', '2018-04-01', 'TRUE'."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return plain(Decimal(f"{cell:.15g}"))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


def plain(number: Decimal) -> str:
    """All digits, without an exponent and without zeros at the end of decimals."""
    return f"{number.normalize():f}" if number.is_finite() else str(number)
