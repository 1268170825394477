"""Where an axis begins and ends, and where its ticks stand."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicators.periods import ABBREVIATED, Period, divmod_month, index

# Zero costs nothing while the line keeps at least this part of the height to move in.
SPREAD_WORTH_SHOWING = 0.1
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MONTH_STEPS = (1, 3, 6, 12)
YEAR_STEPS = (1, 2, 5, 10, 20, 50)
# Up to this many months an axis names months, beyond it years.
MONTHS_NAMED = 30


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis: `ticks` from its first to its last value. `from_zero` is False where it had to be cut."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    @property
    def top(self) -> float:
        """Where the plot ends: a little above the last tick, whose line would else be the edge."""
        return self.high + (self.high - self.low) / 100

    @property
    def from_zero(self) -> bool:
        return self.low <= 0


def value_scale(values: Iterable[float], *, whole: bool, parts: int = 4) -> Scale:
    """Round ticks around all values, about `parts` steps of them; from zero unless the line would be flat.
    `whole`: values are counts, so no tick stands between two of them."""
    low, high = extent(values)
    if low >= 0 and (high == low or (high - low) / high >= SPREAD_WORTH_SHOWING):
        low = 0.0
    step = nice_step((high - low) / parts or 1.0, whole=whole)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return Scale(tuple(round(n * step, 10) for n in range(first, last + 1)))


def extent(values: Iterable[float]) -> tuple[float, float]:
    held = list(values)
    return min(held), max(held)


def nice_step(rough: float, *, whole: bool) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (s * power for s in STEPS if s * power >= rough * (1 - 1e-9))
    step = next(steps)
    if not whole:
        return step
    while step < 1 or step != int(step):
        step = next(steps, math.ceil(step))
    return step


def period_ticks(periods: Iterable[Period], room: int) -> list[Period]:
    """Of whole years, at even distances, as many as there is room for; the last always among them."""
    listed = sorted(set(periods))
    back = [listed[-1].end.year - period.end.year for period in listed]
    by_step = [[p for p, years in zip(listed, back, strict=True) if years % step == 0] for step in YEAR_STEPS]
    return next((ticks for ticks in by_step if len(ticks) <= room), listed[-1:])


def date_ticks(first: date, last: date, room: int) -> list[tuple[date, str]]:
    """The first days of months or years from `first` to `last`, at most `room` of them, with their labels:
    '2018' where years are named, 'Jan 2018' where months are."""
    start, end = index(first.year, first.month), index(last.year, last.month)
    named_months = end - start <= MONTHS_NAMED
    steps = (*(MONTH_STEPS if named_months else ()), *(12 * years for years in YEAR_STEPS))
    by_step = [
        [m for m in range(start, end + 1) if m % step == 0 and date(*divmod_month(m), 1) >= first] for step in steps
    ]
    ticks = next((ticks for ticks in by_step if len(ticks) <= room), by_step[-1])
    return [(date(*divmod_month(m), 1), label(m, named_months)) for m in ticks]


def label(month_index: int, named_months: bool) -> str:
    year, month = divmod_month(month_index)
    return f"{ABBREVIATED[month]} {year}" if named_months else str(year)
