"""Periods: runs of whole months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import NotAPeriod, Period, parse
from tests.series import month, quarter, year, year_to

periods = st.builds(Period.of, st.integers(1990, 2040), st.integers(1, 12), st.integers(1, 60))
months = st.integers(-200, 200)


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("2018-01-02", "2018-01-31", "2018-01-02 is not the first day of a month"),
        ("2018-01-01", "2018-01-30", "2018-01-30 is not the last day of a month"),
        ("2018-02-01", "2018-01-31", "2018-01-31 is before 2018-02-01"),
        ("0018-01-01", "2018-12-31", "18 to 2018 is not within 1800 to 2200"),
        ("2018-01-01", "9999-12-31", "2018 to 9999 is not within 1800 to 2200"),
    ],
)
def test_days_that_are_no_whole_months_are_refused(start: str, end: str, message: str) -> None:
    with pytest.raises(NotAPeriod, match=message):
        Period(date.fromisoformat(start), date.fromisoformat(end))


def test_february_ends_on_the_29th_in_a_leap_year() -> None:
    assert month(2020, 2).end == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("period", "label", "in_words", "short", "span"),
    [
        (month(2018, 12), "December 2018", "December 2018", "Dec 2018", "December 2018"),
        (
            quarter(2018, 4),
            "October to December 2018",
            "October to December 2018",
            "Oct–Dec 2018",
            "October 2018 to December 2018",
        ),
        (year(2018), "2018", "2018", "2018", "January 2018 to December 2018"),
        (
            year_to(2019, 1),
            "year to January 2019",
            "the year to January 2019",
            "year to Jan 2019",
            "February 2018 to January 2019",
        ),
        (Period.of(2016, 1, 36), "2016 to 2018", "2016 to 2018", "2016 to 2018", "January 2016 to December 2018"),
        (
            Period.of(2018, 11, 3),
            "November 2018 to January 2019",
            "November 2018 to January 2019",
            "Nov 2018 to Jan 2019",
            "November 2018 to January 2019",
        ),
    ],
)
def test_a_period_is_written_out(period: Period, label: str, in_words: str, short: str, span: str) -> None:
    assert (period.label, period.in_words, period.short, period.span) == (label, in_words, short, span)
    assert str(period) == label


def test_a_quarter_of_one_year_follows_the_last_of_the_year_before() -> None:
    assert quarter(2018, 1).follows(quarter(2017, 4))
    assert not quarter(2018, 2).follows(quarter(2017, 4))


def test_a_year_contains_its_quarters_and_overlaps_with_rolling_years() -> None:
    assert year(2018).contains(quarter(2018, 3))
    assert not year(2018).contains(year_to(2019, 1))
    assert year(2018).overlaps(year_to(2019, 1))
    assert not year(2018).overlaps(month(2019, 1))


@given(periods, months)
def test_shifting_there_and_back_changes_nothing(period: Period, by: int) -> None:
    assert period.shifted(by).shifted(-by) == period


@given(periods, months, months)
def test_two_shifts_are_one(period: Period, one: int, other: int) -> None:
    assert period.shifted(one).shifted(other) == period.shifted(one + other)


@given(periods)
def test_a_shift_by_its_own_length_is_the_period_that_follows(period: Period) -> None:
    assert period.shifted(period.months).follows(period)
    assert not period.overlaps(period.shifted(period.months))


@given(periods)
def test_the_days_after_its_end_and_before_its_start_are_in_other_months(period: Period) -> None:
    assert (period.end + timedelta(days=1)).day == 1
    assert (period.start - timedelta(days=1)).month != period.start.month


@given(periods)
def test_ending_and_beginning_name_the_same_period(period: Period) -> None:
    assert Period.ending(period.end.year, period.end.month, period.months) == period


@given(periods, periods)
def test_periods_overlap_exactly_where_they_share_a_month(one: Period, other: Period) -> None:
    def numbers(p: Period) -> set[int]:
        return {p.start.year * 12 + p.start.month + n for n in range(p.months)}

    assert one.overlaps(other) == bool(numbers(one) & numbers(other))
    assert one.contains(other) == (numbers(other) <= numbers(one))


@given(periods, periods)
def test_two_periods_never_share_a_label(one: Period, other: Period) -> None:
    assert (one.label == other.label) == (one == other)


@given(periods)
def test_a_label_reads_back_as_its_period(period: Period) -> None:
    assert parse(period.label) == period
    assert parse(period.in_words) == period
    assert parse(period.span) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("  12 months  ending jan. 2019", year_to(2019, 1)),
        ("Oct–Dec 2018", quarter(2018, 4)),
        ("Sept 2018", month(2018, 9)),
        ("2016 to 2018", Period.of(2016, 1, 36)),
    ],
)
def test_a_period_may_be_written_in_short(text: str, period: Period) -> None:
    assert parse(text) == period


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2017/18", "'2017/18' has several meanings"),
        ("last year", "'last year' is not a period"),
        ("Mai 2018", "'Mai' is not a month"),
        ("Janus 2018", "'Janus' is not a month"),
        ("December to January 2018", "2018-01-31 is before 2018-12-01"),
        ("0000", "'0000' is not a period"),
        ("9999", "9999 to 9999 is not within 1800 to 2200"),
        ("", "'' is not a period"),
    ],
)
def test_a_text_that_names_no_period_is_refused_with_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(NotAPeriod, match=message):
        parse(text)
