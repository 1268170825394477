"""What a file would change, in words: totals only of what can be added, nothing that may not be shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.extracts.plan import Held, Step
from indicators.extracts.rows import Figure, Key
from indicators.models import Area, Indicator
from indicators.upload_lines import HIDDEN, Changed, Known, Line, changed_of, lines_of
from indicators.where_from import WhereFrom

AREAS = {
    "E23000032": Area(code="E23000032", name="Kent and Medway", kind="force"),
    "E10000016": Area(code="E10000016", name="Kent", kind="county", parent_id="E23000032"),
    "E07000112": Area(code="E07000112", name="Folkestone and Hythe", kind="district", parent_id="E10000016"),
    "E07000113": Area(code="E07000113", name="Swale", kind="district", parent_id="E10000016"),
}
INDICATORS = {
    "asb": Indicator(slug="asb", name="ASB reports", counted="report", counted_plural="reports", sensitivity="open"),
    "da": Indicator(slug="da", name="DA incidents", counted="incident", counted_plural="incidents"),
    "rate": Indicator(slug="rate", name="KSI rate", kind="rate", per=1000, sensitivity="open"),
}
REGISTER = Known(INDICATORS, AREAS)


def step(
    value: int | None, was: int | None = None, area: str = "E07000113", slug: str = "asb", year: int = 2018
) -> Step:
    key = Key(slug, area, date(year, 1, 1), date(year, 12, 31))
    held = None if was is None else Held(1, Figure(Decimal(was)))
    status = "suppressed" if value is None else "final"
    return Step(key, 7, Figure(None if value is None else Decimal(value), status=status), held)


def line(*new: Step, revised: tuple[Step, ...] = (), unchanged: tuple[Step, ...] = ()) -> Line:
    (found,) = lines_of(new, revised, unchanged, REGISTER)
    return found


def test_one_figure_stands_with_its_area() -> None:
    found = line(step(1234))

    assert (found.where, found.areas, found.period, found.total) == ("Swale", 1, "2018", "1,234")
    assert (found.what, found.kind, found.was, found.marks) == ("New", "new", "", "")


def test_figures_of_separate_areas_are_added() -> None:
    found = line(step(1000), step(234, area="E07000112"))

    assert (found.where, found.total) == ("2 areas", "1,234")


def test_a_sum_says_how_many_have_no_value() -> None:
    assert line(step(1000), step(None, area="E07000112")).total == "1,000 and 1 without a value"
    assert line(step(None)).total == "suppressed"


@pytest.mark.parametrize("area", ["E10000016", "E23000032"])
def test_an_area_is_never_added_to_one_that_it_lies_in(area: str) -> None:
    assert line(step(1000), step(5000, area=area)).total == "2 figures"


def test_rates_are_never_added() -> None:
    assert line(step(1, slug="rate"), step(2, slug="rate", area="E07000112")).total == "2 figures"


def test_bounds_are_never_added() -> None:
    about = step(1000)
    about = replace(about, figure=replace(about.figure, qualifier="over"))

    assert line(about, step(1, area="E07000112")).total == "2 figures"
    assert line(about).total == "over 1,000"


def test_the_total_before_stands_beside_a_revised_one() -> None:
    found = line(revised=(step(1000, was=900),), unchanged=(step(10, was=10, area="E07000112"),))

    assert (found.total, found.was) == ("1,010", "910")
    assert (found.what, found.kind) == ("1 revised, 1 unchanged", "revised")


def test_the_status_before_stands_beside_a_total_that_stays() -> None:
    final = step(728, was=728)
    assert final.held
    provisional = replace(final.held, figure=replace(final.held.figure, status="provisional"))

    assert line(revised=(replace(final, held=provisional),)).was == "728, provisional"
    assert line(revised=(step(728, was=728),)).was == ""


def test_what_changes_comes_first_then_by_name_the_latest_period_first() -> None:
    found = lines_of(
        [step(1, year=2017), step(1, slug="rate", area="E10000016")],
        [step(1, was=2)],
        [step(5, was=5, year=2019)],
        REGISTER,
    )

    assert [(each.name, each.period) for each in found] == [
        ("ASB reports", "2018"),
        ("ASB reports", "2017"),
        ("KSI rate", "2018"),
        ("ASB reports", "2019"),
    ]


def test_a_status_is_marked_with_how_many_have_it() -> None:
    provisional = step(1)
    provisional = replace(provisional, figure=replace(provisional.figure, status="provisional"))

    assert line(provisional).marks == "provisional"
    assert line(provisional, step(1, area="E07000112")).marks == "1 of 2 provisional"


def test_what_may_not_be_shown_below_county_is_not() -> None:
    hidden = step(3, was=2, slug="da")

    assert line(hidden).total == HIDDEN
    assert line(hidden, step(3, slug="da", area="E07000112")).total == HIDDEN
    assert line(step(3, slug="da", area="E10000016")).total == "3"
    assert (changed_of(hidden, REGISTER).was, changed_of(hidden, REGISTER).now) == (HIDDEN, HIDDEN)
    assert changed_of(hidden, REGISTER).where is None


def test_a_revised_value_stands_beside_the_old_one() -> None:
    where = WhereFrom("900", "Where does 900, ASB reports, Swale, 2018 come from", "/observations/1/")

    assert changed_of(step(1000, was=900), REGISTER) == Changed(
        "asb", "ASB reports", "Swale", "2018", "900", "1,000", 7, where
    )


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ({"note": "Corrected"}, "another note"),
        ({"edition": "report-2019"}, "another source"),
        ({"note": "Corrected", "edition": "report-2019"}, "another note and another source"),
        ({"value": Decimal("1000.4")}, "more exact decimals"),
    ],
)
def test_where_old_and_new_read_alike_the_difference_is_named(difference: dict[str, str], said: str) -> None:
    alike = step(1000, was=1000)
    alike = replace(alike, figure=replace(alike.figure, **difference))  # type: ignore[arg-type]

    assert changed_of(alike, REGISTER).now == f"1,000, with {said}"
