"""My actions: how many clicks it takes, and that nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, counted
from tests.browser.watch import PageAs

ADDRESS = "/my-actions/"
ACTIONS = ("da2", "rs2", "ab3", "so4")
FOLLOWING_THE_LINK_IN_A_MAIL = 1


@pytest.fixture(autouse=True)
def _no_draft_of_an_earlier_test(page_as: PageAs) -> None:
    page = page_as("member-police")
    page.goto(ADDRESS)
    discard = page.get_by_role("button", name="Discard the draft")
    if discard.count():
        discard.click()
    expect(discard).to_have_count(0)
    page.context.close()


def box(page: Page, key: str) -> str:
    return f"#id_{key}-text"


def write(page: Page, key: str, text: str) -> None:
    """Add to the account of an action, as somebody does: click into the box, go to its end, type."""
    page.locator(box(page, key)).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {text}")


def kept(page: Page) -> None:
    """Wait until the server has the draft."""
    page.keyboard.press("Tab")
    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")


@pytest.mark.every_database
def test_four_actions_are_updated_in_at_most_seven_clicks_besides_typing(page_as: PageAs) -> None:
    page = page_as("member-police")
    clicks = counted(page)
    page.goto(ADDRESS)

    for key in ACTIONS:
        write(page, key, "More was done.")
    page.get_by_role("radio", name="On track").first.click()
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("4 actions updated")).to_be_visible()
    assert FOLLOWING_THE_LINK_IN_A_MAIL + clicks() <= 7
    expect(page.locator(box(page, "so4"))).to_have_value(re.compile(r"More was done\.$"))


def test_nothing_new_four_times_takes_six_clicks(page_as: PageAs) -> None:
    page = page_as("member-police", width=360)
    clicks = counted(page)
    page.goto(ADDRESS)

    for key in ACTIONS:
        page.locator(f"label[for=id_{key}-nothing_new]").click()
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("4 actions updated")).to_be_visible()
    assert FOLLOWING_THE_LINK_IN_A_MAIL + clicks() <= 6


def test_a_save_is_undone_with_one_click(page_as: PageAs) -> None:
    page = page_as("member-police")
    page.goto(ADDRESS)
    write(page, "ab3", "By mistake.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("1 action updated")).to_be_visible()

    page.get_by_role("button", name="Undo this save").click()

    expect(page.get_by_text("1 action taken back")).to_be_visible()
    expect(page.locator(box(page, "ab3"))).not_to_have_value(re.compile("By mistake"))


def test_the_keyboard_alone_fills_it_in_and_enter_in_a_box_saves(page_as: PageAs) -> None:
    page = page_as("member-police")
    page.goto(ADDRESS)

    page.locator(box(page, "da2")).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" By keyboard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(page.get_by_role("textbox", name="Why it is not pursued").first).to_be_hidden()
    page.locator("#id_da2-status_5").press("Space")
    reason = page.locator("#id_da2-reason")
    expect(reason).to_be_visible()
    reason.focus()
    page.keyboard.type("The money ended.")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 action updated")).to_be_visible()
    expect(page.locator("#id_da2-reason")).to_have_value("The money ended.")


@pytest.mark.parametrize("width", [1280, 360])
def test_with_everything_unfolded_and_wrong_it_is_accessible(page_as: PageAs, width: int) -> None:
    page = page_as("member-police", width=width, status=422)
    page.goto(ADDRESS)
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.locator("#id_rs2-link_url").fill("http://example.org")
    page.locator("#id_rs2-output_expected").fill("several")

    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    expect(page.locator("#id_rs2-link_url")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_without_javascript_a_draft_is_kept_and_the_form_saves(page_as: PageAs) -> None:
    page = page_as("member-police", javascript=False)
    page.goto(ADDRESS)
    account = page.locator(box(page, "ab3"))
    before = account.input_value()
    account.fill(f"{before}\n\nWritten without.")

    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("The boxes hold your draft")).to_be_visible()
    expect(account).to_have_value(f"{before}\n\nWritten without.")
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("1 action updated")).to_be_visible()
    expect(page.get_by_text("The boxes hold your draft")).to_have_count(0)


def test_what_was_typed_outlives_the_browser_and_shows_on_another_device(page_as: PageAs) -> None:
    page = page_as("member-police")
    page.goto(ADDRESS)
    write(page, "ab3", "Half a sen")
    kept(page)
    page.context.close()

    phone = page_as("member-police", width=360)
    phone.goto(ADDRESS)

    expect(phone.locator(box(phone, "ab3"))).to_have_value(re.compile("Half a sen$"))
    phone.get_by_role("button", name="Discard the draft").click()
    expect(phone.locator(box(phone, "ab3"))).not_to_have_value(re.compile("Half a sen"))


def test_a_session_that_ends_while_somebody_types_loses_nothing(page_as: PageAs) -> None:
    page = page_as("member-police")
    page.goto(ADDRESS)
    page.context.clear_cookies(name="csa_session")
    write(page, "ab3", "Typed after the session had ended.")
    page.keyboard.press("Tab")
    expect(page.locator("#draft-state")).to_contain_text("You have been signed out")

    page.goto(ADDRESS)
    page.get_by_role("button", name="Continue as police member").click()
    expect(page.get_by_text("there is text of")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Put it in the boxes").click()
    expect(page.locator(box(page, "ab3"))).to_have_value(re.compile("Typed after the session had ended.$"))
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.get_by_text("1 action updated")).to_be_visible()
    page.reload()
    expect(page.get_by_text("there is text of")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_sent_after_a_session_has_ended_is_in_the_boxes_when_one_is_back(
    page_as: PageAs, javascript: bool
) -> None:
    page = page_as("member-police", javascript=javascript)
    page.goto(ADDRESS)
    page.locator(box(page, "ab3")).fill("Sent too late.")
    page.context.clear_cookies(name="csa_session")

    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("button", name="Continue as police member").click()

    expect(page.get_by_text("You had been signed out, so nothing was saved.")).to_be_visible()
    expect(page.locator(box(page, "ab3"))).to_have_value("Sent too late.")
    expect(page.get_by_text("there is text of")).to_have_count(0)
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.locator(box(page, "ab3"))).not_to_have_value("Sent too late.")


def test_of_two_devices_the_newer_draft_is_offered_and_nothing_overwritten(page_as: PageAs) -> None:
    desk, phone = page_as("member-police", status=409), page_as("member-police", width=360)
    desk.goto(ADDRESS)
    phone.goto(ADDRESS)
    write(phone, "ab3", "On the phone.")
    kept(phone)

    write(desk, "ab3", "At the desk.")
    desk.keyboard.press("Tab")

    expect(desk.get_by_text("On another device you kept a newer draft")).to_be_visible()
    expect(desk.locator(box(desk, "ab3"))).to_have_value(re.compile(r"At the desk\.$"))
    desk.get_by_role("button", name="Show the newer draft").click()
    expect(desk.locator(box(desk, "ab3"))).to_have_value(re.compile(r"On the phone\.$"))
    desk.get_by_role("button", name="Put it in the boxes").click()
    expect(desk.locator(box(desk, "ab3"))).to_have_value(re.compile(r"At the desk\.$"))


def test_two_people_at_once_see_both_texts(page_as: PageAs) -> None:
    first, second = page_as("member-police"), page_as("coordinator", width=360, status=409)
    first.goto(ADDRESS)
    second.goto(f"{ADDRESS}?partner=kent-police")
    first.locator(box(first, "rs2")).fill("The first text.")
    first.get_by_role("button", name="Save", exact=True).last.click()
    expect(first.get_by_text("1 action updated")).to_be_visible()

    second.locator(box(second, "rs2")).fill("The second text.")
    second.get_by_role("radio", name="Mine: I tidied the text").check()
    second.get_by_role("button", name="Save", exact=True).last.click()

    expect(second.get_by_text("The first text.")).to_be_visible()
    expect(second.locator(box(second, "rs2"))).to_have_value("The second text.")
    assert_accessible(second)
    assert_no_sideways_scroll(second)
