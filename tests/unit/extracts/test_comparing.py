"""Figures that do not fit one another, or what is held, are pointed out; what fits is not."""

from decimal import Decimal

import pytest

from indicators.extracts.checking import Checked
from indicators.extracts.comparing import compare, in_months, usual_range
from indicators.extracts.findings import Finding
from indicators.extracts.plan import Held
from indicators.extracts.register import KnownArea, KnownIndicator, Register
from indicators.extracts.rows import CheckedRow, Figure, Key
from indicators.periods import Period

COUNTY, FORCE, NORTH, SOUTH, CITY = "E10000099", "E23000099", "E07000098", "E07000097", "E06000099"
BOTH = "E22000099"
REGISTER = Register(
    indicators=(
        KnownIndicator("crime", "Crime", "Crime", "count", False, area=COUNTY, frequency="quarter"),
        KnownIndicator("burglary", "Burglary", "Burglary", "count", False, part_of="crime"),
        KnownIndicator("of-homes", "Burglary of homes", "Of homes", "count", False, part_of="burglary"),
        KnownIndicator("marac", "MARAC cases", "MARAC", "count", True),
        KnownIndicator("repeat", "Repeat cases", "Repeat", "count", True, part_of="marac"),
        KnownIndicator("rate", "Rate", "Rate", "rate", False),
    ),
    areas=(
        KnownArea(COUNTY, "County", kind="county", parent=FORCE),
        KnownArea(FORCE, "Force area", kind="force"),
        KnownArea(CITY, "City", (), True, "unitary", FORCE),
        KnownArea(NORTH, "North", (), True, "district", COUNTY),
        KnownArea(SOUTH, "South", (), True, "district", COUNTY),
        KnownArea(BOTH, "North and South partnership", (), True, "csp", COUNTY),
    ),
    editions=frozenset(),
)
QUARTER = Period.of(2018, 10, 3)


def key(indicator: str = "crime", area: str = COUNTY, period: Period = QUARTER) -> Key:
    return Key(indicator, area, period.start, period.end)


def warned(given: dict[Key, int], held: dict[Key, int] | None = None) -> list[Finding]:
    rows = [CheckedRow(line, k, Figure(Decimal(value))) for line, (k, value) in enumerate(given.items(), 2)]
    checked = Checked(rows=rows)
    compare(checked, REGISTER, {k: Held(1, Figure(Decimal(value))) for k, value in (held or {}).items()})
    return list(checked.findings)


def codes(given: dict[Key, int], held: dict[Key, int] | None = None) -> list[str]:
    return [found.code for found in warned(given, held)]


def test_figures_that_fit_are_not_mentioned() -> None:
    assert codes({key(): 30, key(area=NORTH): 10, key(area=SOUTH): 20, key("burglary"): 30}) == []


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({key("burglary"): 31, key(): 30}, {}),
        ({key("burglary"): 31}, {key(): 30}),
        ({key(): 30}, {key("burglary"): 31}),
        ({key("burglary"): 31, key(): 30}, {key("burglary"): 5, key(): 60}),
    ],
    ids=["both in the file", "the whole is held", "the part is held", "both revised"],
)
def test_a_part_is_not_more_than_the_whole_wherever_it_comes_from(given: dict[Key, int], held: dict[Key, int]) -> None:
    (found,) = warned(given, held)

    assert (found.line, found.code, found.severity) == (2, "part-above-whole", "warning")
    assert found.message == "Burglary (31) is more than all of Crime (30): County, October to December 2018."


def test_a_part_is_beside_the_nearest_whole_there_is() -> None:
    assert codes({key("of-homes"): 31}, {key(): 30}) == ["part-above-whole"]
    assert codes({key("of-homes"): 31}, {key("burglary"): 31, key(): 31}) == []
    assert codes({key(): 30}, {key("of-homes"): 31}) == ["part-above-whole"]
    assert codes({key("of-homes"): 31, key("burglary"): 20, key(): 30}) == ["part-above-whole"]


def test_a_part_of_another_period_or_area_is_left_alone() -> None:
    assert codes({key("burglary"): 31}, {key(area=NORTH): 30, key(period=QUARTER.shifted(-3)): 30}) == []


def test_a_part_that_is_not_shown_is_not_quoted() -> None:
    (found,) = warned({key("repeat", NORTH): 77}, {key("marac", NORTH): 66})

    assert found.message == "Repeat cases is more than all of MARAC cases: North, October to December 2018."


def test_parts_that_go_round_in_a_circle_end() -> None:
    circle = Register(
        indicators=tuple(KnownIndicator(a, a, a, "count", False, part_of=b) for a, b in (("a", "b"), ("b", "a"))),
        areas=(),
        editions=frozenset(),
    )

    assert circle.wholes == {"a": ("b",), "b": ("a",)}


def test_what_is_compared_are_the_wholes_and_the_parts() -> None:
    assert REGISTER.related({"burglary", "rate"}) == {"burglary", "rate", "crime", "of-homes"}


@pytest.mark.parametrize(
    ("given", "held", "line"),
    [
        ({key(area=NORTH): 11, key(area=SOUTH): 20, key(): 30}, {}, 2),
        ({key(area=NORTH): 11}, {key(area=SOUTH): 20, key(): 30}, 2),
        ({key(): 30}, {key(area=NORTH): 11, key(area=SOUTH): 20}, 2),
        ({key(): 30, key(area=SOUTH): 20}, {key(area=NORTH): 11, key(area=SOUTH): 5}, 2),
    ],
    ids=["all in the file", "the county is held", "the districts are held", "some of each"],
)
def test_the_districts_are_not_more_than_the_county(given: dict[Key, int], held: dict[Key, int], line: int) -> None:
    (found,) = warned(given, held)

    assert (found.line, found.code) == (line, "districts-above-whole")
    assert "have 31 together, it has 30" in found.message


def test_where_the_county_has_none_districts_are_beside_the_next_area_around_them() -> None:
    before = key(area=FORCE, period=QUARTER.shifted(-3))
    inside = {key(area=NORTH): 11, key(area=SOUTH): 20, key(area=CITY): 30, before: 60}

    assert codes({key(area=FORCE): 60}, inside) == ["districts-above-whole"]
    assert codes({key(area=FORCE): 61}, inside) == []
    assert codes({key(area=FORCE): 61}, {**inside, key(): 32}) == ["districts-above-whole"]


def test_a_partnership_that_lies_across_districts_is_not_added_to_them() -> None:
    assert codes({key(area=NORTH): 11, key(area=SOUTH): 19, key(area=BOTH): 30, key(): 30}) == []
    assert codes({key(area=BOTH): 31, key(): 30}) == ["districts-above-whole"]


def test_rates_of_districts_are_not_added_up() -> None:
    assert codes({key("rate", NORTH): 11, key("rate", SOUTH): 20, key("rate"): 15}) == []


BEFORE = {key(period=QUARTER.shifted(-3 * n)): 100 + n % 2 for n in range(1, 9)}


@pytest.mark.parametrize(("value", "expected"), [(104, []), (98, []), (105, ["jump"]), (97, ["jump"])])
def test_a_jump_is_further_than_three_usual_ranges(value: int, expected: list[str]) -> None:
    assert codes({key(): value}, BEFORE) == expected


def test_a_jump_shows_the_figures_before_it() -> None:
    (found,) = warned({key(): 250}, BEFORE)

    assert "is 250, far from those before it: 101, 100, 101, 100, 101" in found.message


def test_few_figures_before_make_no_jump() -> None:
    assert codes({key(): 250}, dict(list(BEFORE.items())[:4])) == []
    assert usual_range([Decimal(1)] * 4) == 0


def test_what_is_held_already_is_no_jump_again() -> None:
    assert codes({key(): 250}, {**BEFORE, key(): 250}) == []


def test_a_figure_of_the_force_s_area_is_not_the_county_s() -> None:
    assert codes({key(area=FORCE): 7}) == ["other-area-basis"]
    assert codes({key(area=FORCE): 7}, {key(area=FORCE, period=QUARTER.shifted(-3)): 6}) == []


def test_a_period_of_another_length_is_pointed_out() -> None:
    assert codes({key(period=Period.of(2018, 10)): 7}) == ["period-length"]


def test_a_length_is_said_in_months() -> None:
    assert [in_months(months) for months in (1, 3)] == ["1 month", "3 months"]


def test_small_numbers_of_what_is_not_open_want_a_tick() -> None:
    (found,) = warned({key("marac", NORTH): 4, key("marac", SOUTH): 5, key("marac"): 9, key("crime", NORTH): 2})

    assert (found.line, found.code, found.severity) == (2, "small-numbers", "warning")


def test_a_figure_that_is_not_shown_is_not_quoted() -> None:
    before = {key("marac", NORTH, QUARTER.shifted(-3 * n)): 10 + n % 2 for n in range(1, 9)}
    (found,) = warned({key("marac", NORTH): 77}, before)

    assert found.code == "jump"
    assert "77" not in found.message
