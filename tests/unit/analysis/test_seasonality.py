"""How a year usually runs, and values without it."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.seasonality import Season, Unadjusted, season_of
from indicators.periods import Period
from tests.series import month, quarter

WINTER = [80, 100, 120, 100]


def figures(values: list[float | None], first: Period | None = None) -> list[tuple[Period, float]]:
    """One figure a period from `first` (January to March 2015); None leaves one out."""
    start = first or quarter(2015, 1)
    return [(start.shifted(start.months * n), value) for n, value in enumerate(values) if value is not None]


@pytest.mark.parametrize("values", [[], WINTER, [*WINTER, *WINTER[:3]], [*WINTER, None, *WINTER[1:]]])
def test_without_two_whole_years_values_stay_as_they_are_and_it_says_so(values: list[float | None]) -> None:
    season = season_of(figures(values))

    assert season.why_not is Unadjusted.TOO_FEW_YEARS
    assert season.adjusted(quarter(2015, 1), 80) == 80


def test_an_index_is_the_mean_ratio_to_the_mean_of_the_year() -> None:
    season = season_of(figures([80, 100, 120, 100, 120, 200, 280, 200]))

    assert (season.years, season.why_not) == (2, None)
    assert season.indices == pytest.approx({1: 0.7, 4: 1, 7: 1.3, 10: 1})
    assert season.adjusted(quarter(2030, 3), 130) == pytest.approx(100)


def test_a_year_may_begin_with_any_quarter() -> None:
    season = season_of(figures(WINTER * 2, quarter(2015, 2)))

    assert season.indices == pytest.approx({4: 0.8, 7: 1, 10: 1.2, 1: 1})


def test_months_have_an_index_each() -> None:
    season = season_of(figures([*range(1, 13)] * 3, month(2015, 1)))

    assert season.years == 3
    assert season.indices == pytest.approx({n: n / 6.5 for n in range(1, 13)})


def test_after_a_gap_a_year_is_counted_anew() -> None:
    season = season_of(figures([*WINTER, 999, None, *WINTER]))

    assert season.years == 2
    assert season.index(quarter(2015, 1)) == pytest.approx((0.8 + 1.2) / 2)


def test_years_without_anything_counted_say_nothing() -> None:
    assert season_of(figures([0] * 4 + WINTER)).why_not is Unadjusted.TOO_FEW_YEARS
    assert season_of(figures([0] * 4 + WINTER * 2)).years == 2


def test_where_a_part_of_the_year_has_nothing_nothing_is_adjusted() -> None:
    season = season_of(figures([0, 1, 2, 1] * 3))

    assert season == Season(3, why_not=Unadjusted.NOTHING_COUNTED)
    assert season.adjusted(quarter(2015, 1), 5) == 5


@given(
    st.lists(st.integers(1, 99), min_size=4, max_size=4),
    st.lists(st.integers(1, 999), min_size=2, max_size=6),
)
def test_a_season_at_any_level_is_found_and_taken_out(shape: list[int], levels: list[int]) -> None:
    known = figures([part * level for level in levels for part in shape])

    season = season_of(known)

    assert isclose(sum(season.indices.values()), 4)
    for at, (period, value) in enumerate(known):
        assert isclose(season.adjusted(period, value), levels[at // 4] * sum(shape) / 4)
