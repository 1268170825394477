"""Any other table, read as an analyst said: what its columns are, what they are figures of, what its signs mean."""

from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass
from typing import Any, Literal

ID = "mapped"
TITLE = "Table of a partner's own"

# What the columns of figures are named after: a period each, an area each, an indicator each, or nothing: one of them.
Layout = Literal["periods", "areas", "indicators", "long"]
# What a column, or a row of a table with periods across, is.
Role = Literal["area", "period", "indicator", "value", "total", "out"]
# Where the year stands that the names of the columns leave out.
Heads = Literal["one", "above", "below", "title"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is known by its name; `indicator` is the slug of what it counts, where that is its own."""

    name: str
    role: Role
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a supplier lays out a table.

    `indicator` and `area` hold for all figures of a file that names none; `parts` says that what the rows, or the
    columns, are named after are parts, such as sites, that add up to that area. `total_area` is the area under which
    total rows are kept; without one they are only compared with their parts. `year_start` is the month in which years
    begin where the file does not say so, 0 where it does. `signs` has the meaning of each sign, `blank` that of an
    empty cell: a status, zero, or nothing where no figure is given.
    """

    supplier: str
    layout: Layout
    columns: tuple[Column, ...]
    heads: Heads = "one"
    indicator: str = ""
    indicators: tuple[tuple[str, str], ...] = ()
    area: str = ""
    parts: bool = False
    total_area: str = ""
    rows: tuple[tuple[str, Role], ...] = ()
    unit: str = ""
    year_start: int = 0
    signs: tuple[tuple[str, str], ...] = ()
    blank: str = ""
    sheet: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Dictionary[str, Any]) -> "Mapping":
        """As it was kept."""
        pairs = {name: tuple((key, value) for key, value in kept[name]) for name in ("indicators", "rows", "signs")}
        return cls(**{**kept, **pairs, "columns": tuple(Column(**column) for column in kept["columns"])})
