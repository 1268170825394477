"""Workbooks become the same tables as text files do, and none takes the memory of more."""

import tracemalloc

import pytest

from indicators.extracts.cutting import Row
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.reading import read
from tests.unit.extracts.books import PERCENT_AND_DATE, archive, ods, ods_row, row, xlsx

HEADER = row(1, "area", "value")
EMPTY_REST = (
    "<table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/>"
    "</table:table-row>"
)
SHARE = '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.5"/></table:table-row>'


def code(data: bytes, **wanted: str) -> str:
    with pytest.raises(CannotRead) as refused:
        read(data, **wanted)  # type: ignore[arg-type]
    return refused.value.finding.code


def test_text_stays_text_and_numbers_are_written_out() -> None:
    table = read(xlsx({"Data": HEADER + row(2, "007", 1234) + row(4, "NA", 0.1) + row(5, "x", 1e15)}))

    assert table.sheet == "Data"
    assert table.header == Row(1, ("area", "value"))
    assert list(table.rows) == [Row(2, ("007", "1234")), Row(4, ("NA", "0.1")), Row(5, ("x", "1000000000000000"))]


def test_a_share_comes_as_the_per_cent_that_the_sheet_shows_and_a_day_as_a_day() -> None:
    rows = HEADER + row(2, "a", 0.452, style=1) + row(3, "b", 43191, style=2)

    assert [found.cells[1] for found in read(xlsx({"S": rows}, styles=PERCENT_AND_DATE)).rows] == [
        "45.2%",
        "2018-04-01",
    ]  # type: ignore[union-attr]


def test_a_formula_that_failed_is_not_taken_for_an_empty_cell() -> None:
    (found,) = read(xlsx({"S": HEADER + row(2, "a", "#REF!")})).rows

    assert found == Row(2, ("a", "#REF!"))


def test_an_opendocument_sheet_is_read_too() -> None:
    table = read(ods(ods_row("area", "value") + ods_row("007", 12) + EMPTY_REST))

    assert (table.sheet, list(table.rows)) == ("Data", [Row(2, ("007", "12"))])


def test_of_several_sheets_the_one_that_is_meant_has_to_be_named() -> None:
    book = xlsx({"Q1": HEADER + row(2, "a", 1), "Cover": row(1, "About this"), "Q2": HEADER + row(2, "a", 2)})

    with pytest.raises(CannotRead, match="“Q1”, “Q2”") as refused:
        read(book)
    assert refused.value.finding.code == "which-sheet"
    assert list(read(book, sheet="Q2").rows) == [Row(2, ("a", "2"))]
    assert code(book, sheet="Q9") == "unknown-sheet"


def test_a_sheet_whose_header_is_known_goes_before_other_tables() -> None:
    book = xlsx({"Notes": row(1, "x", "y") + row(2, "1", "2"), "Data": HEADER + row(2, "a", 1)})

    assert read(book, is_header=lambda cells: "area" in cells).sheet == "Data"


def test_a_cell_with_a_character_that_no_text_has_is_an_error_at_its_place() -> None:
    book = xlsx({"S": HEADER + row(2, "Ash_x0000_ford", 1) + row(3, "Dover", 2)})

    first, second = read(book).rows

    assert isinstance(first, Finding)
    assert (first.line, first.column, first.code) == (2, 1, "not-text")
    assert second == Row(3, ("Dover", "2"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (archive({"xl/workbook.xml": "no"}), "workbook-damaged"),
        (archive({"[Content_Types].xml": "", "xl/sharedStrings.xml": ""}), "workbook"),
        (archive({"a.csv": "a,b"}), "zip"),
        (xlsx({"S": ""}), "empty"),
        (xlsx({"S": HEADER + row(2, "a", 1)})[:-40], "workbook"),
        (xlsx({"S": HEADER + '<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>'}), "workbook-too-large"),
        (ods(ods_row("area", "value") + ods_row("a", 1, repeated=1_000_000)), "workbook-too-large"),
        (
            ods(ods_row("a", "b") + SHARE),
            "workbook-look",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused_in_little_memory() -> None:
    book = archive({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": bytes(150 * 1024**2)})

    tracemalloc.start()
    assert code(book) == "workbook-too-large"
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    tracemalloc.stop()
