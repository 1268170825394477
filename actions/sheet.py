"""The actions of a partner as a spreadsheet, to be filled in without a connection: written here, and read back."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError

from actions.models import ProgressEntry
from actions.services import WHY_NOT
from actions.text import tidy
from indicators.extracts.cutting import Row
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.workbook import sheets_of

SHEET = "My actions"
COLUMNS = (
    "Key",
    "Priority",
    "Action",
    "What has happened",
    "Nothing new this time",
    "Status",
    "Why it is not pursued",
    "Version",
)
KEY, _, _, TEXT, NOTHING_NEW, STATUS, REASON, VERSION = range(len(COLUMNS))
TO_FILL_IN = (TEXT, NOTHING_NEW, STATUS, REASON)
WIDTHS = (8, 22, 34, 70, 14, 14, 30, 9)
LABELS = {
    str(status.label): status.value for status in ProgressEntry.Status if status != ProgressEntry.Status.NOT_STATED
}
HELP = (
    "Write in the white columns of the sheet 'My actions', save the file and upload it on the page it came from.",
    "The account is printed whole: add to it or rewrite it. What you leave as it is stays not updated.",
    "Nothing new this time: write yes, and leave the account as it is.",
    f"Status: one of {', '.join(LABELS)}. What is not pursued needs a reason.",
    "Outputs, milestones, files and questions to the governing group are not in the sheet: write them on the form.",
    "Leave the columns Key and Version as they are: they tell which action it is and whether somebody saved meanwhile.",
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One action as a sheet has it, with the number of its row."""

    row: int
    key: str
    version: int
    text: str
    nothing_new: bool
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be put right in a sheet: where, and how."""

    row: int | None
    column: int | None
    message: str

    def __str__(self) -> str:
        if self.row is None:
            return f"Sheet '{SHEET}': {self.message}"
        column = "" if self.column is None else f", column {'ABCDEFGH'[self.column]} ({COLUMNS[self.column]})"
        return f"Sheet '{SHEET}', row {self.row}{column}: {self.message}"


class NotRead(Exception):
    """A file that cannot be used; `faults` says everything that has to be put right."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def written(entries: Iterable[ProgressEntry]) -> bytes:
    """A workbook with a row for each entry. Everything in it is text: nothing that somebody wrote becomes a formula."""
    import xlsxwriter  # Only whoever downloads one waits for it.

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "text_wrap": True})
        fixed = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F3F2F1"})
        free = book.add_format({"text_wrap": True, "valign": "top", "locked": False})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 3)
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        last = 0
        for last, entry in enumerate(entries, 1):
            for column, text in enumerate(cells_of(entry)):
                sheet.write_string(last, column, text, free if column in TO_FILL_IN else fixed)
        choices = {"validate": "list", "ignore_blank": True}
        sheet.data_validation(1, STATUS, max(last, 1), STATUS, choices | {"source": list(LABELS)})
        sheet.data_validation(1, NOTHING_NEW, max(last, 1), NOTHING_NEW, choices | {"source": ["yes"]})
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        guide = book.add_worksheet("How to fill it in")
        guide.set_column(0, 0, 110)
        for row, sentence in enumerate(HELP):
            guide.write_string(row, 0, sentence)
    return out.getvalue()


def cells_of(entry: ProgressEntry) -> tuple[str, ...]:
    action = entry.action
    status = "" if entry.status == ProgressEntry.Status.NOT_STATED else entry.get_status_display()
    return (
        action.key,
        action.priority.title,
        action.title,
        entry.text,
        "",
        status,
        entry.reason,
        str(entry.version),
    )


def read(stream: BinaryIO) -> list[SheetRow]:
    """The rows of a sheet that came back. Raises NotRead, with every fault that was found."""
    try:
        rows = sheets_of(stream, SHEET)[SHEET]
    except CannotRead as wrong:
        raise NotRead([Fault(None, None, wrong.finding.message)]) from wrong
    faults: list[Fault] = []
    found = list(understood(rows, faults))
    if not found and not faults:
        faults.append(Fault(None, None, "There is no action in it."))
    if faults:
        raise NotRead(faults)
    return found


def understood(rows: Iterable[Row | Finding], faults: list[Fault]) -> Iterator[SheetRow]:
    """Each row that says something of an action; what is wrong goes into `faults`."""
    seen: dict[str, int] = {}
    is_first = True
    for row in rows:
        if isinstance(row, Finding):
            faults.append(Fault(row.line, row.column - 1 if row.column else None, row.message))
        elif is_first:
            is_first = False
            if tuple(cell.strip() for cell in row.cells[: len(COLUMNS)]) != COLUMNS:
                said = f"The first row has to be: {', '.join(COLUMNS)}. Download the sheet again and fill that in."
                faults.append(Fault(row.line, None, said))
                return
        elif (one := row_of(row, faults)) is not None:
            if one.key in seen:
                faults.append(Fault(row.line, KEY, f"'{one.key}' stands in row {seen[one.key]} already."))
            seen.setdefault(one.key, row.line)
            yield one


def row_of(row: Row, faults: list[Fault]) -> SheetRow | None:
    """A row as it is understood; None where it is not, with the reasons in `faults`."""
    cells = [cell.strip() for cell in (*row.cells, *[""] * len(COLUMNS))][: len(COLUMNS)]
    before = len(faults)

    def wrong(column: int, message: str) -> None:
        faults.append(Fault(row.line, column, message))

    for column in TO_FILL_IN:
        if cells[column] in ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"):
            wrong(column, f"A formula failed here ({cells[column]}). Write the text itself.")
    if not cells[KEY]:
        wrong(KEY, "The key of the action is missing. It stands in the sheet as it was downloaded.")
    if not cells[VERSION].isdecimal() or len(cells[VERSION]) > 9:
        wrong(VERSION, f"'{cells[VERSION][:20]}' is no version. Leave this column as it was downloaded.")
    if cells[NOTHING_NEW].casefold() not in ("", "yes", "no"):
        wrong(NOTHING_NEW, f"'{cells[NOTHING_NEW][:40]}' was not understood. Write yes, or nothing.")
    statuses = {label.casefold(): value for label, value in LABELS.items()} | {"": ""}
    status = statuses.get(cells[STATUS].casefold())
    if status is None:
        wrong(STATUS, f"'{cells[STATUS][:40]}' is no status. Choose one of: {', '.join(LABELS)}.")
    elif status == ProgressEntry.Status.NOT_PURSUED and not cells[REASON]:
        wrong(REASON, WHY_NOT)
    for column, longest in ((TEXT, None), (REASON, 500)):
        try:
            cells[column] = tidy(cells[column], longest) if longest else tidy(cells[column])
        except ValidationError as problem:
            wrong(column, " ".join(problem.messages))
    if len(faults) > before:
        return None
    nothing_new = cells[NOTHING_NEW].casefold() == "yes"
    return SheetRow(row.line, cells[KEY], int(cells[VERSION]), cells[TEXT], nothing_new, status or "", cells[REASON])
