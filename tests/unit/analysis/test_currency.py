"""How current what is held is. The clock is passed in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.currency import STEP, Standing, asked_for, currency, expected_by, final_by
from indicators.periods import Period, parse
from tests.series import month, quarter, year, year_to

FREQUENCIES = [*STEP, "irregular"]


@pytest.mark.parametrize("today", [date(2019, 2, 1), date(2020, 1, 1), date(2080, 1, 1)])
def test_what_comes_from_time_to_time_is_never_overdue(today: date) -> None:
    state = currency("irregular", 0, {year(2017)}, today)

    assert state.standing is Standing.IRREGULAR
    assert (state.latest, state.next, state.expected) == (year(2017), None, None)
    assert asked_for("irregular", 0, state, today) == []


@pytest.mark.parametrize(
    ("frequency", "held", "following", "expected"),
    [
        ("month", month(2019, 1), "February 2019", date(2019, 4, 30)),
        ("month", month(2019, 12), "January 2020", date(2020, 3, 31)),
        ("quarter", quarter(2018, 4), "January to March 2019", date(2019, 6, 30)),
        ("year", year(2018), "2019", date(2020, 6, 30)),
        ("year", year_to(2018, 3), "year to March 2019", date(2019, 9, 30)),
        ("rolling-year", year_to(2019, 1), "year to April 2019", date(2019, 7, 31)),
    ],
)
def test_the_next_period_and_its_day_follow_from_how_often_it_is_reported(
    frequency: str, held: Period, following: str, expected: date
) -> None:
    state = currency(frequency, 0, {held}, date(2019, 1, 31))

    assert state.next is not None
    assert (state.latest, state.next.label, state.expected) == (held, following, expected)


def test_the_months_until_figures_are_final_go_before_the_usual_time() -> None:
    assert expected_by(year(2018), "year", 5) == date(2019, 5, 31)
    assert expected_by(year(2018), "year", 0) == date(2019, 6, 30)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2019, 6, 30), Standing.UP_TO_DATE),
        (date(2019, 7, 1), Standing.OVERDUE),
        (date(2021, 6, 30), Standing.OVERDUE),
        (date(2021, 7, 1), Standing.SILENT),
        (date(2026, 11, 23), Standing.SILENT),
    ],
)
def test_it_is_overdue_the_day_after_and_silent_after_two_years(today: date, standing: Standing) -> None:
    assert currency("quarter", 0, {quarter(2018, 4)}, today).standing is standing


def test_the_latest_is_of_the_usual_length_where_there_is_one() -> None:
    held = {quarter(2018, 3), year(2018)}

    assert currency("quarter", 0, held, date(2019, 1, 1)).latest == quarter(2018, 3)
    assert currency("quarter", 0, {year(2018)}, date(2019, 1, 1)).latest == year(2018)


def test_of_what_is_overdue_every_period_is_asked_for() -> None:
    today = date(2019, 12, 31)
    state = currency("quarter", 0, {quarter(2018, 4)}, today)

    assert [period.label for period in asked_for("quarter", 0, state, today)] == [
        "January to March 2019",
        "April to June 2019",
    ]


def test_of_what_has_been_silent_only_the_last_period_is_asked_for() -> None:
    today = date(2026, 11, 23)
    state = currency("year", 0, {year_to(2018, 3)}, today)

    assert asked_for("year", 0, state, today) == [parse("year to March 2026")]


@pytest.mark.parametrize(
    ("frequency", "asked"),
    [
        ("month", "August 2026"),
        ("quarter", "April to June 2026"),
        ("year", "2025"),
        ("rolling-year", "year to June 2026"),
    ],
)
def test_of_what_was_never_held_the_last_whole_period_is_asked_for(frequency: str, asked: str) -> None:
    today = date(2026, 11, 23)
    state = currency(frequency, 0, set(), today)

    assert state.standing is Standing.NOTHING_HELD
    assert asked_for(frequency, 0, state, today) == [parse(asked)]


def test_nothing_is_asked_for_before_it_is_late() -> None:
    today = date(2019, 6, 30)

    assert asked_for("quarter", 0, currency("quarter", 0, {quarter(2018, 4)}, today), today) == []


@given(
    frequency=st.sampled_from(FREQUENCIES),
    lag=st.integers(0, 24),
    last=st.integers(2000 * 12, 2060 * 12),
    today=st.dates(date(2000, 1, 1), date(2080, 12, 31)),
)
def test_what_is_asked_for_should_have_come_and_is_not_held(frequency: str, lag: int, last: int, today: date) -> None:
    held = Period.ending(*divmod(last, 12), 12) if last % 12 else year(last // 12)
    state = currency(frequency, lag, {held}, today)

    asked = asked_for(frequency, lag, state, today)

    assert bool(asked) is (state.standing in (Standing.OVERDUE, Standing.SILENT))
    assert all(period.end > held.end and expected_by(period, frequency, lag) < today for period in asked)


# --- provisional


def test_a_stated_day_goes_before_the_usual_time() -> None:
    assert final_by(year(2018), 5, date(2019, 9, 30)) == date(2019, 9, 30)


def test_a_day_stated_for_an_earlier_period_does_not_count_for_a_later_one() -> None:
    assert final_by(year(2024), 5, date(2019, 5, 31)) == date(2025, 5, 31)
    assert final_by(year(2024), 0, date(2019, 5, 31)) is None


def test_without_either_no_day_is_known() -> None:
    assert final_by(year(2018), 0, None) is None
