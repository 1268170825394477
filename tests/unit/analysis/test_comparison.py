"""Whether two figures may be compared, and what the change is."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.comparison import Refusal, compare, first_fair, year_before
from indicators.periods import Period
from tests.series import (
    SHARE,
    change_of_recording,
    month,
    point,
    quarter,
    quarters,
    series,
    year,
    year_to,
    years,
)


def test_a_figure_is_compared_with_the_same_period_a_year_earlier() -> None:
    held = series([point(year_to(2018, 1), 39_355), point(year_to(2019, 1), 31_204)])

    found = year_before(held, held.points[1])

    assert found.refusal is None
    assert found.earlier == held.points[0]
    assert (found.difference, found.percent) == (Decimal(-8151), Decimal("-20.7"))


def test_a_quarter_is_compared_with_the_same_quarter_not_with_the_one_before() -> None:
    held = series(quarters([10, 20, 30, 40, 50]))

    assert year_before(held, held.points[-1]).earlier == held.points[0]


def test_periods_of_three_years_are_compared_without_overlap() -> None:
    held = series([point(Period.of(2013, 1, 36), 300), point(Period.of(2016, 1, 36), 330)])

    assert year_before(held, held.points[1]).difference == 30


def test_the_year_before_may_be_added_up_from_quarters() -> None:
    held = series([*quarters([10, 10, 10, 10], quarter(2017, 1)), point(year(2018), 50)])

    found = year_before(held, held.points[-1])

    assert found.earlier is not None
    assert found.earlier.added_up
    assert found.difference == 10


def test_without_the_year_before_the_last_earlier_one_of_its_length_serves() -> None:
    held = series([point(year(2014), 1), point(year(2015), 30), point(quarter(2017, 1), 3), point(year(2018), 50)])

    assert year_before(held, held.points[-1]).earlier == held.points[1]


@pytest.mark.parametrize(
    "earlier",
    [
        [],
        [point(year(2015), None, status="suppressed")],
        [point(quarter(2017, 3), 5)],
        [point(month(2015, 1), 5)],
        [point(year_to(2016, 6), 5)],
    ],
)
def test_what_is_no_such_figure_is_not_compared(earlier: list[Any]) -> None:
    latest = point(year(2018), 50)

    found = year_before(series([*earlier, latest]), latest)

    assert (found.earlier, found.difference, found.refusal) == (None, None, Refusal.NO_EARLIER)


@pytest.mark.parametrize(
    ("earlier", "latest", "refusal"),
    [
        (point(year(2017), None, status="suppressed"), point(year(2018), 5), Refusal.NO_EARLIER),
        (point(year(2017), 5), point(year(2018), None, status="not_available"), Refusal.NO_EARLIER),
        (point(quarter(2017, 4), 5), point(year(2018), 5), Refusal.LENGTH),
        (point(year(2017), 5, coverage="38 of 43 forces"), point(year(2018), 5), Refusal.COVERAGE),
        (point(year(2017), 5, qualifier="over"), point(year(2018), 5), Refusal.BOUND),
        (point(year(2017), 5), point(year(2018), 5, qualifier="under"), Refusal.BOUND),
        (point(year(2017), 5), point(year(2018), 5, qualifier="range", value_to=Decimal(6)), Refusal.BOUND),
        (point(year(2017), 5), point(year(2018), 5, status="incomplete"), Refusal.INCOMPLETE),
        (point(year(2017), 5, status="unreliable"), point(year(2018), 5), Refusal.INCOMPLETE),
    ],
)
def test_figures_that_do_not_compare_are_refused_with_the_reason(earlier: Any, latest: Any, refusal: Refusal) -> None:
    found = compare(series([earlier, latest]), latest, earlier)

    assert (found.refusal, found.difference, found.percent) == (refusal, None, None)
    assert (found.earlier, found.latest) == (earlier, latest)


def test_a_break_between_is_named_with_the_first_fair_comparison() -> None:
    april = change_of_recording("2017-04-01")
    held = series([point(year_to(2018, 1), 1), point(year_to(2019, 1), 2)], [april])

    found = year_before(held, held.points[1])

    assert (found.refusal, found.break_) == (Refusal.BREAK, april)
    assert found.first_fair == (year_to(2018, 3), year_to(2019, 3))


def test_of_several_breaks_between_the_last_says_from_when_figures_compare() -> None:
    breaks = [change_of_recording("2016-04-01"), change_of_recording("2017-04-01"), change_of_recording("2019-04-01")]
    held = series(years([1, 2], 2015), breaks)

    found = compare(held, point(year(2018), 2), held.points[0])

    assert found.break_ == breaks[1]


def test_after_the_break_figures_compare_again() -> None:
    held = series([point(year_to(2018, 3), 100), point(year_to(2019, 3), 90)], [change_of_recording("2017-04-01")])

    assert year_before(held, held.points[1]).difference == -10


@pytest.mark.parametrize(
    ("like", "pair"),
    [
        (quarter(2018, 1), (quarter(2018, 1), quarter(2019, 1))),
        (quarter(2017, 2), (quarter(2017, 2), quarter(2018, 2))),
        (month(2018, 3), (month(2018, 3), month(2019, 3))),
        (Period.of(2016, 1, 36), (Period.of(2017, 4, 36), Period.of(2020, 4, 36))),
    ],
)
def test_the_first_fair_comparison_is_of_the_same_part_of_the_year(like: Period, pair: tuple[Period, Period]) -> None:
    assert first_fair(change_of_recording("2017-04-01"), like) == pair


def test_there_is_no_percentage_on_a_base_under_twenty() -> None:
    nineteen, twenty = series(years([19, 38])), series(years([20, 38]))

    assert year_before(nineteen, nineteen.points[1]).percent is None
    assert year_before(nineteen, nineteen.points[1]).difference == 19
    assert year_before(twenty, twenty.points[1]).percent == 90


def test_a_percentage_changes_by_points_not_by_percent() -> None:
    held = series(years(["40.5", "42.0"]), measure=SHARE)

    found = year_before(held, held.points[1])

    assert (found.difference, found.percent) == (Decimal("1.5"), None)


def test_halves_are_rounded_away_from_zero() -> None:
    held = series(years([2000, 2009]))

    assert year_before(held, held.points[1]).percent == Decimal("0.5")


@given(st.integers(20, 10**9), st.integers(0, 10**9))
def test_a_rise_and_the_fall_back_are_of_the_same_size(earlier: int, latest: int) -> None:
    there, back = series(years([earlier, latest])), series(years([latest, earlier]))

    forth = year_before(there, there.points[1]).difference
    assert forth is not None
    assert year_before(back, back.points[1]).difference == -forth
