"""What is held of one indicator in one area, as plain values. Nothing here knows the database."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.periods import Period

VALUELESS = frozenset({"suppressed", "not_available", "not_applicable"})
WHOLE = frozenset({"final", "provisional", "estimated"})


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator, as far as words and charts need it. `kind` is count, rate, percentage or money. `part_of` are the
    slugs of those it is a part of, the nearest first; `multi_coded` says that one of what is counted may be counted in
    several parts of the nearest, which are then never added up."""

    slug: str
    name: str
    short_name: str
    counted: str
    counted_plural: str
    kind: str = "count"
    per: int | None = None
    decimals: int = 0
    polarity: str = "neither"
    final_expected: datetime.date | None = None
    part_of: tuple[str, ...] = ()
    multi_coded: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An area: GSS code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """One value for one period. `value` is None exactly where `status` says why there is none. `extract` and
    `line` are the file it came in and where it stands there, `key` what it is kept under; a sum has none of these
    but the points that it is the sum of, in order. `edition` is the slug of the publication it was read in."""

    period: Period
    value: Decimal | None
    value_to: Decimal | None = None
    qualifier: str = "exact"
    status: str = "final"
    coverage: str = ""
    note: str = ""
    source: str = ""
    parts: tuple["Point", ...] = ()
    extract: str = ""
    line: int | None = None
    key: int | None = None
    edition: str = ""

    @property
    def added_up(self) -> bool:
        """Whether it is a sum of shorter periods rather than a figure that somebody published."""
        return bool(self.parts)


def sum_of(period: Period, points: Sequence[Point]) -> Point:
    """The sum of figures of one coverage, as uncertain as the least certain of them."""
    return Point(
        period=period,
        value=sum((p.value for p in points if p.value is not None), Decimal()),
        qualifier="about" if any(p.qualifier == "about" for p in points) else "exact",
        status=next(
            (s for s in ("estimated", "provisional") if any(p.status == s for p in points)),
            "final",
        ),
        coverage=points[0].coverage,
        source=" · ".join(dict.fromkeys(p.source for p in points if p.source)),
        parts=tuple(points),
    )


@dataclass(frozen=True, slots=True)
class Break:
    """A change after which figures cannot be compared with those before."""

    date: datetime.date
    first_comparable: datetime.date
    title: str
    reason: str
    kind: str = "recording-practice"
    evidence: str = ""

    def parts(self, earlier: Period, later: Period) -> bool:
        """Whether it stands between two periods: both must lie before it or both in the comparable time."""
        both_before = earlier.end < self.date and later.end < self.date
        both_after = earlier.start >= self.first_comparable and later.start >= self.first_comparable
        return not (both_before or both_after)


@dataclass(frozen=True, slots=True)
class Stated:
    """A change as its source states it; quoted only. `edition` is the slug of the publication that states it."""

    period: Period
    against: Period
    percent: Decimal | None
    absolute: Decimal | None
    qualifier: str
    words: str
    source: str
    note: str = ""
    publisher: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class NewStart:
    """Limits that a person starts anew: with the period that begins on a day, why, and who."""

    date: datetime.date
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class Target:
    """What the figure of each period of so many `months` is to reach from one day to another."""

    value: Decimal
    months: int
    start: datetime.date
    end: datetime.date
    tolerance: Decimal = Decimal()
    reason: str = ""

    def bound(self, polarity: str) -> Decimal:
        """The furthest value that still meets it, where 'lower' or 'higher' is better."""
        return self.value + (self.tolerance if polarity == "lower" else -self.tolerance)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened and may have moved figures. `kind` is campaign, law or other; `end` is None for what
    happened on one day, or has gone on since."""

    start: datetime.date
    end: datetime.date | None
    title: str
    kind: str = "other"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Everything held of one indicator in one area: points by period, breaks by date, changes as stated; whether a
    year has its seasons, where a person started limits anew, its targets, and what happened meanwhile."""

    measure: Measure
    place: Place
    points: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()
    stated: tuple[Stated, ...] = ()
    seasonal: bool = False
    new_starts: tuple[NewStart, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()

    @classmethod
    def of(
        cls,
        measure: Measure,
        place: Place,
        points: Iterable[Point],
        breaks: Iterable[Break] = (),
        stated: Iterable[Stated] = (),
        *,
        seasonal: bool = False,
        new_starts: Iterable[NewStart] = (),
        targets: Iterable[Target] = (),
        events: Iterable[Event] = (),
    ) -> "Series":
        """A series from points, breaks, new starts, targets and events in any order."""
        return cls(
            measure,
            place,
            tuple(sorted(points, key=lambda point: (point.period.end, point.period.start))),
            tuple(sorted(breaks, key=lambda b: (b.date, b.title, b.first_comparable, b.kind, b.reason))),
            tuple(stated),
            seasonal,
            tuple(sorted(new_starts, key=lambda start: (start.date, start.reason, start.who))),
            tuple(sorted(targets, key=lambda target: (target.start, target.end, target.months, target.value))),
            tuple(sorted(events, key=lambda event: (event.start, event.title, event.kind, event.evidence))),
        )

    def at(self, period: Period) -> Point | None:
        """The figure that was published for exactly this period."""
        return next((point for point in self.points if point.period == period), None)

    def value_for(self, period: Period) -> Point | None:
        """The figure for a period: the published one, else the sum of its complete parts."""
        return self.at(period) or self.added_up(period)

    def added_up(self, period: Period) -> Point | None:
        """The sum of separate, complete parts that fill the period, longest parts first; None where they do
        not fill it, or where the parts of a rate or percentage cannot be added."""
        if self.measure.kind not in ("count", "money"):
            return None
        parts: list[Point] = []
        usable = [p for p in self.points if p.status in WHOLE and p.qualifier in ("exact", "about")]
        start = period.start
        while True:
            here = [p for p in usable if p.period.start == start and p.period.end <= period.end and p.period != period]
            if not here:
                return None
            part = max(here, key=lambda p: p.period.end)
            parts.append(part)
            if part.period.end == period.end:
                break
            start = part.period.shifted(part.period.months).start
        if len({p.coverage for p in parts}) > 1:
            return None
        return sum_of(period, parts)

    def latest(self) -> Point | None:
        """The complete figure that ends last; of two that end together, the longer period. Only where no figure
        is complete, an incomplete or unreliable one. Figures without a value are passed over."""
        held = [p for p in self.points if p.value is not None]
        complete = [p for p in held if p.status in WHOLE]
        return max(complete or held, key=lambda p: (p.period.end, p.period.months)) if held else None

    def up_to(self, day: datetime.date) -> "Series":
        """What had been observed by the end of a day: later figures, stated changes and events left out."""
        return replace(
            self,
            points=tuple(p for p in self.points if p.period.end <= day),
            stated=tuple(s for s in self.stated if s.period.end <= day),
            events=tuple(e for e in self.events if e.start <= day),
        )

    def of_length(self, months: int) -> "Series":
        """The same series with the points of one length of period alone."""
        return replace(self, points=tuple(p for p in self.points if p.period.months == months))

    def trend(self) -> "Series":
        """The points to draw as one line: those of the length of period of which there are most; of two
        lengths with as many, the longer."""
        lengths = [p.period.months for p in self.points]
        if not lengths:
            return self
        return self.of_length(max(set(lengths), key=lambda months: (lengths.count(months), months)))

    @property
    def target(self) -> Target | None:
        """The target that the line drawn is set against: of those for periods of its length, the first that had not
        ended when its last period did."""
        line = self.trend().points
        if not line:
            return None
        last = line[-1].period
        return next((t for t in self.targets if t.months == last.months and t.end >= last.end), None)

    def since_break(self, period: Period) -> tuple[Point, ...]:
        """The points with a value, of this length of period, that no break parts from `period`."""
        return tuple(
            p
            for p in self.points
            if p.value is not None
            and p.period.months == period.months
            and not any(b.parts(min(p.period, period), max(p.period, period)) for b in self.breaks)
        )
