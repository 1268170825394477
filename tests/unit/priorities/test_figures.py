"""Live figures in text."""

from decimal import Decimal

import pytest

from indicators.analysis.series import Measure, Place, Point, Series
from indicators.periods import Period
from priorities.figures import Figure, filled_in, read, references, resolve

KENT = Place("E10000016", "Kent")
DEATHS = Measure("road-deaths", "Road deaths", "Deaths", "person", "people")
SERIES = {
    ("road-deaths", "E10000016"): Series.of(
        DEATHS,
        KENT,
        [
            Point(Period.of(2018, 1, 12), Decimal(47), status="provisional", key=1),
            Point(Period.of(2017, 1, 3), Decimal(11)),
            Point(Period.of(2017, 4, 9), Decimal(49)),
            Point(Period.of(2015, 1, 12), None, status="suppressed"),
            Point(Period.of(2014, 1, 12), Decimal(50), qualifier="over"),
        ],
    )
}
AREAS = {"road-deaths": "E10000016"}


def shown(text: str) -> str:
    figure = resolve(read(text), SERIES, AREAS)
    return figure.fault or figure.text


def test_every_reference_of_a_text_is_found_once_in_order() -> None:
    text = "[[a 2018]] then [[b year to January 2019]] and [[a 2018]] but not [a 2018] or [[]]"

    assert [ref.text for ref in references(text)] == ["a 2018", "b year to January 2019"]


def test_a_reference_names_indicator_period_and_area() -> None:
    found = read(" ksi-casualties  year to January 2019 @ E10000016 ")

    assert (found.slug, found.area) == ("ksi-casualties", "E10000016")
    assert found.period == Period.ending(2019, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("road-deaths 2018", "47 (provisional)"),
        ("road-deaths 2017", "60 (added up from 2 figures)"),
        ("road-deaths 2015", "suppressed"),
        ("road-deaths 2014", "over 50"),
        ("road-deaths 2018 @ E10000016", "47 (provisional)"),
    ],
)
def test_a_figure_comes_with_its_qualifier_and_status(text: str, words: str) -> None:
    assert shown(text) == words


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("road-deaths", "Expected an indicator and a period"),
        ("road-deaths 2017/18", "has several meanings"),
        ("road-deaths last year", "is not a period"),
        ("rode-deaths 2018", "'rode-deaths' is not an indicator"),
        ("road-deaths 2016", "No figure is held for Kent, 2016"),
        ("road-deaths 2018 @ E07000105", "No figure is held for E07000105, 2018"),
    ],
)
def test_what_cannot_be_resolved_says_why(text: str, fault: str) -> None:
    assert fault in shown(text)


@pytest.mark.parametrize(
    ("text", "label", "address"),
    [
        (
            "road-deaths 2018",
            "Where does 47 (provisional), Road deaths, Kent, 2018 come from",
            "/observations/1/",
        ),
        (
            "road-deaths 2017",
            "Where does 60 (added up from 2 figures), Road deaths, Kent, 2017 come from",
            "/indicators/road-deaths/figures/?area=E10000016&from=2017-01&to=2017-12",
        ),
    ],
)
def test_a_figure_leads_to_where_it_comes_from(text: str, label: str, address: str) -> None:
    where = resolve(read(text), SERIES, AREAS).where

    assert where is not None
    assert (where.label, where.address) == (label, address)


def test_a_text_is_filled_in_with_its_figures_and_keeps_their_links_in_order() -> None:
    said = {text: resolve(read(text), SERIES, AREAS) for text in ("road-deaths 2017", "road-deaths 2018")}
    missing = {"x 2018": Figure("x 2018", "", fault="'x' is not an indicator.")}

    text, links = filled_in("[[road-deaths 2018]], [[x 2018]], [[road-deaths 2017]].", said | missing)

    assert text == "47 (provisional), [x 2018: no figure], 60 (added up from 2 figures)."
    assert links == (said["road-deaths 2018"].where, said["road-deaths 2017"].where)
