"""Periods as files write them: each form becomes the months that it names, or it is said how to write it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts import written
from indicators.extracts.cells import NotUnderstood
from indicators.periods import Period

QUARTER_4 = ("2019-01", "2019-03")
FINANCIAL = ("2018-04", "2019-03")
APRIL = ("2018-04", "2018-04")

FORMS = {
    QUARTER_4: [
        "2018/19 Q4", "Q4 2018/19", "Q4 18-19", "Q4 18/19", "2018-19 Q4", "2018/19Q4", "Quarter 4 2018/19",
        "2018/19 - Q4", "FY2018/19 Q4", "Q4 2018/2019", "2019-Q1", "2019Q1", "2019 Q1", "Jan-Mar 2019",
        "January to March 2019",
        "Jan – Mar 2019", "Jan-Mar 2018/19", "Jan 2019 to Mar 2019", "Jan-19 to Mar-19", "3 months to March 2019",
        "01/01/2019 - 31/03/2019", "2019-01-01/2019-03-31", "2018/19 Q4 (Jan-Mar)", "Q4 (Jan - Mar) 2018/19",
        "Quarter 4 2018/19 [note 2]", "q4\xa02018/19",
    ],
    FINANCIAL: [
        "2018/19", "2018-19", "FY2018-19", "FY 2018/19", "2018/2019", "financial year 2018/19",
        "Year ending March 2019",
        "Year ending Mar-19", "YE March 2019", "Year ended 31 March 2019", "12 months to March 2019", "Apr-Mar 2018/19",
        "2018/19 (Apr-Mar)", "Apr 2018 - Mar 2019", "April 2018 to March 2019", "2018-04-01 to 2019-03-31",
        "2018/19 Q1-Q4",
        "2018/19 Q1 - 2018/19 Q4", "year to March 2019",
    ],
    APRIL: [
        "2018-04", "201804", "Apr 2018", "April 2018", "Apr 18", "Apr-18", "Apr '18", "18-Apr", "2018-Apr", "04/2018",
        "2018 April", "01/04/2018", "2018-04-01", "2018-04-01T00:00:00", "2018-04-01 00:00:00", "1 April 2018",
        "01-Apr-18", "43191", "43191.0", " APR  2018 ",
    ],
    ("2018-04", "2018-06"): ["Apr-Jun 2018", "Apr to Jun 18", "2018/19 Q1", "2018-Q2", "Apr-Jun 2018/19"],
    ("2019-04", "2019-06"): ["2019 Apr-Jun"],
    ("2018-01", "2018-12"): ["2018", "CY2018", "Jan-Dec 2018", "12 months to Dec 2018", "Year ending December 2018",
                             "12 months ending 31-12-2018", "year to 31/12/2018"],
    ("2016-01", "2018-12"): ["2016 - 18", "2016-18", "2016 to 2018", "2016 – 2018"],
    ("2016-04", "2019-03"): ["2016/17 - 18/19", "2016/17 to 2018/19", "2016/17-2018/19"],
    ("2017-07", "2018-06"): ["Jul-Jun 2017/18", "2017/18 (Jul-Jun)", "Jul 2017 - Jun 2018", "July to June 2017/18"],
    ("2017-10", "2018-09"): ["2017/18 (Oct-Sep)", "Oct-Sept 2017/18", "12 months ending 30 September 2018"],
    ("2006-07", "2007-06"): ["2006/07 Q2 - 2007/08 Q1"],
    ("2006-04", "2006-12"): ["2006/07 Q1-Q3"],
    ("2006-01", "2006-03"): ["2006 Q1"],
    ("2006-08", "2007-07"): ["Aug 2006 - Jul 2007", "Aug-Jul 2006/07"],
    ("1999-04", "2000-03"): ["1999/00", "1999/2000", "99/00 Q1 - 99/00 Q4"],
    ("2018-11", "2019-01"): ["Nov 2018 - Jan 2019", "Nov-Jan 2018/19"],
    ("2018-10", "2019-03"): ["Oct-Mar 2018/19"],
    ("2026-01", "2026-01"): ["Jan-26", "2026-01"],
}  # fmt: skip


def months(first: str, last: str) -> Period:
    start, end = (date.fromisoformat(f"{text}-01") for text in (first, last))
    return Period(start, Period.of(end.year, end.month).end)


@pytest.mark.parametrize(("text", "first", "last"), [(text, *span) for span, texts in FORMS.items() for text in texts])
def test_every_form_becomes_the_months_that_it_names(text: str, first: str, last: str) -> None:
    assert written.read(text).period == months(first, last)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q1 2026", "Write 2026-Q1 for January to March 2026, or 2026/27 Q1 for April to June 2026"),
        ("Q4-2018", "or 2018/19 Q4 for January to March 2019"),
        ("2018 - 19", "can be two years or one financial year"),
        ("2018-13", "13 is no year soon after 2018"),
        ("2018 - 1999", "1999 is no year soon after 2018"),
        ("12 months ending 30/12/2018", "30"),
        ("2018-2019", "can be two years or one financial year"),
        ("FY2018", "Write 2017/18 or 2018/19"),
        ("Nov-Jan 2018", "which of its months are in 2018"),
        ("Jan-Jun 2018/19", "not in one financial year"),
        ("2018/20", "20 is not the year after 2018"),
        ("2018-Q5", "quarters go from 1 to 4"),
        ("Q0 2018/19", "quarters go from 1 to 4"),
        ("Q1 2018/19 (Jan-Mar)", "do not agree"),
        ("04/13/2018", "month/day/year"),
        ("31/02/2026", "February 2026 has 28 days"),
        ("04/01/2026", "one day, 4 January 2026"),
        ("1900-02-29", "February 1900 has 28 days"),
        ("0000-01-01", "expected a year from 1900"),
        ("2026-10-25T01:30:00", "time of day"),
        ("43192", "one day, 2 April 2018"),
        ("31/03/2019", "one day"),
        ("Dec 2018 - Jan 2018", "ends before it starts"),
        ("01/04/2018 - 29/06/2018", "not the last day of a month"),
        ("Year ending 2019", "in which month it ends"),
        ("Smarch 2018", "“smarch” is not a month"),
        ("18/19", "is not a period"),
        ("201819", "is not a period"),
        ("12345", "is not a date"),
        ("５月", "is not a period"),
        ("２０１８", "is not a period"),
        ("", "is not a period"),
        ("total", "is not a period"),
    ],
)
def test_what_has_two_meanings_or_none_is_refused_with_the_way_to_write_it(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        written.read(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018/19", "April 2018 to March 2019"),
        ("18-Apr", "April 2018"),
        ("43191", "1 April 2018"),
        ("2010-11", "November 2010, not as a run of years"),
        ("2005-08", "August 2005, not as a run of years"),
        ("01/04/2018", "1 April 2018, the month April 2018"),
    ],
)
def test_what_was_assumed_is_told(text: str, said: str) -> None:
    assert said in written.read(text).assumed


@pytest.mark.parametrize("text", ["2018-04", "2018/19 Q4", "Apr-Jun 2018", "2018", "Year ending March 2019"])
def test_nothing_is_assumed_where_the_text_says_it_all(text: str) -> None:
    assert written.read(text).assumed == ""


@given(st.builds(Period.of, st.integers(1990, 2040), st.integers(1, 12), st.integers(1, 60)))
def test_what_the_pages_print_is_read_back(period: Period) -> None:
    assert written.read(period.span).period == period
    if period.months > 1:
        assert written.read(period.label).period == period


@given(st.text(alphabet="0123456789/-–' QqAprJunto(),.:TZ\u0665²", max_size=16) | st.text(max_size=12))
def test_no_text_breaks_the_reading_of_a_period(text: str) -> None:
    with suppress(NotUnderstood):
        assert written.read(text).period
