"""Saying what the columns of a table are: what there is to say it of, and writing it down."""

from dataclasses import replace
from typing import BinaryIO

from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.extracts import formats
from indicators.extracts.apply import CannotUse, lock, name_of, write_down
from indicators.extracts.current import as_kept, corrections_of, plan_of
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.formats import mapped
from indicators.extracts.formats.mapped_heads import Look, look_at, signature
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.plan import Plan
from indicators.extracts.reading import Table, read
from indicators.extracts.sheets import OPEN
from indicators.extracts.storage import open_kept, path_of
from indicators.models import Extract, SupplierMapping

UNKNOWN = ("unknown-format", "which-sheet")


def can_be_named(extract: Extract) -> bool:
    """Whether an extract is a table of no known format, or was read as one, and is not decided on."""
    unknown = any(finding["code"] in UNKNOWN for finding in extract.findings)
    return extract.state in OPEN and (extract.format == mapped.ID or unknown)


def awaits_columns(extract: Extract) -> bool:
    """Whether nobody has said yet what the columns of a table are."""
    return can_be_named(extract) and not extract.mapping


def first_rows(extract: Extract) -> Look:
    """The first rows of an extract. Raises CannotRead where it has several sheets and none was chosen."""
    try:
        with open_kept(extract.sha256) as file:
            return look_at(table_of(file, extract, extract.sheet))
    except FileNotFoundError as gone:
        raise CannotRead(Finding(None, None, "gone", "The bytes of this file are no longer kept.")) from gone


def table_of(file: BinaryIO, extract: Extract, sheet: str) -> Table:
    return read(file, is_header=formats.is_header, sheet=sheet, corrections=corrections_of(extract))


@transaction.atomic
def say_columns(*, extract: Extract, mapping: Mapping, actor: User | str) -> Plan:
    """Read an extract as its columns are said to be, from now on; and where nothing is wrong with it, every table of
    the supplier that has the same columns and title. The plan that comes of it.

    Raises CannotUse where the extract is decided on or its format is known.
    """
    lock()
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    if not can_be_named(extract):
        raise CannotUse(f"{extract.original_name} is no longer to be checked.")
    how = {"format": mapped.ID, "mapping": mapping.as_dict(), "sheet": mapping.sheet}
    plan = plan_of(path_of(extract.sha256), **{**as_kept(extract), **how})
    write_down(extract, plan, **how)
    if not plan.findings.errors:
        remember(extract, mapping, actor)
    audit.record(
        actor=actor,
        kind="columns-said",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Said what the columns of {extract.original_name} from {mapping.supplier} are.",
        data={"mapping": mapping.as_dict(), "errors": plan.findings.errors},
    )
    return plan


def remember(extract: Extract, mapping: Mapping, actor: User | str) -> None:
    """Keep a mapping under the name of its supplier, in place of an earlier one of the same columns and title."""
    with open_kept(extract.sha256) as file:
        table = table_of(file, extract, mapping.sheet)
        sign = signature(table.header, table.about)
    SupplierMapping.objects.update_or_create(
        supplier=mapping.supplier,
        signature=sign,
        defaults={"layout": mapping.as_dict(), "saved_by_name": name_of(actor)},
    )


def remembered(extract: Extract, look: Look) -> Mapping | None:
    """The mapping that an extract was read with, else the latest that was kept of a table with these columns."""
    if extract.mapping:
        return Mapping.of(extract.mapping)
    found = SupplierMapping.objects.filter(signature=signature(look.header, look.titles)).order_by("-saved_at").first()
    return replace(Mapping.of(found.layout), sheet=look.sheet) if found else None
