"""How current what is held of an indicator is: which period should come next, by when, and whether it is late.

The rule. The next period begins where the last one that is held ends (a rolling year moves on by a quarter). It is
expected as many months after its end as its figures take to be final, where the indicator says so, else after the
usual time for how often it is reported (USUAL_LAG). After that day it is overdue; from two years on nobody may be
reporting it any more, and it is silent instead. What is reported from time to time is never overdue.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from indicators.periods import Period, divmod_month, index, last_day

# Months: how long a period is, how far the next one is from it, how long after its end its figures usually come.
LENGTH = {"month": 1, "quarter": 3, "year": 12, "rolling-year": 12}
STEP = {"month": 1, "quarter": 3, "year": 12, "rolling-year": 3}
USUAL_LAG = {"month": 2, "quarter": 3, "year": 6, "rolling-year": 3}
SILENT_AFTER = 24


class Standing(Enum):
    """How an indicator stands, in the words of a page. What needs doing first comes first."""

    OVERDUE = "Overdue"
    SILENT = "Perhaps no longer reported"
    NOTHING_HELD = "Nothing held yet"
    UP_TO_DATE = "Up to date"
    IRREGULAR = "From time to time"


@dataclass(frozen=True, slots=True)
class Currency:
    """`next` is the first period that is not held, expected by `expected`; both None where nothing is expected."""

    standing: Standing
    latest: Period | None = None
    next: Period | None = None
    expected: date | None = None


def currency(frequency: str, months_until_final: int, held: set[Period], today: date) -> Currency:
    """How an indicator stands on a day, by how often it is reported and the periods that are held of it."""
    latest = latest_of(frequency, held)
    if frequency not in STEP:
        return Currency(Standing.IRREGULAR, latest)
    if latest is None:
        return Currency(Standing.NOTHING_HELD)
    following = after(latest, frequency)
    expected = expected_by(following, frequency, months_until_final)
    if today <= expected:
        standing = Standing.UP_TO_DATE
    else:
        standing = Standing.OVERDUE if today <= months_after(expected, SILENT_AFTER) else Standing.SILENT
    return Currency(standing, latest, following, expected)


def latest_of(frequency: str, held: set[Period]) -> Period | None:
    """The period that ends last, of those as long as the indicator's own where there are any."""
    usual = {period for period in held if period.months == LENGTH.get(frequency)}
    return max(usual or held, key=lambda period: (period.end, period.start), default=None)


def after(period: Period, frequency: str) -> Period:
    """The period that is reported after this one."""
    end = period.end.year, period.end.month
    return Period.ending(*divmod_month(index(*end) + STEP[frequency]), LENGTH[frequency])


def expected_by(period: Period, frequency: str, months_until_final: int) -> date:
    """The day by which its figures should have come: always the last of a month."""
    return months_after(period.end, months_until_final or USUAL_LAG[frequency])


def asked_for(frequency: str, months_until_final: int, state: Currency, today: date) -> list[Period]:
    """The periods to ask a supplier for, the earliest first: every one that is overdue; of what is silent or was never
    held only the last that should be there, because nobody may have the others."""
    if frequency not in STEP or state.standing in (Standing.UP_TO_DATE, Standing.IRREGULAR):
        return []
    if state.standing is not Standing.OVERDUE or state.next is None:
        return [last_expected(frequency, months_until_final, state.latest, today)]
    due, period = [], state.next
    while expected_by(period, frequency, months_until_final) < today:
        due.append(period)
        period = after(period, frequency)
    return due


def last_expected(frequency: str, months_until_final: int, latest: Period | None, today: date) -> Period:
    """The last period whose figures should have come, in the rhythm of the latest that is held; of quarters and
    calendar years where nothing is."""
    step = STEP[frequency]
    reached = index(today.year, today.month) - (months_until_final or USUAL_LAG[frequency]) - 1
    beat = index(latest.end.year, latest.end.month) if latest else 11
    return Period.ending(*divmod_month(reached - (reached - beat) % step), LENGTH[frequency])


def final_by(period: Period, months_until_final: int, final_expected: date | None) -> date | None:
    """The day by which a provisional figure should be final: the one stated for the indicator where it lies after the
    period, else the usual number of months after its end; None where neither is known."""
    if final_expected is not None and final_expected > period.end:
        return final_expected
    return months_after(period.end, months_until_final) if months_until_final else None


def months_after(day: date, months: int) -> date:
    """The last day of the month that many months later."""
    return last_day(*divmod_month(index(day.year, day.month) + months))
