"""Tables whose columns somebody has named before."""

from dataclasses import replace
from typing import BinaryIO

from indicators.extracts import formats
from indicators.extracts.findings import CannotRead
from indicators.extracts.formats.mapped_heads import signature
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.reading import Table, is_table, table_of
from indicators.extracts.workbook import sheets_of
from indicators.models import SupplierMapping


def known_columns(table: Table) -> Mapping | None:
    """What the columns of a table were said to be, where it is known by its names and its title, and was said of one
    supplier only. To be asked before rows are read: notes below the table do not count."""
    found = SupplierMapping.objects.filter(signature=signature(table.header, table.about))[:2]
    return replace(Mapping.of(found[0].layout), sheet=table.sheet or "") if len(found) == 1 else None


def known_sheet(workbook: BinaryIO) -> str:
    """The name of the only sheet whose columns were named before; empty where there are none or several."""
    found = []
    for name, rows in sheets_of(workbook).items():
        try:
            table = table_of(iter(rows), formats.is_header, [], name) if is_table(rows) else None
        except CannotRead:
            continue
        if table and known_columns(table):
            found.append(name)
    return found[0] if len(found) == 1 else ""
