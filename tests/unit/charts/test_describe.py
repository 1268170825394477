"""The words about a chart."""

from decimal import Decimal

import pytest

from indicators.analysis.series import Series
from indicators.charts import describe
from indicators.charts.chart import chart_of
from indicators.charts.line import Line
from tests.series import change_of_recording, month, point, quarter, quarters, series, year, year_to, years
from tests.unit.charts.figures import (
    BETTER,
    FLAT,
    HAPPENED,
    INCOMPLETE,
    MIXED,
    PROVISIONAL,
    QUARTERS,
    ROLLING,
    SEASONAL,
    WANTED,
    WORSE,
)


@pytest.mark.parametrize(
    ("held", "subtitle"),
    [
        (QUARTERS, "Incidents of a kind, Kent, each quarter, April 2006 to December 2018"),
        (PROVISIONAL, "Incidents of a kind, Kent, each year, 2012 to 2018"),
        (ROLLING, "Incidents of a kind, Kent, 12 months at a time, February 2014 to October 2018"),
        (series([point(month(2018, 1).of(2018, 1, 2).shifted(2 * n), n) for n in range(3)]), None),
        (
            FLAT,
            "Incidents of a kind, Kent, each year, 2010 to 2013. The scale begins at 9,940, not at zero",
        ),
    ],
)
def test_a_subtitle_says_what_where_how_often_and_when(held: Series, subtitle: str | None) -> None:
    expected = subtitle or "Incidents of a kind, Kent, every 2 months, January 2018 to June 2018"

    assert describe.subtitle(held, Line.of(held)) == expected


def test_in_words_a_chart_says_its_latest_figure_its_change_and_its_breaks() -> None:
    assert describe.in_words(QUARTERS) == (
        "Incidents of a kind, Kent, each quarter from April 2006 to December 2018. "
        "October to December 2018: 420, 24 more than October to December 2017 (+6.1%). "
        "Usual range, April 2006 to March 2017: 113 to 207 incidents (mean 160). "
        "Range on trial, April 2017 to December 2018: 349 to 441 incidents (mean 395). "
        "Squares mark figures that stand out. "
        "Consistent recording: figures before April 2017 cannot be compared with later ones."
    )


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            BETTER,
            "October to December 2020 is below the usual range. Usual range, January 2015 to December 2020: "
            "87 to 113 incidents (mean 100). Diamonds mark figures that stand out for the better.",
        ),
        (WORSE, "Triangles mark figures that stand out for the worse."),
        (SEASONAL, "(mean 115), moving with the season. Squares mark figures that stand out."),
    ],
)
def test_in_words_a_chart_says_its_usual_range_and_what_stands_out(held: Series, said: str) -> None:
    assert said in describe.in_words(held)


def test_in_words_a_chart_says_its_targets_and_what_happened_meanwhile() -> None:
    said = describe.in_words(WANTED)

    assert "Target, January 2016 to December 2017: 85 incidents each quarter." in said
    assert "Target, January 2018 to December 2025: 75 incidents each quarter." in said
    assert describe.in_words(HAPPENED).endswith(
        "Campaign, October 2008: Hate Crime Awareness Week. "
        "Law, December 2008: Coercive control becomes an offence. "
        "Event, March 2012 to August 2013: Integrated service in all districts. "
        "Campaign, October 2018 to December 2018: Operation Sceptre."
    )


def test_in_words_a_chart_says_what_is_provisional_once() -> None:
    assert describe.in_words(PROVISIONAL) == (
        "Incidents of a kind, Kent, each year from 2012 to 2018. "
        "2018: 8 (provisional), 3 fewer than 2017, provisional for 2018. "
        "New recording system: figures before January 2016 cannot be compared with later ones."
    )


def test_in_words_an_incomplete_figure_is_not_the_latest() -> None:
    assert describe.in_words(INCOMPLETE) == (
        "Incidents of a kind, Kent, each month from June 2018 to December 2018. "
        "November 2018: 111. No earlier figure is held to compare with. "
        "Range on trial, June 2018 to November 2018: 106 to 111 incidents (mean 109). "
        "Incomplete, so not joined to the line: December 2018."
    )


def test_in_words_every_kind_of_uncertain_figure_is_named() -> None:
    said = describe.in_words(MIXED)

    assert "Estimated: 2011." in said
    assert "Unreliable, so not joined to the line: 2017." in said
    assert "Suppressed: 2020." in said


def test_many_figures_are_named_by_their_number_and_ends() -> None:
    held = series([*quarters([1, 2], quarter(2017, 1)), *quarters([3, 4, 5], quarter(2017, 3), status="provisional")])

    assert "Provisional: 3 figures from July to September 2017 to January to March 2018." in describe.in_words(held)


def test_without_a_complete_figure_only_what_there_is_is_said() -> None:
    assert describe.in_words(series(years([5, 6], status="incomplete"))) == (
        "Incidents of a kind, Kent, each year from 2010 to 2011. Incomplete, so not joined to the line: 2010 and 2011."
    )


# --- the chart as a whole ---------------------------------------------------------------------


def test_two_figures_are_no_chart() -> None:
    assert chart_of(series(years([1, 2]))) is None
    assert chart_of(series([*years([1, 2]), point(year(2012), 3, status="incomplete")])) is None
    assert chart_of(series([])) is None


def test_a_chart_is_of_the_trend_alone() -> None:
    chart = chart_of(series([*quarters([1, 2, 3]), point(year_to(2019, 1), 9)]))

    assert chart is not None
    assert len(chart.rows) == 3


def test_a_chart_has_two_pictures_a_figure_and_what_a_screen_reader_says() -> None:
    chart = chart_of(PROVISIONAL)

    assert chart is not None
    assert chart.id == "incidents-e10000016"
    assert (chart.slug, chart.area, chart.unit) == ("incidents", "E10000016", "Incidents")
    assert chart.svg.count("<svg") == 2
    assert set(chart.figure) == {"data", "layout", "narrow"}
    assert chart.alt == f"Line chart. {chart.in_words}"


def test_the_table_has_every_figure_the_latest_first() -> None:
    held = series(
        [
            *years([1, 2, 3]),
            point(year(2013), None, status="suppressed", source="Kent Police"),
            point(year(2014), Decimal(4), status="provisional", note="Early."),
        ]
    )

    chart = chart_of(held)

    assert chart is not None
    assert [(r.period, r.value, r.marks, r.note, r.source) for r in chart.rows[:3]] == [
        ("2014", "4", "provisional", "Early.", ""),
        ("2013", "suppressed", "", "", "Kent Police"),
        ("2012", "3", "", "", ""),
    ]
    assert chart.sources == ("Kent Police",)


def test_equal_series_share_one_chart() -> None:
    assert chart_of(PROVISIONAL) is chart_of(series(PROVISIONAL.points, PROVISIONAL.breaks))


def test_another_reason_for_a_break_makes_another_chart() -> None:
    renamed = change_of_recording("2015-01-01", "2016-01-01", "CRASH")

    assert chart_of(series(PROVISIONAL.points, [renamed])) is not chart_of(PROVISIONAL)
