"""The sheets of a workbook: which there are, and reading another one."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.extracts.apply import CannotUse, enter, here_already, lock, write_down
from indicators.extracts.current import plan_of
from indicators.extracts.findings import CannotRead
from indicators.extracts.reading import is_table
from indicators.extracts.storage import Kept, open_kept, path_of
from indicators.extracts.workbook import sheets_of
from indicators.extracts.workbook_parts import is_workbook
from indicators.models import Extract

OPEN = (Extract.State.PREVIEW, Extract.State.REFUSED)


def sheet_names(extract: Extract) -> list[str]:
    """The sheets of a workbook that hold a table; none of another file, or of one that is no longer kept."""
    try:
        with open_kept(extract.sha256) as file:
            return [name for name, rows in sheets_of(file).items() if is_table(rows)] if is_workbook(file) else []
    except (FileNotFoundError, CannotRead):
        return []


@transaction.atomic
def read_sheet(*, extract: Extract, sheet: str, actor: User | str) -> Extract:
    """The extract of this sheet: the one given, read anew, where nobody has decided on it or corrected a cell; else the
    one that is there of the same bytes, or a new one.

    Raises CannotUse where the workbook has no table on a sheet of that name.
    """
    lock()
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    if sheet not in sheet_names(extract):
        raise CannotUse(f"{extract.original_name} has no table on a sheet of that name.")
    kept = Kept(extract.sha256, extract.size)
    if found := extract if extract.sheet == sheet else here_already(kept, sheet=sheet):
        return found
    plan = plan_of(path_of(extract.sha256), sheet=sheet)
    if extract.state not in OPEN or extract.corrections.exists():
        return enter(kept, plan, extract.original_name, actor)
    write_down(extract, plan, sheet=sheet, format=plan.format, mapping=plan.mapping)
    audit.record(
        actor=actor,
        kind="sheet-chosen",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Chose the sheet {sheet} of {extract.original_name}.",
        data={"sheet": sheet, "errors": plan.findings.errors},
    )
    return extract
