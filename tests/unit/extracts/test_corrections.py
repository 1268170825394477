"""Reading with corrected cells gives what reading the file gives that has them corrected. Nothing else changes."""

import io
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts import cutting
from indicators.extracts.corrections import Correction
from indicators.extracts.cutting import CellPlace, Cells, Row
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.reading import Table, read
from indicators.extracts.standing import cells_standing, rows_standing
from tests.unit.extracts.books import row, xlsx

FILE = b"area,month,value\nAshford,Apr,1O\nDover,Apr,20\nSwale,Apr,3O\n"
BOOK = xlsx({"Other": row(1, "x"), "Data": row(1, "area", "value") + row(3, "Ashford", "1O") + row(4, "Dover", 20)})


def rows_of(table: Table) -> list[tuple[str, ...]]:
    rows = list(table.rows)
    assert all(isinstance(each, Row) for each in rows), rows
    return [each.cells for each in rows if isinstance(each, Row)]


def wrong(table: Table) -> list[tuple[int | None, int | None, str]]:
    return [(each.line, each.column, each.code) for each in table.rows if isinstance(each, Finding)]


# --- what does not fit


@pytest.mark.parametrize(
    "correction",
    [
        Correction(2, 3, "10", "11"),
        Correction(2, 3, "1O ", "10"),
        Correction(2, 4, "", "x"),
        Correction(9, 1, "", "x"),
        Correction(9, 1, "Ashford", "x"),
    ],
)
def test_a_correction_of_what_does_not_stand_there_is_an_error(correction: Correction) -> None:
    table = read(FILE, corrections=[correction])

    assert wrong(table) == [(correction.line, correction.column, "correction")]


def test_a_correction_on_a_blank_line_or_in_the_midst_of_a_row_is_an_error() -> None:
    file = b'a,b\n1,"x\ny"\n\n2,z\n'

    assert wrong(read(file, corrections=[Correction(3, 1, "y", "x")])) == [(3, 1, "correction")]
    assert wrong(read(file, corrections=[Correction(4, 1, "", "x")])) == [(4, 1, "correction")]
    assert wrong(read(file, corrections=[Correction(4, 1, "", "x"), Correction(5, 1, "2", "3")])) == [
        (4, 1, "correction")
    ]


def test_a_correction_of_a_row_that_cannot_be_read_is_an_error_beside_its_own() -> None:
    file = f"a,b\n{'x' * 10_001},1\n2,3\n".encode()

    assert wrong(read(file, corrections=[Correction(2, 2, "1", "2")])) == [(2, 1, "long"), (2, 2, "correction")]


# --- what does


def test_the_cells_are_read_as_corrected_and_remember_it() -> None:
    table = read(FILE, corrections=[Correction(4, 3, "3O", "30"), Correction(2, 3, "1O", "10")])

    assert list(table.rows) == [
        Row(2, ("Ashford", "Apr", "10"), (3,)),
        Row(3, ("Dover", "Apr", "20")),
        Row(4, ("Swale", "Apr", "30"), (3,)),
    ]


def test_several_cells_of_a_row_are_corrected_together() -> None:
    table = read(FILE, corrections=[Correction(2, 3, "1O", "10"), Correction(2, 1, "Ashford", "Dover")])

    assert next(table.rows) == Row(2, ("Dover", "Apr", "10"), (1, 3))


def test_a_name_of_a_column_can_be_corrected() -> None:
    table = read(FILE, corrections=[Correction(1, 3, "value", "figure")])

    assert (table.header.cells, table.header.corrected) == (("area", "month", "figure"), (3,))


def test_a_row_of_which_nothing_is_left_is_no_row() -> None:
    file = b"a,b\n1,2\nx,\n3,4\n"

    assert rows_of(read(file, corrections=[Correction(3, 1, "x", "")])) == [("1", "2"), ("3", "4")]


def test_a_cell_without_a_column_name_can_be_emptied() -> None:
    file = b"a,b,\n1,2,\n3,4,x\n"

    assert wrong(read(file)) == [(3, 3, "unnamed-column")]
    assert rows_of(read(file, corrections=[Correction(3, 3, "x", "")])) == [("1", "2"), ("3", "4")]


def test_a_sheet_is_read_as_corrected_by_its_own_lines() -> None:
    table = read(BOOK, sheet="Data", corrections=[Correction(3, 2, "1O", "10")])

    assert list(table.rows) == [Row(3, ("Ashford", "10"), (2,)), Row(4, ("Dover", "20"))]


@pytest.mark.parametrize(
    ("cell", "code"), [('7"00', "quote"), ('"7"00', "after-quote"), ('"7, 1"00', "after-quote"), ('7"', "quote")]
)
@pytest.mark.parametrize("after", [",x", ""])
def test_a_cell_with_a_wrong_quotation_mark_can_be_corrected(cell: str, code: str, after: str) -> None:
    file = f"a,b{after and ',c'}\n1,{cell}{after}\n2,3{after}\n".encode()
    assert wrong(read(file)) == [(2, 2, code)]

    stands = cells_standing(io.BytesIO(file), [CellPlace(2, 2)])[CellPlace(2, 2)]
    table = read(file, corrections=[Correction(2, 2, stands, "700")])

    assert stands == cell
    assert [cells[:2] for cells in rows_of(table)] == [("1", "700"), ("2", "3")]


def test_a_quotation_mark_elsewhere_stays_an_error() -> None:
    file = b'a,b,c\n1,7"0,x\n2,8"0,9"9\n'

    assert wrong(read(file, corrections=[Correction(2, 2, '7"0', "70")])) == [(3, 2, "quote")]
    assert wrong(read(file, corrections=[Correction(3, 2, '8"0', "80")])) == [
        (2, 2, "quote"),
        (3, 3, "quote"),
        (3, 2, "correction"),
    ]


# --- as a stream


def street(lines: int) -> bytes:
    return b"a,b\n" + b"".join(b"x%d,%d\n" % (at, at) for at in range(lines))


def test_around_a_corrected_line_whole_blocks_are_still_cut_at_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(cutting, "BLOCK", 64)
    file = street(200)

    table = read(file, corrections=[Correction(102, 2, "100", "0")])
    pieces = list(table.pieces)

    assert sum(isinstance(piece, Cells) for piece in pieces) > 10
    assert [piece for piece in pieces if isinstance(piece, Row) and piece.corrected] == [Row(102, ("x100", "0"), (2,))]
    assert rows_of(read(file, corrections=[Correction(102, 2, "100", "0")])) == [
        (f"x{at}", "0" if at == 100 else str(at)) for at in range(200)
    ]


def test_memory_does_not_grow_with_a_corrected_file(monkeypatch: Any) -> None:
    monkeypatch.setattr(cutting, "BLOCK", 4096)
    sources = [io.BytesIO(street(lines)) for lines in (2_000, 60_000)]
    peaks = []

    for source in sources:
        pieces = read(source, corrections=[Correction(1_502, 2, "1500", "0")]).pieces
        tracemalloc.start()
        corrected = sum(isinstance(piece, Row) and bool(piece.corrected) for piece in pieces)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert corrected == 1

    assert peaks[1] < peaks[0] + 100_000


def test_looking_for_a_row_ends_with_it(monkeypatch: Any) -> None:
    monkeypatch.setattr(cutting, "BLOCK", 64)
    source = io.BytesIO(street(5_000) + b"\x00")
    with pytest.raises(CannotRead):
        list(rows_standing(source, [2]))

    whole = io.BytesIO(street(5_000))
    assert list(rows_standing(whole, [61, 3])) == [Row(3, ("x1", "1")), Row(61, ("x59", "59"))]
    assert list(rows_standing(whole, [])) == []


def test_what_stands_in_cells_is_said_of_those_that_are_there() -> None:
    places = [CellPlace(2, 3), CellPlace(2, 4), CellPlace(4, 1), CellPlace(9, 9), CellPlace(0, 0)]

    assert cells_standing(io.BytesIO(FILE), places) == {CellPlace(2, 3): "1O", CellPlace(4, 1): "Swale"}
    assert cells_standing(io.BytesIO(BOOK), [CellPlace(3, 2)], sheet="Data") == {CellPlace(3, 2): "1O"}
    with pytest.raises(CannotRead):
        cells_standing(io.BytesIO(BOOK), [CellPlace(3, 2)], sheet="Gone")


# --- an oracle: the corrected file itself

TEXT = st.text(alphabet="ab1 .-", min_size=0, max_size=3)


@given(
    st.lists(st.lists(TEXT, min_size=3, max_size=3).filter(lambda cells: any(map(str.strip, cells))), min_size=3),
    st.data(),
)
def test_reading_with_corrections_is_reading_the_corrected_file(cells: list[list[str]], data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(cells) - 1), st.integers(0, 2))
    chosen = data.draw(st.dictionaries(places, st.text(alphabet="cd", min_size=1, max_size=2), max_size=4))
    size = data.draw(st.sampled_from([8, 16, 1 << 19]))
    corrections = [Correction(at + 2, column + 1, cells[at][column], now) for (at, column), now in chosen.items()]
    after = [[chosen.get((at, column), cell) for column, cell in enumerate(row)] for at, row in enumerate(cells)]

    def file(rows: list[list[str]]) -> bytes:
        return "\n".join(["p,q,r", *(",".join(row) for row in rows)]).encode()

    before = cutting.BLOCK
    cutting.BLOCK = size
    try:
        expected = [Row(row.line, row.cells) for row in read(file(after)).rows if isinstance(row, Row)]
        table = read(file(cells), corrections=corrections)
        found = [row for row in table.rows if isinstance(row, Row)]
    finally:
        cutting.BLOCK = before

    assert [Row(row.line, row.cells) for row in found] == expected
    assert {(row.line, column) for row in found for column in row.corrected} == {c.place for c in corrections}
