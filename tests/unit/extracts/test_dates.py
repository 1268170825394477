"""Days in the ways that files write them, or it is said what was expected."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts import dates
from indicators.extracts.cells import NotUnderstood


@pytest.mark.parametrize(
    "text",
    [
        "2018-04-01", "2018-4-1", "2018-04-01T00:00:00", "2018-04-01T00:00:00Z", "2018-04-01 00:00:00.000",
        "01/04/2018", "1/4/2018", "01.04.2018", "01-04-2018", "01/04/2018 00:00:00", "1 April 2018", "1st Apr 2018",
        "01-Apr-2018", "01-Apr-18", "43191", "43191.0",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert dates.day(text) == date(2018, 4, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20180401", "written as 2018-04-01"),
        ("01/04/18", "written as 2018-04-01"),
        ("2018-04-01T09:58:14", "is a time of day"),
        ("２018-04-01", "written as 2018-04-01"),
        ("2018-13-01", "no month 13"),
        ("04/13/2018", "looks like month/day/year"),
        ("2018-02-30", "February 2018 has 28 days"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("0000-01-01", "a year from 1900"),
        ("1 Smarch 2018", "“Smarch” is not a month"),
        ("12345", "written as 2018-04-01"),
    ],
)
def test_what_is_no_day_is_refused_with_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        dates.day(text)


def test_a_day_that_does_not_bound_a_month_is_refused_with_the_one_that_does() -> None:
    with pytest.raises(NotUnderstood, match="expected 2018-04-01"):
        dates.first_of_month("2018-04-02")
    with pytest.raises(NotUnderstood, match="expected 2018-02-28"):
        dates.last_of_month("2018-02-27")


@given(st.dates(date(1980, 1, 1), date(2060, 12, 31)))
def test_the_number_that_a_spreadsheet_keeps_is_its_day(day: date) -> None:
    assert dates.day(str((day - dates.DAY_ZERO).days)) == day
    assert dates.day(day.isoformat()) == dates.day(f"{day:%d/%m/%Y}") == day


@given(st.text(alphabet="0123456789/-. aprT:", max_size=12))
def test_no_text_breaks_the_reading_of_a_day(text: str) -> None:
    for read in (dates.day, dates.first_of_month, dates.last_of_month):
        with suppress(NotUnderstood):
            assert read(text)
