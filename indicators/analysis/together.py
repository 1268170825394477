"""Whether the figures of two indicators may be added up, and their sum.

Only counts of the same thing, in the same area and period, of which neither is within the other. Parts in which one
event may be counted several times (the strands of hate crime) are never added up: this is the one place where figures
of different indicators are.
"""

from dataclasses import dataclass
from enum import Enum, auto

from indicators.analysis.series import WHOLE, Point, Series, sum_of
from indicators.periods import Period

BOUNDS = frozenset({"over", "under", "range"})


class Apart(Enum):
    """Why two figures are not added up."""

    NO_COUNTS = auto()
    UNITS = auto()
    SEVERAL = auto()
    PART = auto()
    AREAS = auto()
    PERIODS = auto()
    COVERAGE = auto()


@dataclass(frozen=True, slots=True)
class Together:
    """The latest sum of two indicators, with the figures it is made of; or why there is none."""

    total: Point | None = None
    figures: tuple[Point, ...] = ()
    apart: Apart | None = None


def together(one: Series, other: Series) -> Together:
    """Two indicators added up in the latest period for which a complete figure is held or can be added up of both."""
    if apart := why_apart(one, other):
        return Together(apart=apart)
    for period in sorted(periods_of(one) | periods_of(other), key=lambda p: (p.end, p.months), reverse=True):
        figures = tuple(point for series in (one, other) if (point := whole_at(series, period)))
        if len(figures) < 2:
            continue
        if len({point.coverage for point in figures}) > 1:
            return Together(apart=Apart.COVERAGE)
        return Together(sum_of(period, figures), figures)
    return Together(apart=Apart.PERIODS)


def why_apart(one: Series, other: Series) -> Apart | None:
    """What forbids to add up two indicators whatever the period."""
    first, second = one.measure, other.measure
    if first.kind != "count" or second.kind != "count":
        return Apart.NO_COUNTS
    if first.counted_plural != second.counted_plural:
        return Apart.UNITS
    if first.multi_coded or second.multi_coded:
        return Apart.SEVERAL
    if first.slug == second.slug or first.slug in second.part_of or second.slug in first.part_of:
        return Apart.PART
    return Apart.AREAS if one.place.code != other.place.code else None


def periods_of(series: Series) -> set[Period]:
    return {point.period for point in series.points}


def whole_at(series: Series, period: Period) -> Point | None:
    """The figure for a period, if it is complete and no mere bound."""
    point = series.value_for(period)
    known = point and point.value is not None and point.status in WHOLE and point.qualifier not in BOUNDS
    return point if known else None
