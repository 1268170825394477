"""The usual range of one real series, step by step, for people who want to see how it comes about."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators import words
from indicators.analysis.reading import read
from indicators.analysis.series import Measure, Series
from indicators.analysis.signals import Limits, SpecialCause
from indicators.analysis.spc import MOVING_RANGES
from indicators.analysis.usual_range import Judged, Segment, Standing
from indicators.charts.chart import Chart, chart_of
from indicators.periods import MONTHS
from indicators.reasons import signal
from indicators.where_from import WhereFrom, where_from

EACH = {1: "month", 3: "quarter"}


@dataclass(frozen=True, slots=True)
class Index:
    """A part of the year, and how large its figures usually are beside the mean of the year: '104%'."""

    months: str
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """A period with its figure, its usual range, and what its figure shows; '' where it shows nothing. `where` leads to
    where the figure comes from."""

    period: str
    figure: str
    usual: str
    signal: str
    where: WhereFrom | None


@dataclass(frozen=True, slots=True)
class Example:
    """The steps from figures to signals, all numbers in words. `each` is month or quarter; `ends_with` the recording
    change that the figures end at, '' without one; `season` is empty for a series that is not seasonal."""

    series: Series
    each: str
    first: str
    last: str
    figures: int
    ends_with: str
    season: tuple[Index, ...]
    basis: int
    basis_last: str
    mean: str
    distance: str
    lower: str
    upper: str
    lines: tuple[Line, ...]
    out: int
    chart: Chart | None


def candidates(series: Iterable[Series]) -> dict[str, Series]:
    """Those with a run of figures that is judged, by slug: the longest run first, of equals the one of which the least
    stands out."""
    runs = [(longest(each), each) for each in series]
    fit = [(-len(run.points), standing_out(run), each.measure.name, each) for run, each in runs if run]
    return {each.measure.slug: each for *_, each in sorted(fit, key=lambda found: found[:3])}


def standing_out(segment: Segment) -> int:
    return sum(judged.cause not in (None, SpecialCause.NONE) for judged in segment.points)


def longest(series: Series) -> Segment | None:
    """The longest run of figures that were recorded alike and are judged; of equals the latest."""
    segments = [segment for segment in read(series).usual.segments if segment.standing is Standing.JUDGED]
    return max(reversed(segments), key=lambda segment: len(segment.points), default=None)


def example_of(series: Series) -> Example | None:
    """The steps for the longest judged run of a series; None where there is none."""
    segment = longest(series)
    if segment is None or segment.limits.mean is None or segment.limits.upl is None or segment.limits.lpl is None:
        return None
    measure, basis, points = series.measure, segment.basis, segment.points
    mean, upper, lower = segment.limits.mean, segment.limits.upl, segment.limits.lpl
    return Example(
        series=series,
        each=EACH[points[0].point.period.months],
        first=points[0].point.period.label,
        last=points[-1].point.period.label,
        figures=len(points),
        ends_with=ended_by(segment, series),
        season=tuple(indices_of(segment)),
        basis=len(basis),
        basis_last=basis[-1].period.label,
        mean=amount(mean, measure),
        distance=amount((upper - mean) / MOVING_RANGES, measure),
        lower=amount(max(0.0, lower), measure),
        upper=amount(upper, measure),
        lines=tuple(line(judged, series) for judged in reversed(points)),
        out=standing_out(segment),
        chart=chart_of(series),
    )


def ended_by(segment: Segment, series: Series) -> str:
    """The recording change that the next figures begin with, inside a sentence; '' without one."""
    segments = read(series).usual.segments
    after = segments[segments.index(segment) + 1 :]
    change = after[0].break_ if after else None
    return words.lower_first(change.title) if change else ""


def indices_of(segment: Segment) -> Iterable[Index]:
    """The season, the parts of the year in their order."""
    months = segment.points[0].point.period.months
    for first, share in sorted(segment.season.indices.items()) if segment.season else ():
        last = MONTHS[first + months - 1]
        name = MONTHS[first] if months == 1 else f"{MONTHS[first]} to {last}"
        yield Index(name, f"{words.number(Decimal(str(share * 100)))}%")


def line(judged: Judged, series: Series) -> Line:
    measure = series.measure
    stands_out = judged.cause not in (None, SpecialCause.NONE)
    return Line(
        period=judged.point.period.label,
        figure=words.value_and_marks(judged.point, measure),
        usual=usual(judged.limits, measure),
        signal=signal(judged) if stands_out else "",
        where=where_from(measure, series.place, judged.point),
    )


def usual(limits: Limits, measure: Measure) -> str:
    if limits.lpl is None or limits.upl is None:
        return ""
    return f"{amount(max(0.0, limits.lpl), measure)} to {amount(limits.upl, measure)}"


def amount(value: float, measure: Measure) -> str:
    return words.amount(Decimal(str(value)), measure)
