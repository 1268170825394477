"""How a supplier lays out a table of its own, as an analyst said it once."""

from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass
from typing import Any, Literal

# What the columns of figures are named after: a period each, an area each, an indicator each; or nothing, in a table
# that has only one.
Layout = Literal["periods", "areas", "indicators", "long"]
# What a column is. Of rows, that are told by their names, some are totals and some left out.
Role = Literal["area", "period", "indicator", "value", "total", "out"]
# Where the year stands that the names of the columns leave out: nowhere else, in the row above them, in the row of
# which they are the lower half, or in the title.
Heads = Literal["one", "above", "below", "title"]


# The unit of figures that are written without their last three zeros.
THOUSANDS = "thousands"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is known by its name; `indicator` is the slug of what it counts, where that is its own."""

    name: str
    role: Role
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column is that is not named after a period, and what holds for all figures.

    `indicator` and `area` are those of a file that names none. `measures` has what each name counts that stands beside
    the periods of several columns, such as Number and Percentage: a slug, or 'out'. With `parts`, what the rows (or the
    columns) are named after are parts, such as sites, that add up to that area; `names` are those that were there when
    this was said. `total_area` is the code of the area under which total rows are kept; without one they are compared
    with their parts and no more. `indicators` has the slug for each name that a file has for an indicator. `unit` is
    '%', '£' or 'thousands', where the cells do not say it. `year_start` is the month in which years begin, 0 where the
    file says it. `signs` has the meaning of each sign; `blank` that of an empty cell: a status, zero, or nothing, where
    no figure is given.
    """

    supplier: str
    layout: Layout
    columns: tuple[Column, ...]
    heads: Heads = "one"
    indicator: str = ""
    indicators: tuple[tuple[str, str], ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
    area: str = ""
    parts: bool = False
    names: tuple[str, ...] = ()
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
        """From how it was kept."""
        named = ("indicators", "measures", "rows", "signs")
        pairs = {name: tuple((key, value) for key, value in kept.get(name, ())) for name in named}
        columns = tuple(Column(**column) for column in kept["columns"])
        return cls(**{**kept, **pairs, "columns": columns, "names": tuple(kept["names"])})

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)
