"""Single cells → numbers, days and periods, by the strictest reading. What could mean two things is refused."""

import calendar
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from indicators.periods import Period

NUMBER = re.compile(r"([-−+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
WHOLE_DIGITS, DECIMALS = 11, 4
FIRST_YEAR, LAST_YEAR = 1900, 2100
MARKS_OF_ABSENCE = {"*", "**", "#", "-", "–", "..", ".", ":", "~", "n/a", "na", "null", "none", "x", "z", "c"}


class NotUnderstood(ValueError):
    """A cell that does not say what its column is for. The message says what stands there and what was expected;
    `code` is that of the finding, where another than the column's fits better."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def shown(text: str) -> str:
    """A cell inside a message, shortened where it is long."""
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57]}…”"


def number(text: str) -> Decimal:
    """'1,234.5', '-7' or '−7'. ASCII digits; commas only between thousands; no exponent, unit or symbol; up to 11
    digits before the point and 4 after it."""
    found = NUMBER.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"{shown(text)} is not a number.{hint_for(text)}")
    sign, whole, fraction = found[1], found[2].replace(",", "").lstrip("0"), (found[3] or "").rstrip("0")
    if len(whole) > WHOLE_DIGITS or len(fraction) > DECIMALS:
        raise NotUnderstood(
            f"{shown(text)} has too many digits: at most {WHOLE_DIGITS} before the point and {DECIMALS} after it."
        )
    value = Decimal(f"{whole or '0'}.{fraction or '0'}").quantize(Decimal(1).scaleb(-len(fraction)))
    return -value if sign in ("-", "−") and value else value


def hint_for(text: str) -> str:
    """What the writer may have meant."""
    if text.lower() in MARKS_OF_ABSENCE or re.fullmatch(r"\[[a-z]+\]", text.lower()):
        return " Where there is no figure, leave the value empty and say why under status: suppressed, not_available."
    if re.fullmatch(r"[<>]=?\s*[0-9,.]+", text):
        return (
            " Write the number alone and 'under' or 'over' under qualifier, or leave it empty with status suppressed."
        )
    if re.search(r"[0-9]\s*%$|^[£$€]", text):
        return " Write the number without its sign: the unit is the indicator's."
    if re.search(r"[0-9][eE][-+]?[0-9]", text):
        return " Write all its digits."
    if text.startswith("#"):
        return " The spreadsheet could not work this cell out."
    if re.fullmatch(r"[0-9.,]+", text):
        return " Expected 1234, 1,234 or 1234.5."
    return " Expected digits, such as 1234 or 12.5."


def day(text: str) -> date:
    """'2018-04-01'."""
    found = DAY.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"{shown(text)} is not a date written as 2018-04-01 (year, month, day).")
    year, month, number_of_day = int(found[1]), int(found[2]), int(found[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(f"{shown(text)}: expected a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise NotUnderstood(f"{shown(text)} is not a date: there is no month {found[2]}. Expected year-month-day.")
    if not 1 <= number_of_day <= calendar.monthrange(year, month)[1]:
        last = calendar.monthrange(year, month)[1]
        raise NotUnderstood(f"{shown(text)} is not a date: {calendar.month_name[month]} {year} has {last} days.")
    return date(year, month, number_of_day)


@lru_cache(maxsize=4096)
def first_of_month(text: str) -> date:
    """A day that has to be the first of its month."""
    found = day(text)
    if found.day != 1:
        raise NotUnderstood(
            f"{text} is not the first day of a month; expected {found.replace(day=1).isoformat()}. A period is "
            "whole months."
        )
    return found


@lru_cache(maxsize=4096)
def last_of_month(text: str) -> date:
    """A day that has to be the last of its month."""
    found = day(text)
    last = calendar.monthrange(found.year, found.month)[1]
    if found.day != last:
        raise NotUnderstood(
            f"{text} is not the last day of a month; expected {found.replace(day=last).isoformat()}. A period is "
            "whole months."
        )
    return found


def period(start: date, end: date) -> Period:
    """The period between a first and a last day."""
    if end < start:
        raise NotUnderstood(f"The period ends on {end.isoformat()}, before it starts on {start.isoformat()}.")
    return Period(start, end)
