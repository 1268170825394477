"""The tile map and its ranked table: indicators/charts/tiles.py"""

from dataclasses import replace
from typing import Any

from indicators.analysis.series import Place
from indicators.charts.tiles import Spot, TileMap, Whole, tile_map
from tests.series import INCIDENTS, KENT, SHARE, month, point, year

NOVEMBER = month(2018, 11)
RESIDENTS = replace(INCIDENTS, slug="residents", name="Residents", counted_plural="residents")
NAMES = ("Ashford", "Dover", "Swale", "Thanet", "Dartford", "Medway")


def spot(name: str, value: float | None, *, population: int | None = None, covered: bool = True, **said: Any) -> Spot:
    at = NAMES.index(name)
    held = None if value is None and not said else point(NOVEMBER, value, **said)
    people = None if population is None else point(year(2018), population, key=population)
    return Spot(Place(name, name), name[:3], 1 + at // 3, 1 + at % 3, covered, held, people)


def drawn(*spots: Spot, **more: Any) -> TileMap:
    return tile_map(INCIDENTS, NOVEMBER, spots, **more)


def whole(value: float | None, population: int | None = None) -> Whole:
    return Whole(KENT, point(NOVEMBER, value), None if population is None else point(year(2018), population))


# --- what is not known ------------------------------------------------------------------------


def test_a_district_without_a_figure_says_so_and_has_no_shade_and_no_rank() -> None:
    found = drawn(spot("Dover", 5), spot("Ashford", None))

    assert [(tile.text, tile.shade) for tile in found.tiles] == [("Not held", 0), ("5", 1)]
    assert [(row.place.name, row.rank, row.figure) for row in found.rows] == [
        ("Dover", "1", "5"),
        ("Ashford", "", "Not held"),
    ]


def test_a_district_that_the_indicator_is_not_about_is_not_covered_even_where_a_figure_is_held() -> None:
    found = drawn(spot("Dover", 5), spot("Medway", 99, covered=False))

    assert [tile.text for tile in found.tiles] == ["5", "Not covered"]
    assert found.tiles[1].shade == 0
    assert found.shades[-1].text == "5"


def test_a_figure_that_is_suppressed_says_so() -> None:
    assert drawn(spot("Dover", None, status="suppressed")).tiles[0].text == "suppressed"


def test_without_any_district_there_is_nothing() -> None:
    found = drawn()

    assert (found.tiles, found.columns, found.rows, found.shades) == ((), 0, (), ())


# --- tiles ------------------------------------------------------------------------------------


def test_tiles_come_row_by_row_with_their_figures() -> None:
    found = drawn(spot("Thanet", 1234), spot("Dover", 5), spot("Ashford", 20))

    assert [(tile.place.name, tile.short_name, tile.row, tile.column, tile.text) for tile in found.tiles] == [
        ("Ashford", "Ash", 1, 1, "20"),
        ("Dover", "Dov", 1, 2, "5"),
        ("Thanet", "Tha", 2, 1, "1,234"),
    ]
    assert found.columns == 2


def test_a_place_without_a_short_name_keeps_its_own() -> None:
    assert drawn(Spot(Place("x", "Ely"), "", 1, 1)).tiles[0].short_name == "Ely"


def test_a_third_of_the_figures_has_each_shade_and_the_key_says_which_figures() -> None:
    values = zip(NAMES, (10, 20, 30, 40, 50, 600), strict=True)

    found = drawn(*(spot(name, value) for name, value in values))

    assert [tile.shade for tile in found.tiles] == [1, 1, 2, 2, 3, 3]
    assert [(shade.number, shade.text) for shade in found.shades] == [
        (1, "10 to 20"),
        (2, "30 to 40"),
        (3, "50 to 600"),
    ]


def test_equal_figures_have_one_shade() -> None:
    found = drawn(*(spot(name, 7) for name in NAMES))

    assert {tile.shade for tile in found.tiles} == {1}
    assert [shade.text for shade in found.shades] == ["7"]


def test_what_holds_for_every_figure_is_said_once() -> None:
    found = drawn(spot("Dover", 5, status="incomplete"), spot("Swale", 6, status="incomplete"))

    assert found.marks == "incomplete"
    assert [tile.mark for tile in found.tiles] == ["", ""]


def test_what_holds_for_one_figure_is_said_there() -> None:
    found = drawn(spot("Dover", 5, status="incomplete"), spot("Swale", 6), spot("Thanet", None))

    assert found.marks == ""
    assert [tile.mark for tile in found.tiles] == ["incomplete", "", ""]
    assert [row.mark for row in found.rows] == ["", "incomplete", ""]


# --- what is left of the whole ----------------------------------------------------------------


def test_what_lies_in_no_district_is_stated() -> None:
    found = drawn(spot("Dover", 5), spot("Swale", 6), whole=whole(1_020))

    assert found.left == "Not located in any of these: 1,009 of 1,020 incidents in Kent"


def test_where_a_district_has_no_figure_what_is_left_may_lie_there() -> None:
    found = drawn(spot("Dover", 5), spot("Swale", None), spot("Medway", None, covered=False), whole=whole(7))

    assert found.left == "Not located in any of these, or located in Swale: 2 of 7 incidents in Kent"


def test_nothing_is_left_where_districts_add_up_to_the_whole_or_nothing_is_held_for_it() -> None:
    for of_all in (whole(5), whole(4), whole(None, 100), Whole(KENT), None):
        assert drawn(spot("Dover", 5), whole=of_all).left == ""


def test_percentages_leave_nothing() -> None:
    assert tile_map(SHARE, NOVEMBER, [spot("Dover", 5)], whole(80)).left == ""


# --- the ranked table -------------------------------------------------------------------------


def test_without_populations_counts_are_ranked_and_nothing_is_compared() -> None:
    found = drawn(spot("Dover", 5), spot("Swale", 6), whole=whole(11, 1_000))

    assert not found.compared
    assert [(row.rank, row.place.name, row.rate, row.against) for row in found.rows] == [
        ("1", "Swale", "", ""),
        ("2", "Dover", "", ""),
    ]


def test_equal_figures_share_a_rank() -> None:
    found = drawn(spot("Dover", 5), spot("Swale", 5), spot("Thanet", 9), spot("Ashford", 1))

    assert [(row.rank, row.place.name) for row in found.rows] == [
        ("1", "Thanet"),
        ("2=", "Dover"),
        ("2=", "Swale"),
        ("4", "Ashford"),
    ]


def test_with_populations_rates_are_ranked_and_set_against_the_whole() -> None:
    found = drawn(
        spot("Dover", 500, population=100_000),
        spot("Swale", 300, population=20_000),
        spot("Medway", None, covered=False),
        whole=whole(800, 120_000),
        population=RESIDENTS,
    )

    assert found.compared
    assert found.whole == "Kent"
    assert [(row.rank, row.place.name, row.rate, row.interval, row.against) for row in found.rows] == [
        ("1", "Swale", "15.00", "13.35 to 16.80", "Higher (99.8%)"),
        ("2", "Dover", "5.00", "4.57 to 5.46", "Lower (99.8%)"),
        ("", "Medway", "", "", ""),
    ]
    assert [row.people for row in found.rows] == ["20,000 residents", "100,000 residents", ""]
    assert [row.of_people and row.of_people.address for row in found.rows] == [
        "/observations/20000/",
        "/observations/100000/",
        None,
    ]


def test_each_figure_leads_to_where_it_comes_from_and_what_is_not_held_leads_nowhere() -> None:
    found = drawn(
        spot("Dover", 5, key=1), spot("Swale", 3, key=2, covered=False), spot("Ashford", None), whole=whole(9)
    )

    assert [tile.where and (tile.where.words, tile.where.address) for tile in found.tiles] == [
        None,
        ("5", "/observations/1/"),
        None,
    ]
    assert [row.where for row in found.rows] == [found.tiles[1].where, None, None]
    assert found.of_whole is None


def test_what_is_left_over_leads_to_the_whole() -> None:
    of_whole = drawn(spot("Dover", 5), whole=Whole(KENT, point(NOVEMBER, 9, key=7))).of_whole

    assert of_whole is not None
    assert (of_whole.words, of_whole.address) == ("9", "/observations/7/")


def test_nothing_is_compared_while_one_population_is_missing_or_the_figures_are_no_counts() -> None:
    some = [spot("Dover", 50, population=1_000), spot("Swale", 30)]
    all_of_them = [spot("Dover", 50, population=1_000)]

    assert not drawn(*some, whole=whole(80, 2_000), population=RESIDENTS).compared
    assert not tile_map(SHARE, NOVEMBER, all_of_them, whole(80, 2_000), RESIDENTS).compared
    assert not drawn(*all_of_them, population=RESIDENTS).compared
    assert drawn(*all_of_them, whole=whole(80, 2_000), population=RESIDENTS).compared
    assert not drawn(*all_of_them, whole=whole(80, 2_000)).compared
