"""What parts the points of a series into runs with limits of their own, and what is no part of any."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.analysis.series import NewStart
from indicators.analysis.signals import SpecialCause
from indicators.analysis.usual_range import Segment, Standing, UsualRange, limits_for
from tests.series import change_of_recording, point, quarter, quarters, series

# Around 100, with a mean moving range of 4: limits at 89.36 and 110.64.
STEADY = (98, 102) * 8
AFTER = quarter(2019, 1)


def only(found: UsualRange) -> Segment:
    (segment,) = found.segments
    return segment


def causes(segment: Segment) -> list[SpecialCause | None]:
    return [judged.cause for judged in segment.points]


def started(day: str) -> NewStart:
    return NewStart(date.fromisoformat(day), "The new centre opened", "Analyst")


# --- what parts a series


def test_limits_never_cross_a_break() -> None:
    april = change_of_recording("2017-04-01")

    before, after = limits_for(series(quarters([*range(9), *STEADY]), [april])).segments

    assert (len(before.points), before.break_, before.standing) == (9, None, Standing.TRIAL)
    assert (len(after.points), after.break_, after.standing) == (16, april, Standing.JUDGED)
    assert after.limits.mean == 100


def test_points_between_a_break_and_the_first_comparable_period_stand_alone() -> None:
    held = series(quarters([1] * 12), [change_of_recording("2016-01-01", "2016-10-01")])

    assert [len(segment.points) for segment in limits_for(held).segments] == [4, 1, 1, 1, 5]


def test_of_several_breaks_at_once_the_last_is_named() -> None:
    breaks = [change_of_recording("2016-01-01"), change_of_recording("2016-02-01", "2016-04-01")]

    found = limits_for(series(quarters([1, 1, 1, 1, None, 1]), breaks))

    assert found.segments[-1].break_ == breaks[1]


def test_limits_never_cross_a_change_of_coverage() -> None:
    held = [
        *quarters([5, 5, 5], coverage="38 of 43 forces"),
        point(quarter(2015, 4), None, status="not_available"),
        *quarters([5, 5], quarter(2016, 1), coverage="38 of 43 forces"),
        *quarters([9, 9], quarter(2016, 3)),
    ]

    found = limits_for(series(held))

    assert [len(segment.points) for segment in found.segments] == [6, 2]
    assert (found.segments[1].break_, found.segments[1].new_start) == (None, None)


def test_a_person_starts_limits_anew() -> None:
    start = started("2019-01-01")

    found = limits_for(series(quarters([*STEADY, *[200, 204] * 7])), new_starts=[start])

    before, after = found.segments
    assert (before.new_start, after.new_start, found.unused) == (None, start, ())
    assert after.limits.mean == 202
    assert set(causes(after)) == {SpecialCause.NONE}


def test_a_new_start_at_the_first_period_is_known_to_its_segment() -> None:
    assert only(limits_for(series(quarters([1])), new_starts=[started("2015-01-01")])).new_start is not None


def test_a_new_start_where_no_period_begins_is_told_and_changes_nothing() -> None:
    astray = started("2016-02-01")
    held = series(quarters(STEADY))

    found = limits_for(held, new_starts=[astray])

    assert found.unused == (astray,)
    assert found.segments == limits_for(held).segments


# --- figures that may still change, and gaps


@pytest.mark.parametrize("status", ["provisional", "incomplete"])
def test_a_figure_that_may_change_is_an_early_sign_and_does_not_move_the_limits(status: str) -> None:
    held = quarters(STEADY[:13])
    late = point(quarter(2018, 2), 300, status=status)

    with_it, without = only(limits_for(series([*held, late]))), only(limits_for(series(held)))

    assert (with_it.limits, with_it.settled) == (without.limits, 13)
    assert (with_it.points[-1].cause, with_it.points[-1].early) == (SpecialCause.ABOVE, True)
    assert not with_it.points[0].early


def test_thirteen_points_of_which_one_may_change_are_too_few() -> None:
    held = [*quarters(STEADY[:12]), point(quarter(2018, 1), 300, status="provisional")]

    assert only(limits_for(series(held))).standing is Standing.TRIAL


@pytest.mark.parametrize(
    "said",
    [
        {"value": None, "status": "suppressed"},
        {"value": 300, "status": "unreliable"},
        {"value": 300, "qualifier": "over"},
        {"value": 300, "qualifier": "range", "value_to": Decimal(400)},
    ],
)
def test_what_is_not_known_is_not_judged_and_ends_a_run(said: dict[str, Any]) -> None:
    run = [*quarters(STEADY), *quarters([103] * 4, AFTER), point(AFTER.shifted(12), **said)]

    segment = only(limits_for(series([*run, *quarters([103] * 4, AFTER.shifted(15))])))

    assert len(segment.points) == 25
    assert (segment.points[20].cause, segment.points[20].kind) == (None, None)
    assert SpecialCause.SHIFT_UP not in causes(segment)


def test_a_period_that_is_missing_ends_a_run() -> None:
    broken = only(limits_for(series(quarters([*STEADY, *[103] * 4, None, *[103] * 4]))))
    whole = only(limits_for(series(quarters([*STEADY, *[103] * 8]))))

    assert SpecialCause.SHIFT_UP not in causes(broken)
    assert causes(whole)[-8:] == [SpecialCause.SHIFT_UP] * 8
