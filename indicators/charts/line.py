"""What is drawn of a series: its points and usual ranges, what changed and happened meanwhile, and its targets."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from indicators import words
from indicators.analysis.reading import outcome_of, read
from indicators.analysis.series import WHOLE, Break, Event, Point, Series, Target
from indicators.analysis.signals import SpecialCause
from indicators.analysis.usual_range import SETTLED, Segment, Standing
from indicators.charts.scales import Scale, value_scale
from indicators.periods import Period

# More names above a line are not read any more; the words below have all of them.
MOST_MARKS = 6
# A range of fewer points is often too short for its name.
SHORT = 13


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point of the line: where on the date axis and how high. `signal` says how it stands out from the usual range:
    better, worse, change (neither is better), or '' where it does not; `cause` by which rule."""

    point: Point
    at: date
    value: float
    signal: str = ""
    cause: SpecialCause = SpecialCause.NONE

    @property
    def look(self) -> str:
        """That of `state`; of a signal its kind, with 'early' before it where the figure may still change."""
        early = "" if self.point.status in SETTLED else "early "
        return f"{early}{self.signal}" if self.signal else self.state

    @property
    def state(self) -> str:
        """solid, hollow (provisional or estimated), cross (incomplete or unreliable) or limit (a bound is known,
        not the figure)."""
        if self.point.status not in WHOLE:
            return "cross"
        if self.point.qualifier in ("over", "under", "range"):
            return "limit"
        return "solid" if self.point.status == "final" else "hollow"

    @property
    def joined(self) -> bool:
        """Whether the line may go through it: with a cross or a limit it would seem to fall or rise."""
        return self.state in ("solid", "hollow")


@dataclass(frozen=True, slots=True)
class Band:
    """A usual range to draw: at each of its points the lower limit, the mean and the upper limit. Nothing is counted
    below 0. `trial` where it does not judge yet."""

    at: tuple[date, ...]
    low: tuple[float, ...]
    mean: tuple[float, ...]
    high: tuple[float, ...]
    trial: bool

    @property
    def name(self) -> str:
        return "Range on trial" if self.trial else "Usual range"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked above the line: a break or an event, by `name`, on its day."""

    name: str
    at: date
    title: str


def band_of(segment: Segment) -> Band | None:
    """None where there is no range, or no two points to draw it between."""
    lines = [
        (moment(j.point.period, overlapping=False), max(0.0, j.limits.lpl), j.limits.mean, j.limits.upl)
        for j in segment.points
        if j.point.value is not None
        and j.limits.lpl is not None
        and j.limits.mean is not None
        and j.limits.upl is not None
    ]
    if len(lines) < 2:
        return None
    at, low, mean, high = zip(*lines, strict=True)
    return Band(at, low, mean, high, segment.standing is Standing.TRIAL)


def signals_of(series: Series) -> dict[Period, tuple[str, SpecialCause]]:
    """The points that stand out from their usual range: better, worse or change, and by which rule."""
    return {
        j.point.period: (str(outcome_of(j.cause.direction, series.measure)) or "change", j.cause)
        for segment in read(series).usual.segments
        for j in segment.points
        if j.cause is not None and j.cause.direction
    }


@dataclass(frozen=True)
class Line:
    """The points of a series that have a value, of the length of period that most of them have. Periods stand
    at their middle; those that overlap, such as rolling years, at their end."""

    series: Series
    drawn: tuple[Drawn, ...]
    overlapping: bool

    @classmethod
    def of(cls, series: Series) -> "Line":
        held = [p for p in series.trend().points if p.value is not None]
        overlapping = any(a.period.overlaps(b.period) for a, b in pairwise(held))
        signals = signals_of(series)
        drawn = (Drawn(p, moment(p.period, overlapping), float(p.value or 0), *signals.get(p.period, ())) for p in held)
        return cls(series, tuple(drawn), overlapping)

    @property
    def first(self) -> date:
        """Where its date axis begins."""
        start = self.drawn[0]
        return start.at - timedelta(days=15) if self.overlapping else start.point.period.start

    @property
    def last(self) -> date:
        """Where its date axis ends."""
        return self.drawn[-1].point.period.end + timedelta(days=1)

    @property
    def is_of_years(self) -> bool:
        """Whether its periods are whole years apart from one another."""
        return not self.overlapping and all(each.point.period.months % 12 == 0 for each in self.drawn)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Those between the first and the last point."""
        first, last = self.drawn[0].at, self.drawn[-1].at
        return tuple(b for b in self.series.breaks if first < b.date <= last)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Those that began within its time."""
        return tuple(event for event in self.series.events if self.first <= event.start < self.last)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every break, and the latest events where there are not too many to name, in the order of their days."""
        breaks = [Mark("break", b.date, b.title) for b in self.breaks]
        events = [Mark("event", e.start, e.title) for e in self.events]
        room = max(0, MOST_MARKS - len(breaks))
        return tuple(sorted([*breaks, *events[max(0, len(events) - room) :]], key=lambda m: m.at))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Those that its periods are set against, where they reach into its time."""
        months = self.drawn[-1].point.period.months
        return tuple(
            target
            for target in self.series.targets
            if target.months == months
            and not self.overlapping
            and target.start < self.last
            and target.end >= self.first
        )

    def span_of(self, target: Target) -> tuple[date, date]:
        """From when to when a target holds within its time."""
        return max(target.start, self.first), min(target.end, self.last)

    @cached_property
    def step(self) -> int:
        """The months from one point to the next where none is missing."""
        return min((months_between(a, b) for a, b in pairwise(self.drawn)), default=0)

    @cached_property
    def scale(self) -> Scale:
        ranges = (value for band in self.bands for value in (*band.low, *band.high))
        held = [*(d.value for d in self.drawn), *ranges, *(float(target.value) for target in self.targets)]
        return value_scale(held, whole=self.series.measure.kind == "count")

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The usual ranges, one for each run of points that share limits."""
        return tuple(band for segment in read(self.series).usual.segments if (band := band_of(segment)))

    @cached_property
    def value_labels(self) -> tuple[str, ...]:
        """The ticks of the value axis in words, all with the decimals that the finest needs."""
        ticks = [Decimal(str(tick)) for tick in self.scale.ticks]
        decimals = max(max(0, -int(tick.normalize().as_tuple().exponent)) for tick in ticks)
        return tuple(words.amount(t, replace(self.series.measure, decimals=decimals)) for t in ticks)

    def may_join(self, before: Drawn, here: Drawn) -> bool:
        """Whether the line may run from one point to the next: no gap, no break, the same coverage."""
        return (
            before.joined
            and here.joined
            and months_between(before, here) == self.step
            and before.point.coverage == here.point.coverage
            and not any(b.parts(before.point.period, here.point.period) for b in self.series.breaks)
        )

    def words_after(self) -> list[str]:
        """All that may stand right of the line: its last figure, and the name of a range that ends with it, in two
        lines, where that is too short to carry it."""
        last = self.bands[-1] if self.bands else None
        short = last and last.at[-1] == self.drawn[-1].at and len(last.at) < SHORT
        return [*self.end_lines(), *(last.name.split(" ", 1) if last and short else [])]

    def end_lines(self) -> list[str]:
        """What stands right of the last point: its value, and its status on a line of its own."""
        last = self.drawn[-1].point
        lines = [words.value(last, self.series.measure), words.STATUS[last.status]]
        return [text for text in lines if text]


def moment(period: Period, overlapping: bool) -> date:
    start, end = period.start, period.end
    return end if overlapping else start + (end + timedelta(days=1) - start) // 2


def months_between(a: Drawn, b: Drawn) -> int:
    earlier, later = a.point.period.end, b.point.period.end
    return (later.year - earlier.year) * 12 + later.month - earlier.month
