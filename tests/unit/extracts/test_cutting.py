"""Cutting a text into rows: many lines at once gives exactly what one line after another gives."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.extracts import cutting
from indicators.extracts.cutting import Lines, Row, rows_of, rows_with_care
from indicators.extracts.findings import Finding

TEXTS = st.text(alphabet='ab1,;"\r\n \t\u00e9\x85', max_size=60)


def lines_of(text: str) -> Lines:
    return Lines(io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline=""))


def strictly(text: str) -> list[Row | Finding]:
    """Each line cut with care."""
    lines = lines_of(text)
    lines.peek(10**6)
    return list(rows_with_care(lines, ","))


@settings(max_examples=500)
@given(TEXTS, st.integers(1, 9))
def test_blocks_of_lines_are_cut_into_the_rows_that_care_would_give(text: str, size: int) -> None:
    before, cutting.BLOCK = cutting.BLOCK, size
    try:
        assert list(rows_of(lines_of(text), ",")) == strictly(text)
    finally:
        cutting.BLOCK = before


def test_a_real_block_ends_within_a_line_and_loses_nothing() -> None:
    text = "".join(f"{n},{'x' * (n % 97)},{n}\r\n" for n in range(20_000))

    assert len(text) > 2 * cutting.BLOCK
    assert list(rows_of(lines_of(text), ",")) == strictly(text)


def test_a_quotation_mark_deep_in_the_file_keeps_its_line() -> None:
    text = "1,2\n" * 100_000 + '3,4"5\n' + "6,7\n" * 100_000

    found = list(rows_of(lines_of(text), ","))

    assert [(row.line, row.column) for row in found if isinstance(row, Finding)] == [(100_001, 2)]
    assert found[-1] == Row(200_001, ("6", "7"))
