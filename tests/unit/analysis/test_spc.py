"""Limits and signals of an individuals chart."""

from typing import Any

import pytest

from indicators.analysis.signals import Limits, SpecialCause
from indicators.analysis.spc import Assurance, PointType, Xmr, limits_of, xmr

# Around 10, with a mean moving range of 2 and so limits at 4.68 and 15.32: what follows is judged against these.
STEADY = (9, 11) * 6


def flagged(chart: Xmr, cause: SpecialCause) -> list[int]:
    return [at for at, found in enumerate(chart.special_cause_type) if found is cause]


def after_steady(*values: float | None) -> Xmr:
    return xmr([*STEADY, *values], fix_after=12)


# --- what is refused


@pytest.mark.parametrize("at", [-1, 3, 99])
def test_limits_cannot_start_anew_where_there_is_no_value(at: int) -> None:
    with pytest.raises(ValueError, match=f"cannot start anew at {at}: there are 3 values"):
        xmr([1, 2, 3], rebase=[at])


def test_limits_cannot_come_from_no_values() -> None:
    with pytest.raises(ValueError, match="one value or more"):
        xmr([1, 2, 3], fix_after=0)


# --- limits


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    assert limits_of([1, 2, 6]) == Limits(3, 3 - 2.66 * 2.5, 3 + 2.66 * 2.5)


def test_a_moving_range_never_spans_a_gap() -> None:
    assert limits_of([1, 2, None, 60, 61]) == Limits(31, 31 - 2.66, 31 + 2.66)


@pytest.mark.parametrize(("values", "limits"), [([], Limits()), ([None], Limits()), ([5, None, 7], Limits(6))])
def test_without_two_values_in_a_row_there_are_no_limits(values: list[float | None], limits: Limits) -> None:
    assert limits_of(values) == limits


def test_without_values_there_is_nothing_to_say() -> None:
    assert xmr([]) == Xmr()
    assert xmr([None, None], target=5, improvement="decrease") == Xmr(*[[None, None]] * 5)


@pytest.mark.parametrize("value", [0, 7, 0.1, 1 / 3])
def test_the_limits_of_a_constant_series_are_its_mean_and_nothing_is_flagged(value: float) -> None:
    chart = xmr([value] * 15, target=value, improvement="decrease")

    assert chart.mean == chart.lpl == chart.upl == [value] * 15
    assert set(chart.special_cause_type) == {SpecialCause.NONE}
    assert chart.assurance is Assurance.UNCERTAIN


def test_limits_are_held_on_the_first_values_that_are_no_gaps() -> None:
    chart = xmr([9, None, 11, 9, 11, 50, 60], fix_after=4)

    assert chart.mean == [10] * 7


def test_limits_start_anew_and_are_held_anew() -> None:
    chart = xmr([1, 3, 90, 11, 13, 90], rebase=[3], fix_after=2)

    assert chart.mean == [2, 2, 2, 12, 12, 12]


def test_signals_do_not_reach_across_a_new_start() -> None:
    assert SpecialCause.RISING in xmr(range(8)).special_cause_type
    assert SpecialCause.RISING not in xmr(range(8), rebase=[4]).special_cause_type


# --- signals


def test_a_point_beyond_a_limit_is_flagged_and_one_on_it_is_not() -> None:
    upper = after_steady().upl[0]
    assert upper is not None

    assert flagged(after_steady(upper, 15.33, 10), SpecialCause.ABOVE) == [13]
    assert flagged(after_steady(4.67), SpecialCause.BELOW) == [12]


def test_seven_in_a_row_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert flagged(after_steady(10, *[12] * 6, 10), SpecialCause.SHIFT_UP) == []
    assert flagged(after_steady(10, *[12] * 8, 10), SpecialCause.SHIFT_UP) == list(range(13, 21))
    assert flagged(after_steady(10, *[8] * 7), SpecialCause.SHIFT_DOWN) == list(range(13, 20))


def test_a_point_on_the_mean_and_a_gap_end_a_run() -> None:
    for between in (10, None):
        assert flagged(after_steady(10, 12, 12, 12, between, 12, 12, 12, 12), SpecialCause.SHIFT_UP) == []


def test_seven_rising_or_falling_are_a_trend_and_six_are_not() -> None:
    rising = [8.5, 9, 9.5, 10, 10.5, 11, 11.5]

    assert flagged(after_steady(14, *rising, 9), SpecialCause.RISING) == list(range(13, 20))
    assert flagged(after_steady(7, *reversed(rising)), SpecialCause.FALLING) == list(range(13, 20))
    assert flagged(after_steady(14, *rising[:6], 9), SpecialCause.RISING) == []


@pytest.mark.parametrize("between", [10, None])
def test_two_equal_values_and_a_gap_end_a_trend(between: float | None) -> None:
    assert flagged(after_steady(14, 8.5, 9, 9.5, 10, between, 10.5, 11, 11.5), SpecialCause.RISING) == []


def test_a_turning_point_belongs_to_the_later_trend() -> None:
    chart = after_steady(14, 8, 9, 9.5, 10, 10.5, 11, 12, 11.5, 10.8, 10.2, 9.6, 9.1, 8.6)

    assert flagged(chart, SpecialCause.RISING) == list(range(13, 19))
    assert flagged(chart, SpecialCause.FALLING) == list(range(19, 26))


# Two thirds of the way to the limits: 13.55 and 6.45.
@pytest.mark.parametrize(
    ("three", "upper", "lower"),
    [
        ((14, 12, 14), [13, 15], []),
        ((14, 14, 14), [13, 14, 15], []),
        ((6, 6, 8), [], [13, 14]),
        ((14, 9, 14), [], []),
        ((14, 10, 14), [], []),
        ((14, 12, 12), [], []),
        ((14, None, 14), [], []),
        ((16, 12, 14), [15], []),
        ((6, 4, 8), [], [13]),
    ],
)
def test_two_of_three_far_out_on_one_side_are_flagged(
    three: tuple[float | None, ...], upper: list[int], lower: list[int]
) -> None:
    chart = after_steady(10, *three)

    assert flagged(chart, SpecialCause.NEAR_UPPER) == upper
    assert flagged(chart, SpecialCause.NEAR_LOWER) == lower


def test_outside_goes_before_trend_trend_before_two_of_three_and_that_before_shift() -> None:
    chart = after_steady(10, *[12] * 4, 11, 12, 12.5, 13, 13.8, 14.5, 16, 12, 14, 14)

    assert flagged(chart, SpecialCause.SHIFT_UP) == [13, 14, 15, 16, 24]
    assert flagged(chart, SpecialCause.RISING) == list(range(17, 23))
    assert flagged(chart, SpecialCause.ABOVE) == [23]
    assert flagged(chart, SpecialCause.NEAR_UPPER) == [25, 26]


# --- what it means


@pytest.mark.parametrize(
    ("value", "improvement", "kind"),
    [
        (20, "decrease", PointType.CONCERN),
        (20, "increase", PointType.IMPROVEMENT),
        (20, "neutral", PointType.NEUTRAL_HIGH),
        (0, "decrease", PointType.IMPROVEMENT),
        (0, "increase", PointType.CONCERN),
        (0, "neutral", PointType.NEUTRAL_LOW),
        (10, "increase", PointType.COMMON),
    ],
)
def test_a_signal_means_what_the_outcome_makes_of_it(value: float, improvement: Any, kind: PointType) -> None:
    chart = xmr([*STEADY, value, None], fix_after=12, improvement=improvement)

    assert chart.point_type[-2:] == [kind, None]
    assert chart.variation_latest is kind


@pytest.mark.parametrize(
    ("target", "improvement", "assurance"),
    [
        (16, "decrease", Assurance.MET),
        (4, "decrease", Assurance.MISSED),
        (16, "increase", Assurance.MISSED),
        (4, "increase", Assurance.MET),
        (10, "increase", Assurance.UNCERTAIN),
        (10 + 2.66 * 2, "increase", Assurance.UNCERTAIN),
        (16, "neutral", None),
        (None, "increase", None),
    ],
)
def test_a_target_is_judged_where_it_lies_beyond_the_limits(target: Any, improvement: Any, assurance: Any) -> None:
    assert xmr(STEADY, target=target, improvement=improvement).assurance is assurance


def test_assurance_is_of_the_last_limits() -> None:
    assert xmr([*STEADY, 50, 51, 50], rebase=[12], target=20, improvement="decrease").assurance is Assurance.MISSED
    assert xmr([*STEADY, 50], rebase=[12], target=20, improvement="decrease").assurance is None
