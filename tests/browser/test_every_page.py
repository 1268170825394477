"""Every page, wide and narrow: nothing fails in it, everybody can use it, it reads without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.watch import PageAs
from tools.pages import PAGES, WIDTHS, Page

every_page = pytest.mark.parametrize("place", PAGES, ids=[page.name for page in PAGES])


@every_page
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_accessible_and_stays_within_its_width(page_as: PageAs, place: Page, width: int) -> None:
    page = page_as(place.account, width=width, status=place.status)

    answer = page.goto(place.path, wait_until="networkidle")

    assert answer is not None
    assert answer.status == place.status
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@every_page
def test_a_page_reads_without_javascript(page_as: PageAs, place: Page) -> None:
    page = page_as(place.account, javascript=False, status=place.status)

    page.goto(place.path)

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_be_visible()
