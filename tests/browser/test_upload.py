"""Uploading a file: how much of it has been sent and that it is being checked, with JavaScript and without."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.watch import PageAs

ROWS = "indicator,area_code,period_start,period_end,value,note\nroad-deaths,E10000016,2016-01-01,2016-12-31,50,"
# So many bytes a second go out, to see a file on its way.
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_500_000}

WATCH = """() => {
    const form = document.querySelector("form[data-upload]");
    const tell = () => window.seen([
        form.querySelector("[role=status]").textContent,
        form.querySelector("progress").getAttribute("value") ?? "unknown",
        form.querySelector("progress").hidden ? "hidden" : "shown",
    ]);
    new MutationObserver(tell).observe(form, {subtree: true, childList: true, characterData: true, attributes: true});
}"""


def choose(page: Page, file: Path) -> None:
    page.goto("/data/upload/")
    page.locator("input[type=file]").set_input_files(file)


def press(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def test_a_file_shows_how_much_of_it_is_sent_and_then_that_it_is_checked(page_as: PageAs, tmp_path: Path) -> None:
    page, told = page_as("analyst", width=360), list[list[str]]()
    page.expose_function("seen", lambda said: told.append(said))
    file = tmp_path / "long.csv"
    file.write_text(ROWS + "as stated\n" + "\n" * 4_000_000)
    choose(page, file)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.evaluate(WATCH)

    press(page)

    expect(page.locator("progress")).to_be_visible()
    assert_no_sideways_scroll(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes", timeout=30_000)
    texts, values = [text for text, *_ in told], [value for _, value, _ in told]
    percents = [int(found[1]) for text in texts if (found := re.fullmatch(r"Sending the file: (\d+)%", text))]
    assert percents == sorted(percents)
    assert len(set(percents)) > 3
    assert all(percent % 10 == 0 for percent in percents)
    assert len(set(values)) > 5
    assert told[-1] == ["Checking the file …", "unknown", "shown"]


def test_a_file_of_which_nothing_can_be_read_leads_to_its_page(page_as: PageAs, tmp_path: Path) -> None:
    page, file = page_as("analyst"), tmp_path / "report.csv"
    file.write_bytes(b"%PDF-1.7")
    choose(page, file)

    press(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("This file cannot be used")


def test_without_a_file_the_page_says_what_is_missing(page_as: PageAs) -> None:
    page = page_as("analyst", status=422)
    page.goto("/data/upload/")

    press(page)

    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")


def test_what_the_server_says_of_the_form_stands_in_the_page(page_as: PageAs, tmp_path: Path) -> None:
    """A file without a name cannot be chosen, so the name of its field is changed on the way."""
    page, file = page_as("analyst", status=422), tmp_path / "road.csv"
    file.write_text(ROWS)
    choose(page, file)
    page.evaluate("() => { document.querySelector('input[type=file]').name = 'other'; }")

    press(page)

    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
    page.locator("input[type=file]").set_input_files(file)
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes")


def test_a_server_that_does_not_answer_is_told_and_the_file_can_be_sent_again(page_as: PageAs, tmp_path: Path) -> None:
    page, file = page_as("analyst", status=503), tmp_path / "again.csv"
    file.write_text(ROWS + "again")
    choose(page, file)
    page.route("**/data/upload/", lambda route: route.fulfill(status=503, body="no"))

    press(page)
    expect(page.get_by_role("status")).to_have_text("The file could not be sent. Try again. (503)")
    expect(page.locator("progress")).to_be_hidden()

    page.unroute("**/data/upload/")
    page.wait_for_timeout(1100)  # A second press within a second is taken for a double click.
    press(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes")


def test_without_javascript_the_form_is_sent_like_any_other(page_as: PageAs, tmp_path: Path) -> None:
    page, file = page_as("analyst", javascript=False), tmp_path / "plain.csv"
    file.write_text(ROWS + "plain")
    choose(page, file)
    expect(page.locator("progress")).to_be_hidden()

    press(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes")
