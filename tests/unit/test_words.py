"""Numbers, changes and periods in words."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import words
from indicators.analysis.comparison import Comparison, compare, year_before
from indicators.analysis.reading import read
from indicators.analysis.series import Measure, Point, Series, Stated
from tests.series import (
    COST,
    INCIDENTS,
    RATE,
    SHARE,
    change_of_recording,
    point,
    quarter,
    quarters,
    series,
    year,
    year_to,
    years,
)

ANY_YEAR = year(2018)


def compared(earlier: Point, latest: Point, **more: Any) -> Comparison:
    return year_before(series([earlier, latest], **more), latest)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("31204", 0, "31,204"),
        ("-8151", 0, "−8,151"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "−1"),
        ("-0.4", 0, "0"),
        ("2.25", 1, "2.3"),
        ("1234567.005", 2, "1,234,567.01"),
    ],
)
def test_a_number_has_commas_a_true_minus_and_halves_away_from_zero(value: str, decimals: int, text: str) -> None:
    assert words.number(Decimal(value), decimals) == text


@given(st.integers(-(10**14), 10**14))
def test_a_number_reads_back_as_itself(value: int) -> None:
    assert int(words.number(Decimal(value)).replace(",", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("399000", "£399,000"),
        ("170000000", "£170\N{NO-BREAK SPACE}million"),
        ("21500000000", "£21.5\N{NO-BREAK SPACE}billion"),
        ("1234567", "£1,234,567"),
        ("12.5", "£12.50"),
        ("-2000000", "−£2\N{NO-BREAK SPACE}million"),
        ("-5", "−£5"),
    ],
)
def test_money_is_rounded_only_where_nothing_is_lost(value: str, text: str) -> None:
    assert words.money(Decimal(value)) == text


@pytest.mark.parametrize(
    ("held", "measure", "text"),
    [
        (point(ANY_YEAR, 31204), INCIDENTS, "31,204"),
        (point(ANY_YEAR, 3100, qualifier="about"), INCIDENTS, "about 3,100"),
        (point(ANY_YEAR, 8000, qualifier="over"), INCIDENTS, "over 8,000"),
        (point(ANY_YEAR, 15, qualifier="range", value_to=Decimal(25)), SHARE, "15.0% to 25.0%"),
        (point(ANY_YEAR, 399000), COST, "£399,000"),
        (point(ANY_YEAR, "41.25"), RATE, "41.3"),
        (point(ANY_YEAR, None, status="suppressed"), INCIDENTS, "suppressed"),
        (point(ANY_YEAR, None, status="not_available"), INCIDENTS, "not available"),
    ],
)
def test_a_figure_carries_its_qualifier_or_the_reason_why_there_is_none(
    held: Point, measure: Measure, text: str
) -> None:
    assert words.value(held, measure) == text


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        (INCIDENTS, "incidents"),
        (RATE, "people per 100,000"),
        (SHARE, "per cent of clients"),
        (COST, "pounds"),
    ],
)
def test_a_unit_is_written_out(measure: Measure, text: str) -> None:
    assert words.unit(measure) == text


@pytest.mark.parametrize(
    ("measure", "text"),
    [(INCIDENTS, "5 incidents"), (RATE, "5 people per 100,000"), (SHARE, "5 of clients"), (COST, "5")],
)
def test_a_written_figure_says_what_it_counts_without_saying_its_unit_twice(measure: Measure, text: str) -> None:
    assert words.counted("5", measure) == text


def test_beside_a_figure_stands_what_must_be_said_of_it() -> None:
    held = point(ANY_YEAR, 728, status="provisional", coverage="38 of 43 forces", parts=tuple(quarters([1, 2, 3, 4])))

    assert words.marks(held) == ("provisional", "added up from 4 figures", "38 of 43 forces")
    assert words.value_and_marks(held, INCIDENTS) == ("728 (provisional, added up from 4 figures, 38 of 43 forces)")
    assert words.value_and_marks(point(ANY_YEAR, 728), INCIDENTS) == "728"


def test_the_word_of_a_missing_value_is_not_said_twice() -> None:
    assert words.value_and_marks(point(ANY_YEAR, None, status="suppressed"), INCIDENTS) == "suppressed"


def test_a_published_figure_and_a_different_sum_are_both_said() -> None:
    published = point(year(2018), 21_116)
    held = series([published, *quarters([5000, 5000, 5000, 6115], quarter(2018, 1))])

    assert words.both_values(held, published) == "21,116 published · 21,115 added up from 4 figures"


def test_a_sum_that_agrees_or_cannot_be_made_is_not_mentioned() -> None:
    published, hidden = point(year(2018), 10), point(year(2018), None, status="suppressed")
    parts = quarters([1, 2, 3, 4], quarter(2018, 1))
    total = series(parts).added_up(year(2018))

    assert words.both_values(series([published, *parts]), published) == ""
    assert words.both_values(series([published]), published) == ""
    assert words.both_values(series([hidden, *parts]), hidden) == ""
    assert total is not None
    assert words.both_values(series(parts), total) == ""


@pytest.mark.parametrize(
    ("kind", "polarity", "text"),
    [
        ("count", "neither", "Neither more nor fewer is better by itself"),
        ("rate", "neither", "Neither higher nor lower is better by itself"),
        ("count", "lower", "Fewer is better"),
        ("percentage", "higher", "Higher is better"),
    ],
)
def test_which_way_is_better_is_said_in_the_words_of_the_unit(kind: str, polarity: str, text: str) -> None:
    assert words.better(Measure("m", "M", "M", "one", "ones", kind=kind, polarity=polarity)) == text


# --- changes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "latest", "text"),
    [
        (
            point(year_to(2018, 1), 39_355),
            point(year_to(2019, 1), 31_204),
            "8,151 fewer than the year to January 2018 (−20.7%)",
        ),
        (point(year(2017), 100), point(year(2018), 114), "14 more than 2017 (+14.0%)"),
        (point(year(2017), 12), point(year(2018), 14), "2 more than 2017"),
        (point(year(2017), 50), point(year(2018), 50), "the same as 2017"),
        (
            point(year(2017), 50, qualifier="about"),
            point(year(2018), 50),
            "about the same as 2017",
        ),
        (
            point(year(2017), 50),
            point(year(2018), 60, qualifier="about"),
            "about 10 more than 2017 (+20.0%)",
        ),
        (
            point(year(2017), 50),
            point(year(2018), 60, status="provisional"),
            "10 more than 2017 (+20.0%), provisional for 2018",
        ),
        (
            point(year(2017), 50, status="estimated"),
            point(year(2018), 60),
            "10 more than 2017 (+20.0%), estimated for 2017",
        ),
        (
            point(year(2017), 50, status="provisional"),
            point(year(2018), 60, status="provisional"),
            "10 more than 2017 (+20.0%), both provisional",
        ),
        (
            point(year(2017), 50, status="estimated"),
            point(year(2018), 60, status="provisional"),
            "10 more than 2017 (+20.0%), provisional for 2018, estimated for 2017",
        ),
    ],
)
def test_a_change_says_how_many_against_what_and_what_is_not_final(earlier: Point, latest: Point, text: str) -> None:
    assert words.change(compared(earlier, latest), INCIDENTS) == text


def test_a_share_changes_by_percentage_points_and_is_lower_not_fewer() -> None:
    found = compared(point(year(2017), 42), point(year(2018), "40.5"), measure=SHARE)

    assert words.change(found, SHARE) == "1.5 percentage points lower than 2017"


@pytest.mark.parametrize(
    ("earlier", "latest", "text"),
    [
        (
            point(year(2017), 5, coverage="38 of 43 forces"),
            point(year(2018), 6),
            "Not compared with 5 (38 of 43 forces) in 2017: different coverage, now all",
        ),
        (
            point(year(2017), 5, qualifier="over"),
            point(year(2018), 6),
            "Not compared with over 5 in 2017: only a limit is known, not the figure",
        ),
        (
            point(year(2017), 5),
            point(year(2018), 6, status="incomplete"),
            "Not compared with 5 in 2017: 2018 is incomplete",
        ),
        (
            point(year(2017), 5, status="unreliable"),
            point(year(2018), 6),
            "Not compared with 5 (unreliable) in 2017: 2017 is unreliable",
        ),
    ],
)
def test_a_change_not_stated_names_the_earlier_figure_and_says_why(earlier: Point, latest: Point, text: str) -> None:
    assert words.change(compared(earlier, latest), INCIDENTS) == text


def test_a_first_figure_has_none_to_compare_with() -> None:
    latest = point(year(2018), 5)

    text = words.change(year_before(series([latest]), latest), INCIDENTS)

    assert text == "No earlier figure is held to compare with"


def test_another_length_of_time_is_not_compared() -> None:
    latest, earlier = point(year(2018), 5), point(quarter(2017, 4), 2)

    text = words.change(compare(series([earlier, latest]), latest, earlier), INCIDENTS)

    assert text == "Not compared with 2 in October to December 2017: a different length of time"


def broken() -> Series:
    held = [point(year_to(2018, 1), 1), point(year_to(2019, 1), 2)]
    return series(held, [change_of_recording("2017-04-01")])


def test_across_a_break_the_first_fair_comparison_is_named() -> None:
    found = year_before(broken(), broken().points[1])

    assert words.change(found, INCIDENTS) == "Not compared with 1 in the year to January 2018: consistent recording"
    assert words.first_fair(found) == "First fair comparison: year to March 2019 with year to March 2018"


def test_where_the_first_fair_comparison_is_past_only_its_beginning_is_named() -> None:
    held = series([point(year(1995), 1271), point(year(2018), 728)], [change_of_recording("2015-01-01", "2016-01-01")])

    assert words.first_fair(year_before(held, held.points[1])) == "Figures compare from 2016 on"


def test_without_a_break_there_is_no_first_fair_comparison() -> None:
    assert words.first_fair(compared(point(year(2017), 5), point(year(2018), 6))) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Hate incidents", "Hate incidents, Kent"),
        ("Hate incidents, Kent", "Hate incidents, Kent"),
    ],
)
def test_an_indicator_is_named_with_its_area_once(name: str, text: str) -> None:
    assert words.named(name, "Kent") == text


# --- headlines -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (series([]), "Incidents of a kind: no figure is held."),
        (
            series([point(year(2017), 50), point(year(2018), 60, status="provisional")]),
            "Incidents of a kind: 60 (provisional) in Kent in 2018, 10 more than 2017 (+20.0%), provisional for 2018.",
        ),
        (
            series(years([5], 2018)),
            "Incidents of a kind: 5 in Kent in 2018. No earlier figure is held to compare with.",
        ),
        (
            broken(),
            "Incidents of a kind: 2 in Kent in the year to January 2019. Not compared with 1 in the year to "
            "January 2018: consistent recording. First fair comparison: year to March 2019 with year to March 2018.",
        ),
    ],
)
def test_a_headline_is_the_figure_with_area_period_and_change(held: Series, text: str) -> None:
    assert words.headline(read(held)) == text


@pytest.mark.parametrize(
    ("percent", "absolute", "qualifier", "said", "text"),
    [
        ("17.1", "29120", "about", "", "+17.1% (about +29,120) on 2017, as stated by the Chief Constable"),
        ("25", None, "exact", "", "+25% on 2017, as stated by the Chief Constable"),
        ("-42.0", None, "about", "", "about −42% on 2017, as stated by the Chief Constable"),
        ("20", None, "exact", "", "+20% on 2017, as stated by the Chief Constable"),
        (None, "-40", "exact", "", "−40 on 2017, as stated by the Chief Constable"),
        (None, None, "exact", "All types rose.", "All types rose, as stated by the Chief Constable"),
    ],
)
def test_a_stated_change_is_quoted_with_its_source(
    percent: str | None, absolute: str | None, qualifier: str, said: str, text: str
) -> None:
    def number(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    quoted = Stated(year(2018), year(2017), number(percent), number(absolute), qualifier, said, "the Chief Constable")

    assert words.stated(quoted, INCIDENTS) == text
    assert words.stated_briefly(quoted, INCIDENTS) == text


def test_where_there_is_little_room_a_stated_change_names_the_publisher_alone() -> None:
    quoted = Stated(
        year(2018), year(2017), Decimal(25), None, "exact", "", "Report, March 2019", publisher="The Police"
    )

    assert words.stated_briefly(quoted, INCIDENTS) == "+25% on 2017, as stated by The Police"


@pytest.mark.parametrize(
    ("text", "inside"),
    [("Crime recording", "crime recording"), ("CRASH", "CRASH"), ("ASB", "ASB"), ("A", "a"), ("", "")],
)
def test_a_label_inside_a_sentence_keeps_its_abbreviations(text: str, inside: str) -> None:
    assert words.lower_first(text) == inside
