"""What can be believed of a series."""

from indicators.analysis.reading import POINTS_TO_JUDGE, Tag, read
from tests.series import change_of_recording, point, quarters, series, year, year_to, years


def test_a_series_without_figures_has_too_few() -> None:
    reading = read(series([]))

    assert (reading.latest, reading.comparison, reading.tag, reading.points) == (None, None, Tag.TOO_FEW, 0)


def test_a_break_between_the_figures_says_cannot_be_compared_yet() -> None:
    held = series([point(year_to(2018, 1), 1), point(year_to(2019, 1), 2)], [change_of_recording()])

    assert read(held).tag is Tag.CANNOT_COMPARE


def test_two_comparable_figures_are_too_few_to_judge() -> None:
    reading = read(series(years([1, 2])))

    assert reading.tag is Tag.TOO_FEW
    assert reading.points == 2
    assert reading.comparison is not None
    assert reading.comparison.difference == 1


def test_a_single_figure_is_too_few_rather_than_not_comparable() -> None:
    assert read(series([point(year(2018), 5)])).tag is Tag.TOO_FEW


def test_with_thirteen_comparable_points_silence_needs_no_reason() -> None:
    assert read(series(quarters(range(POINTS_TO_JUDGE)))).tag is None
    assert read(series(quarters(range(POINTS_TO_JUDGE - 1)))).tag is Tag.TOO_FEW


def test_only_points_since_the_break_count() -> None:
    held = series(quarters(range(20)), [change_of_recording("2018-01-01")])

    assert (read(held).points, read(held).tag) == (8, Tag.TOO_FEW)


def test_points_of_the_trend_count_beside_a_longer_latest_figure() -> None:
    held = series([*quarters(range(20)), point(year(2019), 60)])

    reading = read(held)

    assert reading.latest == point(year(2019), 60)
    assert reading.points == 20
