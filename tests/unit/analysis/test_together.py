"""Which figures of two indicators are added up, and which never."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.series import Measure, Place, Point, Series
from indicators.analysis.together import Apart, Together, together
from tests.series import COST, INCIDENTS, RATE, SHARE, month, point, quarter, quarters, series, year, year_to, years

CALLS = Measure("calls", "Calls", "Calls", "call", "calls")
FIRES = Measure("fires", "Fires", "Fires", "incident", "incidents")
MEDWAY = Place("E06000035", "Medway")


def both(one: list[Point], other: list[Point], measure: Measure = FIRES, **said: Any) -> Together:
    return together(replace(series(one), **said), series(other, measure=measure))


# --- what is never added up -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "apart"),
    [
        (SHARE, Apart.NO_COUNTS),
        (RATE, Apart.NO_COUNTS),
        (COST, Apart.NO_COUNTS),
        (CALLS, Apart.UNITS),
        (replace(FIRES, multi_coded=True, part_of=("all",)), Apart.SEVERAL),
        (replace(FIRES, part_of=("some", "incidents")), Apart.PART),
        (INCIDENTS, Apart.PART),
    ],
)
def test_other_units_and_parts_are_not_added_up_in_either_order(measure: Measure, apart: Apart) -> None:
    one, other = series(years([1])), series(years([2]), measure=measure)

    assert together(one, other) == together(other, one) == Together(apart=apart)


def test_two_shares_are_not_added_up() -> None:
    one, other = series(years([1]), measure=SHARE), series(years([2]), measure=replace(SHARE, slug="other"))

    assert together(one, other).apart is Apart.NO_COUNTS


def test_two_areas_are_not_added_up() -> None:
    assert both(years([1]), years([2]), place=MEDWAY).apart is Apart.AREAS


@pytest.mark.parametrize(
    "other",
    [
        [],
        years([1], 2011),
        [point(year_to(2010, 11), 1)],
        quarters([1, 2, 3], quarter(2010, 1)),
        years([1], status="incomplete"),
        years([1], status="unreliable"),
        years([1], qualifier="over"),
        years([1], qualifier="range"),
        [point(year(2010), None, status="suppressed")],
    ],
)
def test_without_a_period_that_both_are_known_for_nothing_is_added_up(other: list[Point]) -> None:
    assert both(years([1]), other).apart is Apart.PERIODS


def test_figures_of_different_coverage_are_not_added_up() -> None:
    assert both(years([1]), years([2], coverage="38 of 43 forces")).apart is Apart.COVERAGE


# --- what is ----------------------------------------------------------------------------------


def test_the_latest_period_of_both_is_added_up_and_says_of_how_many() -> None:
    found = both(years([100, 200, 300]), years([1, 2], 2010))

    assert found.total is not None
    assert (found.total.period, found.total.value, len(found.total.parts)) == (year(2011), 202, 2)
    assert [figure.value for figure in found.figures] == [200, 2]
    assert found.apart is None


def test_of_two_periods_that_end_together_the_longer_is_added_up_also_from_its_parts() -> None:
    found = both(quarters([1, 2, 3, 4], quarter(2018, 1)), [*quarters([5, 6, 7, 8], quarter(2018, 1))])
    longer = both(quarters([1, 2, 3, 4], quarter(2018, 1)), [point(year(2018), 50)])

    assert found.total is not None
    assert (found.total.period, found.total.value) == (quarter(2018, 4), 12)
    assert longer.total is not None
    assert (longer.total.period, longer.total.value) == (year(2018), 60)


def test_a_sum_is_as_uncertain_as_its_figures() -> None:
    found = both(years([1], status="provisional"), years([2], qualifier="about"))

    assert found.total is not None
    assert (found.total.status, found.total.qualifier) == ("provisional", "about")


@given(st.lists(st.one_of(st.none(), st.integers(0, 99)), max_size=6), st.lists(st.integers(0, 99), max_size=6))
def test_a_sum_is_that_of_the_latest_month_in_which_both_have_a_figure(
    ones: list[int | None], others: list[int]
) -> None:
    def months(values: list[Any]) -> list[Point]:
        return [point(month(2018, n), value) for n, value in enumerate(values, 1) if value is not None]

    found = both(months(ones), months(others))

    shared = [(one, other) for one, other in zip(ones, others, strict=False) if one is not None]
    assert (found.total and found.total.value) == (Decimal(sum(shared[-1])) if shared else None)


@given(st.booleans(), st.booleans(), st.integers(1, 9), st.integers(1, 9))
def test_a_part_that_may_count_the_same_several_times_is_never_added_up(
    first: bool, second: bool, one: int, other: int
) -> None:
    def marked(slug: str, is_marked: bool, value: int) -> Series:
        measure = replace(INCIDENTS, slug=slug, multi_coded=is_marked, part_of=("all",))
        return series(years([value]), measure=measure)

    found = together(marked("race", first, one), marked("religion", second, other))

    assert (found.total is None) == (first or second)
