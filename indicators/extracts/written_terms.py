"""One year, quarter or month as files write it: '2018/19', '2018-19 Q4', '2026-Q1', 'Apr-18', '201804'."""

import re
from collections.abc import Callable
from typing import NamedTuple

from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.dates import in_calendar, month_of, year_of
from indicators.periods import Period

EXPECTED = (
    "Write a month as 2018-04, a quarter as 2018/19 Q1 (financial) or 2018-Q2 (calendar), a year as 2018 or 2018/19, "
    "and anything else as 'Apr 2018 to Jun 2018'."
)


class Written(NamedTuple):
    """A period, and what had to be assumed to read it so: a sentence, mostly empty."""

    period: Period
    assumed: str = ""


MONTH = r"([a-z]{3,9})\.?"
FINANCIAL = r"(?:fy ?|financial year )?([0-9]{4}|[0-9]{2}) ?[/-] ?([0-9]{4}|[0-9]{2})"
Q = r"(?:q|qtr ?|quarter ?)([0-9])"
MOST_YEARS = 20


def single(said: str, text: str) -> Written | None:
    """A period that one year, quarter, month or day names; None where the text has another form."""
    for pattern, build in SINGLE:
        if found := pattern.fullmatch(said):
            return build(text, *found.groups())
    return None


def run(text: str, year: int, month: int, months: int = 1, assumed: str = "") -> Written:
    """The run of months that begins with the given one."""
    in_calendar(text, year, month, 1)
    return Written(Period.of(year, month, months), assumed)


def calendar_year(text: str, year: str) -> Written:
    return run(text, int(year), 1, 12)


def first_year(text: str, first: str, second: str) -> int:
    """2018 for '2018/19'. Raises NotUnderstood where the second year is not the next."""
    year = year_of(first)
    if int(second) % 100 != (year + 1) % 100 or (len(second) == 4 and int(second) != year + 1):
        raise NotUnderstood(f"{shown(text)}: {second} is not the year after {first}. {EXPECTED}")
    return year


def financial_year(text: str, first: str, second: str) -> Written:
    year = first_year(text, first, second)
    return run(text, year, 4, 12, f"{shown(text)} was read as April {year} to March {year + 1}.")


def dashed(text: str, first: str, dash: str, second: str) -> Written:
    """'2016 - 18' is three calendar years, '2018-19' the financial year; '2018 - 19' could be either."""
    year = int(first)
    other = int(second) if len(second) == 4 else year - year % 100 + int(second)
    other += 100 if other < year and len(second) == 2 else 0
    if not year <= other < year + MOST_YEARS:
        raise NotUnderstood(f"{shown(text)}: {second} is no year soon after {first}. {EXPECTED}")
    if other != year + 1:
        return run(text, year, 1, 12 * (other - year + 1))
    if dash == "-" and len(second) == 2:
        return financial_year(text, first, second)
    raise NotUnderstood(
        f"{shown(text)} can be two years or one financial year. Write 'Jan {year} to Dec {other}' or "
        f"{year}/{other % 100:02}."
    )


def unclear_year(text: str, year: str) -> Written:
    whole = int(year)
    raise NotUnderstood(
        f"{shown(text)} does not say which two years it spans. Write {whole - 1}/{whole % 100:02} or "
        f"{whole}/{(whole + 1) % 100:02}."
    )


def quarters(text: str, number: str, last: str | None) -> tuple[int, int]:
    """The first quarter and the number of quarters."""
    start, end = int(number), int(last or number)
    if not 1 <= start <= end <= 4:
        raise NotUnderstood(f"{shown(text)}: quarters go from 1 to 4. {EXPECTED}")
    return start, end - start + 1


def calendar_quarter(text: str, year: str, number: str, last: str | None) -> Written:
    start, count = quarters(text, number, last)
    return run(text, int(year), 3 * start - 2, 3 * count)


def financial_quarter(text: str, first: str, second: str, number: str, last: str | None) -> Written:
    year = first_year(text, first, second)
    start, count = quarters(text, number, last)
    return run(text, year + start // 4, 3 * start + 1 - 12 * (start // 4), 3 * count)


def quarter_first(text: str, number: str, last: str | None, first: str, second: str) -> Written:
    return financial_quarter(text, first, second, number, last)


def unclear_quarter(text: str, number: str, year: str) -> Written:
    after = str(int(year) + 1)
    one, other = calendar_quarter(text, year, number, None), financial_quarter(text, year, after, number, None)
    raise NotUnderstood(
        f"{shown(text)} can be a quarter of the calendar year or of the financial year. Write {year}-Q{number} for "
        f"{one.period}, or {year}/{after[2:]} Q{number} for {other.period}."
    )


def named_month(text: str, name: str, year: str) -> Written:
    return run(text, year_of(year), month_of(text, name))


def year_first(text: str, year: str, name: str) -> Written:
    """'18-Apr' is what a spreadsheet makes of 'Apr-18'."""
    found = named_month(text, name, year)
    return found if len(year) == 4 else Written(found.period, f"{shown(text)} was read as {found.period}.")


def numbered_month(text: str, year: str, month: str) -> Written:
    """'2018-04'. Where it could be years as well ('2010-11', '2005-08'), that is told."""
    if not 1 <= int(month) <= 12:
        raise NotUnderstood(f"{shown(text)}: there is no month {month}. {EXPECTED}")
    found = run(text, int(year), int(month))
    if not 1999 <= int(year) < 2000 + int(month):
        return found
    return Written(found.period, f"{shown(text)} was read as {found.period}, not as a run of years.")


def month_then_year(text: str, month: str, year: str) -> Written:
    return Written(numbered_month(text, year, month).period)


SINGLE: tuple[tuple[re.Pattern[str], Callable[..., Written]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(?:calendar year |cy ?)?([0-9]{4})", calendar_year),
        (r"(?:fy ?|financial year )([0-9]{4})", unclear_year),
        (rf"([0-9]{{4}})[ -]?{Q}(?: ?- ?q([0-9]))?", calendar_quarter),
        (rf"{FINANCIAL}[ -]{{0,3}}{Q}(?: ?- ?q([0-9]))?", financial_quarter),
        (rf"{Q}(?: ?- ?q([0-9]))?[ -]{{0,3}}{FINANCIAL}", quarter_first),
        (rf"{Q}[ /-]{{0,3}}([0-9]{{4}})", unclear_quarter),
        (rf"{MONTH}[ -]{{0,3}}'?([0-9]{{4}}|[0-9]{{2}})", named_month),
        (rf"([0-9]{{4}}|[0-9]{{2}})[ -]{MONTH}", year_first),
        (r"([0-9]{4})[-.]?(0[0-9]|1[0-2])", numbered_month),
        (r"([0-9]{1,2})[/-]([0-9]{4})", month_then_year),
        (r"(?:fy ?|financial year )?([0-9]{4})/([0-9]{4}|[0-9]{2})", financial_year),
        (r"(?:fy ?|financial year )([0-9]{4})-([0-9]{4}|[0-9]{2})", financial_year),
        (r"([0-9]{4})( ?- ?)([0-9]{4}|[0-9]{2})", dashed),
    )
)
