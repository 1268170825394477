"""Bytes become a table, or it is said what they are instead."""

import codecs
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts.cutting import LONGEST_CELL, LONGEST_LINE, Row
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.reading import MOST_COLUMNS, read

REAL = Path(__file__).parents[4] / "shared" / "extracts"


def rows(data: bytes) -> list[Row | Finding]:
    return list(read(data).rows)


def cells(data: bytes) -> list[tuple[str, ...]]:
    table = read(data)
    found = list(table.rows)
    assert all(isinstance(row, Row) for row in found), found
    return [table.header.cells, *(row.cells for row in found if isinstance(row, Row))]


def error(data: bytes) -> Finding:
    """The only error among the rows."""
    (found,) = [row for row in rows(data) if isinstance(row, Finding)]
    return found


def refusal(data: bytes) -> Finding:
    with pytest.raises(CannotRead) as refused:
        read(data)
    return refused.value.finding


# --- what is no table


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"a,b\n", "header-only"),
        (b"a,b\n,\n\n", "header-only"),
        (b"a\n1\n", "one-column"),
        (b"PK\x03\x04xl/rest", "workbook"),
        (b"PK\x03\x04rest", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-1.7", "pdf"),
        (b"\n <!DOCTYPE html><html>", "web-page"),
        (codecs.BOM_UTF8 + b"<HTML>", "web-page"),
        (b"<?xml version='1.0'?>", "web-page"),
        (b"a,b\n1,\x00\n", "not-text"),
        ("a,b\n1,\x00\n".encode("utf-16-le"), "not-text"),
        ("a,b\n1,2\n".encode("utf-16-le") + b"3", "damaged-text"),
        ("a,b\n1,2\n".encode("utf-32-le"), "not-text"),
        (codecs.BOM_UTF16_LE + b"a", "damaged-text"),
        (b"a,b\n1,\x81\n", "damaged-text"),
        (b'a,"b\n1,2\n', "unclosed"),
        (b",".join([b"a"] * (MOST_COLUMNS + 1)) + b"\n1\n", "columns"),
        (b"a" * LONGEST_LINE + b",b\n1,2\n", "line"),
    ],
)
def test_what_holds_no_table_is_refused_by_its_name(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_character_that_no_text_has_is_refused_with_its_line() -> None:
    assert refusal(b"a,b\r\n1,2\r\n3,\x00\r\n").line == 3


# --- encodings, delimiters, line ends


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_table_is_the_same_however_it_is_written(encoding: str, delimiter: str, end: str) -> None:
    lines = [["area", "value"], ["Sheppey – £", "1"], ["Thanet, café", '2 "x"'], ["", "3"]]
    text = end.join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines) + end

    assert cells(text.encode(encoding)) == [tuple(line) for line in lines]


def test_windows_1252_is_noted_with_the_first_line_where_it_matters() -> None:
    (note,) = read("a,b\nx,1\ny,£2\n".encode("cp1252")).notes

    assert (note.line, note.code, note.severity) == (3, "windows-1252", "warning")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_does_not_say_so_is_noted(encoding: str) -> None:
    (note,) = read("a,b\nx,£2\n".encode(encoding)).notes

    assert (note.code, note.severity) == ("utf-16", "note")
    assert read("a,b\nx,£2\n".encode("utf-16")).notes == ()


def test_utf_8_is_taken_as_such_without_a_note() -> None:
    assert read("a,b\nx,£2\n".encode()).notes == ()


def test_the_delimiter_that_excel_names_is_used() -> None:
    table = read(b"sep=;\r\na;b,c\r\n1,5;2\r\n")

    assert table.header == Row(2, ("a", "b,c"))
    assert list(table.rows) == [Row(3, ("1,5", "2"))]


def test_commas_inside_cells_do_not_pass_for_the_delimiter() -> None:
    assert cells(b"a;b\n1,5;2,5\n1,6;2,6\n")[1:] == [("1,5", "2,5"), ("1,6", "2,6")]


# --- rows


def test_rows_keep_the_lines_they_begin_on() -> None:
    data = b'\n a,b\n\n1,"x\ny"\r\n,\r\n2,z'

    assert read(data).header.line == 2
    assert rows(data) == [Row(4, ("1", "x\ny")), Row(7, ("2", "z"))]


def test_line_ends_may_be_mixed() -> None:
    assert rows(b"a,b\r\n1,2\n3,4\r5,6") == [Row(2, ("1", "2")), Row(3, ("3", "4")), Row(4, ("5", "6"))]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (b"1,2", "width", 3),
        (b"1", "width", 2),
        (b"1,2,3,4", "width", 4),
        (b'1,2"3,4', "quote", 2),
        (b'1," 2"3,4', "after-quote", 2),
        (b'1,2,"3" ', "after-quote", 3),
        (b'1,"2,3', "unclosed", 2),
        (b"1,2," + b"x" * (LONGEST_CELL + 1), "long", 3),
        (b"1,2,3" + b" " * LONGEST_LINE, "line", None),
    ],
)
def test_a_row_that_breaks_the_rules_is_an_error_with_its_line_and_column(line: bytes, code: str, column: int) -> None:
    found = error(b"a,b,c\n7,8,9\n" + line + b"\n")

    assert (found.line, found.column, found.code, found.severity) == (3, column, code, "error")


def test_reading_goes_on_after_a_broken_row() -> None:
    assert rows(b'a,b\n1"2,3\n4,5\n')[1:] == [Row(3, ("4", "5"))]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    found = rows(b'a,b\n1,"2\n' + b"3,4\n" * LONGEST_CELL)

    assert [row.code for row in found if isinstance(row, Finding)] == ["unclosed"]
    assert len(found) == 1


# --- what stands around the table


def test_a_title_above_the_header_is_kept_as_the_file_says_it() -> None:
    table = read(b"Monthly return,,,\n,,,\nas at 28.10.11,,,\narea,jan,feb,\nDover,1,2,\nSwale,3,4,\n")

    assert table.header == Row(4, ("area", "jan", "feb"))
    assert list(table.rows) == [Row(5, ("Dover", "1", "2")), Row(6, ("Swale", "3", "4"))]
    assert table.about == ["Monthly return", "as at 28.10.11"]


def test_a_known_header_is_found_below_other_rows() -> None:
    table = read(b"made,by,us\n1,2,3\narea,period,value\nDover,2018,1\n", is_header=lambda cells: "period" in cells)

    assert table.header.line == 3
    assert table.about == ["made by us", "1 2 3"]


def test_notes_below_the_table_are_kept_and_are_no_rows() -> None:
    table = read(b"area,jan,feb\nDover,1,2\n\nSource: the returns,,\n* provisional\nwhich may change,,\n")

    assert list(table.rows) == [Row(2, ("Dover", "1", "2"))]
    assert table.about == ["Source: the returns", "* provisional", "which may change"]


def test_what_a_row_of_figures_follows_is_no_note() -> None:
    found = rows(b"area,jan,feb\nNote: one,,\nDover,1,2\n")

    assert found == [Row(2, ("Note: one", "", "")), Row(3, ("Dover", "1", "2"))]


def test_a_last_row_that_is_cut_off_is_no_note() -> None:
    assert error(b"area,jan,feb\nDover,1,2\nSwale").code == "width"


def test_empty_columns_at_the_end_are_dropped_unless_something_stands_in_them() -> None:
    found = rows(b"a,b,,\n1,2,,\n3,4,, \n5,6,,7\n")

    assert found[:2] == [Row(2, ("1", "2")), Row(3, ("3", "4"))]
    assert isinstance(found[2], Finding)
    assert (found[2].line, found[2].column, found[2].code) == (4, 4, "unnamed-column")


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        (b"area,value,status,note", b"Dover,1,200,final,", 5),
        (b"area,value,status,note,", b"Dover,1,200,final,,", 6),
        (b"area,value,status,note,,", b"Dover,1,200,final,", 6),
        (b"area,value,status,note,", b"Dover,1,final,", 5),
    ],
)
def test_a_row_is_as_wide_as_the_header_also_where_its_last_cell_is_empty(
    header: bytes, row: bytes, column: int
) -> None:
    good = b"Swale,7,final," + b"," * (header.count(b",") - 3)
    found = rows(header + b"\n" + good + b"\n" + row + b"\n")

    assert found[0] == Row(2, ("Swale", "7", "final", ""))
    assert isinstance(found[1], Finding)
    assert (found[1].line, found[1].column, found[1].code) == (3, column, "width")


@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=2), min_size=1, max_size=5))
def test_whatever_is_written_in_quotation_marks_comes_back(lines: list[list[str]]) -> None:
    text = "a,b\r\n" + "".join(",".join('"' + c.replace('"', '""') + '"' for c in line) + "\r\n" for line in lines)
    if "\x00" in text:
        assert refusal(text.encode()).code == "not-text"
        return
    kept = [tuple(line) for line in lines if any(cell.strip() for cell in line)]
    if kept:
        assert cells(text.encode(errors="strict"))[1:] == kept


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(CannotRead):
        assert rows(data)


@pytest.mark.skipif(not REAL.exists(), reason="the published files to test on are not here")
@pytest.mark.parametrize("path", sorted(REAL.rglob("*.csv")) if REAL.exists() else [], ids=lambda path: path.name)
def test_every_published_file_is_read_or_refused_in_words(path: Path) -> None:
    with path.open("rb") as stream, suppress(CannotRead):
        assert all(row.line for row in read(stream).rows)
