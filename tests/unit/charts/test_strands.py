"""Parts in which one event may be counted several times: ranked, never stacked, never added up."""

from dataclasses import replace
from typing import Any

from indicators.analysis.series import Point, Series
from indicators.charts.strands import Strands, strands_of
from tests.series import INCIDENTS, month, point, series, year, years

WHOLE = series(years([100], 2018))


def part(name: str, points: list[Point], **said: Any) -> Series:
    fields = {"slug": name.lower(), "short_name": name, "part_of": ("incidents",), "multi_coded": True, **said}
    return series(points, measure=replace(INCIDENTS, **fields))


RACE = part("Race", years([80], 2018))
RELIGION = part("Religion", years([30], 2018))
AGE = part("Age", years([30], 2018))


def ranked(*parts: Series, whole: Series = WHOLE) -> Strands:
    found = strands_of(whole, parts)
    assert found is not None
    return found


def test_parts_are_ranked_with_their_shares_which_may_come_to_more_than_all() -> None:
    found = ranked(RELIGION, RACE, AGE)

    assert [(row.rank, row.name, row.figure, row.share) for row in found.rows] == [
        ("1", "Race", "80", "80.0%"),
        ("2=", "Age", "30", "30.0%"),
        ("2=", "Religion", "30", "30.0%"),
    ]
    assert (found.name, found.area, found.period, found.total) == ("Incidents of a kind", "Kent", "2018", "100")
    assert found.counted == "incident"


def test_nothing_in_it_is_a_sum() -> None:
    found = ranked(RELIGION, RACE, AGE)

    numbers = {text for row in found.rows for text in (row.figure, row.share)} | {found.total}
    assert numbers.isdisjoint({"60", "110", "140", "60.0%", "110.0%", "140.0%"})


def test_parts_that_are_not_marked_or_of_another_whole_are_left_out() -> None:
    plain = part("Plain", years([5], 2018), multi_coded=False)
    of_another = part("Other", years([5], 2018), part_of=("calls", "incidents"))

    assert [row.name for row in ranked(RACE, AGE, plain, of_another).rows] == ["Race", "Age"]


def test_one_part_or_none_is_not_ranked() -> None:
    assert strands_of(WHOLE, []) is None
    assert strands_of(WHOLE, [RACE]) is None
    assert strands_of(WHOLE, [RACE, part("Age", [point(year(2018), None, status="suppressed")])]) is None


def test_the_latest_period_counts_and_a_part_without_a_figure_comes_last() -> None:
    late = part("Late", years([7, 9], 2018))
    hidden = part("Hidden", [point(year(2019), None, status="suppressed")])
    found = ranked(RACE, late, part("New", years([8], 2019), kind="count"), hidden)

    assert [(row.rank, row.name, row.figure) for row in found.rows] == [
        ("1", "Late", "9"),
        ("2", "New", "8"),
        ("", "Hidden", "suppressed"),
        ("", "Race", "Not held"),
    ]
    assert found.period == "2019"


def test_without_a_figure_of_the_whole_there_are_no_shares() -> None:
    for whole in (series([]), series(years([0], 2018)), series(years([5], 2010))):
        assert {row.share for row in ranked(RACE, AGE, whole=whole).rows} == {""}
    assert ranked(RACE, AGE, whole=series([])).total == ""


def test_what_is_to_note_of_a_figure_stands_beside_it() -> None:
    found = ranked(RACE, part("Age", years([30], 2018, status="provisional")))

    assert found.rows[1].figure == "30 (provisional)"


def test_months_are_drawn_in_small_pictures_on_one_scale_each_alone() -> None:
    def months(name: str, first: int) -> Series:
        return part(name, [point(month(2018, n), first + n) for n in range(1, 7)])

    found = ranked(months("Race", 20), months("Age", 5), whole=series([]))

    assert found.multiples is not None
    assert [each.name for each in found.multiples.each] == ["Age", "Race"]
    assert found.multiples.top == "26"
    assert ranked(RACE, AGE).multiples is None
