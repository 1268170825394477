"""How a year usually runs, and values without it.

The rule (classical decomposition, ratio to the year's mean): in each whole year the figure of a quarter or month is
divided by the mean of that year; the index of a quarter or month is the mean of these over the years. A value divided
by its index is adjusted. A level that changes from year to year does not touch the indices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indicators.periods import Period

# One year cannot tell the season from chance.
YEARS_NEEDED = 2


class Unadjusted(StrEnum):
    """Why values are left as they are."""

    TOO_FEW_YEARS = "fewer than two whole years"
    NOTHING_COUNTED = "a part of the year in which nothing was counted"


@dataclass(frozen=True, slots=True)
class Season:
    """How a year usually runs: an index for each quarter or month, by the number of the month it begins with; 1 is
    the mean of the year. Without indices (`why_not` says why) every value stays as it is."""

    years: int = 0
    indices: Mapping[int, float] = field(default_factory=dict)
    why_not: Unadjusted | None = None

    def index(self, period: Period) -> float:
        """What a usual value of this period is, where the mean of the year is 1."""
        return self.indices.get(period.start.month, 1.0)

    def adjusted(self, period: Period, value: float) -> float:
        """The value without the season, in the same unit."""
        return value / self.index(period)


def season_of(figures: Sequence[tuple[Period, float]]) -> Season:
    """The season of figures of separate quarters or months in order of time, from their whole years: twelve months,
    no gap, counted from the first figure and anew after a gap. Years in which nothing was counted are passed over."""
    years = [year for year in whole_years(figures) if sum(value for _, value in year)]
    if len(years) < YEARS_NEEDED:
        return Season(len(years), why_not=Unadjusted.TOO_FEW_YEARS)
    ratios: dict[int, list[float]] = {}
    for year in years:
        mean = sum(value for _, value in year) / len(year)
        for period, value in year:
            ratios.setdefault(period.start.month, []).append(value / mean)
    indices = {month: sum(found) / len(found) for month, found in ratios.items()}
    if not all(indices.values()):
        return Season(len(years), why_not=Unadjusted.NOTHING_COUNTED)
    return Season(len(years), indices)


def whole_years(figures: Sequence[tuple[Period, float]]) -> list[list[tuple[Period, float]]]:
    """The runs of twelve months, each beginning where the last ended or after a gap."""
    years: list[list[tuple[Period, float]]] = []
    year: list[tuple[Period, float]] = []
    for period, value in figures:
        if year and not period.follows(year[-1][0]):
            year = []
        year.append((period, value))
        if len(year) * period.months == 12:
            years.append(year)
            year = []
    return years
