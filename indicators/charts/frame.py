"""The frame that a line is drawn in: where on the date axis, how much room the words around it need, and the labels of
what changed and happened meanwhile above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf

from indicators.charts import labels
from indicators.charts.flags import Flag, flags
from indicators.charts.labels import Box
from indicators.charts.line import Line, Mark
from indicators.charts.scales import MONTHS_NAMED, date_ticks, period_ticks
from indicators.periods import ABBREVIATED, Period

GAP = 6.0
# How far over the plot labels of marks begin, in parts of their letters: beside it the last figure may stand as high.
FOOT = 0.7
# At which part of the width of a picture the label of a mark goes on in a new line: the next where one leaves no place
# for all.
WRAPPED_AT = (0.6, 0.47, 0.31)


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
        """With room for the words: values left, the last figure right, dates below, breaks and events above. Where
        there are more of these than two rows, the picture is higher."""
        lines = (line, *beside)
        left = max(labels.width(text, size.font) for each in lines for text in each.value_labels) + 10
        right = max(labels.width(text, size.font) for each in lines for text in each.words_after()) + GAP + 8
        first, last = min(each.first for each in lines), max(each.last for each in lines)
        frame = cls(line, size, round(left, 1), round(right, 1), 0, size.font * 2 + 6, first, last, beside)
        frame = frame.with_room_for_dates()
        top = max((label.pole for label in mark_labels(frame)), default=FOOT * size.font) + (1 - FOOT) * size.font
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
    def height(self) -> float:
        """That of the whole picture."""
        usual = self.size.font + labels.height(2, self.size.font)
        return round(self.size.height + max(0.0, self.top - usual), 1)

    @property
    def plot(self) -> Box:
        return Box(self.left, self.top, self.size.width - self.right, self.height - self.bottom)

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
            named = {*period_ticks(at, self.room_for(texts.values())), min(at)}
            return self.apart((at[period], texts[period]) for period in named)
        months_named = (self.last - self.first).days <= 31 * MONTHS_NAMED
        return date_ticks(self.first, self.last, self.room_for(["May 2018" if months_named else "2018"]))

    def apart(self, ticks: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
        """Ticks whose labels do not touch, the later of two that would: years that are held need not follow on one
        another."""
        kept: list[tuple[date, str]] = []
        reached = inf
        for at, text in sorted(ticks, reverse=True):
            half = labels.width(text, self.size.font) / 2
            if self.x(at) + half + GAP <= reached:
                kept, reached = [(at, text), *kept], self.x(at) - half
        return kept

    def room_for(self, texts: Iterable[str]) -> int:
        """How many such labels fit beside one another under the plot."""
        widest = max(labels.width(text, self.size.font) for text in texts)
        return max(1, int((self.plot.right - self.plot.left) // (widest + GAP + 2)))


def year_label(period: Period) -> str:
    calendar = period.label.replace(" to ", "–")
    return calendar if period.start.month == 1 else f"{ABBREVIATED[period.end.month]} {period.end.year}"


@dataclass(frozen=True, slots=True)
class MarkLabel:
    """The words of a mark, in lines, beside a pole on its day: how high over the plot their foot stands, how high the
    pole is, and whether they stand to the left of it."""

    mark: Mark
    text: tuple[str, ...]
    foot: float
    pole: float
    is_left: bool


def mark_labels(frame: Frame) -> list[MarkLabel]:
    """The labels of the marks of a line, in as few rows over the plot as they need."""
    marks, size = frame.line.marks, frame.size
    for share in WRAPPED_AT:
        texts = [labels.wrapped(mark.title, size.font, size.width * share) for mark in marks]
        wide = [max(labels.width(line, size.font) for line in text) for text in texts]
        poles = [(frame.x(mark.at), width) for mark, width in zip(marks, wide, strict=True)]
        found = flags(poles, size.width)
        if found is not None:
            return raised(list(zip(marks, texts, found, strict=True)), size)
    rows = [Flag((0, 0), row, x > size.width / 2) for row, (x, _) in enumerate(poles)]
    return raised(list(zip(marks, texts, rows, strict=True)), size)


def raised(flown: Sequence[tuple[Mark, list[str], Flag]], size: Size) -> list[MarkLabel]:
    """The labels at the height of their rows, each row as high as its highest label."""
    rows = range(max((flag.row for *_, flag in flown), default=-1) + 1)
    high = [max(labels.height(len(text), size.font) for _, text, flag in flown if flag.row == row) for row in rows]
    return [
        MarkLabel(
            mark=mark,
            text=tuple(text),
            foot=(foot := FOOT * size.font + sum(high[: flag.row])),
            pole=foot + labels.height(len(text), size.font),
            is_left=flag.is_left,
        )
        for mark, text, flag in flown
    ]
