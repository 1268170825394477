"""The usual range of a series, and which of its points lie outside of it or run beside its mean.

The product's rules around the chart of `spc`: separate months or quarters only; limits never cross a break or a change
of coverage; a trial range from 5 settled points, signals from 13; limits held on the first 16 quarters or 24 months
until a person starts them anew; a seasonal series is judged without its season; a figure that may still change never
moves the limits, but is judged as an early sign.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from indicators.analysis.seasonality import Season, season_of
from indicators.analysis.series import Break, NewStart, Point, Series
from indicators.analysis.signals import Limits, SpecialCause, signals
from indicators.analysis.spc import Assurance, Improvement, PointType, assurance, first, limits_of, point_type

POINTS_FOR_TRIAL = 5
POINTS_TO_JUDGE = 13
# Points that hold the limits, by the months of a period: four years of quarters, two of months.
HELD_ON = {3: 16, 1: 24}
# Statuses of figures that are not expected to change.
SETTLED = frozenset({"final", "estimated"})
# Qualifiers of figures that are known; of the others only a bound is.
KNOWN = frozenset({"exact", "about"})
IMPROVEMENT: dict[str, Improvement] = {"lower": "decrease", "higher": "increase"}


class NoRange(StrEnum):
    """Why a series has no usual range at all."""

    NOT_SEPARATE = "neither months nor quarters"
    OVERLAPPING = "overlapping periods"


class Standing(StrEnum):
    """How well the usual range of a segment is known."""

    UNKNOWN = "no range"
    TRIAL = "trial range"
    JUDGED = "usual range"


@dataclass(frozen=True, slots=True)
class Judged:
    """A point and the usual range of its period, both in the unit of the series (a seasonal range follows the season).
    `cause` and `kind` are None where the point is not judged; `early` marks one that may still change."""

    point: Point
    limits: Limits
    cause: SpecialCause | None
    kind: PointType | None
    early: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Points that share limits. `settled` of them may move the limits, `held` says that enough of them are there and
    later ones no longer do. `season` is None for a series that is not seasonal. `break_` and `new_start` are what the
    segment begins with; both are None for the first one and after a change of coverage."""

    points: tuple[Judged, ...]
    limits: Limits
    standing: Standing
    settled: int
    held: bool
    season: Season | None = None
    break_: Break | None = None
    new_start: NewStart | None = None

    @property
    def basis(self) -> tuple[Point, ...]:
        """The points that the limits come from."""
        stable = [j.point for j in self.points if j.point.status in SETTLED and known(j.point) is not None]
        return tuple(stable[: HELD_ON[self.points[0].point.period.months]])


@dataclass(frozen=True, slots=True)
class UsualRange:
    """The segments of a series in order of time, or why there are none. `unused` are new starts on whose day no period
    of the series begins; they change nothing. `assurance` is of the last segment, None unless it is judged."""

    segments: tuple[Segment, ...] = ()
    refusal: NoRange | None = None
    unused: tuple[NewStart, ...] = ()
    assurance: Assurance | None = None

    def latest(self) -> Judged | None:
        """The last point with a value; None where the last segment has none."""
        last = self.segments[-1].points if self.segments else ()
        return next((judged for judged in reversed(last) if judged.point.value is not None), None)


def limits_for(
    series: Series,
    *,
    new_starts: Iterable[NewStart] = (),
    target: Decimal | None = None,
    seasonal: bool = False,
) -> UsualRange:
    """The usual range of a series, from its quarters or months, whichever there are more of. What a signal means
    follows from the polarity of its measure."""
    points = max((series.of_length(months).points for months in HELD_ON), key=len)
    if not points:
        return UsualRange(refusal=NoRange.NOT_SEPARATE)
    if any(a.period.overlaps(b.period) for a, b in pairwise(points)):
        return UsualRange(refusal=NoRange.OVERLAPPING)
    by_day = {start.date: start for start in new_starts}
    improvement = IMPROVEMENT.get(series.measure.polarity, "neutral")
    segments = tuple(
        segment(part, break_, new_start, seasonal, improvement)
        for part, break_, new_start in parts(points, series.breaks, by_day)
    )
    last, days = segments[-1], {point.period.start for point in points}
    wanted = float(target) if target is not None and last.standing is Standing.JUDGED else None
    return UsualRange(
        segments,
        unused=tuple(start for day, start in by_day.items() if day not in days),
        assurance=assurance(last.limits, wanted, improvement),
    )


def parts(
    points: Sequence[Point], breaks: Iterable[Break], new_starts: dict[datetime.date, NewStart]
) -> Iterator[tuple[list[Point], Break | None, NewStart | None]]:
    """The points whose limits are one, with the last break and the new start that they begin with: at a break, at a
    change of coverage, and where a person says so."""
    part = [points[0]]
    begins: tuple[Break | None, NewStart | None] = (None, new_starts.get(points[0].period.start))
    coverage = points[0].coverage
    for earlier, later in pairwise(points):
        parting = [b for b in breaks if b.parts(earlier.period, later.period)]
        new_start = new_starts.get(later.period.start)
        covered = coverage if later.value is None else later.coverage
        if parting or new_start or covered != coverage:
            yield part, *begins
            part, begins = [], (max(parting, key=lambda b: b.first_comparable, default=None), new_start)
        part.append(later)
        coverage = covered
    yield part, *begins


def segment(
    part: Sequence[Point],
    break_: Break | None,
    new_start: NewStart | None,
    seasonal: bool,
    improvement: Improvement,
) -> Segment:
    """The limits of one run of points, and each point judged by them."""
    slots = with_gaps(part)
    number = HELD_ON[part[0].period.months]
    stable = [known(point) if point and point.status in SETTLED else None for point in slots]
    basis = first(stable, number)
    pairs = [(point.period, value) for point, value in zip(slots, basis, strict=True) if point and value is not None]
    season = season_of(pairs) if seasonal else None
    limits = limits_of(level(slots, basis, season))
    settled = sum(value is not None for value in stable)
    standing = standing_of(settled, limits, season)
    if standing is Standing.UNKNOWN:
        limits = Limits()
    return Segment(
        points=tuple(judged(slots, limits, standing, season, improvement)),
        limits=limits,
        standing=standing,
        settled=settled,
        held=settled >= number,
        season=season,
        break_=break_,
        new_start=new_start,
    )


def with_gaps(part: Sequence[Point]) -> list[Point | None]:
    """The points, with one None wherever a period or more is missing between two of them."""
    slots: list[Point | None] = [part[0]]
    for earlier, later in pairwise(part):
        slots += [later] if later.period.follows(earlier.period) else [None, later]
    return slots


def known(point: Point | None) -> float | None:
    """The value that can be judged: none where only a bound is known, or where its source calls it unreliable."""
    if point is None or point.value is None or point.qualifier not in KNOWN or point.status == "unreliable":
        return None
    return float(point.value)


def level(slots: Sequence[Point | None], values: Sequence[float | None], season: Season | None) -> list[float | None]:
    """The values without the season."""
    return [
        season.adjusted(point.period, value) if season and point and value is not None else value
        for point, value in zip(slots, values, strict=True)
    ]


def standing_of(settled: int, limits: Limits, season: Season | None) -> Standing:
    """How well limits from so many settled points are known. Where the season cannot be taken out yet, they stay on
    trial: it would pass for a signal, or hide one."""
    if settled < POINTS_FOR_TRIAL or limits.upl is None:
        return Standing.UNKNOWN
    if settled < POINTS_TO_JUDGE or (season and season.why_not):
        return Standing.TRIAL
    return Standing.JUDGED


def judged(
    slots: Sequence[Point | None],
    limits: Limits,
    standing: Standing,
    season: Season | None,
    improvement: Improvement,
) -> Iterator[Judged]:
    """Each point by the limits, which are of values without the season."""
    values = level(slots, [known(point) for point in slots], season)
    ranges = {month: limits.times(index) for month, index in season.indices.items()} if season else {}
    for point, cause in zip(slots, signals(values, limits), strict=True):
        if point is None:
            continue
        told = cause if standing is Standing.JUDGED else None
        yield Judged(
            point=point,
            limits=ranges.get(point.period.start.month, limits),
            cause=told,
            kind=None if told is None else point_type(told, improvement),
            early=point.value is not None and point.status not in SETTLED,
        )
