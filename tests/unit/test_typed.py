"""Figures that are typed or pasted, as rows of a tidy file."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.typed import MOST_ROWS, as_csv, dressed, pasted

ROW = "Calls\tTestshire\t2018\t700"


@pytest.mark.parametrize(
    ("written", "value", "value_to", "qualifier"),
    [
        ("700", "700", "", ""),
        ("1,234 [p]", "1,234 [p]", "", ""),
        ("about 3,100", "3,100", "", "about"),
        ("c. 300", "300", "", "about"),
        ("~300", "300", "", "about"),
        ("Over  7,000", "7,000", "", "over"),
        ("more than £7", "£7", "", "over"),
        ("<5", "5", "", "under"),
        ("fewer than 5", "5", "", "under"),
        ("15 to 25", "15", "25", "range"),
        ("15%–25%", "15%", "25%", "range"),
        ("between 15 and 25", "15", "25", "range"),
        ("-7", "-7", "", ""),
        ("(7)", "(7)", "", ""),
        ("overdue", "overdue", "", ""),
        ("15 and 25", "15 and 25", "", ""),
    ],
)
def test_a_value_may_wear_any_usual_dress(written: str, value: str, value_to: str, qualifier: str) -> None:
    row = dressed({"value": written})

    assert (row["value"], row.get("value_to", ""), row.get("qualifier", "")) == (value, value_to, qualifier)


def test_a_qualifier_that_says_another_thing_than_the_value_is_left_to_be_refused() -> None:
    assert dressed({"value": "over 7", "qualifier": "about"}) == {"value": "over 7", "qualifier": "about"}
    assert dressed({"value": "about 7", "qualifier": "About"}) == {"value": "7", "qualifier": "about"}


def test_rows_are_read_in_the_usual_order_without_a_header() -> None:
    found = pasted(f"{ROW}\tabout\treturns-2019\t12\n", {})

    assert found.problems == []
    assert found.rows == [
        (
            1,
            {
                "indicator": "Calls",
                "area": "Testshire",
                "period": "2018",
                "value": "700",
                "qualifier": "about",
                "source_edition": "returns-2019",
                "note": "Page 12",
            },
        )
    ]


def test_a_header_puts_the_columns_in_any_order_and_leaves_some_out() -> None:
    found = pasted("Value\tPeriod\tArea code\tIndicator\n700\t2018\tE10000099\tcalls\n", {})

    assert found.rows == [(2, {"value": "700", "period": "2018", "area": "E10000099", "indicator": "calls"})]


def test_a_source_edition_may_be_named_by_its_title() -> None:
    found = pasted(f"{ROW}\t\tReturns, 2019", {"returns 2019": "returns-2019"})

    assert found.rows[0][1]["source_edition"] == "returns-2019"


def test_rows_keep_the_line_they_begin_on_past_empty_lines_and_cells_of_several_lines() -> None:
    found = pasted(f'\n{ROW}\t\t\t"one\ntwo"\r\n\r\n{ROW}', {})

    assert [at for at, _ in found.rows] == [2, 5]
    assert found.rows[0][1]["note"] == "one two"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "There is no row of figures."),
        ("Indicator\tArea\tPeriod\tValue", "There is no row of figures."),
        ("Calls, Testshire, 2018, 700", "Row 1: there is only one cell."),
        (f"{ROW}\n{ROW}\ta\tb\tc\td", "Row 2: there are 8 cells; expected 7."),
        ("Indicator\tArea\tPeriod\tAmount\nx\tx\tx\tx", "Row 1: “amount” is not a column."),
        ("Indicator\tArea\tPeriod\tPeriod\nx\tx\tx\tx", "Row 1: the column period is there twice."),
        (f'{ROW}\n"Calls\tTestshire', "Row 2: a quotation mark is not closed"),
        (f"{ROW}\n" * (MOST_ROWS + 1), "There are 1,001 rows; at most 1,000 can be pasted."),
    ],
)
def test_what_cannot_be_rows_is_said_with_its_row(text: str, problem: str) -> None:
    assert pasted(text, {}).problems[0].startswith(problem)


def test_the_file_that_is_made_has_a_line_for_each_row() -> None:
    row = {"indicator": "calls", "area": "Testshire", "period": "2018", "value": '1,2"3', "note": "Page 12"}

    lines = list(csv.DictReader(as_csv([row, row]).decode().splitlines()))

    assert len(lines) == 2
    assert lines[0] == {**row, "value_to": "", "qualifier": "", "status": "", "coverage": "", "source_edition": ""}


def test_two_days_take_the_place_of_the_period() -> None:
    made = as_csv([{"indicator": "calls", "period": "", "period_start": "01/04/2018", "period_end": "31/03/2019"}])

    assert made.startswith(b"indicator,area,period_start,period_end,value,")


@given(st.text(alphabet=st.sampled_from('ab1\t\n\r" ,'), max_size=80))
def test_whatever_is_pasted_is_rows_or_problems(text: str) -> None:
    found = pasted(text, {})

    assert found.rows or found.problems
    assert len(list(csv.reader(as_csv([row for _, row in found.rows]).decode().splitlines()))) == len(found.rows) + 1
