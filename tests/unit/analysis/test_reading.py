"""What can be believed of a series."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.reading import RULE_VERSION, Outcome, Reading, Tag, read
from indicators.analysis.series import NewStart, Point, Target
from indicators.analysis.signals import SpecialCause
from indicators.analysis.spc import Assurance
from indicators.analysis.usual_range import POINTS_TO_JUDGE, Standing
from tests.series import (
    INCIDENTS,
    RATE,
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

# Around 100, with limits at 89.36 and 110.64.
STEADY = (98, 102) * 8
AFTER = quarter(2019, 1)
DEATHS = replace(INCIDENTS, polarity="lower")
HELPED = replace(INCIDENTS, polarity="higher")


def then(value: float | None, **said: Any) -> list[Point]:
    """Four steady years of quarters, and one more quarter."""
    return [*quarters(STEADY), point(AFTER, value, **said)]


def test_a_series_without_figures_has_too_few() -> None:
    reading = read(series([]))

    assert (reading.latest, reading.comparison, reading.tag, reading.points) == (None, None, Tag.TOO_FEW, 0)
    assert (reading.basis, reading.segment, reading.early) == (None, None, False)


def test_a_break_between_the_figures_says_cannot_be_compared_yet() -> None:
    held = series([point(year_to(2018, 1), 1), point(year_to(2019, 1), 2)], [change_of_recording()])

    assert read(held).tag is Tag.CANNOT_COMPARE


def test_a_refused_comparison_goes_before_a_signal() -> None:
    published = [*quarters([98, 102] * 7 + [300], quarter(2017, 2)), point(year_to(2020, 12), 800)]
    held = series([*published, point(year_to(2019, 12), 402, coverage="half")])

    reading = read(held)

    assert reading.judged is not None
    assert reading.judged.cause is SpecialCause.ABOVE
    assert (reading.tag, reading.direction, reading.outcome) == (Tag.CANNOT_COMPARE, 0, Outcome.NONE)


def test_two_comparable_figures_are_too_few_to_judge() -> None:
    reading = read(series(years([1, 2])))

    assert reading.tag is Tag.TOO_FEW
    assert reading.points == 2
    assert reading.comparison is not None
    assert reading.comparison.difference == 1


def test_a_single_figure_is_too_few_rather_than_not_comparable() -> None:
    assert read(series([point(year(2018), 5)])).tag is Tag.TOO_FEW


def test_thirteen_comparable_points_are_judged_and_twelve_are_not() -> None:
    steady = quarters(STEADY)

    assert read(series(steady[:POINTS_TO_JUDGE])).tag is Tag.AS_USUAL
    assert read(series(steady[: POINTS_TO_JUDGE - 1])).tag is Tag.TOO_FEW


def test_only_points_since_the_break_count() -> None:
    held = series(quarters(range(20)), [change_of_recording("2018-01-01")])

    assert (read(held).points, read(held).tag) == (8, Tag.TOO_FEW)
    assert read(held).segment is not None


def test_points_of_the_trend_count_beside_a_longer_latest_figure() -> None:
    held = series([*quarters(range(20)), point(year(2019), 60)])

    reading = read(held)

    assert reading.latest == point(year(2019), 60)
    assert reading.points == 20
    assert reading.tag is Tag.MORE


def test_a_shorter_line_that_ended_before_the_latest_figure_tells_nothing_of_it() -> None:
    reading = read(series([*quarters(range(20)), point(year(2020), 900)]))

    assert (reading.tag, reading.judged) == (Tag.TOO_FEW, None)


def test_a_reading_carries_the_version_of_its_rules_and_is_made_once() -> None:
    held = series(quarters(STEADY))

    assert read(held).rule_version == RULE_VERSION
    assert read(held) is read(series(quarters(STEADY)))


# --- directions


@pytest.mark.parametrize(
    ("value", "measure", "tag", "outcome"),
    [
        (100, INCIDENTS, Tag.AS_USUAL, Outcome.NONE),
        (120, INCIDENTS, Tag.MORE, Outcome.NONE),
        (80, INCIDENTS, Tag.FEWER, Outcome.NONE),
        (120, DEATHS, Tag.MORE, Outcome.WORSE),
        (80, DEATHS, Tag.FEWER, Outcome.BETTER),
        (120, HELPED, Tag.MORE, Outcome.BETTER),
        (80, HELPED, Tag.FEWER, Outcome.WORSE),
        (100, DEATHS, Tag.AS_USUAL, Outcome.NONE),
        (120, SHARE, Tag.HIGHER, Outcome.NONE),
        (80, RATE, Tag.LOWER, Outcome.NONE),
    ],
)
def test_a_direction_is_in_the_words_of_the_unit_and_better_only_where_that_is_agreed(
    value: float, measure: Any, tag: Tag, outcome: Outcome
) -> None:
    reading = read(series(then(value), measure=measure))

    assert (reading.tag, reading.outcome) == (tag, outcome)


@given(st.lists(st.integers(0, 1000), min_size=POINTS_TO_JUDGE, max_size=30))
def test_a_mirrored_series_reads_the_other_way(values: list[int]) -> None:
    other = {Tag.MORE: Tag.FEWER, Tag.FEWER: Tag.MORE, Tag.AS_USUAL: Tag.AS_USUAL}

    mirrored = read(series(quarters([1000 - value for value in values])))

    assert mirrored.tag is other[read(series(quarters(values))).tag]


def test_a_provisional_latest_figure_gives_an_early_sign() -> None:
    early, settled = read(series(then(120, status="provisional"))), read(series(then(120)))

    assert (early.tag, early.early) == (Tag.MORE, True)
    assert (settled.tag, settled.early) == (Tag.MORE, False)
    assert not read(series(then(100, status="provisional"))).early


@pytest.mark.parametrize("status", ["incomplete", "unreliable"])
def test_a_figure_that_is_not_complete_never_gives_a_signal_nor_ends_one(status: str) -> None:
    few = read(series(then(3, status=status)))
    falling = [*quarters([*STEADY, 101, 100, 99, 98, 97, 96])]
    with_a_part = read(series([*falling, point(quarter(2020, 3), 30, status=status)]))

    assert few.tag is Tag.AS_USUAL
    assert few.judged is not None
    assert few.judged.point.period == quarter(2018, 4)
    assert with_a_part.tag == read(series(falling)).tag


def test_a_figure_without_a_value_leaves_the_last_one_standing() -> None:
    assert read(series(then(None, status="suppressed"))).tag is Tag.AS_USUAL


def test_a_latest_figure_of_which_only_a_bound_is_known_is_not_judged() -> None:
    reading = read(series([*quarters([None, 98, 102, 98] * 5), point(quarter(2020, 1), 300, qualifier="over")]))

    assert (reading.tag, reading.judged, reading.points) == (Tag.TOO_FEW, None, 15)


def test_periods_that_overlap_are_never_judged() -> None:
    rolling = [point(year_to(2015 + n // 4, 3 * (n % 4) + 1), 3000 + 400 * n) for n in range(16)]

    reading = read(series(rolling))

    assert (reading.tag, reading.usual.segments, reading.annual) == (Tag.TOO_FEW, (), None)
    assert reading.is_overlapping


def test_a_seasonal_series_is_judged_without_its_season() -> None:
    held = quarters([100, 200, 300, 400] * 4)

    raw, adjusted = read(series([*held, point(AFTER, 300)])), read(series([*held, point(AFTER, 300)], seasonal=True))

    assert raw.tag is Tag.AS_USUAL
    assert adjusted.tag is Tag.MORE


def test_limits_start_anew_where_a_person_says_so() -> None:
    start = NewStart(quarter(2018, 1).start, "A new centre", "Analyst")
    segment = read(series(quarters(STEADY), new_starts=[start])).segment

    assert segment is not None
    assert (segment.new_start, segment.standing) == (start, Standing.UNKNOWN)


@pytest.mark.parametrize(
    ("value", "tolerance", "polarity", "assurance"),
    [
        (111, 0, "lower", Assurance.MET),
        (110, 0, "lower", Assurance.UNCERTAIN),
        (110, 1, "lower", Assurance.MET),
        (89, 0, "lower", Assurance.MISSED),
        (90, 1, "higher", Assurance.MET),
        (111, 0, "neither", None),
    ],
)
def test_a_target_is_set_against_the_usual_range_within_its_tolerance(
    value: int, tolerance: int, polarity: str, assurance: Assurance | None
) -> None:
    year_after = quarter(2019, 1).start, quarter(2019, 4).end
    target = Target(Decimal(value), 3, *year_after, tolerance=Decimal(tolerance))

    held = series(quarters(STEADY), measure=replace(INCIDENTS, polarity=polarity), targets=[target])

    assert read(held).usual.assurance is assurance
    assert read(replace(held, targets=())).usual.assurance is None


# --- years


@pytest.mark.parametrize(
    ("values", "tag"),
    [
        ([400, 440, 490, 530, 580], Tag.MORE),
        ([580, 530, 490, 440, 400], Tag.FEWER),
        ([100, 110, 95, 105, 100], Tag.AS_USUAL),
        ([440, 490, 530, 580], Tag.TOO_FEW),
        ([400, 440, None, 490, 530, 580], Tag.TOO_FEW),
        ([0, 0, 0, 0, 0], Tag.AS_USUAL),
    ],
)
def test_five_years_in_a_row_tell_a_trend(values: list[float | None], tag: Tag) -> None:
    assert read(series(years(values))).tag is tag


def test_of_more_years_the_last_five_count() -> None:
    assert read(series(years([9000, 100, 110, 95, 105, 100]))).tag is Tag.AS_USUAL


@pytest.mark.parametrize(
    "held",
    [
        series(years([40, 44, 49, 53, 58]), measure=SHARE),
        series(years([400, 440, 490, 530, 580]), [change_of_recording("2012-01-01")]),
        series([*years([400, 440, 490, 530]), point(year(2014), 580, coverage="half")]),
        series([point(year(2010), 400, qualifier="over"), *years([440, 490, 530, 580], 2011)]),
        series([point(year(2010), -400), *years([440, 490, 530, 580], 2011)]),
    ],
)
def test_shares_breaks_other_coverage_and_bounds_leave_no_five_years(held: Any) -> None:
    assert read(held).annual is None


def test_a_provisional_fifth_year_is_an_early_sign() -> None:
    held = [*years([400, 440, 490, 530]), point(year(2014), 600, status="provisional")]

    assert read(series(held)).early


# --- chance


def chance_of(earlier: Point, latest: Point, **more: Any) -> Reading:
    return read(series([earlier, latest], **{"measure": DEATHS, **more}))


def test_small_counts_of_an_agreed_outcome_are_set_against_chance() -> None:
    reading = chance_of(point(year(2017), 60), point(year(2018), 47))

    assert reading.chance is not None
    assert reading.chance.p == pytest.approx(0.246, abs=0.001)
    assert reading.chance.could_be_chance


@pytest.mark.parametrize(
    ("earlier", "latest", "measure"),
    [
        (point(year(2017), 60), point(year(2018), 47), INCIDENTS),
        (point(year(2017), 1000), point(year(2018), 47), DEATHS),
        (point(year(2017), 60, qualifier="about"), point(year(2018), 47), DEATHS),
        (point(year(2017), 60), point(year(2018), 47, qualifier="over"), DEATHS),
        (point(year(2017), -60), point(year(2018), 47), DEATHS),
        (point(year(2017), 60), point(year(2018), 47), replace(SHARE, polarity="lower")),
    ],
)
def test_nothing_else_is(earlier: Point, latest: Point, measure: Any) -> None:
    assert chance_of(earlier, latest, measure=measure).chance is None


# --- the period right before


def test_the_period_right_before_is_compared_beside_the_year_before() -> None:
    prior = read(series(then(120))).prior

    assert prior is not None
    assert prior.difference == 18


def test_of_years_it_is_the_same_and_a_missing_one_is_none() -> None:
    assert read(series(years([1, 2]))).prior is None
    assert read(series([point(month(2018, 1), 1), point(month(2018, 3), 1)])).prior is None
