"""Files as they go wrong in practice: the good ones load, each bad one is refused at its line and column."""

import csv
import io
import json
import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.extracts.cutting import Row
from indicators.extracts.findings import CannotRead
from indicators.extracts.reading import read
from tests.real import REAL, needs_real_files
from tests.unit.extracts.agreement import GOOD, checked

BAD = REAL / "bad_csv" / "encoding-structural"
SPECTRUM = REAL / "bad_csv" / "csv-spectrum"

# ./run prove sets it: many more files.
EXAMPLES = 10_000 if os.environ.get("PROVE") else 300

# How many figures are loaded, and their sum.
LOADED = {
    "cr_only.csv": (3, 1253),
    "dup_key_same_value.csv": (3, 1253),
    "mixed_newlines.csv": (3, 1253),
    "ok_utf8_bom.csv": (3, 1253),
    "period_00.csv": (1, 5),
    "period_14.csv": (1, 5),
    "period_16.csv": (1, 5),
    "reordered_columns.csv": (1, 1234),
    "sep_line.csv": (3, 1253),
    "trailing_blank_rows.csv": (3, 1253),
    "utf16be_bom.csv": (3, 1253),
    "value_01.csv": (1, -1),
    "value_25.csv": (1, 7),
    "value_33.csv": (1, 2147483648),
}
# Line, column and code of the first error.
REFUSED = {
    "cols_5000.csv": (1, None, "columns"),
    "dup_key_diff_value.csv": (5, 4, "two-values"),
    "empty.csv": (None, None, "empty"),
    "field_1MB.csv": (5, 2, "long"),
    "header_only.csv": (1, None, "header-only"),
    "html_renamed.csv": (None, None, "web-page"),
    "long_row.csv": (5, 5, "width"),
    "nul_bytes.csv": (3, None, "not-text"),
    "only_newlines.csv": (None, None, "empty"),
    "period_02.csv": (2, 3, "period"),
    "period_04.csv": (2, 3, "period"),
    "period_06.csv": (2, 3, "period"),
    "period_08.csv": (2, 3, "period"),
    "period_10.csv": (2, 3, "period"),
    "period_12.csv": (2, 3, "period"),
    "png_renamed.csv": (None, None, "picture"),
    "script_in_cell.csv": (5, 1, "unknown-indicator"),
    "sql_in_cell.csv": (5, 1, "unknown-indicator"),
    "unknown_area.csv": (5, 2, "unknown-area"),
    "utf8_truncated_multibyte.csv": (4, 3, "width"),
    "value_03.csv": (2, 5, "width"),
    "value_11.csv": (2, 4, "sign"),
    "value_13.csv": (2, 4, "sign"),
    "value_15.csv": (2, 4, "sign"),
    "value_29.csv": (2, 4, "spreadsheet-error"),
    "value_37.csv": (2, 4, "unit"),
    "xlsx_renamed.csv": (None, None, "workbook"),
    **{f"value_{n:02}.csv": (2, 4, "number") for n in (5, 7, 9, 17, 19, 21, 23, 27, 31, 35, 39)},
}


def outcome(data: bytes) -> tuple[object, ...]:
    try:
        found = checked(data)
    except CannotRead as refused:
        return refused.finding.line, refused.finding.column, refused.finding.code
    errors = found.findings.of("error")
    if errors:
        return errors[0].line, errors[0].column, errors[0].code
    return len(found.rows), sum(int(row.figure.value or 0) for row in found.rows)


@needs_real_files
@pytest.mark.parametrize(("name", "expected"), [*LOADED.items(), *REFUSED.items()], ids=[*LOADED, *REFUSED])
def test_each_file_comes_to_what_is_right(name: str, expected: tuple[object, ...]) -> None:
    assert outcome((BAD / name).read_bytes()) == expected


@needs_real_files
def test_every_file_of_the_kind_is_in_the_table() -> None:
    assert {path.name for path in BAD.glob("*.csv")} == LOADED.keys() | REFUSED.keys()


@needs_real_files
@pytest.mark.parametrize("name", [path.stem for path in sorted((SPECTRUM / "csvs").glob("*.csv"))])
def test_csv_spectrum_comes_out_as_it_says(name: str) -> None:
    table = read((SPECTRUM / "csvs" / f"{name}.csv").read_bytes())
    rows = [dict(zip(table.header.cells, row.cells, strict=True)) for row in table.rows if isinstance(row, Row)]

    assert rows == json.loads((SPECTRUM / "json" / f"{name}.json").read_text())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_good_file_loads(encoding: str) -> None:
    assert outcome(GOOD.encode(encoding)) == (3, 1253)


# --- whatever befalls a file, nothing wrong is loaded

GOOD_FIGURES = {("da-crimes", "E10000099"): 1234, ("da-crimes", "E07000098"): 7, ("hate-crime", "E05000097"): 12}


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The good file with some bytes dropped, doubled, swapped or put in."""
    data = bytearray(GOOD.encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["drop", "put", "double", "cut"])):
            case "drop":
                del data[at : at + draw(st.integers(1, 5))]
            case "put":
                data[at:at] = draw(
                    st.sampled_from([b'"', b",", b"\n", b"\r", b";", b"\x00", b"\xff", b"'", b"\t", b" "])
                )
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 40))]
            case "cut":
                del data[at + draw(st.integers(0, 40)) :]
    return bytes(data)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(mutated() | st.binary(max_size=300))
def test_a_damaged_file_is_refused_or_says_what_its_lines_say(data: bytes) -> None:
    with suppress(CannotRead):
        found = checked(data)
        assert not found.findings.errors or all(error.message for error in found.findings.of("error"))
        for row in found.rows:
            assert row.key[:2] in GOOD_FIGURES
            assert row.figure.value is not None or row.figure.status != "final"


@settings(max_examples=EXAMPLES)
@given(
    st.lists(st.sampled_from(["1234", "7", "12", "1,234", "£5", "[c]", "*", "", "1e3", '"', "a,b", " 7 "]), min_size=1)
)
def test_a_value_is_read_as_the_standard_reader_would_cut_it(values: list[str]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["indicator", "area", "period", "value"])
    for year, value in enumerate(values, 1950):
        writer.writerow(["DA crimes", "County", str(year), value])
    found = checked(out.getvalue().encode())

    wrong = {finding.line for finding in found.findings.of("error")}
    meant = {line for line, value in enumerate(values, 2) if value in ("*", "", "1e3", '"', "a,b", "£5")}
    assert wrong == meant
    assert {row.line for row in found.rows} == set(range(2, len(values) + 2)) - meant
