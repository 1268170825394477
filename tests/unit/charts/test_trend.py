"""The trend of a series as a plotly figure."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators.analysis.series import Event, Series, Target
from indicators.charts import palette
from indicators.charts.trend import trend_figure, warm_up
from tests.series import change_of_recording, point, quarter, quarters, series, year, years
from tests.unit.charts.figures import (
    ALL,
    BETTER,
    HAPPENED,
    INCOMPLETE,
    MIXED,
    PROVISIONAL,
    QUARTERS,
    ROLLING,
    SEASONAL,
    SHORT,
    TRIAL,
    WANTED,
    WORSE,
)

every_series = pytest.mark.parametrize("name", ALL)


def test_plotly_is_not_loaded_before_somebody_draws() -> None:
    code = "import sys, indicators.charts.chart; print('plotly' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"


def test_a_server_may_load_it_before_anybody_waits() -> None:
    warm_up()

    assert "plotly.graph_objects" in sys.modules


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in figure["data"] if each["name"] == name)


def names(figure: dict[str, Any], layout: str = "layout") -> list[tuple[str, str]]:
    return [(each["name"], each["text"]) for each in figure[layout]["annotations"]]


@every_series
def test_a_figure_is_plain_json(name: str) -> None:
    figure = trend_figure(ALL[name])

    assert json.loads(json.dumps(figure)) == figure


@every_series
def test_every_figure_with_a_value_is_a_point(name: str) -> None:
    figure = trend_figure(ALL[name])

    drawn = sorted(y for each in figure["data"] if each["mode"] == "markers" for y in each["y"])
    assert drawn == sorted(float(p.value) for p in ALL[name].points if p.value is not None)


def test_the_same_series_is_drawn_once() -> None:
    assert trend_figure(QUARTERS) is trend_figure(series(QUARTERS.points, QUARTERS.breaks))


def test_separate_periods_stand_at_their_middle_and_overlapping_ones_at_their_end() -> None:
    assert trace(trend_figure(PROVISIONAL), "solid")["x"][0] == "2012-07-02"
    assert trace(trend_figure(ROLLING), "solid")["x"][0] == "2015-01-31"


def test_the_line_is_interrupted_at_a_break() -> None:
    line = trace(trend_figure(QUARTERS), "line")

    gap = line["y"].index(None)
    assert line["y"].count(None) == 1
    assert line["x"][gap - 1] < "2017-04-01" < line["x"][gap + 1]


def test_between_a_change_and_the_first_comparable_period_points_stand_alone() -> None:
    assert trace(trend_figure(PROVISIONAL), "line")["y"] == [5, 7, 6, None, 9, None, 12, 11, 8]


def test_the_line_is_interrupted_at_a_gap_and_where_coverage_changes() -> None:
    gap = series(years([1, 2, None, 4, 5]))
    coverage = series([*years([1, 2]), point(year(2012), 3, coverage="38 of 43 forces")])

    assert trace(trend_figure(gap), "line")["y"] == [1, 2, None, 4, 5]
    assert trace(trend_figure(coverage), "line")["y"] == [1, 2, None, 3]


def test_rolling_years_are_joined_at_their_usual_step() -> None:
    held = series([p for n, p in enumerate(ROLLING.points) if n != 5])

    assert trace(trend_figure(held), "line")["y"].count(None) == 1


def test_provisional_points_are_hollow_and_named() -> None:
    figure = trend_figure(PROVISIONAL)

    assert trace(figure, "hollow")["y"] == [8]
    assert trace(figure, "hollow")["marker"]["color"] == "#FFFFFF"
    assert ("last value", "8<br>provisional") in names(figure)


def test_an_incomplete_point_is_a_cross_that_no_line_leads_to() -> None:
    figure = trend_figure(INCOMPLETE)

    assert trace(figure, "cross")["y"] == [40]
    assert trace(figure, "cross")["marker"]["symbol"] == "x-thin"
    assert 40 not in trace(figure, "line")["y"]
    assert ("last value", "40<br>incomplete") in names(figure)


def test_a_limit_is_no_point_of_the_line() -> None:
    figure = trend_figure(MIXED)

    assert trace(figure, "limit")["marker"]["symbol"] == ["triangle-up", "triangle-down", "diamond"]
    assert not {14.0, 13.0} & set(trace(figure, "line")["y"][4:])


def test_a_run_of_points_that_are_not_final_is_named_once() -> None:
    held = series([*years([5, 6]), *years([7, 8, 9], 2012, status="estimated"), *years([9, 9], 2015)])

    assert [pair for pair in names(trend_figure(held)) if pair[0] == "hollow"] == [("hollow", "estimated")]


def test_a_word_that_finds_no_free_place_is_left_to_the_table() -> None:
    up_and_down = quarters([100 * (n % 2) for n in range(100)], quarter(1990, 1))
    held = series([*up_and_down[:50], point(up_and_down[50].period, 0, status="estimated"), *up_and_down[51:]])

    assert "hollow" not in [name for name, _ in names(trend_figure(held))]


def test_where_points_fill_the_picture_the_words_below_have_the_names() -> None:
    zigzag = [
        *quarters([49, 51] * 8 + [100 * (n % 2) for n in range(183)], quarter(1970, 1)),
        point(quarter(2019, 4), 50, status="provisional"),
    ]
    target = Target(Decimal(50), 3, date(1970, 1, 1), date(2019, 12, 31))

    narrow = [name for name, _ in names(trend_figure(series(zigzag, targets=[target])), "narrow")]

    assert "target" not in narrow
    assert "range" not in narrow


@pytest.mark.parametrize("layout", ["layout", "narrow"])
def test_breaks_are_dotted_lines_with_their_words_above_the_plot(layout: str) -> None:
    figure = trend_figure(ROLLING)

    shapes = figure[layout]["shapes"]
    assert [(s["x0"], s["x1"], s["line"]["dash"]) for s in shapes] == [
        (day, day, "dot") for day in ("2017-04-01", "2017-05-01", "2018-01-01")
    ]
    above = [a for a in figure[layout]["annotations"] if a["name"] == "break"]
    assert {a["text"].replace("<br>", " ") for a in above} == {
        "Consistent recording",
        "Another change of definition",
        "New area",
    }
    assert {(a["y"], a["yref"]) for a in above} == {(1, "paper")}


@pytest.mark.parametrize("layout", ["layout", "narrow"])
def test_events_are_thin_lines_with_their_words_above_the_plot(layout: str) -> None:
    figure = trend_figure(HAPPENED)

    thin = [shape for shape in figure[layout]["shapes"] if shape["name"] == "event"]
    assert [shape["x0"] for shape in thin] == ["2008-10-01", "2008-12-01", "2012-03-01", "2018-10-01"]
    assert {shape["line"]["dash"] for shape in thin} == {"solid"}
    above = [a["text"].replace("<br>", " ") for a in figure[layout]["annotations"] if a["name"] == "event"]
    assert above == [event.title for event in HAPPENED.events]


def test_what_lasted_is_a_band_that_ends_with_the_axis_at_the_latest() -> None:
    long = Event(date(2018, 3, 1), date(2030, 12, 31), "A law")
    figures = [trend_figure(series(QUARTERS.points, events=events)) for events in ([long], HAPPENED.events)]

    assert [
        [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
        for figure in figures
    ] == [[("2018-03-01", "2019-01-01")], [("2012-03-01", "2013-08-31"), ("2018-10-01", "2018-12-31")]]


def test_an_event_outside_the_drawn_time_is_not_drawn() -> None:
    events = [Event(date(2001, 1, 1), None, "Before"), Event(date(2019, 1, 1), None, "After")]

    assert trend_figure(series(QUARTERS.points, events=events))["layout"].get("shapes", []) == []


def test_of_many_events_the_latest_are_named_beside_every_break() -> None:
    events = [Event(date(2007 + n, 1, 1), None, f"Event {n}") for n in range(9)]

    figure = trend_figure(series(QUARTERS.points, QUARTERS.breaks, events=events))

    named = [text.replace("<br>", " ") for name, text in names(figure) if name in ("break", "event")]
    assert named == [*(f"Event {n}" for n in range(4, 9)), "Consistent recording"]


def test_words_too_long_for_their_places_stand_each_in_a_row_of_its_own() -> None:
    events = [Event(date(2007 + 3 * n, 1, 1), None, "Incomprehensibilities" * 3) for n in range(3)]

    figure = trend_figure(series(QUARTERS.points, events=events))

    feet = [a["yshift"] for a in figure["narrow"]["annotations"] if a["name"] == "event"]
    assert len(set(feet)) == 3


@pytest.mark.parametrize("layout", ["layout", "narrow"])
def test_a_target_is_a_line_while_it_holds_and_is_named(layout: str) -> None:
    figure = trend_figure(WANTED)

    lines = [(each["x"], each["y"]) for each in figure["data"] if each["name"] == "target"]
    assert lines == [(["2016-01-01", "2017-12-31"], [85, 85]), (["2018-01-01", "2021-01-01"], [75, 75])]
    assert [text for name, text in names(figure, layout) if name == "target"] == ["Target 85", "Target 75"]


def test_a_target_for_another_length_of_period_or_time_is_not_drawn() -> None:
    others = [
        Target(Decimal(400), 12, date(2018, 1, 1), date(2018, 12, 31)),
        Target(Decimal(85), 3, date(2030, 1, 1), date(2030, 12, 31)),
        Target(Decimal(85), 3, date(1990, 1, 1), date(1990, 12, 31)),
    ]

    assert "target" not in [each["name"] for each in trend_figure(series(BETTER.points, targets=others))["data"]]


def test_a_target_beyond_all_values_is_within_the_scale() -> None:
    held = series(BETTER.points, targets=[Target(Decimal(480), 3, date(2018, 1, 1), date(2018, 12, 31))])

    assert trend_figure(held)["layout"]["yaxis"]["range"][1] > 480


@pytest.mark.parametrize("layout", ["layout", "narrow"])
def test_the_name_of_a_range_too_short_for_it_stands_after_it(layout: str) -> None:
    said = {text.replace("<br>", " ") for name, text in names(trend_figure(SHORT), layout) if name == "range"}

    assert said == {"Usual range", "Range on trial"}


def test_a_break_outside_the_drawn_time_is_not_drawn() -> None:
    held = series(years([1, 2, 3]), [change_of_recording("2001-01-01"), change_of_recording("2031-01-01")])

    assert trend_figure(held)["layout"].get("shapes", []) == []


def test_the_last_value_stands_right_of_its_point() -> None:
    figure = trend_figure(QUARTERS)

    last = next(a for a in figure["layout"]["annotations"] if a["name"] == "last value")
    assert last["text"] == "420"
    assert (last["xanchor"], last["x"]) == ("left", trace(figure, "solid")["x"][-1])


def test_pointing_tells_what_the_table_has() -> None:
    assert trace(trend_figure(PROVISIONAL), "hollow")["hovertext"] == ["2018: 8 (provisional)"]


def test_words_that_look_like_markup_are_shown_as_they_are() -> None:
    hostile = change_of_recording("2011-06-01", title="<b onclick=x>A & B</b>")

    figure = trend_figure(series(years([1, 2, 3, 4]), [hostile]))

    text = next(text.replace("<br>", " ") for name, text in names(figure) if name == "break")
    assert text == "&lt;b onclick=x&gt;A &amp; B&lt;/b&gt;"


def test_calendar_years_are_named_under_their_points_and_other_years_by_their_last_month() -> None:
    financial = series([point(year(n).shifted(3), n) for n in range(2012, 2016)])

    assert trend_figure(PROVISIONAL)["layout"]["xaxis"]["ticktext"] == [str(n) for n in range(2012, 2019)]
    assert trend_figure(financial)["layout"]["xaxis"]["ticktext"] == [f"Mar {n}" for n in range(2013, 2017)]


def test_a_narrow_picture_names_fewer_years() -> None:
    figure = trend_figure(QUARTERS)

    wide, narrow = (figure[layout]["xaxis"]["ticktext"] for layout in ("layout", "narrow"))
    assert len(narrow) < len(wide)
    assert set(narrow) < set(wide)


def test_values_of_an_axis_are_in_the_unit_with_even_decimals() -> None:
    assert trend_figure(MIXED)["layout"]["yaxis"]["ticktext"] == ["0%", "5%", "10%", "15%", "20%"]


@pytest.mark.parametrize(("number", "wide", "narrow"), [(6, 7.0, 7.0), (51, 5.1, 3.0), (90, 3.0, 3.0)])
def test_many_points_are_drawn_small(number: int, wide: float, narrow: float) -> None:
    figure = trend_figure(series(quarters([98 + n % 3 for n in range(number)], quarter(1990, 1))))

    assert trace(figure, "solid")["marker"]["size"] == wide
    assert (figure["layout"]["meta"]["dot"], figure["narrow"]["meta"]["dot"]) == (wide, narrow)


# --- the usual range


def traces_of(held: Series) -> list[str]:
    return [each["name"] for each in trend_figure(held)["data"]]


def test_limits_are_dashed_around_a_mean_and_dotted_on_trial() -> None:
    judging, trial = trend_figure(BETTER), trend_figure(TRIAL)

    assert trace(judging, "usual range")["line"]["dash"] == "6px,4px"
    assert trace(trial, "range on trial")["line"]["dash"] == "2px,3px"
    assert set(trace(judging, "mean")["y"]) == {100.0, None}
    assert ("range", "Usual range") in names(judging)
    assert ("range", "Range on trial") in names(trial)


@pytest.mark.parametrize(
    ("number", "expected"), [(4, []), (5, ["range on trial", "mean"]), (13, ["usual range", "mean"])]
)
def test_a_range_appears_with_five_points_and_judges_with_thirteen(number: int, expected: list[str]) -> None:
    held = series(quarters([98 + 4 * (n % 2) for n in range(number)]))

    assert traces_of(held) == [*expected, "line", "solid"]


def test_rolling_years_have_no_range() -> None:
    assert traces_of(ROLLING) == ["line", "solid"]


def test_a_range_ends_at_a_break() -> None:
    across = trace(trend_figure(QUARTERS), "usual range")

    assert "2017-02-15" in across["x"]
    assert max(x for x in across["x"] if x) < "2017-04-01"
    assert len(trace(trend_figure(QUARTERS), "range on trial")["x"]) == 2 * (7 + 1)


def test_a_seasonal_range_follows_the_season_and_no_range_goes_below_nothing() -> None:
    assert len(set(trace(trend_figure(SEASONAL), "usual range")["y"])) > 3
    few = trace(trend_figure(series(quarters([0, 3, 1, 4] * 4))), "usual range")
    assert min(y for y in few["y"] if y is not None) == 0


@pytest.mark.parametrize(
    ("held", "look", "symbol", "color", "words"),
    [
        (BETTER, "better", "diamond", palette.TURQUOISE, "better"),
        (WORSE, "worse", "triangle-up", palette.ORANGE, "worse"),
        (SEASONAL, "change", "square", palette.DARK_BLUE, "more than usual"),
    ],
)
def test_points_that_stand_out_have_a_shape_and_words(
    held: Series, look: str, symbol: str, color: str, words: str
) -> None:
    figure = trend_figure(held)

    marker = trace(figure, look)["marker"]
    assert (marker["symbol"], marker["color"]) == (symbol, color)
    assert (look, words) in names(figure)
    assert trace(figure, look)["hovertext"][-1].endswith(f", {words}")
    assert trace(figure, look)["meta"] == "signal"
    assert set(trace(figure, look)["x"]).isdisjoint(trace(figure, "solid")["x"])


def test_an_early_sign_is_hollow_and_named_so() -> None:
    figure = trend_figure(WORSE)

    early = trace(figure, "early worse")
    assert (early["marker"]["color"], early["marker"]["line"]["color"]) == (palette.WHITE, palette.ORANGE)
    assert ("early worse", "early sign: worse") in names(figure)


def test_how_points_stand_out_is_said_once_for_each_way() -> None:
    up_and_down = series(quarters([98, 102, 97, 103] * 4 + [130, 100, 130, 100, 60, 100, 60]))

    said = [text for name, text in names(trend_figure(up_and_down)) if name == "change"]
    assert sorted(said) == ["fewer than usual", "more than usual"]
