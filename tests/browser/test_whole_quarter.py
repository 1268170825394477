"""One quarter from its beginning to its correction, by everybody who takes part in it. All that is written and every
figure that is uploaded here is illustrative."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, counted
from tests.browser.test_journeys import HEADER
from tests.browser.watch import PageAs
from tools.demo import Folder

REPORT = "September 2019"
ISSUED, PUBLIC = "/reports/2019-09/", "/public/reports/2019-09/"
# A list is opened and something in it chosen by the browser itself, where no click is counted.
CHOOSING_FROM_A_LIST = 2
# What the police, somebody on a phone and the analyst bring in.
WRITTEN = ("Two more evenings were held.", "The plan was agreed in July.", "5,250")
CORRECTED = "Corrected: this sentence was missing."
# The quarter before is brought to its end by those who would do so: nothing waits, it is checked and issued.
END_OF_THE_QUARTER_BEFORE = """
from accounts.models import User
from indicators.extracts.apply import discard
from indicators.models import Extract
from priorities.cycles import open_cycle_for
from reports.publishing import issue
from reports.running import check_report

analyst, coordinator, governing = (
    User.objects.get(email=f"{name}@demo.invalid") for name in ("analyst", "coordinator", "governing")
)
for extract in Extract.objects.filter(state=Extract.State.PREVIEW):
    discard(extract=extract, actor=analyst)
cycle = check_report(cycle=open_cycle_for(), actor=coordinator)
issue(cycle=cycle, actor=governing)
"""

Tab = tuple[Page, Callable[[], int]]


@pytest.fixture(scope="module", autouse=True)
def _the_quarter_before_has_ended(folder: Folder) -> None:
    folder.manage("shell", "--no-imports", "-c", END_OF_THE_QUARTER_BEFORE)


def tab(page_as: PageAs, account: str = "", width: int = 1280) -> Tab:
    """A tab at the first page that an account sees, and its count of clicks."""
    page = page_as(account, width=width)
    clicks = counted(page)
    page.goto("/" if account else "/accounts/login/")
    return page, clicks


def go(page: Page, where: str) -> None:
    """Follow a link of the navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=where, exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def write(page: Page, box: str, text: str) -> None:
    """Click into a box, go to its end, type."""
    page.locator(box).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def steps_of_the_report(page: Page) -> None:
    go(page, "Issued reports")
    page.get_by_role("link", name=re.compile(f": {REPORT}$")).click()


def content(page: Page, address: str) -> str:
    """The main content of a page as it is read."""
    page.goto(address)
    return page.get_by_role("main").inner_text()


@pytest.mark.every_database
def test_a_quarter_from_its_opening_to_its_correction(page_as: PageAs, folder: Folder, tmp_path: Path) -> None:
    coordinator, clicks = tab(page_as, "coordinator")

    opens_the_next_report(coordinator)
    assert clicks() <= 3
    link = makes_a_link(coordinator, "kcc")
    assert CHOOSING_FROM_A_LIST + clicks() <= 4
    two_partners_update(page_as)
    a_third_writes_by_the_link_on_a_phone(page_as, link)
    figures_come_in(page_as, tmp_path)
    clicks()
    checks_the_report(coordinator)
    assert clicks() <= 3
    meeting = somebody_else_issues(page_as, "Issue for the meeting")
    reader = page_as("governing")
    frozen, said = text_of(reader, 1), reads_by_the_link(page_as, meeting)
    assert all(words in frozen for words in WRITTEN)
    enters_what_the_meeting_made_of_it(coordinator)
    assert clicks() <= 5
    press(coordinator, "Make public")
    assert clicks() == 1
    assert content(page_as(), f"{PUBLIC}introduction/") == said
    prepares_a_correction(coordinator)
    assert clicks() <= 7
    somebody_else_issues(page_as, "Issue the correction", "Introduction: another text.")

    folder.manage("verify_reports")
    assert text_of(reader, 1) == frozen
    assert CORRECTED in text_of(reader, 2)
    assert content(reader, f"{ISSUED}editions/1/introduction/") == said
    assert content(page_as(), f"{meeting}introduction/") == said
    assert CORRECTED in content(page_as(), f"{PUBLIC}introduction/")
    reader.goto(f"{ISSUED}editions/1/")
    expect(reader.get_by_text("Edition 2 replaced this one")).to_be_visible()
    assert_accessible(reader)
    expect(reader.get_by_text("What the meeting made of it (minute 12/19): Noted, with thanks")).to_be_visible()


def opens_the_next_report(page: Page) -> None:
    go(page, "Report")
    page.get_by_role("button", name="Open the next report").click()
    press(page, "Open the report")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{REPORT} report")
    expect(page.get_by_role("heading", name="What is missing")).to_be_visible()


def makes_a_link(page: Page, partner: str) -> str:
    """A link by which somebody of a partner writes without an account; its address."""
    page.get_by_role("link", name="Links for partners without accounts").click()
    page.get_by_label("Partner").select_option(partner)
    press(page, "Make the link")
    found = re.search(r"http\S+/by-link/\S+", page.get_by_role("region", name="Text for a mail").inner_text())
    assert found is not None
    return found[0]


def two_partners_update(page_as: PageAs) -> None:
    """The police write about one action; the fire service has nothing new on its own."""
    police, clicks = tab(page_as, "member-police")
    go(police, "My actions")
    write(police, "#id_ab3-text", " Two more evenings were held.")
    police.locator("label[for=id_so4-nothing_new]").click()
    press(police, "Save")
    expect(police.get_by_text(f"2 actions updated for {REPORT}")).to_be_visible()
    assert clicks() <= 4

    fire, clicks = tab(page_as, "member-fire")
    go(fire, "My actions")
    fire.locator("label[for=id_so5-nothing_new]").click()
    press(fire, "Save")
    expect(fire.get_by_text(f"1 action updated for {REPORT}")).to_be_visible()
    assert clicks() <= 3


def a_third_writes_by_the_link_on_a_phone(page_as: PageAs, link: str) -> None:
    phone, clicks = tab(page_as, width=360)
    phone.goto(link)
    assert_no_sideways_scroll(phone)
    write(phone, "#id_so3-text", " The plan was agreed in July.")
    write(phone, "#id_name", "Jo Bloggs")
    press(phone, "Save")
    expect(phone.get_by_text(f"1 action updated for {REPORT}")).to_be_visible()
    assert clicks() <= 3


def figures_come_in(page_as: PageAs, folder: Path) -> None:
    analyst, clicks = tab(page_as, "analyst")
    go(analyst, "Data")
    analyst.get_by_role("button", name="Upload a file of figures").click()
    file = folder / "road-casualties.csv"
    file.write_text(HEADER + "road-casualties,E10000016,2019-01-01,2019-12-31,5250,provisional\n")
    analyst.locator("input[type=file]").set_input_files(file)
    press(analyst, "Continue")
    press(analyst, "Use these figures")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("What this file changed")
    assert clicks() <= 4


def checks_the_report(page: Page) -> None:
    page.goto("/cycle/")
    page.get_by_role("button", name=re.compile("Still true.*Introduction")).click()
    press(page, "Mark as checked")
    expect(page.get_by_text("Somebody else issues it now")).to_be_visible()


def somebody_else_issues(page_as: PageAs, button: str, other: str = "") -> str:
    """Issued by a member of the governing group, who reads on the page what is other than before; the link for the
    meeting."""
    governing, clicks = tab(page_as, "governing")
    steps_of_the_report(governing)
    expect(governing.get_by_role("main")).to_contain_text(other)
    assert_accessible(governing)
    press(governing, button)
    expect(governing.get_by_text(re.compile(f"Edition . of the report {REPORT} is issued"))).to_be_visible()
    assert clicks() <= 3
    assert_accessible(governing)
    return governing.get_by_label("The link for the meeting").input_value()


def text_of(page: Page, edition: int) -> str:
    """The frozen text of an edition."""
    return page.request.get(f"{ISSUED}editions/{edition}/report.json").text()


def reads_by_the_link(page_as: PageAs, link: str) -> str:
    """What somebody without an account reads of the introduction, who came by the link for the meeting."""
    guest, clicks = tab(page_as, width=360)
    guest.goto(link)
    assert_no_sideways_scroll(guest)
    assert_accessible(guest)
    expect(guest.get_by_text("Unchanged since issue")).to_be_visible()
    guest.get_by_role("main").get_by_role("link", name="Anti-Social Behaviour").first.click()
    expect(guest.get_by_role("main")).to_contain_text("Two more evenings were held.")
    assert clicks() <= 1
    return content(guest, f"{link}introduction/")


def enters_what_the_meeting_made_of_it(page: Page) -> None:
    steps_of_the_report(page)
    write(page, "#id_text", "Noted, with thanks to all who wrote.")
    write(page, "#id_minute", "12/19")
    press(page, "Enter")
    expect(page.get_by_text("is entered")).to_be_visible()


def prepares_a_correction(page: Page) -> None:
    page.get_by_text("Correct it", exact=True).click()
    write(page, "#id_note", "A sentence of the introduction was missing.")
    press(page, "Prepare a correction")
    go(page, "Report")
    page.get_by_role("link", name="Read Introduction").click()
    write(page, "#id_text", f"\n\n{CORRECTED}")
    press(page, "Save")
    expect(page.get_by_text("The context summary is saved.")).to_be_visible()


def test_what_is_withdrawn_is_a_mark_for_everybody(page_as: PageAs, folder: Folder) -> None:
    coordinator, clicks = tab(page_as, "coordinator")
    go(coordinator, "Issued reports")
    coordinator.get_by_role("link", name=re.compile(": March 2019$")).click()
    coordinator.get_by_text("Withdraw it", exact=True).click()
    write(coordinator, "#id_why", "Illustrative: figures of another county.")
    press(coordinator, "Withdraw")
    expect(coordinator.get_by_text("The report March 2019 is withdrawn.")).to_be_visible()
    assert clicks() <= 5
    assert_accessible(coordinator)

    reader = page_as("governing", width=360, status=410)
    reader.goto("/reports/2019-03/priorities/road-safety/")

    expect(reader.get_by_role("heading", name="This report was withdrawn")).to_be_visible()
    expect(reader.get_by_role("main")).to_contain_text("figures of another county")
    assert_no_sideways_scroll(reader)
    assert_accessible(reader)
    folder.manage("verify_reports")
