"""Days as files write them: ISO, day/month/year as in the United Kingdom, with the month in letters, or as the number
that a spreadsheet keeps."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from indicators.extracts.cells import NotUnderstood, shown
from indicators.periods import MONTHS, NotAPeriod, month_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Excel counts from 1 January 1900 and holds that 1900 was a leap year, so that in effect day 0 is this one.
DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 29221, 58804  # 1 January 1980 to 31 December 2060
# A two-digit year from here on is of the twentieth century.
CENTURY = 70

MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+]00:00)?)?"
ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){MIDNIGHT}", re.IGNORECASE)
SLASHED = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}){MIDNIGHT}", re.IGNORECASE)
LETTERED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?[ -]([0-9]{4}|[0-9]{2})", re.IGNORECASE)
SERIAL = re.compile(r"([0-9]{5})(?:\.0+)?")
TIMED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*", re.IGNORECASE)
EXPECTED = "written as 2018-04-01 (year, month, day) or 01/04/2018 (day, month, year)"


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """The day that a text names. Raises NotUnderstood for anything else, and where day and month stand the American
    way round."""
    if found := ISO.fullmatch(text):
        return in_calendar(text, int(found[1]), int(found[2]), int(found[3]))
    if found := SLASHED.fullmatch(text):
        return in_calendar(text, int(found[4]), int(found[3]), int(found[1]))
    if found := LETTERED.fullmatch(text):
        return in_calendar(text, year_of(found[3]), month_of(text, found[2]), int(found[1]))
    if SERIAL.fullmatch(text) and (serial := serial_day(text)):
        return serial
    if TIMED.fullmatch(text):
        raise NotUnderstood(f"{shown(text)} is a time of day. Expected a date {EXPECTED}.")
    raise NotUnderstood(f"{shown(text)} is not a date {EXPECTED}.")


def serial_day(text: str) -> date | None:
    """The day that a spreadsheet keeps as a number: 43191 is 1 April 2018. None for a number that is none."""
    found = SERIAL.fullmatch(text)
    if found is None or not FIRST_SERIAL <= int(found[1]) <= LAST_SERIAL:
        return None
    return DAY_ZERO + timedelta(days=int(found[1]))


def in_calendar(text: str, year: int, month: int, number: int) -> date:
    """A day, where the calendar has it. Raises NotUnderstood where it has not."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(f"{shown(text)}: expected a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if not 1 <= month <= 12:
        american = "/" in text and 1 <= number <= 12
        hint = " It looks like month/day/year; expected day/month/year." if american else f" Expected {EXPECTED}."
        raise NotUnderstood(f"{shown(text)} is not a date: there is no month {month:02}.{hint}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise NotUnderstood(f"{shown(text)} is not a date: {MONTHS[month]} {year} has {last} days.")
    return date(year, month, number)


def year_of(text: str) -> int:
    """2018 for '2018' and '18'; 1998 for '98'."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= CENTURY else 2000)


def month_of(text: str, name: str) -> int:
    """The number of a month by its name. Raises NotUnderstood where it is none; `text` is the whole cell."""
    try:
        return month_number(name)
    except NotAPeriod:
        raise NotUnderstood(f"{shown(text)}: “{name}” is not a month.") from None


def in_words(day_: date) -> str:
    """'1 April 2018'."""
    return f"{day_.day} {MONTHS[day_.month]} {day_.year}"


@lru_cache(maxsize=4096)
def first_of_month(text: str) -> date:
    """A day that has to be the first of its month."""
    found = day(text)
    if found.day != 1:
        expected = found.replace(day=1).isoformat()
        raise NotUnderstood(f"{text} is not the first day of a month; expected {expected}. A period is whole months.")
    return found


@lru_cache(maxsize=4096)
def last_of_month(text: str) -> date:
    """A day that has to be the last of its month."""
    found = day(text)
    last = calendar.monthrange(found.year, found.month)[1]
    if found.day != last:
        expected = found.replace(day=last).isoformat()
        raise NotUnderstood(f"{text} is not the last day of a month; expected {expected}. A period is whole months.")
    return found
