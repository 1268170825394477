"""Small multiples of the districts: indicators/charts/multiples.py"""

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from indicators.analysis.series import Place, Series
from indicators.charts.multiples import HEIGHT, WIDTH, Multiple, Multiples, of_districts
from tests.series import change_of_recording, month, point, quarters, series, years


def months(name: str, values: list[float | None], breaks: Any = (), **said: Any) -> Series:
    held = [point(month(2018, n), value, **said) for n, value in enumerate(values, 1) if value is not None]
    return replace(series(held, breaks), place=Place(name, name))


def drawn(*by_district: Series) -> Multiples:
    found = of_districts(by_district)
    assert found is not None
    return found


def lines(of: Multiple) -> list[list[tuple[float, float]]]:
    found = ElementTree.fromstring(of.svg).findall("polyline")
    return [[tuple(map(float, pair.split(","))) for pair in line.attrib["points"].split()] for line in found]  # type: ignore[misc]


DOVER = months("Dover", [10, 20, 30, 20, 10])


def test_one_district_alone_is_no_small_multiple() -> None:
    assert of_districts([]) is None
    assert of_districts([DOVER]) is None


def test_districts_with_fewer_than_five_figures_are_left_out() -> None:
    short = months("Swale", [10, 20, 30, 20])

    assert of_districts([DOVER, short]) is None
    assert [each.name for each in drawn(DOVER, short, months("Ashford", [1, 2, 3, 4, 5])).each] == [
        "Ashford",
        "Dover",
    ]


def test_years_make_none_and_neither_do_months_beside_quarters() -> None:
    yearly = [replace(series(years(range(1, 9))), place=Place(name, name)) for name in ("Dover", "Swale")]

    assert of_districts(yearly) is None
    assert of_districts([DOVER, series(quarters(range(1, 9)))]) is None


def test_all_are_on_one_scale_from_zero() -> None:
    found = drawn(DOVER, months("Swale", [40, 40, 40, 40, 40]))
    dover, swale = (lines(each)[0] for each in found.each)

    assert (found.first, found.last, found.top) == ("January 2018", "May 2018", "40")
    assert [x for x, _ in dover] == [x for x, _ in swale] == [6, 58, 110, 162, 214]
    assert {y for _, y in swale} == {6}
    assert dover[0][1] == pytest.approx(HEIGHT - 6 - (HEIGHT - 12) / 4)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in [*dover, *swale])


def test_nothing_counted_anywhere_is_a_line_at_the_foot() -> None:
    found = drawn(months("Dover", [0] * 5), months("Swale", [0] * 5))

    assert {y for each in found.each for _, y in lines(each)[0]} == {HEIGHT - 6}


def test_the_words_say_the_latest_figure_and_how_far_figures_reach() -> None:
    dover = drawn(DOVER, months("Swale", [1, 2, 3, 4, 5], status="provisional")).each[0]
    swale = drawn(DOVER, months("Swale", [1, 2, 3, 4, 5], status="provisional")).each[1]

    assert (dover.latest, dover.reach) == ("10 in May 2018", "From 10 to 30")
    assert swale.latest == "5 (provisional) in May 2018"


def test_a_gap_and_a_recording_change_interrupt_the_line_and_a_point_alone_is_a_dot() -> None:
    gap = months("Swale", [1, 2, None, 4, 5, 6])
    change = months("Thanet", [1, 2, 3, 4, 5, 6], [change_of_recording("2018-02-01")])
    found = drawn(gap, change)

    assert [len(line) for line in lines(found.each[0])] == [2, 3]
    assert [len(line) for line in lines(found.each[1])] == [5]
    assert len(ElementTree.fromstring(found.each[1].svg).findall("circle")) == 2


def test_incomplete_figures_are_hollow_and_not_on_the_line() -> None:
    part = Series.of(
        DOVER.measure, Place("a", "Ashford"), [*DOVER.points, point(month(2018, 6), 1, status="incomplete")]
    )
    ashford = drawn(part, DOVER).each[0]

    assert [len(line) for line in lines(ashford)] == [5]
    assert [c.attrib["fill"] for c in ElementTree.fromstring(ashford.svg).findall("circle")] == ["#FFFFFF"]
    assert ashford.latest == "1 (incomplete) in June 2018"


def test_incomplete_figures_alone_make_no_line() -> None:
    unsure = months("Ashford", [1, 2, 3, 4, 5], status="incomplete")

    assert lines(drawn(unsure, DOVER).each[0]) == []


def test_the_latest_the_least_and_the_greatest_figure_lead_to_where_they_come_from() -> None:
    held = series([point(month(2018, n), value, key=n) for n, value in enumerate([20, 10, 30, 20, 25], 1)])

    found = drawn(DOVER, held).each[-1]

    assert (found.latest, found.reach) == ("25 in May 2018", "From 10 to 30")
    assert found.where is not None
    assert found.where.address == "/observations/5/"
    assert [link and (link.words, link.address) for link in found.reached] == [
        ("10", "/observations/2/"),
        ("30", "/observations/3/"),
    ]
