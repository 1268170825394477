"""What people come for, from signing in to the page where it shows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.watch import PageAs

ACCOUNT = "What has happened"
HEADER = "indicator,area_code,period_start,period_end,value,status\n"


def continue_as(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name=f"Continue as {who}").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def upload(page: Page, file: Path, text: str) -> None:
    """Bring a file of figures, up to the page that says what it changes."""
    file.write_text(text)
    page.goto("/data/")
    page.get_by_role("button", name="Upload a file of figures").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Continue").click()


@pytest.mark.every_database
def test_a_member_updates_an_action_and_the_priority_shows_it(page_as: PageAs) -> None:
    page = page_as()
    continue_as(page, "police member")

    page.get_by_role("link", name="Actions", exact=True).click()
    page.get_by_role("link", name="Join operations in the night-time economy").click()
    page.get_by_role("button", name=re.compile("^Update")).click()
    account = page.get_by_role("textbox", name=ACCOUNT)
    account.fill(account.input_value() + "\n\nTwo more operations are planned for the summer.")
    page.get_by_role("radio", name="On track").check()
    page.get_by_role("button", name="Save").click()

    page.goto("/priorities/anti-social-behaviour/")
    expect(page.get_by_text("Two more operations are planned for the summer.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("On track").first).to_be_visible()


@pytest.mark.every_database
def test_an_analyst_uses_a_file_and_page_and_chart_change(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as()
    continue_as(page, "analyst")

    upload(
        page,
        tmp_path / "road-casualties.csv",
        HEADER
        + "road-casualties,E10000016,2017-01-01,2017-12-31,5791,final\n"
        + "road-casualties,E10000016,2018-01-01,2018-12-31,5300,final\n"
        + "road-casualties,E10000016,2019-01-01,2019-12-31,5250,provisional\n",
    )

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes")
    expect(page.get_by_text("1 new, 1 revised, 1 unchanged")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use these figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changed")

    page.goto("/indicators/road-casualties/")
    expect(page.get_by_role("cell", name="5,250").first).to_be_attached()
    expect(page.get_by_role("cell", name="5,300").first).to_be_attached()


def test_a_file_with_errors_names_line_and_column_and_changes_nothing(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("analyst")

    upload(
        page,
        tmp_path / "wrong.csv",
        HEADER
        + "road-deaths,E10000016,2018-01-01,2018-12-31,forty-seven,final\n"
        + "road-deaths,E10000016,2018-01-01,2018-11-31,47,final\n",
    )

    expect(page.get_by_role("heading", level=1)).to_have_text("This file cannot be used")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("line 2.*value", re.IGNORECASE))
    expect(page.get_by_role("alert")).to_contain_text(re.compile("line 3.*period_end", re.IGNORECASE))
    assert_accessible(page)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, False)])
def test_a_wrong_cell_is_corrected_and_its_file_used_in_four_clicks(
    page_as: PageAs, tmp_path: Path, width: int, javascript: bool
) -> None:
    page = page_as("analyst", width=width, javascript=javascript)
    year = 2019 if javascript else 2020
    page.goto("/data/upload/")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(HEADER + f"road-deaths,E10000016,{year}-01-01,{year}-12-31,4O,provisional\n")
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This file cannot be used")
    assert_no_sideways_scroll(page)

    clicks = 0
    for element, typed in (
        (page.get_by_role("textbox", name="Correct to"), "40"),
        (page.get_by_role("textbox", name="Why"), "A letter O for a nought"),
        (page.get_by_role("button", name="Correct Line 2, column 5"), ""),
        (page.get_by_role("button", name="Use these figures"), ""),
    ):
        element.click()
        clicks += 1
        if typed:
            element.fill(typed)

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changed")
    expect(page.get_by_role("row", name=re.compile("Line 2, column 5.*4O.*40.*A letter O"))).to_be_visible()
    assert clicks <= 4
    if javascript:
        assert_accessible(page)


def test_the_keyboard_alone_goes_from_an_error_to_the_corrected_cell(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("analyst")
    upload(page, tmp_path / "wrong.csv", HEADER + "road-deaths,E10000016,2021-01-01,2021-12-31,4O,provisional\n")
    page.wait_for_url(re.compile(r"/data/uploads/\d+/"))

    press_until(page, "Line 2, column 5 (value)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Correct to")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("40")
    page.keyboard.press("Tab")
    page.keyboard.type("A letter O for a nought")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file changes")


def test_two_people_update_an_action_at_once_and_the_second_sees_both_texts(page_as: PageAs) -> None:
    first, second = page_as("member-police"), page_as("coordinator", width=360, status=409)
    for page in (first, second):
        page.goto("/actions/ab3/update/")

    first.get_by_role("textbox", name=ACCOUNT).fill("The first text.")
    first.get_by_role("button", name="Save").click()
    second.get_by_role("textbox", name=ACCOUNT).fill("The second text.")
    second.get_by_role("button", name="Save").click()

    expect(second.get_by_text("The first text.")).to_be_visible()
    expect(second.get_by_role("textbox", name=ACCOUNT)).to_have_value("The second text.")
    assert_accessible(second)


def press_until(page: Page, name: str, key: str = "Tab", tries: int = 60) -> None:
    """Press a key until the element of that name has the focus, as somebody without a mouse does."""
    for _ in range(tries):
        page.keyboard.press(key)
        focused = page.evaluate("() => (document.activeElement.innerText || '').trim()")
        if focused.startswith(name):
            return
    raise AssertionError(f"'{name}' was not reached by pressing {key} {tries} times.")


def test_the_keyboard_alone_goes_from_signing_in_to_a_saved_update(page_as: PageAs) -> None:
    page = page_as()
    page.goto("/accounts/login/")

    press_until(page, "Continue as police member")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    press_until(page, "Actions")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/**")
    press_until(page, "Skip to main content")
    page.keyboard.press("Enter")
    press_until(page, "Join operations in the night-time economy")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/ab3/**")
    press_until(page, "Update")
    page.keyboard.press("Enter")
    page.wait_for_url("**/update/**")
    press_until(page, "Save")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text(re.compile("saved|updated", re.IGNORECASE))


def test_the_overview_prints_on_one_page(page_as: PageAs) -> None:
    page = page_as("governing")
    page.goto("/", wait_until="networkidle")

    paper = page.pdf(format="A4", print_background=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
