"""A figure that nobody published: what it is added up from, and what it added up to before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators import words
from indicators.analysis.series import Measure, Place, Point
from indicators.held import measure_of, place_of
from indicators.models import Area, Indicator, Observation
from indicators.origin import Change, Shown, changes_by_number, held_within, series_of_rows, shown_of
from indicators.periods import Period
from indicators.where_from import WhereFrom, where_from


@dataclass(frozen=True, slots=True)
class Part:
    """One of the figures that are added up, with the file and line it came in."""

    period: str
    figure: str
    where: WhereFrom | None
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """What the parts added up to from one change of the data until another; `figure` is '' where they were not
    complete. A change is None where none is on record, `ended` says whether there was one."""

    figure: str
    since: Change | None
    until: Change | None
    ended: bool


@dataclass(frozen=True, slots=True)
class AddedUp:
    """A sum with its parts in order, and everything it ever added up to, the latest first. `published` is the figure
    that is held for the whole period all the same, and `where` leads there."""

    shown: Shown
    total: str
    parts: tuple[Part, ...]
    totals: tuple[Total, ...]
    published: str
    where: WhereFrom | None


def added_up(indicator: Indicator, area: Area, period: Period) -> tuple[AddedUp | None, Point | None]:
    """The sum of what is held for the parts of a period, None where they do not fill it; and the figure held for the
    whole of it. In two queries."""
    rows = held_within(indicator, area, period)
    now = series_of_rows(indicator, area, (row for row in rows if row.until is None))
    total, published = now.added_up(period), now.at(period)
    if total is None:
        return None, published
    measure, place = measure_of(indicator), place_of(area)
    return (
        AddedUp(
            shown=shown_of(measure, total),
            total=words.value(total, measure),
            parts=tuple(part_of(measure, place, point) for point in total.parts),
            totals=tuple(totals(indicator, area, period, rows))[::-1],
            published=words.value_and_marks(published, measure) if published else "",
            where=where_from(measure, place, published),
        ),
        published,
    )


def part_of(measure: Measure, place: Place, point: Point) -> Part:
    return Part(
        period=words.capital(point.period.label),
        figure=words.value_and_marks(point, measure),
        where=where_from(measure, place, point),
        file=point.extract,
        line=point.line,
    )


def totals(indicator: Indicator, area: Area, period: Period, rows: Sequence[Observation]) -> Iterator[Total]:
    """What the parts added up to after each change of the data, the first first; nothing from before they did."""
    numbers = sorted({number for row in rows for number in (row.since, row.until) if number is not None})
    changes = changes_by_number(numbers)
    found = [(number, total_at(number, indicator, area, period, rows)) for number in numbers]
    steps = [step for before, step in zip([(0, ""), *found], found, strict=False) if step[1] != before[1]]
    for step, (number, figure) in enumerate(steps):
        until = steps[step + 1][0] if step + 1 < len(steps) else None
        yield Total(figure, changes.get(number), changes.get(until) if until else None, until is not None)


def total_at(number: int, indicator: Indicator, area: Area, period: Period, rows: Iterable[Observation]) -> str:
    """What the figures that stood after a change of the data added up to; '' where they did not."""
    stood = (row for row in rows if row.since <= number and (row.until is None or row.until > number))
    total = series_of_rows(indicator, area, stood).added_up(period)
    return words.value_and_marks(total, measure_of(indicator)) if total else ""
