"""Where axes begin and end, and where their ticks stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.scales import date_ticks, period_ticks, value_scale
from indicators.periods import Period
from tests.series import year

some_values = st.lists(st.integers(0, 10**13).map(lambda n: n / 10_000), min_size=1, max_size=60)
counts = st.lists(st.integers(0, 10**9), min_size=1, max_size=60)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([218, 490], (0, 200, 400, 600)),
        ([3732, 6800], (0, 2000, 4000, 6000, 8000)),
        ([0, 0, 0], (0, 1)),
        ([1, 3], (0, 1, 2, 3)),
        ([7, 10], (0, 5, 10)),
    ],
)
def test_counts_have_round_ticks_from_zero(values: list[int], ticks: tuple[int, ...]) -> None:
    assert value_scale(values, whole=True).ticks == ticks


def test_zero_is_given_up_only_where_the_line_would_be_flat() -> None:
    assert value_scale([5329, 6093], whole=True).from_zero
    assert not value_scale([9950, 10_000], whole=True).from_zero


def test_shares_may_have_ticks_between_whole_numbers() -> None:
    assert value_scale([0.5, 2], whole=False).ticks == (0, 0.5, 1, 1.5, 2)


def test_values_below_zero_are_within_the_scale() -> None:
    assert value_scale([-5, 5], whole=True).ticks == (-5, 0, 5)


@given(some_values)
def test_all_values_lie_within_a_scale_of_few_even_steps(values: list[float]) -> None:
    scale = value_scale(values, whole=False)

    steps = [b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)]
    assert scale.low <= min(values)
    assert scale.high >= max(values) * (1 - 1e-9)
    assert 1 <= len(steps) <= 6
    assert max(steps) == pytest.approx(min(steps), abs=1e-9)


@given(counts)
def test_no_tick_of_a_count_stands_between_two_numbers(values: list[int]) -> None:
    assert all(tick == int(tick) for tick in value_scale(values, whole=True).ticks)


@given(days, days, st.integers(1, 20))
def test_ticks_of_dates_are_in_order_and_as_few_as_there_is_room_for(one: date, other: date, room: int) -> None:
    first, last = min(one, other), max(one, other)

    ticks = date_ticks(first, last, room)

    assert len(ticks) <= max(room, 2)
    assert [at for at, _ in ticks] == sorted(at for at, _ in ticks)
    assert all(first <= at <= last and at.day == 1 for at, _ in ticks)
    assert all(str(at.year) in text for at, text in ticks)


def test_within_thirty_months_ticks_name_months_and_beyond_years() -> None:
    assert date_ticks(date(2018, 1, 1), date(2018, 7, 1), 3) == [
        (date(2018, 1, 1), "Jan 2018"),
        (date(2018, 4, 1), "Apr 2018"),
        (date(2018, 7, 1), "Jul 2018"),
    ]
    assert [text for _, text in date_ticks(date(2012, 4, 1), date(2019, 1, 1), 7)] == [
        str(number) for number in range(2013, 2020)
    ]


def test_where_there_is_little_room_every_second_year_stands() -> None:
    assert [text for _, text in date_ticks(date(2006, 4, 1), date(2019, 1, 1), 7)] == [
        "2008",
        "2010",
        "2012",
        "2014",
        "2016",
        "2018",
    ]


@given(st.integers(1, 60), st.integers(1, 20))
def test_of_whole_years_the_last_always_stands(number: int, room: int) -> None:
    years: list[Period] = [year(1960 + n) for n in range(number)]

    ticks = period_ticks(years, room)

    assert len(ticks) <= max(room, 2)
    assert ticks[-1] == years[-1]
    assert ticks == sorted(ticks)
