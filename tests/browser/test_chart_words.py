"""The words in charts as a browser sets them: measured, because its letters are not those that the rules reckon by."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from indicators.charts.svg import svg
from indicators.charts.trend import trend_figure
from tests.unit.charts.figures import ALL

# What of two words may overlap in pixels: the boxes of letters are higher than the letters.
SLACK = 2

MEASURE = """() => [...document.querySelectorAll('svg')].map(svg => {
    const round = box => [box.left, box.top, box.right, box.bottom];
    return {
        name: svg.parentElement.id,
        frame: round(svg.getBoundingClientRect()),
        words: [...svg.querySelectorAll('text')].map(text => [text.textContent, round(text.getBoundingClientRect())]),
        points: [...svg.querySelectorAll('.chart__point')].map(point => round(point.getBoundingClientRect())),
    };
})"""


@pytest.fixture(scope="module", params=[(1280, False), (360, True)], ids=["1280", "360"])
def measured(chromium: Browser, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Every picture at one width of the window, with the boxes of its words and points."""
    width, narrow = request.param
    page = chromium.new_page(viewport={"width": width, "height": 900})
    column = 720 if width > 720 else width - 30
    drawn = {name: svg(trend_figure(held), narrow=narrow) for name, held in ALL.items()}
    pictures = "".join(f'<div id="{name}" style="width: {column}px">{picture}</div>' for name, picture in drawn.items())
    page.set_content(f"<style>svg {{ width: 100%; height: auto }}</style>{pictures}")
    found: list[dict[str, Any]] = page.evaluate(MEASURE)
    page.close()
    assert len(found) == len(ALL)
    return found


def overlap(a: list[float], b: list[float]) -> bool:
    return a[0] + SLACK < b[2] and b[0] + SLACK < a[2] and a[1] + 2 * SLACK < b[3] and b[1] + 2 * SLACK < a[3]


def test_no_two_words_overlap(measured: list[dict[str, Any]]) -> None:
    crowded = [
        (picture["name"], one[0], other[0])
        for picture in measured
        for number, one in enumerate(picture["words"])
        for other in picture["words"][:number]
        if overlap(one[1], other[1])
    ]
    assert crowded == []


def test_no_word_leaves_the_picture(measured: list[dict[str, Any]]) -> None:
    outside = [
        (picture["name"], word)
        for picture in measured
        for word, (left, top, right, bottom) in picture["words"]
        if left < picture["frame"][0] - 1
        or right > picture["frame"][2] + 1
        or top < picture["frame"][1] - 3
        or bottom > picture["frame"][3] + 3
    ]
    assert outside == []


def test_no_word_stands_on_a_point(measured: list[dict[str, Any]]) -> None:
    covered = [
        (picture["name"], word)
        for picture in measured
        for word, box in picture["words"]
        for point in picture["points"]
        if overlap(box, point)
    ]
    assert covered == []


def test_the_words_that_matter_are_there(measured: list[dict[str, Any]]) -> None:
    said = {picture["name"]: " ".join(word for word, _ in picture["words"]) for picture in measured}

    for name in ("quarters", "trial", "short", "small"):
        assert "Range on trial" in said[name]
    assert "Target 85" in said["wanted"]
    assert "Operation Sceptre" in said["happened"]
    assert "Mar 2013" in said["uneven"]
