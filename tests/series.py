"""Series for tests, in a few words each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.analysis.series import Break, Measure, Place, Point, Series
from indicators.periods import Period

KENT = Place("E10000016", "Kent")
INCIDENTS = Measure("incidents", "Incidents of a kind", "Incidents", "incident", "incidents")
SHARE = Measure("share", "Share in treatment", "Share", "client", "clients", kind="percentage", decimals=1)
RATE = Measure("rate", "Admissions", "Admissions", "person", "people", kind="rate", per=100_000, decimals=1)
COST = Measure("cost", "Cost of it", "Cost", "pound", "pounds", kind="money")


def year(number: int) -> Period:
    return Period.of(number, 1, 12)


def year_to(number: int, month: int) -> Period:
    return Period.ending(number, month)


def quarter(number: int, which: int) -> Period:
    return Period.of(number, 3 * which - 2, 3)


def month(number: int, which: int) -> Period:
    return Period.of(number, which)


def point(period: Period, value: float | str | None, **said: Any) -> Point:
    return Point(period, None if value is None else Decimal(str(value)), **said)


def change_of_recording(day: str = "2017-04-01", first: str = "", title: str = "Consistent recording") -> Break:
    return Break(date.fromisoformat(day), date.fromisoformat(first or day), title, "Because.")


def series(
    points: Iterable[Point], breaks: Iterable[Break] = (), *, measure: Measure = INCIDENTS, **more: Any
) -> Series:
    return Series.of(measure, KENT, points, breaks, **more)


def quarters(values: Iterable[float | None], first: Period | None = None, **said: Any) -> list[Point]:
    """One point a quarter from `first` (January to March 2015); None leaves one out."""
    start = first or quarter(2015, 1)
    return [point(start.shifted(3 * n), value, **said) for n, value in enumerate(values) if value is not None]


def years(values: Iterable[float | None], first: int = 2010, **said: Any) -> list[Point]:
    """One point a calendar year from `first`; None leaves one out."""
    return [point(year(first + n), value, **said) for n, value in enumerate(values) if value is not None]
