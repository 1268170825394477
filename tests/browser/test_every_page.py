"""Every page, narrow and wide: nothing fails in it, everybody can use it."""

import pytest

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.watch import PageAs
from tools.pages import PAGES, WIDTHS, Page


@pytest.mark.parametrize("place", PAGES, ids=[page.name for page in PAGES])
def test_a_page_is_accessible_and_stays_within_its_width(page_as: PageAs, place: Page) -> None:
    narrowest, *wider = sorted(WIDTHS)
    page = page_as(place.account, width=narrowest, status=place.status)

    answer = page.goto(place.path)

    assert answer is not None
    assert answer.status == place.status
    if page.locator("figure.chart").count():
        page.wait_for_load_state("networkidle")
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    for width in wider:
        page.set_viewport_size({"width": width, "height": 900})
        assert_no_sideways_scroll(page)
        assert_accessible(page)
