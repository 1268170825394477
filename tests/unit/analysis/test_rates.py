"""Intervals of counts and proportions, and whether a difference could be chance."""

from fractions import Fraction
from math import isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.rates import (
    AnnualTrend,
    Trend,
    annual_trend,
    binomial_p,
    byar,
    exact,
    poisson,
    rate_ratio,
    weighted_line,
    wilson,
)
from tests.oracle.rates import binomial_two_sided, exact_limits, weighted_slope

# Fingertips' own test data: MMR coverage in Yorkshire and the Humber, 2020 to 2024.
MMR = [92.6254, 92.3221, 90.8708, 90.017, 90.1013]
MMR_LIMITS = [(92.4168, 92.8288), (92.1072, 92.5315), (90.6358, 91.1004), (89.7694, 90.2594), (89.8578, 90.3396)]


def near(ours: Any, theirs: Any, tolerance: float = 1e-9) -> bool:
    """Whether numbers, or pairs of them, agree; None only with None."""
    if isinstance(ours, tuple):
        return all(near(a, b, tolerance) for a, b in zip(ours, theirs, strict=True))
    return theirs is None if ours is None else theirs is not None and isclose(ours, theirs, rel_tol=tolerance)


# --- what is refused


@pytest.mark.parametrize("interval", [byar, exact, poisson, wilson])
@pytest.mark.parametrize(
    ("x", "n", "confidence"), [(-1, 10, 0.95), (1, 0, 0.95), (1, -5, 0.95), (1, 10, 0), (1, 10, 1), (1, 10, 95)]
)
def test_there_is_no_interval_of_what_cannot_be(interval: Any, x: float, n: float, confidence: float) -> None:
    with pytest.raises(ValueError, match=f"no interval of {x} in {n}"):
        interval(x, n, confidence)


@pytest.mark.parametrize(("x", "n"), [(11, 10), (1, None)])
def test_a_proportion_is_of_a_whole(x: float, n: float | None) -> None:
    with pytest.raises(ValueError, match=f"{x} is not a part of {n}"):
        wilson(x, n)


def test_a_count_is_not_set_against_a_rate() -> None:
    with pytest.raises(ValueError, match="not set against"):
        rate_ratio(1, 100, 2, None)


def test_an_interval_without_width_has_no_trend() -> None:
    with pytest.raises(ValueError, match="no width"):
        annual_trend([1, 2, 3, 4, 5], [(0, 9)] * 4 + [(5, 5)])


# --- intervals


@pytest.mark.parametrize("confidence", ["0.8", "0.95", "0.998"])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 9, 30])
def test_an_exact_interval_ends_where_the_count_becomes_improbable(count: int, confidence: str) -> None:
    assert near(exact(count, None, float(confidence)), exact_limits(count, confidence))


def test_nothing_counted_can_still_be_a_rate_above_nothing() -> None:
    assert byar(0)[0] is None
    assert exact(0)[0] == wilson(0, 50)[0] == 0
    assert near(poisson(0), (0.0, 3.688879454113936))  # -log(0.025)


def test_a_proportion_of_all_is_not_above_one() -> None:
    assert wilson(50, 50)[1] == 1


@given(st.integers(10, 10**6), st.integers(1, 10**9), st.sampled_from([0.8, 0.95, 0.998]))
def test_an_interval_holds_its_rate_and_is_per_unit(x: int, n: int, confidence: float) -> None:
    lower, upper = poisson(x, n, confidence)

    assert lower < x / n < upper
    assert near((lower * n, upper * n), poisson(x, None, confidence))


@given(st.integers(0, 1000), st.integers(1, 1000), st.sampled_from([0.8, 0.95, 0.998]))
def test_the_interval_of_a_part_mirrors_that_of_the_rest(x: int, n: int, confidence: float) -> None:
    x = min(x, n)
    lower, upper = wilson(x, n, confidence)
    rest = wilson(n - x, n, confidence)

    assert 0 <= lower <= x / n <= upper <= 1
    assert isclose(lower, 1 - rest[1], abs_tol=1e-12)
    assert isclose(upper, 1 - rest[0], abs_tol=1e-12)


# --- two counts


def test_a_fall_from_60_deaths_to_47_could_be_chance() -> None:
    found = rate_ratio(47, None, 60, None)

    assert near(found.p, float(binomial_two_sided(47, 107, Fraction(1, 2))))
    assert near((found.ratio, found.lower, found.upper), (0.78, 0.53, 1.15), 0.01)
    assert found.could_be_chance


def test_a_fall_from_120_to_60_could_hardly_be() -> None:
    assert not rate_ratio(60, None, 120, None).could_be_chance


def test_rates_are_compared_by_their_populations() -> None:
    assert rate_ratio(50, 1000, 100, 2000).ratio == 1
    assert rate_ratio(50, 1000, 100, 2000).p == 1
    assert not rate_ratio(50, 1000, 100, 1000).could_be_chance


def test_a_ratio_to_nothing_is_none_and_of_nothing_has_no_interval() -> None:
    assert rate_ratio(5, None, 0, None) == rate_ratio(5, 7, 0, 7)
    assert rate_ratio(5, None, 0, None).ratio is None
    assert near(rate_ratio(5, None, 0, None).p, 2 / 2**5)
    assert (rate_ratio(0, None, 5, None).ratio, rate_ratio(0, None, 5, None).lower) == (0, None)
    assert rate_ratio(0, None, 0, None).p == 1


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 19))
def test_the_exact_test_counts_the_smaller_tail_twice(x1: int, x2: int, twentieths: int) -> None:
    share = Fraction(twentieths, 20)

    found = binomial_p(x1, x1 + x2, twentieths / 20)

    assert isclose(found, float(binomial_two_sided(x1, x1 + x2, share)), rel_tol=1e-9)


@given(st.integers(1, 999), st.integers(1, 999))
def test_either_of_two_counts_may_come_first(x1: int, x2: int) -> None:
    there, back = rate_ratio(x1, None, x2, None), rate_ratio(x2, None, x1, None)

    assert near(there.p, back.p)
    assert there.ratio is not None
    assert back.ratio is not None
    assert near(there.ratio, 1 / back.ratio)


# --- five years


def test_a_trend_of_fingertips_is_found() -> None:
    found = annual_trend(MMR, MMR_LIMITS)

    assert found is not None
    assert found.trend is Trend.DECREASING
    assert near((found.slope, found.chi2), (-0.7405107315617998, 418.53656853121885))


def test_the_mirror_image_rises() -> None:
    found = annual_trend([-value for value in MMR], [(-upper, -lower) for lower, upper in MMR_LIMITS])

    assert found is not None
    assert found.trend is Trend.INCREASING


def test_only_the_last_five_years_count() -> None:
    assert annual_trend([500, None, *MMR], [(1, 2), None, *MMR_LIMITS]) == annual_trend(MMR, MMR_LIMITS)


@pytest.mark.parametrize("missing", range(5))
def test_without_five_years_in_a_row_there_is_no_trend(missing: int) -> None:
    without: list[Any] = [value if at != missing else None for at, value in enumerate(MMR)]

    assert annual_trend(without, MMR_LIMITS) is None
    assert annual_trend(MMR, [limit if at != missing else None for at, limit in enumerate(MMR_LIMITS)]) is None
    assert annual_trend(MMR[1:], MMR_LIMITS[1:]) is None


def test_a_change_within_wide_intervals_is_none() -> None:
    found = annual_trend([1, 2, 3, 4, 5], [(value - 20, value + 20) for value in range(1, 6)])

    assert found is not None
    assert found.trend is Trend.NO_CHANGE
    assert found.slope == pytest.approx(1)


def test_a_change_that_one_year_alone_makes_is_none() -> None:
    values = [10, 10.1, 10, 9.9, 20]

    found = annual_trend(values, [(value - 1, value + 1) for value in values])

    assert isinstance(found, AnnualTrend)
    assert found.chi2 > 9.55
    assert found.trend is Trend.NO_CHANGE


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(1, 99)), min_size=5, max_size=5))
def test_the_slope_is_that_of_the_least_weighted_squares(rows: list[tuple[int, int]]) -> None:
    slope, _ = weighted_line([(at, value, weight) for at, (value, weight) in enumerate(rows)])

    theirs = weighted_slope([Fraction(value) for value, _ in rows], [Fraction(weight) for _, weight in rows])
    assert isclose(slope, float(theirs), rel_tol=1e-9, abs_tol=1e-9)
