"""Any other table: what its columns are is proposed, and it is read as was said. All figures are illustrative."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from indicators.extracts.formats.mapped_heads import period_in, signature
from indicators.extracts.formats.mapping import Column, Mapping
from indicators.extracts.reading import read
from tests.unit.extracts.partners import (
    KENT,
    MARAC,
    ONE_STOP_SHOPS,
    SCAMS,
    WIDE,
    as_workbook,
    checked,
    messages,
    proposed,
    said,
    values,
)

both = pytest.mark.parametrize("made", [str.encode, as_workbook], ids=["csv", "xlsx"])


# --- three tables of partners


@both
def test_visitors_by_site_and_month_are_proposed_as_sites_that_add_up(made: Any) -> None:
    mapping = proposed(made(ONE_STOP_SHOPS))

    assert (mapping.layout, mapping.parts, mapping.indicator, mapping.area) == ("periods", True, "shop-visitors", KENT)
    assert mapping.columns == (Column("site", "area"), Column("total", "total"))


@both
def test_visitors_by_site_and_month_are_the_sums_of_the_sites(made: Any) -> None:
    found = checked(made(ONE_STOP_SHOPS), proposed(made(ONE_STOP_SHOPS)))

    assert values(found) == [(KENT, "April 2018", 34), (KENT, "May 2018", 33), (KENT, "June 2018", 41)]
    assert said(found) == []
    assert messages(found, "added-up") == ["3 parts were added up to Kent: Ashford, Canterbury, Medway."]


@both
def test_cases_under_two_header_rows_take_the_year_from_the_row_above(made: Any) -> None:
    mapping = proposed(made(MARAC))
    found = checked(made(MARAC), mapping)

    assert (mapping.heads, mapping.indicator, mapping.parts) == ("above", "marac-cases", False)
    assert values(found)[:5] == [
        ("E07000105", "October 2018", 3),
        ("E07000105", "November 2018", 4),
        ("E07000105", "December 2018", None),
        ("E07000105", "January 2019", 5),
        ("E07000105", "February 2019", 6),
    ]
    assert {row.key.area for row in found.rows} == {"E07000105", "E07000112", "E07000113"}
    assert [row.figure.status for row in found.rows if row.figure.value is None] == ["suppressed"]
    assert said(found) == []


@both
def test_visits_by_district_keep_the_total_that_the_file_states(made: Any) -> None:
    mapping = proposed(made(SCAMS))
    assert (mapping.total_area, mapping.indicator, mapping.signs) == (KENT, "scam-visits", (("-", ""),))

    found = checked(made(SCAMS), replace(mapping, signs=(("-", "zero"),)))

    assert [row for row in values(found) if row[0] == KENT] == [
        (KENT, "April to June 2018", 13),
        (KENT, "July to September 2018", 17),
        (KENT, "October to December 2018", 20),
    ]
    assert ("E07000112", "April to June 2018", 8) in values(found)
    assert said(found) == []


def test_a_sign_that_can_mean_several_things_is_asked_about_with_its_place() -> None:
    found = checked(SCAMS, proposed(SCAMS))

    assert said(found) == [("sign", 5, 2)]
    assert "can mean several things" in messages(found, "sign")[0]


# --- totals


@pytest.mark.parametrize(
    ("wrong", "place"),
    [("Total,34,33,41,108", None), ("Total,34,33,42,109", (8, 4)), ("Ashford,10,12,13,36", (5, 5))],
)
def test_a_total_that_is_not_the_sum_of_its_parts_is_a_warning_that_names_both(
    wrong: str, place: tuple[int, int] | None
) -> None:
    right = "Total,34,33,41,108" if wrong.startswith("Total") else "Ashford,10,12,13,35"
    found = checked(ONE_STOP_SHOPS.replace(right, wrong), proposed(ONE_STOP_SHOPS))

    assert said(found) == ([("total-differs", *place)] if place else [])
    if place == (8, 4):
        assert "“Total” says 42; its parts add up to 41." in messages(found, "total-differs")[0]


def test_a_total_is_not_compared_with_parts_that_are_not_known_unless_it_is_below_them() -> None:
    table = "Area,Apr-18,Total\nAshford,*,9\nSwale,5,5\nTotal,{},14\n"
    mapping = replace(WIDE, signs=(("*", "suppressed"),))

    assert said(checked(table.format(9), mapping)) == []
    assert said(checked(table.format(4), mapping)) == [("total-differs", 4, 2)]


def test_a_total_of_what_follows_the_last_total_is_right_as_well() -> None:
    table = "Area,Apr-18,Total\nAshford,1,1\nEast total,1,1\nSwale,2,2\nWest total,2,2\nGrand total,3,3\n"

    assert said(checked(table, WIDE)) == []


def test_totals_of_shares_are_not_sums() -> None:
    table = "Area,Apr-18,Total\nAshford,10%,10%\nSwale,20%,20%\nTotal,15%,15%\n"

    assert said(checked(table, replace(WIDE, indicator="share"))) == []


def test_a_total_that_may_not_be_shown_is_not_quoted() -> None:
    found = checked("Area,Apr-18,Total\nAshford,11,12\n", replace(WIDE, indicator="sheltered"))

    assert messages(found, "total-differs") == ["This total is not the sum of its parts."]


# --- parts


def test_where_a_part_has_no_number_the_total_of_the_file_counts() -> None:
    table = ONE_STOP_SHOPS.replace("Canterbury,4,0,6,10", "Canterbury,4,*,6,10").replace("Total,34,33", "Total,34,36")
    found = checked(table, replace(proposed(ONE_STOP_SHOPS), signs=(("*", "suppressed"),)))

    assert values(found)[1] == (KENT, "May 2018", 36)


def test_where_a_part_has_no_number_and_there_is_no_total_the_sum_is_incomplete() -> None:
    table = "Site,Apr-18,May-18\nOne,3,4\nTwo,,5\n"
    mapping = Mapping("Partner", "periods", (Column("site", "area"),), indicator="marac-cases", area=KENT, parts=True)
    found = checked(table, mapping)

    assert [(row.figure.value, row.figure.status, row.figure.coverage) for row in found.rows] == [
        (3, "incomplete", "1 of 2 parts"),
        (9, "final", ""),
    ]


def test_shares_of_parts_cannot_be_added_up() -> None:
    found = checked(ONE_STOP_SHOPS, replace(proposed(ONE_STOP_SHOPS), indicator="share"))

    assert said(found, "error") == [("not-added-up", 5, 1)]


def test_a_part_that_is_gone_or_new_is_told() -> None:
    mapping = replace(proposed(ONE_STOP_SHOPS), names=("Ashford", "Canterbury", "Thanet"))

    assert [code for code, _, _ in said(checked(ONE_STOP_SHOPS, mapping))] == ["part-gone", "part-new"]


# --- other layouts


def test_a_table_with_a_figure_a_row_is_proposed_as_such() -> None:
    table = "District,Month,Cases\nAshford,Apr-18,3\nSwale,Apr-18,4\nKent total,Apr-18,8\n"
    mapping = proposed(table)
    found = checked(table, replace(mapping, indicator="marac-cases"))

    assert (mapping.layout, mapping.columns[0].role, mapping.total_area) == ("long", "area", KENT)
    assert values(found) == [("E07000105", "April 2018", 3), ("E07000113", "April 2018", 4), (KENT, "April 2018", 8)]
    assert said(found) == [("total-differs", 4, 3)]


def test_a_table_with_areas_across_is_proposed_as_such() -> None:
    table = "Month,Ashford,Swale,Total\nApr-18,1,2,3\nMay-18,3,4,8\nTotal,4,6,10\n"
    mapping = proposed(table)
    found = checked(table, replace(mapping, indicator="marac-cases"))

    assert (mapping.layout, mapping.parts) == ("areas", False)
    assert values(found) == [
        ("E07000105", "April 2018", 1),
        ("E07000113", "April 2018", 2),
        ("E07000105", "May 2018", 3),
        ("E07000113", "May 2018", 4),
    ]
    assert said(found) == [("total-differs", 3, 4)]


def test_a_table_with_sites_across_adds_them_up() -> None:
    table = "One Stop Shop visitors (illustrative)\nMonth,North shop,South shop,Total\nApr-18,1,2,3\nMay-18,3,4,7\n"
    mapping = proposed(table)

    assert (mapping.layout, mapping.parts, mapping.area) == ("areas", True, KENT)
    assert values(checked(table, mapping)) == [(KENT, "April 2018", 3), (KENT, "May 2018", 7)]


def test_a_table_with_an_indicator_a_column_is_proposed_as_such() -> None:
    table = "Area,Month,MARAC cases,Scam visits\nAshford,Apr-18,3,4\n"
    mapping = proposed(table)
    found = checked(table, mapping)

    assert mapping.layout == "indicators"
    assert [(row.key.indicator, row.figure.value) for row in found.rows] == [("marac-cases", 3), ("scam-visits", 4)]


def test_a_column_of_remarks_is_left_out() -> None:
    mapping = proposed("District,Month,Cases,Remark\nAshford,Apr-18,3,x\nSwale,Apr-18,4,\n")

    assert mapping.layout == "long"
    assert mapping.columns[3] == Column("remark", "out")


def test_categories_can_be_indicators_under_names_of_the_file() -> None:
    columns = (Column("kind", "indicator"),)
    mapping = Mapping("Partner", "periods", columns, area=KENT, indicators=(("cases", "marac-cases"),))
    found = checked("Kind,Apr-18,May-18\nCases,3,4\nScam visits,5,6\n", mapping)

    assert [(row.key.indicator, row.figure.value) for row in found.rows] == [
        ("marac-cases", 3),
        ("marac-cases", 4),
        ("scam-visits", 5),
        ("scam-visits", 6),
    ]


def test_the_year_may_stand_in_the_title_alone() -> None:
    table = "MARAC cases 2018/19 (illustrative),,\nDistrict,Dec,Jan\nAshford,3,4\n"
    mapping = proposed(table)

    assert mapping.heads == "title"
    assert [period for _, period, _ in values(checked(table, mapping))] == ["December 2018", "January 2019"]


def test_one_year_in_the_title_is_not_taken_for_that_of_months_that_pass_a_new_year() -> None:
    table = "MARAC cases 2018 (illustrative),,\nDistrict,Dec,Jan\nAshford,3,4\n"

    assert said(checked(table, proposed(table)), "error") == [("period-order", 2, 3)]


def test_the_second_header_row_may_be_the_first_row_below() -> None:
    table = "District,2018,2018,2019\n,Nov,Dec,Jan\nAshford,1,2,3\n"
    mapping = replace(proposed(table), indicator="marac-cases")

    assert mapping.heads == "below"
    assert [row[1:] for row in values(checked(table, mapping))] == [
        ("November 2018", 1),
        ("December 2018", 2),
        ("January 2019", 3),
    ]


# --- periods


@pytest.mark.parametrize(
    ("text", "year_start", "period"),
    [
        ("2018/19", 0, "year to March 2019"),
        ("2018/19", 7, "year to June 2019"),
        ("2018/19", 9, "year to August 2019"),
        ("Q1 2018", 1, "January to March 2018"),
        ("Q1 2018", 4, "April to June 2018"),
        ("2018 Q4", 4, "January to March 2019"),
        ("2018/19 Q4", 4, "January to March 2019"),
        ("Apr-18", 9, "April 2018"),
    ],
)
def test_years_and_quarters_begin_where_it_was_said(text: str, year_start: int, period: str) -> None:
    assert period_in(text, year_start).period.label == period


def test_a_period_that_can_mean_two_things_is_an_error_at_its_column() -> None:
    assert said(checked("Area,Q1 2018,Q2 2018\nAshford,1,2\n", WIDE), "error")[0] == ("period", 1, 2)


# --- what is wrong


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("Area,Apr-18\nAshfrod,1\n", [("unknown-area", 2, 1)]),
        ("Area,Apr-18\nAshford,7OO\n", [("number", 2, 2)]),
        ("Area,Apr-18,May-18\nAshford,1,#REF!\n", [("spreadsheet-error", 2, 3)]),
        ("Area,Apr-18,Remark\nAshford,1,fine\n", [("new-column", 1, 3)]),
        ("Place,Apr-18\nAshford,1\n", [("new-column", 1, 1), ("missing-column", 1, None)]),
        ("Area,Apr-18,May-18\nAshford,1\n", [("width", 2, 3)]),
        ("Area,Apr-18,April 2018\nAshford,1,2\n", [("two-values", 2, 3)]),
        ("Area,Apr-18\nAshford,1.5\n", [("count-not-whole", 2, 2)]),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(table: str, found: Sequence[tuple[str, int, int | None]]) -> None:
    assert said(checked(table, WIDE), "error") == list(found)


def test_rows_without_figures_and_empty_cells_are_told() -> None:
    found = checked("Area,Apr-18,May-18\nEast Kent,,\nAshford,1,\n", WIDE)

    assert values(found) == [("E07000105", "April 2018", 1)]
    assert [code for code, _, _ in said(found, "note")] == ["row-without-figures", "blank"]


@pytest.mark.parametrize(("blank", "value"), [("zero", Decimal(0)), ("not_available", None)])
def test_an_empty_cell_means_what_was_said(blank: str, value: Decimal | None) -> None:
    found = checked("Area,Apr-18,May-18\nAshford,1,\n", replace(WIDE, blank=blank))

    assert values(found)[1] == ("E07000105", "May 2018", value)


def test_the_rows_of_the_file_are_counted_whatever_is_made_of_them() -> None:
    assert checked(ONE_STOP_SHOPS, proposed(ONE_STOP_SHOPS)).read == 4


def test_there_is_a_limit_to_the_figures_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.extracts.formats.mapped_rows.MAX_ROWS", 5)

    assert ("too-many-rows", 7, None) in said(checked(ONE_STOP_SHOPS, proposed(ONE_STOP_SHOPS)))


# --- the next one of the kind


def test_a_mapping_is_kept_whole() -> None:
    mapping = replace(proposed(SCAMS), names=("One",), rows=(("x", "out"),), indicators=(("a", "b"),))

    assert Mapping.of(mapping.as_dict()) == mapping


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ONE_STOP_SHOPS, ONE_STOP_SHOPS.replace("Apr-18,May-18,Jun-18", "Jul-18,Aug-18,Sep-18"), True),
        (ONE_STOP_SHOPS, ONE_STOP_SHOPS.replace("12 July 2018", "9 Oct 2018"), True),
        (MARAC, MARAC.replace(",Jan,Feb", ",Jan,Mar").replace("2018", "2019"), True),
        (SCAMS, SCAMS.replace("2018/19 Q", "2019/20 Q").replace("Source", "From"), True),
        (ONE_STOP_SHOPS, ONE_STOP_SHOPS.replace("visitors", "children"), False),
        (ONE_STOP_SHOPS, ONE_STOP_SHOPS.replace("Site", "District"), False),
        (SCAMS, MARAC, False),
    ],
)
def test_the_next_table_of_a_kind_is_known_by_its_columns_and_title(one: str, other: str, same: bool) -> None:
    signs = [signature(table.header, table.about) for table in (read(one.encode()), read(other.encode()))]

    assert (signs[0] == signs[1]) is same
