"""A figure as SVG: the same points, breaks and words, readable at both widths."""

import re
from itertools import combinations

import pytest

from indicators.charts import palette
from indicators.charts.frame import NARROW, WIDE
from indicators.charts.line import Line
from indicators.charts.svg import svg
from indicators.charts.trend import trend_figure
from tests.series import change_of_recording, series, years
from tests.unit.charts.figures import (
    ALL,
    HAPPENED,
    QUARTERS,
    WANTED,
    lines_of,
    parsed,
    points_in,
    points_of,
    size_of,
    words_in,
)

ENDS = ("x1", "x2", "y1", "y2")
every_picture = pytest.mark.parametrize(
    ("name", "narrow"), [(name, narrow) for name in ALL for narrow in (False, True)]
)


def picture_and_layout(name: str, narrow: bool) -> tuple[str, dict]:
    figure = trend_figure(ALL[name])
    return svg(figure, narrow=narrow), figure["narrow" if narrow else "layout"]


@every_picture
def test_points_stand_where_plotly_puts_them(name: str, narrow: bool) -> None:
    picture, layout = picture_and_layout(name, narrow)

    expected = points_of(trend_figure(ALL[name]), layout)
    assert len(points_in(picture)) == len(expected)
    for (x, y), (x_of, y_of) in zip(points_in(picture), expected, strict=True):
        assert (x, y) == (pytest.approx(x_of, abs=0.15), pytest.approx(y_of, abs=0.15))


@every_picture
def test_every_word_of_the_figure_is_in_the_picture_and_no_other(name: str, narrow: bool) -> None:
    picture, layout = picture_and_layout(name, narrow)

    expected = [
        *layout["yaxis"]["ticktext"],
        *layout["xaxis"]["ticktext"],
        *(line for each in layout["annotations"] for line in lines_of(each["text"])),
    ]
    assert [words.text for words in words_in(picture)] == expected


@every_picture
def test_breaks_are_dotted_lines_from_the_foot_of_the_plot_to_their_words(name: str, narrow: bool) -> None:
    picture, layout = picture_and_layout(name, narrow)

    dotted = [line.attrib for line in parsed(picture).iter("line") if "stroke-dasharray" in line.attrib]
    assert len(dotted) == sum(shape["name"] == "break" for shape in layout.get("shapes", []))
    for line in dotted:
        assert line["x1"] == line["x2"]
        assert float(line["y1"]) == pytest.approx(layout["height"] - layout["margin"]["b"], abs=0.1)
        assert 0 <= float(line["y2"]) < layout["margin"]["t"]


@every_picture
def test_no_two_words_overlap_and_all_lie_within_the_picture(name: str, narrow: bool) -> None:
    picture, _ = picture_and_layout(name, narrow)
    words, (width, height) = words_in(picture), size_of(picture)

    assert [(a.text, b.text) for a, b in combinations(words, 2) if a.box.overlaps(b.box)] == []
    assert [
        w.text for w in words if w.box.left < 0 or w.box.top < -1 or w.box.right > width or w.box.bottom > height
    ] == []


@every_picture
def test_no_word_stands_on_a_point(name: str, narrow: bool) -> None:
    picture, _ = picture_and_layout(name, narrow)

    covered = [
        (word.text, x, y)
        for word in words_in(picture)
        for x, y in points_in(picture)
        if word.box.left < x < word.box.right and word.box.top < y < word.box.bottom
    ]
    assert covered == []


@every_picture
def test_no_word_lies_across_the_line_of_a_break_or_an_event(name: str, narrow: bool) -> None:
    picture, _ = picture_and_layout(name, narrow)
    lines = [
        {name: float(at) for name, at in line.attrib.items() if name in ENDS} for line in parsed(picture).iter("line")
    ]
    uprights = [(at["x1"], at["y2"]) for at in lines if at["x1"] == at["x2"] and at["y1"] - at["y2"] > 10]
    assert len(uprights) == len(Line.of(ALL[name]).marks)

    crossed = [
        (word.text, x)
        for word in words_in(picture)
        for x, top in uprights
        if word.kind != "axis" and word.box.left + 1 < x < word.box.right - 1 and word.box.bottom > top + 1
    ]
    assert crossed == []


@every_picture
def test_every_usual_range_and_target_is_named(name: str, narrow: bool) -> None:
    picture, _ = picture_and_layout(name, narrow)
    line = Line.of(ALL[name])

    said = " ".join(words.text for words in words_in(picture))
    for band in {band.name for band in line.bands}:
        assert band in said
    for target in line.targets:
        assert f"Target {target.value}" in said


def test_what_happened_is_a_thin_line_and_what_lasted_a_band_behind_the_points() -> None:
    picture = svg(trend_figure(HAPPENED))
    elements = [element.tag for element in parsed(picture)]

    bands = [element.attrib for element in parsed(picture).iter("rect")]
    assert len(bands) == 2
    assert {band["fill"] for band in bands} == {palette.BAND}
    assert elements.index("rect") < elements.index("circle")


def test_a_target_is_a_dashed_line_of_its_own_colour() -> None:
    lines = [p.attrib for p in parsed(svg(trend_figure(WANTED))).iter("path") if p.attrib["class"] == "chart__target"]

    assert [(line["stroke"], line["stroke-dasharray"]) for line in lines] == [(palette.DARK_PINK, "12 5")] * 2


def test_a_picture_with_many_names_above_is_higher_and_its_plot_as_high_as_ever() -> None:
    figure = trend_figure(HAPPENED)

    for name, size in (("layout", WIDE), ("narrow", NARROW)):
        layout = figure[name]
        assert layout["height"] > size.height
        assert layout["height"] - layout["margin"]["t"] > size.height - 3.7 * size.font


@every_picture
def test_letters_are_eleven_pixels_or_more(name: str, narrow: bool) -> None:
    picture, _ = picture_and_layout(name, narrow)

    assert float(parsed(picture).attrib["font-size"]) >= 11


def test_the_line_is_interrupted_where_the_figure_says() -> None:
    line = next(p for p in parsed(svg(trend_figure(QUARTERS))).iter("path") if p.attrib["class"] == "chart__line")

    assert line.attrib["d"].count("M") == 2


def test_a_picture_is_hidden_from_screen_readers_and_carries_no_style_or_script() -> None:
    picture = svg(trend_figure(QUARTERS))

    assert parsed(picture).attrib["aria-hidden"] == "true"
    assert not re.search(r"style=|<style|<script|\son\w+=", picture)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b < c"])
def test_hostile_words_stay_words(title: str) -> None:
    held = series(years([1, 2, 3, 4]), [change_of_recording("2011-06-01", title=title)])

    picture = svg(trend_figure(held))

    assert {element.tag for element in parsed(picture).iter()} <= {"svg", "line", "text", "path", "circle"}
    assert title in " ".join(words.text for words in words_in(picture) if words.kind == "break")
