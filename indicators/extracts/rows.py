"""The values that pass between the steps: what a format makes of a row, and what a figure is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from indicators.extracts.cutting import CellPlace
from indicators.periods import Period


class Key(NamedTuple):
    """What a figure is the figure of. At most one open figure stands under a key."""

    indicator: str
    area: str
    start: date
    end: date

    @property
    def period(self) -> Period:
        return period_of(self.start, self.end)


@lru_cache(maxsize=4096)
def period_of(start: date, end: date) -> Period:
    """The period, made once however many figures are of it."""
    return Period(start, end)


@dataclass(frozen=True, slots=True)
class Figure:
    """What is said under a key. `edition` is the slug of the source edition it was read in."""

    value: Decimal | None
    value_to: Decimal | None = None
    qualifier: str = "exact"
    status: str = "final"
    coverage: str = ""
    note: str = ""
    edition: str = ""

    def says_same_as(self, held: "Figure") -> bool:
        """Whether this leaves what is held as it is. A note or an edition that the file does not give takes
        nothing away."""
        return (
            (self.value, self.value_to, self.qualifier, self.status, self.coverage)
            == (held.value, held.value_to, held.qualifier, held.status, held.coverage)
            and self.note in ("", held.note)
            and self.edition in ("", held.edition)
        )

    def canonical(self) -> list[str]:
        """As texts that are equal exactly where figures are: 7, 7.0 and 7.00 are one number."""
        numbers = ["" if n is None else f"{n.normalize():f}" for n in (self.value, self.value_to)]
        return [*numbers, self.qualifier, self.status, self.coverage, self.note, self.edition]


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One row as a format understood it: indicator, area and edition still in the words of the file. `period` or
    `figure` is None where a finding says why; then only the names are left to check. `unit` is
    what stands beside the number: '%', '£' or nothing; `corrected` are the cells it was read from that somebody has
    corrected, each by line and column."""

    line: int
    indicator: str
    area_code: str
    area: str
    period: Period | None
    figure: Figure | None
    columns: Mapping[str, int] = field(repr=False)
    unit: str = ""
    corrected: tuple[CellPlace, ...] = ()

    def column(self, *names: str) -> int | None:
        """The number of the first of these columns that the file has."""
        return next((self.columns[name] for name in names if name in self.columns), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a format that adds rows up has read: how many rows, and how many of them are of other areas."""

    read: int
    outside: int


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row with everything in it known. `column` is that of the value, where the row stands in the file; `corrected`
    as in TidyRow."""

    line: int
    key: Key
    figure: Figure
    column: int | None = field(default=None, compare=False)
    corrected: tuple[CellPlace, ...] = ()
