"""How figures are judged, said in the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.watch import PageAs
from tools.pages import ANALYST


def fill_in(page: Page) -> None:
    """A recording change of robbery and another indicator, up to what it would change."""
    page.goto("/indicators/robbery/")
    page.get_by_role("link", name="Record a change in recording").click()
    page.get_by_label("What changed").fill("Another system (illustrative)")
    page.get_by_label("Kind of change").select_option("Recording system")
    page.get_by_label("When it changed").fill("2018-10-01")
    page.get_by_label("First day from which figures compare with one another again").fill("2018-10-01")
    page.get_by_label("Why figures cannot be compared across it").fill("Illustrative.")
    page.get_by_label("Evidence").fill("Illustrative.")
    page.get_by_role("checkbox", name="Theft offences", exact=True).check()
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_role("heading", name="What this changes")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_what_would_change_is_readable_by_all(page_as: PageAs, width: int) -> None:
    page = page_as(ANALYST, width=width)

    fill_in(page)

    expect(page.get_by_role("heading", name="Readings that change: 2")).to_be_visible()
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.every_database
def test_without_javascript_an_analyst_records_a_change_and_withdraws_it(page_as: PageAs) -> None:
    page = page_as(ANALYST, width=360, javascript=False)
    page.goto("/indicators/robbery/")
    headline = page.locator(".csa-headline").inner_text()

    fill_in(page)
    page.get_by_role("button", name="Record this change").click()

    expect(page.get_by_text("Analyst recorded the recording change 'Another system (illustrative)'.")).to_be_visible()
    expect(page.locator(".csa-headline")).to_contain_text("another system (illustrative)")

    page.get_by_role("link", name="Withdraw Another system (illustrative)").click()
    page.get_by_label("Why it is withdrawn").fill("Illustrative.")
    page.get_by_role("button", name="Withdraw").click()

    expect(page.locator(".csa-headline")).to_have_text(headline)
    expect(page.get_by_text("Withdrawn by Analyst")).to_be_visible()
