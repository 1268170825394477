"""Every page reads without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.watch import PageAs
from tools.pages import PAGES, Page


@pytest.mark.parametrize("place", PAGES, ids=[page.name for page in PAGES])
def test_a_page_reads_without_javascript(page_as: PageAs, place: Page) -> None:
    page = page_as(place.account, javascript=False, status=place.status)

    page.goto(place.path)

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_be_visible()
