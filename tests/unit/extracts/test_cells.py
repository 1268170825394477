"""Single cells become numbers by the strictest reading, or it is said what was expected."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts import cells
from indicators.extracts.cells import NotUnderstood


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("1234", "1234"),
        ("1,234", "1234"),
        ("12,345,678.9", "12345678.9"),
        ("1234.50", "1234.5"),
        ("-7", "-7"),
        ("−7", "-7"),
        ("+7", "7"),
        ("2147483648", "2147483648"),
        ("12345678901.2345", "12345678901.2345"),
        ("1.00000000", "1"),
    ],
)
def test_a_number_is_read_as_it_stands(text: str, value: str) -> None:
    assert cells.number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1,23", "12,34", "1,2345", ",123", "1,,234", "1 234", "1.234,5", "1.2.3", ".5", "5.", "--7", "- 7",
        "1e3", "1E3", "0.1e-999", "NaN", "inf", "0x10", "1_000", "１２", "٣", "\u200b7", "=7", "7\n", "½", "",
        "1O2", "TRUE", "7 [p]", "123456789012", "0.12345",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_no_number(text: str) -> None:
    with pytest.raises(NotUnderstood):
        cells.number(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("*", "say why under status"),
        ("[c]", "say why under status"),
        ("NULL", "say why under status"),
        ("<5", "under qualifier"),
        ("50%", "without its sign"),
        ("£12", "without its sign"),
        ("1e3", "Write all its digits"),
        ("#REF!", "could not work this cell out"),
        ("1,23", "decimals after a point"),
        ("many", "Expected digits"),
        ("123456789012", "at most 11"),
    ],
)
def test_the_message_says_how_to_write_it(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        cells.number(text)


@given(st.decimals(min_value=-(10**11) + 1, max_value=10**11 - 1, places=4))
def test_every_number_that_can_be_kept_comes_back_exactly(value: Decimal) -> None:
    assert cells.number(f"{value:f}") == value
    assert cells.number(f"{value:,f}") == value


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_a_cell(text: str) -> None:
    with suppress(NotUnderstood):
        assert cells.number(text) is not None
