"""What an action delivers and when, in words. Numbers themselves are written by indicators.words."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from indicators import words
from indicators.periods import NotAPeriod, Period


def quantity(value: Decimal | None, *, unit: str, qualifier: str, name: str) -> str:
    """An expected or actual quantity: '1,500', 'about 225', '45%', '£700,000', '2 devices'; '' for none.

    The unit is left out where the name of the output says it already.
    """
    if value is None:
        return ""
    before = words.QUALIFIER.get(qualifier, "")
    if unit == "pounds":
        return before + words.money(value)
    text = before + words.number(value, decimals_of(value))
    if unit == "per cent":
        return f"{text}%"
    return text if unit.lower() in name.lower() else f"{text} {unit}"


def decimals_of(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def when(start: date | None, end: date | None) -> str:
    """The time that an output is about: 'year to March 2018', '28 November 2018', '4 to 25 March 2019',
    'since April 2017', 'not stated'."""
    if start and end:
        try:
            return Period(start, end).label
        except NotAPeriod:
            return days(start, end)
    if start:
        return f"since {start:%B %Y}" if start.day == 1 else f"since {long_date(start)}"
    return f"to {long_date(end)}" if end else "not stated"


def days(start: date, end: date) -> str:
    if start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {long_date(end)}"
    first = f"{start.day} {start:%B}" if start.year == end.year else long_date(start)
    return f"{first} to {long_date(end)}"


def long_date(day: date) -> str:
    """'18 March 2019'."""
    return f"{day.day} {day:%B %Y}"


def local_date(at: datetime) -> date:
    """The day on which something happened, in the site's own time zone."""
    return timezone.localtime(at).date()


def moment(at: datetime) -> str:
    """'18 March 2019 at 10:42'."""
    here = timezone.localtime(at)
    return f"{long_date(here.date())} at {here:%H:%M}"


def clock(at: datetime) -> str:
    """'10:42'."""
    return f"{timezone.localtime(at):%H:%M}"
