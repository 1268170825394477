"""Whether two figures may be compared, and what the change is. A change is stated only where both sides are
comparable; otherwise both figures stay, with the reason and the first fair comparison."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from indicators.analysis.series import Break, Point, Series
from indicators.periods import Period, index

# Under this many a percentage says more about chance than about change.
SMALLEST_BASE_FOR_PERCENT = 20


class Refusal(StrEnum):
    """Why two figures are not compared."""

    NO_EARLIER = "no earlier figure"
    BREAK = "break"
    COVERAGE = "coverage"
    LENGTH = "length of period"
    BOUND = "bound"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure against an earlier one.

    `difference` (latest minus earlier, in the indicator's unit) and `percent` (of the earlier, one decimal) are
    None where `refusal` says why, and `percent` also on a base under 20. `break_` is the last break that stands
    between; `first_fair` the first two periods that may be compared after it.
    """

    latest: Point
    earlier: Point | None
    difference: Decimal | None = None
    percent: Decimal | None = None
    refusal: Refusal | None = None
    break_: Break | None = None
    first_fair: tuple[Period, Period] | None = None


def year_before(series: Series, latest: Point) -> Comparison:
    """The latest figure against the same period a year earlier, or else the last earlier figure for a period of
    the same length that does not overlap with it."""
    earlier = series.value_for(latest.period.shifted(-12 * max(1, -(-latest.period.months // 12))))
    if earlier is None:
        before = [
            p
            for p in series.points
            if p.value is not None
            and p.period.months == latest.period.months
            and p.period.end < latest.period.start
            and p.period.start.month == latest.period.start.month
        ]
        earlier = before[-1] if before else None
    return compare(series, latest, earlier)


def compare(series: Series, latest: Point, earlier: Point | None) -> Comparison:
    """The change from `earlier` to `latest`, or why it is not stated."""
    if earlier is None or earlier.value is None or latest.value is None:
        return Comparison(latest, earlier, refusal=Refusal.NO_EARLIER)
    if earlier.period.months != latest.period.months:
        return Comparison(latest, earlier, refusal=Refusal.LENGTH)
    parting = [b for b in series.breaks if b.parts(earlier.period, latest.period)]
    between = max(parting, key=lambda b: b.first_comparable, default=None)
    if between:
        fair = first_fair(between, latest.period)
        return Comparison(latest, earlier, refusal=Refusal.BREAK, break_=between, first_fair=fair)
    if earlier.coverage != latest.coverage:
        return Comparison(latest, earlier, refusal=Refusal.COVERAGE)
    if {earlier.qualifier, latest.qualifier} & {"over", "under", "range"}:
        return Comparison(latest, earlier, refusal=Refusal.BOUND)
    if {earlier.status, latest.status} & {"incomplete", "unreliable"}:
        return Comparison(latest, earlier, refusal=Refusal.INCOMPLETE)
    difference = latest.value - earlier.value
    percent = None
    if series.measure.kind != "percentage" and earlier.value >= SMALLEST_BASE_FOR_PERCENT:
        percent = (difference / earlier.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Comparison(latest, earlier, difference, percent)


def first_fair(break_: Break, like: Period) -> tuple[Period, Period]:
    """The first two periods, of the length of `like` and a year apart, that both lie in the comparable time:
    (earlier, later)."""
    first = Period.of(break_.first_comparable.year, break_.first_comparable.month, like.months)
    if like.months < 12:
        behind = (index(like.start.year, like.start.month) - index(first.start.year, first.start.month)) % 12
        first = first.shifted(behind)
    return first, first.shifted(12 * max(1, -(-like.months // 12)))
