"""Figures of an indicator that were revised: what was held, and what is held in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from indicators import words
from indicators.held import measure_of, place_of, point_of
from indicators.models import Area, DataChange, Indicator, Observation
from indicators.where_from import WhereFrom, where_from

MOST = 40
Slot = tuple[date, date, int | None]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that is no longer held; `now` is what took its place, '' where nothing did. Each leads to where it comes
    from; `at` and `by` are None and '' where no change is on record."""

    period: str
    was: str
    now: str
    at: datetime | None
    by: str
    of_was: WhereFrom | None
    of_now: WhereFrom | None


@dataclass(frozen=True, slots=True)
class Revisions:
    """The latest revisions, and how many more there are."""

    latest: tuple[Revision, ...]
    more: int


def revisions_of(indicator: Indicator, area: Area) -> Revisions:
    """The revisions of an indicator in an area, the latest first; in four queries however many."""
    rows = Observation.objects.filter(indicator=indicator, area=area).select_related("edition__source", "extract")
    closed = rows.filter(until__isnull=False).order_by("-until", "-period_end", "period_start")
    earlier = list(closed[:MOST])
    numbers = {row.until for row in earlier if row.until is not None}
    later = {slot_of(row, row.since): row for row in rows.filter(since__in=numbers)}
    changes = {change.number: change for change in DataChange.objects.filter(number__in=numbers)}
    return Revisions(tuple(revisions(indicator, area, earlier, later, changes)), max(0, closed.count() - MOST))


def revisions(
    indicator: Indicator,
    area: Area,
    earlier: Iterable[Observation],
    later: dict[Slot, Observation],
    changes: dict[int, DataChange],
) -> Iterable[Revision]:
    measure, place = measure_of(indicator), place_of(area)
    for row in earlier:
        found = later.get(slot_of(row, row.until))
        was, now = point_of(row), point_of(found) if found else None
        change = changes.get(row.until or 0)
        yield Revision(
            period=words.capital(row.period.label),
            was=words.value_and_marks(was, measure),
            now=words.value_and_marks(now, measure) if now else "",
            at=change.at if change else None,
            by=change.by_name if change else "",
            of_was=where_from(measure, place, was),
            of_now=where_from(measure, place, now),
        )


def slot_of(row: Observation, number: int | None) -> Slot:
    return row.period_start, row.period_end, number
