"""A number in any usual dress, or the sign for why there is none."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts.cells import NotUnderstood
from indicators.extracts.values import Said, read

LEGACY = {"*": "suppressed", "-": "zero", "n/a": "not_applicable", "p": "provisional", "(r)": "revised", "~": "low"}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0", "0", ""),
        ("1,234", "1234", ""),
        (" 2,326 ", "2326", ""),
        ("£23,705", "23705", "£"),
        ("-£7", "-7", "£"),
        ("£-7", "-7", "£"),
        ("(12)", "-12", ""),
        ("(£1,200.50)", "-1200.5", "£"),
        ("£(12)", "-12", "£"),
        ("−7", "-7", ""),
        ("+7", "7", ""),
        ("(0)", "0", ""),
        ("45.2%", "45.2", "%"),
        ("45.2 %", "45.2", "%"),
        ("(3%)", "-3", "%"),
        ("(3)%", "-3", "%"),
        ("1\xa0234", "1234", ""),
        ("\xa01\u2009234\u202f567\xa0", "1234567", ""),
        ("12 [note 1]", "12", ""),
        ("12²", "12", ""),
    ],
)
def test_a_number_is_read_whatever_its_dress(text: str, value: str, unit: str) -> None:
    assert read(text) == Said(Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", Said()),
        (" \xa0", Said()),
        ("1,234 [p]", Said(Decimal(1234), "provisional")),
        ("1,234[P]", Said(Decimal(1234), "provisional")),
        ("7 [r] [e]", Said(Decimal(7), "estimated", note="Revised.")),
        ("7 [r][p]", Said(Decimal(7), "provisional", note="Revised.")),
        ("7 [u]", Said(Decimal(7), "unreliable")),
        ("7 [ss]", Said(Decimal(7))),
        ("[c]", Said(None, "suppressed")),
        ("[x] [note 3]", Said(None, "not_available")),
        ("[z]", Said(None, "not_applicable")),
        ("[w]", Said(None, "not_available", note="None recorded in the survey.")),
        ("[low]", Said(None, "not_available", note="Low: more than zero, rounded to it.")),
        ("0 [low]", Said(Decimal(0), "", "about", "Low: more than zero, rounded to it.")),
        ("..", Said(None, "not_available")),
        (":", Said(None, "not_available")),
    ],
)
def test_the_signs_of_government_statistics_are_read(text: str, said: Said) -> None:
    assert read(text) == said


def test_suppressed_missing_and_zero_are_three_things() -> None:
    assert [read(text).value for text in ("0", "[c]", "[x]")] == [Decimal(0), None, None]
    assert len({read(text) for text in ("0", "[c]", "[x]", "")}) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*", Said(None, "suppressed")),
        ("-", Said(Decimal(0))),
        ("N/A", Said(None, "not_applicable")),
        ("123p", Said(Decimal(123), "provisional")),
        ("1,234 (r)", Said(Decimal(1234), note="Revised.")),
        ("~", Said(None, "not_available", note="Low: more than zero, rounded to it.")),
        ("-7", Said(Decimal(-7))),
        ("[c]", Said(None, "suppressed")),
    ],
)
def test_older_signs_are_read_by_the_table_of_their_publisher(text: str, said: Said) -> None:
    assert read(text, LEGACY) == said


@pytest.mark.parametrize("text", ["*", "**", "#", "-", "–", ".", "~", "n/a", "N/A", "NULL", "none", "x"])
def test_an_older_sign_without_such_a_table_is_a_question(text: str) -> None:
    with pytest.raises(NotUnderstood, match="can mean several things") as asked:
        read(text)
    assert asked.value.code == "sign"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#REF!", "spreadsheet-error"),
        ("#N/A", "spreadsheet-error"),
        ("#DIV/0!", "spreadsheet-error"),
        ("12 [f]", "forecast"),
        ("12 [c]", "number-and-sign"),
        ("12 [p][e]", "number-and-sign"),
        ("[p]", "number-and-sign"),
        ("[q]", ""),
        ("<5", ""),
        ("1,23", ""),
        ("1.234,5", ""),
        ("1e3", ""),
        ("1_000", ""),
        ("0x10", ""),
        ("NaN", ""),
        ("inf", ""),
        ("=7", ""),
        ("\u200b7", ""),
        ("１２", ""),
        ("٣", ""),
        ("(12", ""),
        ("12)", ""),
        ("-(12)", ""),
        ("--7", ""),
        ("£5%", ""),
        ("5%%", ""),
        ("1 234", ""),
        ("12\xa034", ""),
        ("0.1e-999", ""),
        ("1-4", ""),
        ("04-Jan", ""),
        ("TRUE", ""),
        ("123p", ""),
    ],
)
def test_what_could_mean_something_else_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(text)
    assert refused.value.code == code


@given(st.text(alphabet="0123456789,.-−+()£% []cpxzlowrnote\xa0*#", max_size=12) | st.text(max_size=8))
def test_no_text_breaks_the_reading_of_a_value(text: str) -> None:
    with suppress(NotUnderstood):
        said = read(text)
        assert said.value is None or not said.status or said.status in ("provisional", "estimated", "unreliable")
