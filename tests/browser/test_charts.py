"""Charts: the picture in the page and what plotly.js draws over it say the same, and the picture never fails."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watch import PageAs

ADDRESS = "/indicators/public-order-offences/"

READ = """chart => {
    const frame = chart.querySelector('.chart__picture').getBoundingClientRect();
    const centre = element => {
        const box = element.getBoundingClientRect();
        return [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];
    };
    const shown = [...chart.querySelectorAll('.chart__svg')].find(svg => svg.getClientRects().length);
    const live = chart.querySelector('.chart__live');
    const lines = element => {
        const parts = [...element.querySelectorAll('tspan.line')];
        return (parts.length ? parts : [element]).map(e => e.textContent);
    };
    const words = (root, selector) => [...root.querySelectorAll(selector)].flatMap(lines).sort();
    const places = (root, selector) => [...root.querySelectorAll(selector)].map(centre)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const sides = element => { const box = element.getBoundingClientRect(); return [box.width, box.height]; };
    return {
        picture: {
            size: sides(shown),
            points: places(shown, '.chart__point'),
            breaks: places(shown, 'line[stroke-dasharray]'),
            words: words(shown, 'text'),
        },
        live: live && {
            size: sides(live.querySelector('.main-svg')),
            points: places(live, '.scatterlayer .point'),
            breaks: places(live, '.shapelayer path'),
            words: words(live, '.xtick text, .ytick text, .annotation-text'),
        },
    };
}"""

LIVE_WORDS = """chart => {
    const live = chart.querySelector('.chart__live');
    const texts = [...live.querySelectorAll('.xtick text, .ytick text, .annotation-text')];
    return texts.flatMap(text => {
        const lines = [...text.querySelectorAll('tspan.line')];
        return lines.length ? lines : [text];
    }).map(line => {
        const box = line.getBoundingClientRect();
        return [line.textContent, box.left, box.top, box.right, box.bottom];
    });
}"""


def taken_over(page: Page) -> dict[str, Any]:
    """Both drawings of the first chart, after plotly.js has drawn it."""
    chart = page.locator(".chart").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_class("chart chart--live")
    read: dict[str, Any] = chart.evaluate(READ)
    return read


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_both_drawings_show_the_same_points_breaks_and_words_at_the_same_place(page_as: PageAs, width: int) -> None:
    page = page_as("governing", width=width)
    page.goto(ADDRESS)

    drawn = taken_over(page)
    picture, live = drawn["picture"], drawn["live"]

    assert len(picture["points"]) == 51
    assert len(picture["breaks"]) == 1
    assert picture["words"] == live["words"]
    assert picture["size"] == pytest.approx(live["size"], abs=1)
    for kind in ("points", "breaks"):
        assert len(picture[kind]) == len(live[kind])
        for one, other in zip(picture[kind], live[kind], strict=True):
            assert one == pytest.approx(other, abs=1.5)


def test_taking_over_moves_nothing_on_the_page(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    before = page.locator("#definition").bounding_box()

    taken_over(page)

    page.evaluate("() => window.scrollTo(0, 0)")
    assert page.locator("#definition").bounding_box() == before


def test_the_finding_is_the_same_over_the_picture_the_live_chart_and_in_print(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    titles = page.locator(".chart__title")
    expect(titles).to_have_text(["Public order offences: figures before April 2017 cannot be compared"])

    taken_over(page)
    expect(titles).to_have_text(["Public order offences: figures before April 2017 cannot be compared"])
    page.emulate_media(media="print")
    expect(titles.first).to_be_visible()
    assert page.locator(".chart").first.get_attribute("aria-labelledby") == titles.first.get_attribute("id")


@pytest.mark.parametrize("width", [1280, 360])
def test_live_words_overlap_no_others_and_the_range_on_trial_is_named(page_as: PageAs, width: int) -> None:
    page = page_as("governing", width=width)
    page.goto("/indicators/all-recorded-crime-excluding-fraud/")
    chart = page.locator(".chart").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_class("chart chart--live")

    boxes = chart.evaluate(LIVE_WORDS)

    said = " ".join(text for text, *_ in boxes)
    assert "Range" in said
    assert "on trial" in said
    crowded = [
        (a[0], b[0])
        for number, a in enumerate(boxes)
        for b in boxes[:number]
        if a[1] + 2 < b[3] and b[1] + 2 < a[3] and a[2] + 4 < b[4] and b[2] + 4 < a[4]
    ]
    assert crowded == []


def test_pointing_at_a_figure_tells_its_period_and_value(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    taken_over(page)

    page.locator(".chart__live .scatterlayer .point").last.hover(force=True)

    expect(page.locator(".chart__live .hoverlayer")).to_contain_text("October to December 2018: 3,732")


def test_the_keyboard_passes_by_and_no_toolbar_appears(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    taken_over(page)

    stops = page.locator(".chart__live :is(a, button, input, [tabindex])")
    assert stops.count() == 0
    expect(page.locator(".chart__live .modebar-btn")).to_have_count(0)


def test_without_javascript_the_picture_is_there(page_as: PageAs) -> None:
    page = page_as("governing", javascript=False)

    page.goto(ADDRESS)

    expect(page.locator(".chart__svg--wide").first).to_be_visible()
    expect(page.locator(".chart__svg--narrow").first).to_be_hidden()
    expect(page.locator(".chart__live")).to_have_count(0)


def test_where_the_library_fails_the_picture_stays(page_as: PageAs) -> None:
    page = page_as("governing")
    page.route("**/plotly-basic*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    with page.expect_response("**/plotly-basic*.js"):
        page.goto(ADDRESS)
        page.locator(".chart").first.scroll_into_view_if_needed()

    expect(page.locator(".chart__live")).to_have_count(0)
    expect(page.locator(".chart__svg--wide").first).to_be_visible()


def test_in_print_the_picture_is_back(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    taken_over(page)

    page.emulate_media(media="print")

    expect(page.locator(".chart__svg--wide").first).to_be_visible()
    expect(page.locator(".chart__live").first).to_be_hidden()


def test_when_the_window_narrows_the_narrow_chart_takes_its_place(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto(ADDRESS)
    taken_over(page)

    page.set_viewport_size({"width": 360, "height": 900})

    expect(page.locator(".chart__live .xtick text")).to_have_count(6)
    expect(page.locator(".chart__svg--narrow").first).to_be_attached()
    drawn = page.locator(".chart").first.evaluate(READ)
    assert drawn["picture"]["words"] == drawn["live"]["words"]
