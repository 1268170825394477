"""Files as partners send them, taken as they are proposed: what comes of each. All figures are illustrative."""

from dataclasses import replace
from typing import Any

import pytest

from indicators.extracts.formats.mapped_heads import look_at
from indicators.extracts.formats.mapped_proposal import signs_in
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.reading import read
from indicators.extracts.values import Unclear, is_figure, unclear_in
from tests.unit.extracts.books import PERCENT_AND_DATE, ods, ods_row, row, xlsx
from tests.unit.extracts.partners import KENT, checked, messages, proposed, said

TITLE = "MARAC cases by district (illustrative),,,\r\n"
DISTRICTS = "Ashford,3,4,5\r\nCanterbury,6,7,8\r\nShepway,9,10,11\r\nSwale,12,13,14\r\n"
MONTHS = "District,Apr-18,May-18,Jun-18\r\n"
DATES = '<row r="2"><c r="A2" t="inlineStr"><is><t>District</t></is></c>' + "".join(
    f'<c r="{column}2" s="2"><v>{day}</v></c>' for column, day in zip("BCD", (43191, 43221, 43252), strict=True)
)

# Of each file, how many figures there are, and their sum.
LOADED: dict[str, tuple[str | bytes, int, int]] = {
    "months": (TITLE + MONTHS + DISTRICTS, 12, 102),
    "months in full": (TITLE + MONTHS.replace("Apr-18", "April 2018").replace("-18", " 2018") + DISTRICTS, 12, 102),
    "quarters by their months": (
        TITLE + "District,Apr-Jun 2018,Jul-Sep 2018,Oct-Dec 2018\r\n" + DISTRICTS,
        12,
        102,
    ),
    "quarters of the financial year": (TITLE + "District,Q1 2018/19,Q2 2018/19,Q3 2018/19\r\n" + DISTRICTS, 12, 102),
    "years in a row above": (TITLE + ",2018,,2019\r\nDistrict,Nov,Dec,Jan\r\n" + DISTRICTS, 12, 102),
    "the year in the title": (
        TITLE.replace("cases", "cases 2018/19") + "District,Apr,May,Jun\r\n" + DISTRICTS,
        12,
        102,
    ),
    "Windows-1252": ((TITLE.replace("MARAC", "MARAC –") + MONTHS + DISTRICTS).encode("cp1252"), 12, 102),
    "UTF-16 of Excel": ((TITLE + MONTHS + DISTRICTS).replace(",", "\t").encode("utf-16"), 12, 102),
    "UTF-16 without its mark": ((TITLE + MONTHS + DISTRICTS).encode("utf-16-le"), 12, 102),
    "blank columns at the end": (
        "\r\n".join(f"{line},,," for line in (TITLE + MONTHS + DISTRICTS).splitlines()) + "\r\n,,,,,,\r\n",
        12,
        102,
    ),
    "footnotes and a source": (
        TITLE.replace("cases", "cases[1]")
        + MONTHS.replace("May-18", "May-18[2]")
        + DISTRICTS.replace("Shepway", "Shepway¹")
        + "[1] Heard in the month,,,\r\n[2] Includes Easter,,,\r\n¹ Folkestone and Hythe since April 2018,,,\r\n"
        + "Source: Kent Police,,,\r\n",
        12,
        102,
    ),
    "a note that its commas cut": (TITLE + MONTHS + DISTRICTS + "Note: cases, not people,,\r\n", 12, 102),
    "a note of bank holidays": (
        TITLE + MONTHS + DISTRICTS + ",,,\r\nNo conference on the bank holidays of 7 and 28 May,,,\r\n",
        12,
        102,
    ),
    "remarks in a column": (
        TITLE
        + MONTHS.replace("\r\n", ",Notes\r\n")
        + DISTRICTS.replace("5\r\n", "5,Bank holiday\r\n")
        .replace("8\r\n", "8,\r\n")
        .replace("11\r\n", "11,\r\n")
        .replace("14\r\n", "14,\r\n"),
        12,
        102,
    ),
    "totals in a row and a column": (
        TITLE
        + MONTHS.replace("\r\n", ",Total\r\n")
        + "Ashford,3,4,5,12\r\nSwale,12,13,14,39\r\nKent total,15,17,19,51\r\n",
        9,
        102,
    ),
    "sub-totals": (
        TITLE
        + MONTHS
        + "Ashford,3,4,5\r\nSwale,12,13,14\r\nEast Kent sub-total,15,17,19\r\nCanterbury,6,7,8\r\n"
        + "West Kent sub-total,6,7,8\r\nGrand total for all districts,21,24,27\r\nKent total,21,24,27\r\n",
        12,
        144,
    ),
    "year to date and change": (
        TITLE + "District,Q1 2018/19,Q2 2018/19,YTD,% change\r\nAshford,3,4,7,33%\r\nSwale,12,13,25,8%\r\n",
        4,
        32,
    ),
    "names of councils": (
        TITLE + MONTHS + DISTRICTS.replace("Ashford", "Ashford Borough Council").replace("Swale", "Swale District"),
        12,
        102,
    ),
    "codes beside names": (
        TITLE + "Code,Name,Apr-18,May-18\r\nE07000105,Ashford,3,4\r\nE07000113,Swale,5,6\r\n",
        4,
        18,
    ),
    "numbers as text": (TITLE + MONTHS + '"Ashford","1,203 ",\u00a04,5\r\nSwale,12,13,14\r\n', 6, 1251),
    "negative in brackets": (TITLE + MONTHS + "Ashford,(3),4,5\r\nSwale,12,13,14\r\n", 6, 45),
    "one figure a row": (
        "Month,District,Number of MARAC cases\r\nApril 2018,Ashford,3\r\nApril 2018,Swale,4\r\nMay 2018,Ashford,5\r\n",
        3,
        12,
    ),
    "days of the month": ("Month,MARAC cases\r\n01/04/2018,180\r\n01/05/2018,190\r\n", 2, 370),
    "names over two lines": ('"District\r\n(2018)","Apr\r\n2018","May\r\n2018"\r\nAshford,3,4\r\nSwale,5,6\r\n', 4, 18),
    "a title over merged cells": (
        xlsx(
            {
                "Q1": row(1, "Kent Community Safety Team")
                + row(2, "MARAC cases by district (illustrative)")
                + row(4, "District", None, "Apr-18", "May-18")
                + row(6, "Ashford", None, 3, 4)
                + row(7, "Swale", None, 5, 6)
                + row(9, "Closed on bank holidays: 7 and 28 May")
            }
        ),
        4,
        18,
    ),
    "days as heads of a sheet": (
        xlsx(
            {"Q1": row(1, "MARAC cases") + DATES + "</row>" + row(3, "Ashford", 3, 4, 5) + row(4, "Swale", 6, 7, 8)},
            styles=PERCENT_AND_DATE,
        ),
        6,
        33,
    ),
    "OpenDocument": (
        ods(
            ods_row("MARAC cases")
            + ods_row("District", "Apr-18", "May-18")
            + ods_row("Ashford", 3, 4)
            + ods_row("Swale", 5, 6)
        ),
        4,
        18,
    ),
    "sites that add up": (
        "One Stop Shop visitors by site (illustrative),,\r\nSite,Apr-18,May-18\r\nAshford,10,11\r\nGravesend,12,13\r\n"
        "TOTAL,22,24\r\n",
        2,
        46,
    ),
    "sites across": (
        "One Stop Shop visitors,,,\r\nMonth,Ashford,Swale,Total\r\nApr-18,10,11,21\r\nMay-18,12,13,25\r\n",
        2,
        46,
    ),
}
# Of each file, the place and the code of everything that is wrong with it.
REFUSED: dict[str, tuple[str, list[tuple[str, int | None, int | None]]]] = {
    "two tables": (
        TITLE + MONTHS + DISTRICTS + ",,,\r\nRepeat cases,,,\r\n" + MONTHS + DISTRICTS,
        [("second-table", 9, None)],
    ),
    "decimal commas": (
        "MARAC cases;\r\nDistrict;2018/19\r\nAshford;12,5\r\nSwale;3\r\n",
        [("number", 3, 2)],
    ),
    "a sign that nobody explains": (TITLE + MONTHS + "Ashford,-,4,5\r\nSwale,12,13,14\r\n", [("sign", 3, 2)]),
    "a slip of the pen": (TITLE + MONTHS + "Ashford,3O,4,5\r\nSwale,12,13,14\r\n", [("number", 3, 2)]),
    "an unknown district": (TITLE + MONTHS + "Ashfrod,3,4,5\r\nSwale,12,13,14\r\n", [("unknown-area", 3, 1)] * 3),
    "a comma in a number": (TITLE + MONTHS + "Ashford,1,203,4,5\r\nSwale,12,13,14\r\n", [("width", 3, 5)]),
    "a quarter that can be two": (TITLE + "District,Q1 2018\r\nAshford,3\r\nSwale,4\r\n", [("period", 2, 2)]),
    "people's names": (TITLE + "Name,Apr-18,May-18,Jun-18\r\nJo Bloggs,3,4,5\r\n", [("personal-data", 3, 1)]),
}  # fmt: skip


def taken(file: str | bytes, **said_too: Any) -> Mapping:
    made = proposed(file)
    if not made.indicator:
        made = replace(made, indicator="marac-cases")
    return replace(made, **said_too)


@pytest.mark.parametrize("name", LOADED)
def test_a_good_file_loads_as_it_is_proposed(name: str) -> None:
    file, figures, total = LOADED[name]

    found = checked(file, taken(file))

    assert said(found, "error") == []
    assert (len(found.rows), sum(int(row.figure.value or 0) for row in found.rows)) == (figures, total)


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_at_its_place(name: str) -> None:
    file, wrong = REFUSED[name]

    assert said(checked(file, taken(file)), "error") == wrong


def test_totals_that_disagree_are_pointed_out_and_nothing_is_refused() -> None:
    table = (
        TITLE + MONTHS.replace("\r\n", ",Total\r\n") + "Ashford,3,4,5,13\r\nSwale,1,2,3,6\r\nKent total,4,7,8,19\r\n"
    )

    found = checked(table, taken(table))

    assert said(found, "error", "warning") == [("total-differs", 3, 5), ("total-differs", 5, 3)]


def test_a_sub_total_of_no_area_is_told_once_and_not_kept() -> None:
    file = LOADED["sub-totals"][0]
    found = checked(file, taken(file))

    assert [key for key in said(found, "note") if key[0] == "total-not-kept"] == [
        ("total-not-kept", 5, None),
        ("total-not-kept", 7, None),
    ]
    assert {row.line for row in found.rows if row.key.area == KENT} == {8}


# --- signs and words that somebody has to explain

SIGNS = (
    TITLE
    + MONTHS
    + "Ashford,<5,Closed,5\r\nCanterbury,6p,7 (r),8*\r\nShepway,-,n/a,No data\r\nSwale,12,[c],..\r\nApr-18,1,2,3\r\n"
)


def test_every_sign_and_word_is_asked_about_once() -> None:
    made = taken(SIGNS)

    asked = signs_in(look_at(read(SIGNS.encode())), made)

    assert [found.sign for found in asked if not found.beside] == ["<5", "Closed", "-", "n/a", "No data"]
    assert [found.sign for found in asked if found.beside] == ["p", "(r)", "*"]
    assert dict(made.signs) == {
        "<5": "suppressed", "Closed": "not_available", "-": "", "n/a": "not_available", "No data": "not_available",
        "p": "provisional", "(r)": "revised", "*": "said",
    }  # fmt: skip


def test_what_they_were_said_to_mean_is_read() -> None:
    table = SIGNS.replace("Apr-18,1,2,3\r\n", "")
    made = taken(table)
    found = checked(table, replace(made, signs=tuple((sign, meaning or "zero") for sign, meaning in made.signs)))

    assert said(found, "error") == []
    by_place = {(row.line, row.column): (row.figure.value, row.figure.status) for row in found.rows}
    assert by_place[3, 2] == (None, "suppressed")
    assert by_place[3, 3] == (None, "not_available")
    assert by_place[4, 2] == (6, "provisional")
    assert by_place[4, 3] == (7, "final")
    assert by_place[5, 2] == (0, "final")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None), ("12", None), ("[c]", None), ("12 [p]", None), ("#REF!", None), ("12 [f]", None), ("7OO", None),
        ("5m", None), ("12,5", None), ("a word that is far too long for a sign", None), ("2 weeks", None),
        ("-", ("-", False)), ("<5", ("<5", False)), ("≤ 10", ("≤ 10", False)), ("Closed", ("Closed", False)),
        ("12p", ("p", True)), ("1,200 (r)", ("(r)", True)), ("7**", ("**", True)),
    ],
)  # fmt: skip
def test_what_can_be_explained_is_told_from_what_cannot(text: str, found: tuple[str, bool] | None) -> None:
    assert unclear_in(text) == (Unclear(*found) if found else None)


@pytest.mark.parametrize(
    ("text", "is_one"), [("12", True), ("-", True), ("<5", True), ("12p", True), ("Closed", False), ("Oct", False)]
)
def test_a_word_is_no_figure_though_it_can_stand_for_one(text: str, is_one: bool) -> None:
    assert is_figure(text) is is_one


def test_a_table_without_figures_is_an_error_and_not_nothing_new() -> None:
    table = "District,Apr-18,May-18\nAshford,,\nSwale,,\n"

    assert said(checked(table, replace(taken(table), indicator="marac-cases")), "error") == [("no-figures", None, None)]


def test_the_note_of_a_partner_says_where_its_words_went() -> None:
    table = TITLE + MONTHS + DISTRICTS + "Note: cases, not people,,\r\n"

    assert messages(checked(table, taken(table)), "row-without-figures") == []
