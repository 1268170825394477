"""Tables whose columns somebody has named before."""

from indicators.extracts.formats.mapped_heads import signature
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.reading import Table
from indicators.models import SupplierMapping


def known_columns(table: Table) -> Mapping | None:
    """What the columns of a table were said to be, where it is known by its names and its title, and was said of one
    supplier only. To be asked before rows are read: notes below the table do not count."""
    found = SupplierMapping.objects.filter(signature=signature(table.header, table.about))[:2]
    return Mapping.of(found[0].layout) if len(found) == 1 else None
