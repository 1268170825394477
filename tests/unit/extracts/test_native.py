"""The tidy table: its columns in any order and spelling, its cells strictly."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.extracts.formats import native, recognise
from indicators.extracts.rows import Figure, Key
from tests.unit.extracts.small import ASB, HEADER, checked, finding, findings

FULL = f"{HEADER},value_to,qualifier,status,coverage,source_edition,note"


def test_a_row_becomes_a_figure_under_its_key() -> None:
    (row,) = checked(ASB).rows

    assert row.line == 2
    assert row.key == Key("asb-incidents", "E23000032", date(2018, 2, 1), date(2019, 1, 31))
    assert row.figure == Figure(Decimal(31204))


def test_every_column_is_carried_over() -> None:
    (row,) = checked(
        f'{ASB},31300,range,Provisional,38 of 43 forces,csa-report-2019-03,"As stated, once"', header=FULL
    ).rows

    assert row.figure == Figure(
        Decimal(31204),
        Decimal(31300),
        "range",
        "provisional",
        "38 of 43 forces",
        "As stated, once",
        "csa-report-2019-03",
    )


@pytest.mark.parametrize(
    "header",
    [
        "Value, Period End ,AREA CODE,period-start,Indicator",
        "\ufeffvalue,period_end,area,period_start,indicator",
        "value\xa0,PERIOD_END,Area_Code,Period start,indicator,,",
    ],
)
def test_columns_stand_in_any_order_and_spelling(header: str) -> None:
    line = "31204,2019-01-31,E23000032,2018-02-01,asb-incidents" + "," * (header.count(",") - 4)

    assert [row.key for row in checked(line, header=header).rows] == [row.key for row in checked(ASB).rows]


def test_a_table_of_another_kind_is_not_taken_for_this_one() -> None:
    assert not native.detect(["Crime ID", "Month", "Reported by"])
    assert recognise(["Crime ID", "Month"]) is None
    assert recognise(["indicator", "value"]) is native


# --- the header


def test_an_unknown_column_is_named_with_the_one_that_was_meant() -> None:
    found = finding(f"{ASB},final", header=f"{HEADER},statsu")

    assert (found.line, found.column, found.code) == (1, 6, "unknown-column")
    assert "“statsu”" in found.message
    assert "Did you mean status?" in found.message


def test_missing_columns_are_named_together() -> None:
    found = finding("asb-incidents,1", header="indicator,value")

    assert (found.line, found.code) == (1, "missing-column")
    assert "period_start, period_end, area_code (or area)" in found.message


def test_a_column_that_is_there_twice_is_refused() -> None:
    assert finding(f"{ASB},7", header=f"{HEADER},Value").code == "column-twice"


def test_a_cell_under_no_name_is_refused() -> None:
    found = finding(f"{ASB},", f"{ASB},7", header=f"{HEADER},")

    assert (found.line, found.column, found.code) == (3, 6, "unnamed-column")


# --- rows


@pytest.mark.parametrize(
    ("row", "column", "code", "said"),
    [
        (",E23000032,2018-02-01,2019-01-31,1", 1, "empty-cell", "indicator is empty"),
        ("asb-incidents,,2018-02-01,2019-01-31,1", 2, "empty-cell", "area is empty"),
        ("asb-incidents,E23000032,,2019-01-31,1", 3, "period", "date is empty"),
        ("asb-incidents,E23000032,2018-02-02,2019-01-31,1", 3, "period", "expected 2018-02-01"),
        ("asb-incidents,E23000032,2018-02-01,2019-01-30,1", 4, "period", "expected 2019-01-31"),
        ("asb-incidents,E23000032,2018-02-01,2018-01-31,1", 4, "period", "before it starts"),
        ("asb-incidents,E23000032,2018-02-01,2019-01-31,1O2", 5, "number", "“1O2” is not a number"),
        ("asb-incidents,E23000032,2018-02-01,2019-01-31,", 5, "no-value", "write 0"),
    ],
)
def test_a_mistake_names_its_line_and_column(row: str, column: int, code: str, said: str) -> None:
    found = finding(ASB, row)

    assert (found.line, found.column, found.code, found.severity) == (3, column, code, "error")
    assert said in found.message


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        (",,,,,", 0, ""),
        (",exactly,,,,", 7, "unknown-qualifier"),
        (",,done,,,", 8, "unknown-status"),
        (",,suppressed,,,", 5, "value-and-status"),
        ("31205,,,,,", 6, "range"),
        (",range,,,,", 7, "range"),
        ("31204,range,,,,", 6, "range"),
        ("lots,range,,,,", 6, "number"),
        (f",,,{'x' * 201},,", 9, "cell-too-long"),
    ],
)
def test_optional_columns_are_checked_too(cells: str, column: int, code: str) -> None:
    assert [(f.column, f.code) for f in findings(f"{ASB},{cells}", header=FULL)] == ([(column, code)] if code else [])


def test_all_mistakes_of_a_row_are_named_at_once() -> None:
    assert [f.column for f in findings(",,2018,2019,x")] == [1, 2, 3, 4, 5]


def test_suppressed_missing_and_zero_are_three_things() -> None:
    start = "asb-incidents,E23000032,2018-{0}-01,2018-{0}-{1},"
    rows = checked(
        start.format("01", "31") + "0,final",
        start.format("03", "31") + ",suppressed",
        start.format("05", "31") + ",not available",
        header=f"{HEADER},status",
    ).rows

    assert [(row.figure.value, row.figure.status) for row in rows] == [
        (Decimal(0), "final"),
        (None, "suppressed"),
        (None, "not_available"),
    ]


def test_a_row_of_another_width_is_an_error_and_no_row() -> None:
    found = checked(f"{ASB},1,234")

    assert not found.rows
    assert [(f.line, f.column) for f in found.findings] == [(2, 6)]


# --- a period in one cell, and numbers in their usual dress

SHORT = "indicator,area_code,period,value"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018/19 Q4", date(2019, 1, 1), date(2019, 3, 31)),
        ("2019-Q1", date(2019, 1, 1), date(2019, 3, 31)),
        ("Apr-18", date(2018, 4, 1), date(2018, 4, 30)),
    ],
)
def test_one_column_may_name_the_period(text: str, first: date, last: date) -> None:
    (row,) = checked(f"asb-incidents,E23000032,{text},7", header=SHORT).rows

    assert (row.key.start, row.key.end) == (first, last)


def test_a_period_with_two_meanings_is_refused_with_both() -> None:
    found = finding("asb-incidents,E23000032,Q1 2026,7", header=SHORT)

    assert (found.line, found.column, found.code) == (2, 3, "period")
    assert "2026-Q1" in found.message
    assert "2026/27 Q1" in found.message


def test_what_was_assumed_of_a_period_is_told_once() -> None:
    found = findings("asb-incidents,E23000032,2018/19,7", "victims,E23000032,2018/19,7", header=SHORT)

    assert [(f.line, f.code, f.severity) for f in found] == [(2, "period-assumed", "note")]


def test_a_period_is_not_given_twice() -> None:
    assert finding(f"{ASB},2018", header=f"{HEADER},period").code == "period-twice"


@pytest.mark.parametrize(
    ("row", "value", "status"),
    [
        ('asb-incidents,E23000032,2018,"1,234 [p]"', Decimal(1234), "provisional"),
        ("asb-incidents,E23000032,2018,[c]", None, "suppressed"),
        ("asb-incidents,E23000032,2018,[x]", None, "not_available"),
        ("victims,E23000032,2018,45.2%", Decimal("45.2"), "final"),
        ('cost,E23000032,2018,"£1,200"', Decimal(1200), "final"),
    ],
)
def test_signs_beside_and_in_place_of_a_number_are_read(row: str, value: Decimal | None, status: str) -> None:
    (found,) = checked(row, header=SHORT).rows

    assert (found.figure.value, found.figure.status) == (value, status)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("asb-incidents,E23000032,2018,*", "sign"),
        ("asb-incidents,E23000032,2018,#REF!", "spreadsheet-error"),
        ("asb-incidents,E23000032,2018,50%", "unit"),
        ("victims,E23000032,2018,£5", "unit"),
        ("asb-incidents,E23000032,2018,12 [f]", "forecast"),
    ],
)
def test_what_does_not_say_one_number_is_refused(row: str, code: str) -> None:
    found = finding(row, header=SHORT)

    assert (found.line, found.column, found.code, found.severity) == (2, 4, code, "error")


def test_a_sign_and_a_status_have_to_agree() -> None:
    assert finding("asb-incidents,E23000032,2018,7 [p],final", header=f"{SHORT},status").code == "value-and-status"
    assert checked("asb-incidents,E23000032,2018,[c],suppressed", header=f"{SHORT},status").rows
