"""What an uploaded sheet would change, before anything is saved."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.entries import Words, began_from
from actions.marks import Mark, marks
from actions.models import ProgressEntry
from actions.sheet import KEY, NOTHING_NEW, Fault, NotRead, SheetRow
from actions.text import Block, blocks


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What a row changes of an action. `theirs` is what somebody saved since the sheet was downloaded."""

    row: SheetRow
    title: str
    marks: tuple[Mark, ...]
    status: str
    nothing_new: bool
    theirs: tuple[Block, ...] | None

    @property
    def text_is_the_same(self) -> bool:
        return all(mark.kind == "same" for mark in self.marks)

    @property
    def fields(self) -> dict[str, str]:
        """The row as the form of one's actions sends it."""
        row = self.row
        said = {"text": row.text, "status": row.status, "reason": row.reason, "version": str(row.version)}
        return {f"{row.key}-{name}": value for name, value in said.items() if value} | (
            {f"{row.key}-nothing_new": "on"} if row.nothing_new else {}
        )


def preview(rows: Iterable[SheetRow], entries: dict[str, ProgressEntry]) -> list[SheetChange]:
    """What the rows of a sheet change of these entries, by the key of their action; rows that change nothing are left
    out. Raises NotRead for rows that nobody may save."""
    faults, changes = [], []
    for row in rows:
        entry = entries.get(row.key)
        if entry is None:
            faults.append(Fault(row.row, KEY, f"'{row.key[:20]}' is no action that you lead."))
            continue
        began = began_from(entry, row.version)
        text_changed = bool(row.text) and row.text != began.text
        if row.nothing_new and text_changed:
            said = "You changed the account and wrote yes. Empty this cell to keep what you wrote."
            faults.append(Fault(row.row, NOTHING_NEW, said))
        elif text_changed or row.nothing_new or is_another_status(row, began):
            changes.append(change_of(row, entry, began))
    if faults:
        raise NotRead(faults)
    return changes


def is_another_status(row: SheetRow, began: Words) -> bool:
    return bool(row.status) and (row.status, row.reason) != (began.status, began.reason)


def change_of(row: SheetRow, entry: ProgressEntry, began: Words) -> SheetChange:
    status = ""
    if is_another_status(row, began):
        was = str(ProgressEntry.Status(began.status).label).lower()
        reason = f" ({row.reason})" if row.reason else ""
        status = f"{ProgressEntry.Status(row.status).label}{reason}, was {was}"
    text = began.text if row.nothing_new else row.text or began.text
    return SheetChange(
        row=row,
        title=entry.action.title,
        marks=marks(began.text, text),
        status=status,
        nothing_new=row.nothing_new,
        theirs=None if row.version == entry.version else blocks(entry.text),
    )
