"""What can be believed of a series: its latest figure, what it is compared with, and a tag with its reason.

Every page, chart and sentence shows this one value. A direction is told only by a stated rule: months and quarters by
their usual range, years by the trend of five of them. Where recording, coverage or completeness forbid the comparison,
none is told; of periods that overlap none ever is.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from indicators.analysis import rates
from indicators.analysis.comparison import Comparison, Refusal, compare, year_before
from indicators.analysis.rates import AnnualTrend, RateRatio, Trend
from indicators.analysis.series import WHOLE, Measure, Point, Series
from indicators.analysis.usual_range import KNOWN, SETTLED, Judged, Segment, UsualRange, limits_for

# Goes up whenever a rule changes what is read from the same figures.
RULE_VERSION = 1
READINGS_KEPT = 4096


class Tag(StrEnum):
    """What is said of a direction. The value is the words on the page: fewer and more of counts, lower and higher of
    everything else."""

    FEWER = "Fewer"
    MORE = "More"
    LOWER = "Lower"
    HIGHER = "Higher"
    AS_USUAL = "About as usual"
    CANNOT_COMPARE = "Cannot be compared yet"
    TOO_FEW = "Too few points to judge"
    NO_INDICATOR = "No indicator"


class Outcome(StrEnum):
    """What a direction means where it is agreed which way is better."""

    BETTER = "better"
    WORSE = "worse"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A series in short. `comparison` is with the year before, `prior` with the period right before where that is
    another. `points` are those a direction could be told from: comparable with the latest, and settled where there is
    a usual range. `judged` is the point that the tag is about, in its usual range; `annual` the trend of the last five
    years; `chance` how far two small counts of an agreed outcome may differ by chance. `direction` is 1 for more or
    higher, -1 for fewer or lower, 0 for neither."""

    series: Series
    latest: Point | None
    comparison: Comparison | None
    tag: Tag
    points: int
    prior: Comparison | None = None
    usual: UsualRange = field(default_factory=UsualRange)
    judged: Judged | None = None
    annual: AnnualTrend | None = None
    chance: RateRatio | None = None
    direction: int = 0
    rule_version: int = RULE_VERSION

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.direction, self.series.measure)

    @property
    def segment(self) -> Segment | None:
        """The points that share limits with the last one."""
        return self.usual.segments[-1] if self.usual.segments else None

    @property
    def basis(self) -> Point | None:
        """The last complete figure of the line that is judged, which may be shorter than the latest."""
        return last_whole(self.series.trend())

    @property
    def run(self) -> tuple[Point, ...]:
        """The last points in a row of which the same is said as of the one that is judged: usual, high, low, rising or
        falling. Empty where none is judged."""
        cause = self.judged.cause if self.judged else None
        if cause is None or self.segment is None:
            return ()
        found: list[Point] = []
        for each in reversed(self.segment.points):
            alike = each.cause is not None and each.cause.is_like(cause)
            if found and not (alike and found[-1].period.follows(each.point.period)):
                break
            if alike:
                found.append(each.point)
        return tuple(reversed(found))

    @property
    def is_overlapping(self) -> bool:
        """Whether the periods of the line overlap, as rolling years do."""
        return any(earlier.period.overlaps(later.period) for earlier, later in pairwise(self.series.trend().points))

    @property
    def early(self) -> bool:
        """Whether the direction rests on a figure that may still change."""
        return self.direction != 0 and self.basis is not None and self.basis.status not in SETTLED


@lru_cache(maxsize=READINGS_KEPT)
def read(series: Series) -> Reading:
    """The reading of a series."""
    latest = series.latest()
    if latest is None:
        return Reading(series, None, None, Tag.TOO_FEW, 0)
    comparison = year_before(series, latest)
    trend = series.trend()
    usual = usual_of(trend)
    basis = last_whole(trend)
    is_current = basis is not None and basis.period.overlaps(latest.period)
    judged = judged_of(usual) if is_current else None
    annual = annual_of(trend) if is_current else None
    direction = direction_of(judged, annual)
    points = usual.segments[-1].settled if usual.segments else len(trend.since_break((basis or latest).period))
    return Reading(
        series,
        latest,
        comparison,
        tag_of(comparison, judged, annual, series.measure),
        points,
        prior=prior_of(series, latest),
        usual=usual,
        judged=judged,
        annual=annual,
        chance=chance_of(comparison, series.measure),
        direction=0 if is_refused(comparison) else direction,
    )


def is_refused(comparison: Comparison) -> bool:
    """Whether there is an earlier figure that the latest may not be compared with."""
    return comparison.refusal not in (None, Refusal.NO_EARLIER)


def tag_of(comparison: Comparison, judged: Judged | None, annual: AnnualTrend | None, measure: Measure) -> Tag:
    """A refused comparison goes before any direction: the comparison is what people read."""
    if is_refused(comparison):
        return Tag.CANNOT_COMPARE
    if judged is None and annual is None:
        return Tag.TOO_FEW
    direction = direction_of(judged, annual)
    if direction == 0:
        return Tag.AS_USUAL
    if measure.kind == "count":
        return Tag.MORE if direction > 0 else Tag.FEWER
    return Tag.HIGHER if direction > 0 else Tag.LOWER


def direction_of(judged: Judged | None, annual: AnnualTrend | None) -> int:
    if judged is not None and judged.cause is not None:
        return judged.cause.direction
    if annual is None or annual.trend is Trend.NO_CHANGE:
        return 0
    return 1 if annual.trend is Trend.INCREASING else -1


def outcome_of(direction: int, measure: Measure) -> Outcome:
    if direction == 0 or measure.polarity == "neither":
        return Outcome.NONE
    return Outcome.BETTER if (direction > 0) == (measure.polarity == "higher") else Outcome.WORSE


def last_whole(trend: Series) -> Point | None:
    """The last figure that is complete."""
    return next((p for p in reversed(trend.points) if p.value is not None and p.status in WHOLE), None)


def usual_of(trend: Series) -> UsualRange:
    """The usual range without figures that are incomplete or unreliable: they would pass for few, or end a run."""
    kept = tuple(p for p in trend.points if p.value is None or p.status in WHOLE)
    target = trend.target.bound(trend.measure.polarity) if trend.target else None
    return limits_for(replace(trend, points=kept), new_starts=trend.new_starts, target=target, seasonal=trend.seasonal)


def judged_of(usual: UsualRange) -> Judged | None:
    """The last point in its usual range, once that is known well enough to judge it."""
    latest = usual.latest()
    return latest if latest is not None and latest.cause is not None else None


def annual_of(trend: Series) -> AnnualTrend | None:
    """The trend of the last five years that follow on one another, of counts that no break and no change of coverage
    parts; None with fewer."""
    latest = last_whole(trend)
    if latest is None or latest.period.months != 12 or trend.measure.kind != "count":
        return None
    like = [p for p in trend.since_break(latest.period) if p.status in WHOLE and p.coverage == latest.coverage]
    years = like[-rates.YEARS :]
    if len(years) < rates.YEARS or not all(later.period.follows(earlier.period) for earlier, later in pairwise(years)):
        return None
    values = [float(p.value) for p in years if p.value is not None and p.value >= 0 and p.qualifier in KNOWN]
    return rates.annual_trend(values, [rates.poisson(value) for value in values])


def prior_of(series: Series, latest: Point) -> Comparison | None:
    """The comparison with the period right before; None where that is the year before, or nothing is held of it."""
    if latest.period.months >= 12:
        return None
    earlier = series.value_for(latest.period.shifted(-latest.period.months))
    return None if earlier is None else compare(series, latest, earlier)


def chance_of(comparison: Comparison, measure: Measure) -> RateRatio | None:
    """How far two small counts differ by chance: only of agreed outcomes, whose events (deaths, injuries) hardly hang
    together. What depends on recording varies far more than chance."""
    if comparison.difference is None or measure.kind != "count" or measure.polarity == "neither":
        return None
    sides = [side for side in (comparison.latest, comparison.earlier) if side is not None]
    counts = [int(side.value) for side in sides if side.value is not None and side.qualifier == "exact"]
    if len(counts) < 2 or min(counts) < 0 or max(counts) >= rates.SMALL_COUNTS:
        return None
    return rates.rate_ratio(counts[0], None, counts[1], None)
