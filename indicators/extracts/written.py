"""Periods as files write them: '2018/19 Q4', 'Apr-Jun 2018', 'Year ending March 2019', '201804' and many more. What can
mean two things is refused with the way to write it; what is usual but leaves something unsaid is taken, and what was
assumed is told."""

import re
from collections.abc import Callable
from functools import lru_cache

from indicators.extracts import dates
from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.dates import in_words, month_of, year_of
from indicators.extracts.written_terms import EXPECTED, MONTH, Written, financial_year, first_year, run, single
from indicators.periods import Period, divmod_month, index

__all__ = ["Written", "read"]


@lru_cache(maxsize=4096)
def read(text: str) -> Written:
    """The period that a text names. Raises NotUnderstood, saying how to write it, for anything else."""
    said = plain(text)
    for build in (single, window, range_of_two, one_day):
        if (written := build(said, text)) is not None:
            return written
    raise NotUnderstood(f"{shown(text)} is not a period. {EXPECTED}")


def plain(text: str) -> str:
    """A text without what differs by habit: case, kinds of dashes and spaces, footnote marks."""
    text = re.sub(r"\[(?:note|footnote) ?[0-9a-z]+\]", "", text.casefold())
    text = re.sub(r"[‐‑‒–—―−]", "-", text.replace("’", "'"))
    return " ".join(text.split())


# --- windows: a run of months named by its months and a year, or by its length and its end

SPAN = rf"{MONTH} ?(?:-|to) ?{MONTH}"
YEARS = r"([0-9]{4}|[0-9]{2}) ?[/-] ?([0-9]{4}|[0-9]{2})"


def window(said: str, text: str) -> Written | None:
    """'Apr-Jun 2018', 'Jul-Jun 2017/18', '12 months to Dec 2018', '2018/19 Q1 (Apr-Jun)'; None for another form."""
    for pattern, build in WINDOWS:
        if found := pattern.fullmatch(said):
            return build(text, *found.groups())
    return None


def months_of_year(text: str, first: str, last: str, year: str) -> Written:
    start, end, whole = month_of(text, first), month_of(text, last), year_of(year)
    if end < start:
        raise NotUnderstood(
            f"{shown(text)} does not say which of its months are in {whole}. Write both years, such as "
            f"'{first.title()} {whole - 1} to {last.title()} {whole}'."
        )
    return run(text, whole, start, end - start + 1)


def months_of_years(text: str, first: str, last: str, one: str, two: str) -> Written:
    """Months that begin in the first of two years and end in the second; or, where they do not pass a new year, lie
    in the financial year of that name."""
    start, end, year = month_of(text, first), month_of(text, last), first_year(text, one, two)
    if end < start:
        return run(text, year, start, end - start + 13)
    if start < 4 <= end:
        raise NotUnderstood(f"{shown(text)}: these months are not in one financial year. {EXPECTED}")
    return run(text, year + (start < 4), start, end - start + 1)


def years_then_months(text: str, one: str, two: str, first: str, last: str) -> Written:
    return months_of_years(text, first, last, one, two)


def year_then_months(text: str, year: str, first: str, last: str) -> Written:
    return months_of_year(text, first, last, year)


def both_ways(text: str, quarter: str, months: str, year: str) -> Written:
    """'Q1 2018/19 (Apr-Jun)': the months in brackets have to be those of the quarter."""
    found = single(f"{quarter.strip()} {year.strip()}".strip(), text)
    first, last = (month_of(text, name) for name in re.split(r" ?(?:-|to) ?", months))
    if found is None or (found.period.start.month, found.period.end.month) != (first, last):
        raise NotUnderstood(f"{shown(text)}: the quarter and its months do not agree. {EXPECTED}")
    return found


def ending(text: str, count: str | None, end: str) -> Written:
    """'Year ending March 2019', '12 months to Dec 2018', '3 months to 31-12-2018', 'YE 31 Dec 2018'."""
    closing = f"{dates.last_of_month(end):%Y-%m}" if re.fullmatch(r"[0-9]+([-/.])[0-9]+\1[0-9]+", end) else end
    last = single(re.sub(r"^(?:3[01]|2[89])(?:st|th)? (?=[a-z])", "", closing), text)
    months = int(count or 12)
    if last is None or last.period.months != 1 or not 1 <= months <= 120:
        raise NotUnderstood(f"{shown(text)} does not say in which month it ends. Write 'year to March 2019'.")
    year, month = divmod_month(index(last.period.end.year, last.period.end.month) - months + 1)
    return run(text, year, month, months)


WINDOWS: tuple[tuple[re.Pattern[str], Callable[..., Written]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (
            r"(?:the )?(?:rolling )?(?:year|y|([0-9]{1,3}) ?(?:months|month|mths|m)) ?"
            r"(?:to|ending|ended|end|e)(?: the)? (.+)",
            ending,
        ),
        (rf"{SPAN} ?\(?{YEARS}\)?", months_of_years),
        (rf"{SPAN},? ?'?([0-9]{{4}}|[0-9]{{2}})", months_of_year),
        (rf"{YEARS},? ?\(?{SPAN}\)?", years_then_months),
        (rf"([0-9]{{4}}),? ?\(?{SPAN}\)?", year_then_months),
        (r"([^()]*q[^()]*)\(([a-z]{3,9} ?(?:-|to) ?[a-z]{3,9})\)([^()]*)", both_ways),
    )
)


# --- from one to another


def range_of_two(said: str, text: str) -> Written | None:
    """'Aug 2006 - Jul 2007', '2006/07 Q2 - 2007/08 Q1', '01/04/2018 to 30/06/2018'; None for another form."""
    for cut in re.finditer(r" to | until | ?- ?|(?<=[0-9])/(?=[0-9]{4}-)", said):
        first, last = said[: cut.start()], said[cut.end() :]
        days = day_or_none(first), day_or_none(last)
        if days[0] and days[1]:
            start, end = dates.first_of_month(first), dates.last_of_month(last)
        elif (one := part(first, text)) and (two := part(last, text)):
            start, end = one.period.start, two.period.end
        else:
            continue
        if end < start:
            raise NotUnderstood(f"{shown(text)} ends before it starts.")
        return Written(Period(start, end))
    return None


def part(said: str, text: str) -> Written | None:
    """One end of a range, which also may be '18/19'."""
    short = re.fullmatch(r"([0-9]{2})/([0-9]{2})", said)
    return financial_year(text, short[1], short[2]) if short else single(said, text)


def day_or_none(said: str) -> bool:
    """Whether a text is one day."""
    try:
        dates.day(said)
    except NotUnderstood:
        return False
    return True


def one_day(said: str, text: str) -> Written | None:
    """A first of a month, which stands for the month; None for what looks like no day."""
    if not re.fullmatch(r"[0-9]{5}(?:\.0+)?|[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[a-z]{3,9})[-/. ][0-9]{2,4}.*", said):
        return None
    day = dates.day(" ".join(text.split()))
    if day.day != 1:
        raise NotUnderstood(f"{shown(text)} is one day, {in_words(day)}. {EXPECTED}")
    found = run(text, day.year, day.month)
    return Written(found.period, f"{shown(text)} was read as {in_words(day)}, the month {found.period}.")
