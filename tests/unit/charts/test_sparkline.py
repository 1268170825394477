"""A line the size of a word."""

from xml.etree import ElementTree

from indicators.charts.sparkline import sparkline
from tests.series import change_of_recording, quarters, series, years


def points(picture: str) -> list[tuple[float, float]]:
    line = ElementTree.fromstring(picture).find("polyline")
    assert line is not None
    return [tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()]  # type: ignore[misc]


def test_without_figures_there_is_none() -> None:
    assert sparkline(series([])) == ""


def test_fewer_than_five_comparable_points_make_none() -> None:
    assert sparkline(series(years([1, 2, 3, 4]))) == ""
    assert sparkline(series(years([1, 2, 3, 4, 5, 6], 2012), [change_of_recording("2016-01-01")])) == ""


def test_it_draws_the_points_since_the_last_break() -> None:
    held = series(quarters(range(20), None), [change_of_recording("2018-01-01")])

    assert len(points(sparkline(held))) == 8


def test_it_stays_within_its_size_and_higher_is_higher() -> None:
    drawn = points(sparkline(series(years([1, 5, 2, 4, 3])), width=100, height=20))

    assert all(0 <= x <= 100 and 0 <= y <= 20 for x, y in drawn)
    assert drawn[1][1] == min(y for _, y in drawn)


def test_nothing_but_zeros_is_a_line_at_the_bottom() -> None:
    assert {y for _, y in points(sparkline(series(years([0, 0, 0, 0, 0]))))} == {28.0}


def test_incomplete_figures_are_left_out() -> None:
    held = series([*years([1, 2, 3, 4, 5]), *years([1], 2015, status="incomplete")])

    assert len(points(sparkline(held))) == 5
