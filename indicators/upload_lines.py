"""The figures of an extract in words: a line for each indicator and period, a row for each revised value."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators import words
from indicators.analysis.series import Measure, Point
from indicators.extracts.plan import Held, Step
from indicators.extracts.rows import Figure, Key
from indicators.held import measure_of, place_of
from indicators.models import Area, Indicator
from indicators.where_from import WhereFrom, where_from

HIDDEN = "not shown below county"


@dataclass(frozen=True, slots=True)
class Line:
    """What a file says of one indicator in one period. `where` is the area, or how many there are; `kind` is new,
    revised or unchanged, the strongest of `what`."""

    slug: str
    name: str
    period: str
    areas: int
    where: str
    total: str
    was: str
    what: str
    kind: str
    marks: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One revised value, old and new in words, and the line of the file that gives it. `where` leads to where the old
    one came from."""

    slug: str
    indicator: str
    area: str
    period: str
    was: str
    now: str
    line: int
    where: WhereFrom | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that the supplier's last file of the kind gave and this one does not."""

    slug: str
    indicator: str
    area: str
    period: str


@dataclass(frozen=True, slots=True)
class Known:
    """The indicators of a file by slug, and every area by its code."""

    indicators: dict[str, Indicator]
    areas: dict[str, Area]

    def shows(self, key: Key) -> bool:
        return self.indicators[key.indicator].may_show(self.areas[key.area])

    def where(self, key: Key, held: Held | None) -> WhereFrom | None:
        """The link from a figure that is or was held; None for one that may not be shown."""
        if held is None or not self.shows(key):
            return None
        measure, place = measure_of(self.indicators[key.indicator]), place_of(self.areas[key.area])
        return where_from(measure, place, replace(point_of(key, held.figure), key=held.pk))

    def overlap(self, codes: Iterable[str]) -> bool:
        """Whether one of these areas lies in another of them."""
        among = set(codes)
        return any(parent in among for code in among for parent in self.parents(code))

    def parents(self, code: str) -> Iterable[str]:
        parent = self.areas[code].parent_id
        while parent is not None:
            yield parent
            parent = self.areas[parent].parent_id


def known(slugs: Iterable[str]) -> Known:
    """In two queries."""
    return Known(
        {indicator.slug: indicator for indicator in Indicator.objects.filter(slug__in=set(slugs))},
        {area.code: area for area in Area.objects.all()},
    )


def point_of(key: Key, figure: Figure) -> Point:
    return Point(
        key.period, figure.value, figure.value_to, figure.qualifier, figure.status, figure.coverage, figure.note
    )


def lines_of(new: Iterable[Step], revised: Iterable[Step], unchanged: Iterable[Step], register: Known) -> list[Line]:
    """A line for each indicator and period: what changes first, then by name, the latest period first."""
    groups: dict[tuple[str, object], dict[str, list[Step]]] = defaultdict(
        lambda: {"new": [], "revised": [], "unchanged": []}
    )
    for kind, steps in (("new", new), ("revised", revised), ("unchanged", unchanged)):
        for step in steps:
            groups[step.key.indicator, step.key.period][kind].append(step)

    def order(group: dict[str, list[Step]]) -> tuple[bool, str, int, int]:
        key = next(steps[0] for steps in group.values() if steps).key
        same = not group["new"] and not group["revised"]
        return same, register.indicators[key.indicator].name, -key.end.toordinal(), key.start.toordinal()

    return [line_of(group, register) for group in sorted(groups.values(), key=order)]


def line_of(group: dict[str, list[Step]], register: Known) -> Line:
    steps = [step for each in group.values() for step in each]
    key = steps[0].key
    indicator = register.indicators[key.indicator]
    now = [(step.key, step.figure) for step in steps]
    before = [(step.key, step.held.figure) for step in steps if step.held]
    total, was = total_of(now, register), total_of(before, register) if group["revised"] else ""
    marks, marks_before = marks_of([figure for _, figure in now]), marks_of([figure for _, figure in before])
    if was and marks != marks_before:
        was = f"{was}, {marks_before or 'final'}"
    return Line(
        slug=indicator.slug,
        name=indicator.name,
        period=key.period.label,
        areas=len(steps),
        where=register.areas[key.area].name if len(steps) == 1 else f"{len(steps)} areas",
        total=total,
        was="" if was == total else was,
        what=in_words({kind: len(each) for kind, each in group.items() if each}),
        kind=next(kind for kind, each in group.items() if each),
        marks=marks,
    )


def total_of(figures: list[tuple[Key, Figure]], register: Known) -> str:
    """The one figure, or the sum of those of separate areas; how many there are where they cannot be added."""
    if not figures:
        return ""
    if not all(register.shows(key) for key, _ in figures):
        return HIDDEN
    measure = measure_of(register.indicators[figures[0][0].indicator])
    if len(figures) == 1:
        return words.value(point_of(*figures[0]), measure)
    values = [figure.value for _, figure in figures if figure.value is not None]
    if not can_be_added(figures, measure) or register.overlap(key.area for key, _ in figures):
        return f"{len(figures)} figures"
    absent = len(figures) - len(values)
    text = words.amount(sum(values, Decimal()), measure)
    return f"{text} and {absent} without a value" if absent else text


def can_be_added(figures: list[tuple[Key, Figure]], measure: Measure) -> bool:
    exact = all(figure.qualifier == "exact" for _, figure in figures)
    return measure.kind in ("count", "money") and exact and any(figure.value is not None for _, figure in figures)


def in_words(counts: dict[str, int]) -> str:
    """'New', or of several '2 new, 1 revised, 10 unchanged'."""
    if len(counts) == 1:
        return next(iter(counts)).capitalize()
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def marks_of(figures: list[Figure]) -> str:
    """What is said of the figures' status: 'provisional', or '2 of 13 provisional'."""
    counts: dict[str, int] = defaultdict(int)
    for figure in figures:
        if words.STATUS[figure.status] and (figure.value is not None or len(figures) > 1):
            counts[words.STATUS[figure.status]] += 1
    return ", ".join(
        status if count == len(figures) else f"{count} of {len(figures)} {status}" for status, count in counts.items()
    )


def changed_of(step: Step, register: Known) -> Changed:
    """A revised value. Where old and new read alike, what else differs is named."""
    indicator = register.indicators[step.key.indicator]
    was = now = HIDDEN
    if step.held and register.shows(step.key):
        measure = measure_of(indicator)
        was = words.value_and_marks(point_of(step.key, step.held.figure), measure)
        now = words.value_and_marks(point_of(step.key, step.figure), measure)
        if was == now:
            now = f"{now}, with {other_difference(step.held.figure, step.figure)}"
    return Changed(
        slug=indicator.slug,
        indicator=indicator.name,
        area=register.areas[step.key.area].name,
        period=step.key.period.label,
        was=was,
        now=now,
        line=step.line,
        where=register.where(step.key, step.held),
    )


def missing_of(keys: Iterable[Key]) -> list[Missing]:
    """In two queries."""
    keys = list(keys)
    register = known({key.indicator for key in keys})
    return [
        Missing(key.indicator, register.indicators[key.indicator].name, register.areas[key.area].name, key.period.label)
        for key in keys
    ]


def other_difference(was: Figure, now: Figure) -> str:
    """What differs between two figures that read alike."""
    if (was.value, was.value_to) != (now.value, now.value_to):
        return "more exact decimals"
    differs = [
        text
        for text, changed in (("another note", was.note != now.note), ("another source", was.edition != now.edition))
        if changed
    ]
    return " and ".join(differs)
