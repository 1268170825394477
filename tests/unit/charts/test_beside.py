"""Indicators that are to be read together: one date axis, a scale each, and a sum only where there is one."""

from dataclasses import replace
from itertools import pairwise

import pytest

from indicators.analysis.series import Measure, Place, Series
from indicators.charts.beside import side_by_side, sum_of_two
from indicators.charts.chart import chart_of
from indicators.charts.trend import trend_figure
from indicators.where_from import pieces
from tests.series import INCIDENTS, SHARE, change_of_recording, point, quarter, quarters, series, year, year_to, years
from tests.unit.charts.figures import OUTCOME, parsed

CALLS = Measure("calls", "Calls to the police", "Calls", "call", "calls")
FIRES = Measure("fires", "Fires in town", "Fires", "incident", "incidents")
LONG = series(quarters([1000 + 90 * (n % 5) for n in range(24)], quarter(2013, 1)), [change_of_recording()])
SHORT = series(quarters([7, 8, 6, 9, 7, 8], quarter(2016, 2)), measure=CALLS)
TWO = series(years([5, 6]), measure=CALLS)
YEARLY = series(years([5, 6, 7, 9, 8], 2012), measure=CALLS)


def axes(*held: Series) -> list[dict]:
    """The layouts of the charts of series beside one another, wide ones then narrow ones."""
    charts = side_by_side(held).charts
    return [chart.figure[size] for size in ("layout", "narrow") for chart in charts]


@pytest.mark.parametrize("held", [(LONG, SHORT), (SHORT, LONG), (LONG, YEARLY), (LONG, SHORT, YEARLY)])
def test_charts_to_be_read_together_have_one_date_axis_at_one_place(held: tuple[Series, ...]) -> None:
    layouts = axes(*held)

    for one, other in pairwise(layouts):
        if one["width"] == other["width"]:
            assert one["xaxis"] == other["xaxis"]
            assert (one["margin"]["l"], one["margin"]["r"]) == (other["margin"]["l"], other["margin"]["r"])


def test_the_date_axis_spans_the_time_of_both() -> None:
    assert {tuple(layout["xaxis"]["range"]) for layout in axes(LONG, SHORT)} == {("2013-01-01", "2019-01-01")}


def test_each_has_a_scale_of_its_own_and_one_line_there_is_no_second_axis() -> None:
    layouts = axes(LONG, SHORT)

    assert [layout["yaxis"]["tickvals"][-1] for layout in layouts] == [2000, 15, 2000, 15]
    for chart in side_by_side([LONG, SHORT]).charts:
        assert {axis for axis in chart.figure["layout"] if axis.startswith("yaxis")} == {"yaxis"}
        assert [trace["name"] for trace in chart.figure["data"]].count("line") == 1
        assert not any("yaxis" in trace for trace in chart.figure["data"])


def test_years_of_both_stand_under_their_points_where_they_begin_alike() -> None:
    other = series(years([1, 2, 3], 2014))
    to_march = series([point(year_to(n, 3), 5) for n in range(2013, 2019)])

    assert axes(YEARLY, other)[0]["xaxis"]["ticktext"] == ["2012", "2013", "2014", "2015", "2016"]
    assert axes(YEARLY, other)[0]["xaxis"]["tickvals"][0] == "2012-07-02"
    assert {day[5:] for day in axes(YEARLY, to_march)[0]["xaxis"]["tickvals"]} == {"01-01"}


def test_pictures_of_both_have_the_same_ticks_at_the_same_places() -> None:
    one, other = side_by_side([LONG, SHORT]).charts

    def ticks(picture: str) -> list[tuple[str | None, str]]:
        words = parsed(picture).iter("text")
        return [(text.text, text.attrib["x"]) for text in words if text.attrib["text-anchor"] == "middle"]

    def dates(picture: str) -> list[tuple[str | None, str]]:
        return [tick for tick in ticks(picture) if tick[0] and tick[0].isdigit()]

    for narrow in (False, True):
        drawn = [chart.svg.split("</svg>")[narrow] + "</svg>" for chart in (one, other)]
        assert dates(drawn[0]) == dates(drawn[1]) != []


def test_one_alone_is_drawn_as_it_always_is() -> None:
    assert side_by_side([LONG]).charts == (chart_of(LONG),)
    assert side_by_side([LONG, TWO]).charts[0].figure["layout"] == trend_figure(LONG)["layout"]


def test_one_that_is_no_chart_is_told_in_words() -> None:
    found = side_by_side([TWO, LONG], note="Partly the same.", first=3)

    assert [(side.slug, side.chart is None, side.number) for side in found.sides] == [
        ("calls", True, 0),
        ("incidents", False, 3),
    ]
    assert found.sides[0].headline == "Calls to the police: 6 in Kent in 2011, 1 more than 2010."
    assert (found.note, found.axis) == ("Partly the same.", "")


def test_several_charts_are_numbered_on_and_say_that_they_share_their_time() -> None:
    found = side_by_side([LONG, TWO, SHORT], first=2)

    assert [side.number for side in found.sides] == [2, 0, 3]
    assert found.axis.startswith("These charts run over the same time")
    assert found.names == "Incidents · Calls · Calls"
    assert found.is_several
    assert not side_by_side([LONG]).is_several


# --- the sum, or why there is none --------------------------------------------------------------


def test_a_sum_names_unit_area_period_and_both_figures() -> None:
    one = series([point(year(2018), 100_000)])
    other = series([point(year(2018), 18_000, status="provisional")], measure=FIRES)

    assert sum_of_two(one, other).text == (
        "Together 118,000 incidents in Kent in 2018: Incidents 100,000, Fires 18,000 (provisional)."
    )


def test_a_sum_of_rough_figures_is_rough_and_says_what_was_added_up() -> None:
    one = series([point(year(2018), 30, qualifier="about")])
    other = series(quarters([1, 2, 3, 4], quarter(2018, 1)), measure=FIRES)

    assert sum_of_two(one, other).text == (
        "Together about 40 incidents in Kent in 2018: Incidents about 30, Fires 10 (added up from 4 figures)."
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (series(years([1]), measure=CALLS), "one counts incidents, the other calls"),
        (
            series(years([1]), measure=replace(FIRES, multi_coded=True, part_of=("all",))),
            "one incident can be counted in both",
        ),
        (series(years([1]), measure=replace(FIRES, part_of=("incidents",))), "one is a part of the other"),
        (
            replace(series(years([1]), measure=FIRES), place=Place("E06000035", "Medway")),
            "one is for Kent, the other for Medway",
        ),
        (series(years([1], coverage="half"), measure=FIRES), "one covers more than the other"),
        (
            series(years([1], 2017), measure=FIRES),
            "there is no period for which complete figures of both are held",
        ),
        (series(years([1]), measure=SHARE), "shares, rates and amounts of different things have no sum"),
    ],
)
def test_why_there_is_no_sum_is_said(other: Series, why: str) -> None:
    assert sum_of_two(series(years([5])), other).text == f"Not added up: {why}."


def test_the_first_is_added_to_each_other() -> None:
    outcome = series(years([3]), measure=replace(OUTCOME, slug="outcome"))
    found = side_by_side([series(years([5]), measure=INCIDENTS), series(years([2]), measure=FIRES), outcome])

    assert [each.text.partition(":")[0] for each in found.sums] == [
        "Together 7 incidents in Kent in 2010",
        "Together 8 incidents in Kent in 2010",
    ]


def test_the_figures_of_a_sum_lead_to_where_they_come_from() -> None:
    one, other = (
        series([point(year(2018), 5, key=key)], measure=measure) for key, measure in ((1, INCIDENTS), (2, FIRES))
    )

    found = sum_of_two(one, other)

    assert [piece if isinstance(piece, str) else piece.address for piece in pieces(found.text, found.links)] == [
        "Together 10 incidents in Kent in 2018: Incidents ",
        "/observations/1/",
        ", Fires ",
        "/observations/2/",
        ".",
    ]
