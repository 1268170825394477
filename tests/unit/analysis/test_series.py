"""What is held of one indicator in one area."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.series import Event, Series, Target
from indicators.periods import Period
from tests.series import (
    COST,
    INCIDENTS,
    KENT,
    RATE,
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


def test_points_and_breaks_stand_in_order_however_they_come() -> None:
    late, early = change_of_recording("2018-01-01"), change_of_recording("2016-01-01")
    held = series([point(year(2018), 2), point(year(2017), 1)], [late, early])

    assert [p.period for p in held.points] == [year(2017), year(2018)]
    assert held.breaks == (early, late)


def test_a_published_figure_comes_before_a_sum_of_parts() -> None:
    held = series([point(year(2018), 100), *quarters([20, 20, 20, 20], quarter(2018, 1))])

    assert held.value_for(year(2018)) == point(year(2018), 100)


def test_without_a_published_figure_the_complete_parts_are_added_up() -> None:
    held = series(quarters([1, 2, 3, 4, 5], quarter(2017, 4), source="Home Office"))

    total = held.value_for(year(2018))

    assert total is not None
    assert (total.value, len(total.parts), total.source) == (Decimal(14), 4, "Home Office")
    assert total.added_up
    assert not held.points[0].added_up


def test_the_longest_parts_are_taken_first() -> None:
    held = series([point(quarter(2018, 1), 10), point(month(2018, 1), 1), point(Period.of(2018, 4, 9), 30)])

    total = held.added_up(year(2018))

    assert total is not None
    assert (total.value, [part.value for part in total.parts]) == (Decimal(40), [Decimal(10), Decimal(30)])


def test_nothing_is_added_up_where_a_part_is_missing() -> None:
    assert series(quarters([1, 2, None, 4], quarter(2018, 1))).added_up(year(2018)) is None


def test_nothing_is_added_up_from_incomplete_parts_or_limits() -> None:
    for said in ({"status": "incomplete"}, {"qualifier": "over"}):
        held = series([*quarters([1, 2, 3], quarter(2018, 1)), point(quarter(2018, 4), 4, **said)])
        assert held.added_up(year(2018)) is None


def test_nothing_is_added_up_across_different_coverage() -> None:
    held = series([*quarters([1, 2, 3], quarter(2018, 1)), point(quarter(2018, 4), 4, coverage="38 of 43 forces")])

    assert held.added_up(year(2018)) is None


def test_rates_are_not_added_up_but_money_is() -> None:
    parts = quarters([1, 2, 3, 4], quarter(2018, 1))

    assert series(parts, measure=RATE).added_up(year(2018)) is None
    total = series(parts, measure=COST).added_up(year(2018))
    assert total is not None
    assert total.value == 10


def test_a_sum_is_as_uncertain_as_its_most_uncertain_part() -> None:
    start = quarters([1, 2], quarter(2018, 1))
    provisional, estimated = (
        point(quarter(2018, 3), 3, status="provisional"),
        point(quarter(2018, 4), 4, status="estimated", qualifier="about"),
    )

    both = series([*start, provisional, estimated]).added_up(year(2018))
    one = series([*start, provisional, point(quarter(2018, 4), 4)]).added_up(year(2018))

    assert both is not None
    assert one is not None
    assert (both.status, both.qualifier) == ("estimated", "about")
    assert (one.status, one.qualifier) == ("provisional", "exact")


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_a_year_added_up_is_the_sum_of_its_quarters(values: list[int]) -> None:
    total = series(quarters(values, quarter(2018, 1))).added_up(year(2018))

    assert total is not None
    assert total.value == sum(values)


def test_the_latest_figure_ends_last_and_of_two_the_longer_counts() -> None:
    held = series(
        [point(year(2018), 40), point(quarter(2018, 4), 10), point(month(2019, 1), None, status="suppressed")]
    )

    assert held.latest() == point(year(2018), 40)


def test_a_series_without_a_value_has_no_latest_figure() -> None:
    assert series([point(year(2018), None, status="not_available")]).latest() is None
    assert Series(INCIDENTS, KENT).latest() is None


def test_the_trend_is_of_the_length_of_period_held_most_and_of_two_the_longer() -> None:
    assert [p.period.months for p in series([*years([1, 2]), *quarters([1, 2, 3])]).trend().points] == [3, 3, 3]
    assert [p.period.months for p in series([*years([1, 2]), *quarters([1, 2])]).trend().points] == [12, 12]
    assert series([]).trend().points == ()


def test_a_break_parts_what_lies_before_it_from_what_lies_in_the_comparable_time() -> None:
    crash = change_of_recording("2015-01-01", "2016-01-01")

    assert crash.parts(year(2014), year(2016))
    assert crash.parts(year(2014), year(2015))
    assert crash.parts(year(2015), year(2016))
    assert not crash.parts(year(2013), year(2014))
    assert not crash.parts(year(2016), year(2017))


def test_a_rolling_year_across_a_break_compares_with_nothing() -> None:
    april = change_of_recording("2017-04-01")

    assert april.parts(year_to(2018, 1), year_to(2019, 1))


def test_the_points_since_a_break_are_those_that_compare_with_the_latest() -> None:
    held = series(years([1, 2, 3, 4], 2014), [change_of_recording("2016-01-01")])

    assert [p.period for p in held.since_break(year(2017))] == [year(2016), year(2017)]
    assert [p.period for p in held.since_break(year(2015))] == [year(2014), year(2015)]


def test_the_latest_figure_is_the_last_complete_one() -> None:
    found = series([point(month(2018, 11), 9), point(month(2018, 12), 4, status="incomplete")])

    assert found.latest() == found.points[0]
    assert series([point(month(2018, 12), 4, status="incomplete")]).latest() is not None


def test_an_earlier_report_knows_nothing_that_happened_later() -> None:
    told = [Event(date(2018, 12, 31), None, "A law", "law"), Event(date(2019, 1, 1), None, "A campaign", "campaign")]

    held = series(years([1, 2]), events=reversed(told))

    assert held.events == tuple(told)
    assert held.up_to(date(2018, 12, 31)).events == (told[0],)


def target(months: int, first: str, last: str) -> Target:
    return Target(Decimal(5), months, date.fromisoformat(first), date.fromisoformat(last))


def test_the_target_is_the_first_of_its_length_that_has_not_ended_by_the_last_period() -> None:
    ended, current, later = (target(3, f"{start}-04-01", f"{start + 1}-03-31") for start in (2014, 2015, 2016))
    of_years = target(12, "2015-04-01", "2016-03-31")

    held = series(quarters(range(8)), targets=[later, of_years, current, ended])

    assert held.targets == (ended, current, of_years, later)
    assert held.target is later
    assert series(quarters(range(5)), targets=held.targets).target is current
    assert series(quarters(range(5)), targets=[of_years]).target is None
    assert series([], targets=held.targets).target is None


@pytest.mark.parametrize(("polarity", "bound"), [("lower", 110), ("higher", 90)])
def test_a_tolerance_eases_a_target_by_the_way_that_is_worse(polarity: str, bound: int) -> None:
    eased = Target(Decimal(100), 3, date(2018, 4, 1), date(2019, 3, 31), tolerance=Decimal(10))

    assert eased.bound(polarity) == bound
