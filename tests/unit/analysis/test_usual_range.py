"""The usual range of a series, and what is outside of it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.seasonality import Unadjusted
from indicators.analysis.series import Point
from indicators.analysis.signals import Limits, SpecialCause
from indicators.analysis.spc import Assurance, PointType, xmr
from indicators.analysis.usual_range import NoRange, Segment, Standing, UsualRange, limits_for
from indicators.periods import Period
from tests.series import (
    INCIDENTS,
    change_of_recording,
    month,
    point,
    quarter,
    quarters,
    series,
    year_to,
    years,
)

# Around 100, with a mean moving range of 4: limits at 89.36 and 110.64.
STEADY = (98, 102) * 8
AFTER = quarter(2019, 1)
FEWER_IS_BETTER = replace(INCIDENTS, polarity="lower")


def only(found: UsualRange) -> Segment:
    (segment,) = found.segments
    return segment


def causes(segment: Segment) -> list[SpecialCause | None]:
    return [judged.cause for judged in segment.points]


def months(values: Sequence[float]) -> list[Point]:
    return [point(month(2015, 1).shifted(n), value) for n, value in enumerate(values)]


# --- what has no range


@pytest.mark.parametrize("points", [[], years(range(20)), [point(year_to(2017, n), 5) for n in range(1, 13)]])
def test_years_and_rolling_years_have_no_usual_range(points: list[Point]) -> None:
    assert limits_for(series(points)) == UsualRange(refusal=NoRange.NOT_SEPARATE)
    assert limits_for(series(points)).latest() is None


def test_rolling_quarters_have_none_either() -> None:
    rolling = [point(Period.of(2015, 1, 3).shifted(n), 5) for n in range(20)]

    assert limits_for(series(rolling)).refusal is NoRange.OVERLAPPING


def test_what_is_added_up_beside_the_quarters_does_not_disturb_them() -> None:
    held = [*quarters(STEADY), *years(range(5)), *months(range(3))]

    assert limits_for(series(held)) == limits_for(series(quarters(STEADY)))


def test_of_months_and_quarters_those_serve_of_which_there_are_more() -> None:
    assert len(only(limits_for(series([*quarters(range(4)), *months(range(12))]))).points) == 12


# --- how many points


@pytest.mark.parametrize(
    ("number", "standing"),
    [(4, Standing.UNKNOWN), (5, Standing.TRIAL), (12, Standing.TRIAL), (13, Standing.JUDGED)],
)
def test_five_points_give_a_trial_range_and_thirteen_signals(number: int, standing: Standing) -> None:
    segment = only(limits_for(series(quarters(STEADY[:number]))))

    assert (segment.standing, segment.settled, segment.held) == (standing, number, False)
    assert (segment.limits.upl is None) == (standing is Standing.UNKNOWN)
    assert set(causes(segment)) == {SpecialCause.NONE if standing is Standing.JUDGED else None}


def test_a_trial_range_signals_nothing_however_far_out_a_point_lies() -> None:
    segment = only(limits_for(series(quarters([100] * 10 + [500]))))

    assert segment.points[-1].limits.upl == pytest.approx(1500 / 11 + 2.66 * 40)
    assert set(causes(segment)) == {None}


def test_points_without_neighbours_have_no_range() -> None:
    scattered = [value for n in range(20) for value in (n, None)]

    assert only(limits_for(series(quarters(scattered)))).standing is Standing.UNKNOWN


@pytest.mark.parametrize(("make", "number"), [(quarters, 16), (months, 24)])
def test_limits_are_held_on_the_first_sixteen_quarters_or_twenty_four_months(make: Any, number: int) -> None:
    steady = ((98, 102) * 12)[:number]

    segment = only(limits_for(series(make([*steady, 150, 150, 50]))))

    assert segment.held
    assert segment.limits == Limits(100, 100 - 2.66 * 4, 100 + 2.66 * 4)
    assert causes(segment)[-3:] == [SpecialCause.ABOVE, SpecialCause.ABOVE, SpecialCause.BELOW]


@given(st.lists(st.integers(0, 30), min_size=13, max_size=40))
def test_a_plain_series_is_judged_as_a_chart_held_on_sixteen(values: list[int]) -> None:
    segment, chart = only(limits_for(series(quarters(values)))), xmr(values, fix_after=16)

    assert causes(segment) == chart.special_cause_type
    assert [judged.limits.upl for judged in segment.points] == chart.upl


# --- the season


def test_a_seasonal_series_is_judged_without_its_season() -> None:
    held = series(quarters([*(50, 100, 150, 100) * 4, 50, 130, 150]))

    raw, adjusted = only(limits_for(held)), only(limits_for(held, seasonal=True))

    assert raw.season is None
    assert SpecialCause.ABOVE not in causes(raw)
    assert causes(adjusted)[-3:] == [SpecialCause.NONE, SpecialCause.ABOVE, SpecialCause.NONE]
    assert adjusted.season is not None
    assert adjusted.season.years == 4


def test_the_usual_range_of_a_seasonal_series_follows_the_season() -> None:
    segment = only(limits_for(series(quarters((45, 110, 145, 95, 55, 95, 155, 100) * 2)), seasonal=True))

    first, second = segment.points[0].limits, segment.points[1].limits
    assert segment.season is not None
    assert first == segment.limits.times(segment.season.index(quarter(2015, 1)))
    assert first.upl is not None
    assert second.upl is not None
    assert first.upl < second.upl


def test_a_seasonal_series_without_two_whole_years_stays_on_trial_and_says_why() -> None:
    segment = only(limits_for(series(months([50, 100] * 7)), seasonal=True))

    assert (segment.settled, segment.standing) == (14, Standing.TRIAL)
    assert segment.season is not None
    assert segment.season.why_not is Unadjusted.TOO_FEW_YEARS


# --- what it means


@pytest.mark.parametrize(
    ("polarity", "kind"),
    [("lower", PointType.CONCERN), ("higher", PointType.IMPROVEMENT), ("neither", PointType.NEUTRAL_HIGH)],
)
def test_a_signal_means_what_the_polarity_makes_of_it(polarity: str, kind: PointType) -> None:
    held = series(quarters([*STEADY, 200]), measure=replace(INCIDENTS, polarity=polarity))

    latest = limits_for(held).latest()

    assert latest is not None
    assert latest.kind is kind


def test_the_latest_is_the_last_with_a_value() -> None:
    held = [*quarters(STEADY), point(AFTER, None, status="suppressed")]

    latest = limits_for(series(held)).latest()

    assert latest is not None
    assert latest.point == held[15]


def test_a_last_segment_without_a_value_has_no_latest() -> None:
    held = [*quarters(STEADY), point(AFTER, None, status="suppressed")]

    assert limits_for(series(held, [change_of_recording("2019-01-01")])).latest() is None


@pytest.mark.parametrize(("target", "assurance"), [(None, None), (120, Assurance.MET), (100, Assurance.UNCERTAIN)])
def test_a_target_is_set_against_the_last_limits(target: int | None, assurance: Assurance | None) -> None:
    held = series(quarters(STEADY), measure=FEWER_IS_BETTER)

    assert limits_for(held, target=None if target is None else Decimal(target)).assurance is assurance


def test_limits_on_trial_give_no_assurance() -> None:
    assert limits_for(series(quarters(STEADY[:12]), measure=FEWER_IS_BETTER), target=Decimal(120)).assurance is None


def test_the_limits_come_from_the_first_settled_points_and_no_later_one() -> None:
    first, rest = quarters(STEADY), quarters((90, 95), AFTER)
    provisional = [replace(first[3], status="provisional"), *rest]
    segment = only(limits_for(series([*first[:3], provisional[0], *first[4:], *rest])))

    assert segment.basis == (*first[:3], *first[4:], rest[0])
