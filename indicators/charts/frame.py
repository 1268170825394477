"""What is drawn of a series, and the frame it is drawn in: which points, where on the date axis, how much room the
words around them need."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from indicators import words
from indicators.analysis.reading import outcome_of, read
from indicators.analysis.series import WHOLE, Break, Point, Series
from indicators.analysis.signals import SpecialCause
from indicators.analysis.usual_range import SETTLED, Segment, Standing
from indicators.charts import labels
from indicators.charts.labels import Box
from indicators.charts.scales import MONTHS_NAMED, Scale, date_ticks, period_ticks, value_scale
from indicators.periods import ABBREVIATED, Period

GAP = 6.0


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in pixels, and the size of its letters."""

    width: int
    height: int
    font: int

    def dot(self, points: int) -> float:
        """How large that many points in a row may be, so that one sees where the line between two is missing."""
        return round(min(7.0, max(3.0, 0.36 * self.width / points)), 1)

    def signal(self, points: int) -> float:
        """How large a point that stands out is among so many: its shape must be seen."""
        return round(min(10.0, max(6.0, 1.6 * self.dot(points))), 1)


WIDE = Size(720, 320, 14)
NARROW = Size(320, 250, 12)


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
    def step(self) -> int:
        """The months from one point to the next where none is missing."""
        return min((months_between(a, b) for a, b in pairwise(self.drawn)), default=0)

    @cached_property
    def scale(self) -> Scale:
        held = [*(d.value for d in self.drawn), *(value for band in self.bands for value in (*band.low, *band.high))]
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


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot of a line stands in a picture: its margins, and the ends of the date axis. Both are those of the
    lines `beside` it too, in pictures of their own."""

    line: Line
    size: Size
    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date
    beside: tuple[Line, ...] = ()

    @classmethod
    def around(cls, line: Line, size: Size, beside: tuple[Line, ...] = ()) -> "Frame":
        """With room for the words: values left, the last figure right, dates below, breaks above."""
        lines = (line, *beside)
        left = max(labels.width(text, size.font) for each in lines for text in each.value_labels) + 10
        right = max(labels.width(text, size.font) for each in lines for text in each.end_lines()) + GAP + 8
        first, last = min(each.first for each in lines), max(each.last for each in lines)
        frame = cls(line, size, round(left, 1), round(right, 1), 0, size.font * 2 + 6, first, last, beside)
        frame = frame.with_room_for_dates()
        above = break_rows(frame)
        top = sum(labels.height(row.lines, size.font) for row in above) + size.font
        return replace(frame, top=round(top, 1))

    def with_room_for_dates(self) -> "Frame":
        """With margins that the first and the last date below do not leave."""
        ticks = [(self.x(at), labels.width(text, self.size.font) / 2) for at, text in self.date_ticks()]
        left = max(half - x for x, half in ticks)
        right = max(x + half - self.size.width for x, half in ticks)
        return replace(
            self,
            left=round(self.left + left + 2, 1) if left > 0 else self.left,
            right=round(self.right + right + 2, 1) if right > 0 else self.right,
        )

    @property
    def plot(self) -> Box:
        return Box(self.left, self.top, self.size.width - self.right, self.size.height - self.bottom)

    def x(self, at: date) -> float:
        return self.plot.left + (at - self.first) / (self.last - self.first) * (self.plot.right - self.plot.left)

    def y(self, value: float) -> float:
        scale = self.line.scale
        part = (value - scale.low) / (scale.top - scale.low)
        return self.plot.bottom - part * (self.plot.bottom - self.plot.top)

    def date_ticks(self) -> list[tuple[date, str]]:
        """Whole years stand under their points; shorter periods between the beginnings of years or months."""
        lines = (self.line, *self.beside)
        at = {d.point.period: d.at for line in lines for d in line.drawn}
        if all(line.is_of_years for line in lines) and len({period.start.month for period in at}) == 1:
            texts = {period: year_label(period) for period in at}
            return [(at[period], texts[period]) for period in period_ticks(at, self.room_for(texts.values()))]
        months_named = (self.last - self.first).days <= 31 * MONTHS_NAMED
        return date_ticks(self.first, self.last, self.room_for(["May 2018" if months_named else "2018"]))

    def room_for(self, texts: Iterable[str]) -> int:
        """How many such labels fit beside one another under the plot."""
        widest = max(labels.width(text, self.size.font) for text in texts)
        return max(1, int((self.plot.right - self.plot.left) // (widest + GAP + 2)))


def year_label(period: Period) -> str:
    calendar = period.label.replace(" to ", "–")
    return calendar if period.start.month == 1 else f"{ABBREVIATED[period.end.month]} {period.end.year}"


@dataclass(frozen=True, slots=True)
class BreakLabel:
    """The words of a break, in lines, and where they stand above the plot: left end and width."""

    break_: Break
    text: tuple[str, ...]
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A row of labels above the plot, and how many lines it is high."""

    labels: tuple[BreakLabel, ...]
    lines: int


def break_rows(frame: Frame) -> list[BreakRow]:
    """The labels of the breaks: centred on their line but inside the picture, in as many rows as they need."""
    single = [break_label(b, frame) for b in frame.line.breaks]
    row_of = labels.rows([(label.left, label.left + label.width) for label in single])
    by_row = [[label for label, r in zip(single, row_of, strict=True) if r == n] for n in sorted(set(row_of))]
    return [BreakRow(tuple(row), max(len(label.text) for label in row)) for row in by_row]


def break_label(b: Break, frame: Frame) -> BreakLabel:
    size = frame.size
    text = labels.wrapped(b.title, size.font, size.width / 2)
    wide = max(labels.width(line, size.font) for line in text)
    left = min(max(frame.x(b.date) - wide / 2, GAP), size.width - GAP - wide)
    return BreakLabel(b, tuple(text), left, wide)
