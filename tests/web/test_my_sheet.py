"""The spreadsheet of one's actions: /my-actions/spreadsheet/ and its file, and the same by a link."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from actions.models import ProgressEntry, ProgressVersion
from actions.partner_links import make_link
from actions.sheet import COLUMNS, SHEET
from tests.mine import ADDRESS, box_holds, browser, events, page_of, plan_of_the_police, said
from tests.plan import Plan, someone
from tests.unit.extracts.books import row, xlsx

pytestmark = pytest.mark.django_db
SHEETS = f"{ADDRESS}spreadsheet/"


@pytest.fixture
def plan() -> Plan:
    return plan_of_the_police()


@pytest.fixture
def ann(plan: Plan) -> Client:
    """The browser of Ann, of the police, who lead rs1 and ha1."""
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


def book(*rows: tuple[str, ...], sheet: str = SHEET, head: tuple[str, ...] = COLUMNS) -> bytes:
    """A workbook with these rows below its head."""
    return xlsx({sheet: "".join(row(at, *cells) for at, cells in enumerate((head, *rows), 1))})


def filled(key: str = "rs1", text: str = "", new: str = "", status: str = "", why: str = "", version: str = "0") -> Any:
    return (key, "", "", text, new, status, why, version)


def upload(client: Client, content: bytes, address: str = SHEETS) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("mine.xlsx", content)})


def use(client: Client, preview: Any, **more: str) -> Any:
    """Press the button under a preview."""
    page = preview.content.decode()
    form = page.partition(f'action="{ADDRESS}"')[2] or page.partition('action="/by-link/')[2]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    fields.pop("csrfmiddlewaretoken", None)
    address = ADDRESS if f'action="{ADDRESS}"' in page else "/by-link/" + form.partition('"')[0]
    return client.post(address, fields | more)


def downloaded(client: Client, address: str = f"{SHEETS}file/") -> list[list[Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    rows: list[list[Any]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name(SHEET).to_python()
    )
    return rows


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", [SHEETS, f"{SHEETS}file/"])
def test_roles_that_only_read_are_refused(plan: Plan, role: Role, path: str) -> None:
    assert browser(someone(role, plan.police)).get(path).status_code == 403


def test_a_row_of_an_action_that_others_lead_is_refused(plan: Plan) -> None:
    flo = browser(someone(Role.WORKING_GROUP, plan.fire))

    response = upload(flo, book(filled(text="Mine.")))

    assert response.status_code == 422
    assert "row 2, column A (Key): 'rs1' is no action that you lead." in page_of(response)


def test_it_holds_the_actions_one_leads_with_their_account(ann: Client) -> None:
    ann.post(ADDRESS, said(rs1={"text": "Begun.\n\nMore.", "status": "behind"}))

    head, first, second = downloaded(ann)

    assert tuple(head) == COLUMNS
    assert first == ["rs1", "Road Safety", "Teach young drivers", "Begun.\n\nMore.", "", "Behind", "", "1"]
    assert second[0] == "ha1"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")', "https://example.org"]
)
def test_what_somebody_wrote_never_becomes_a_formula_and_comes_back_as_it_was(ann: Client, text: str) -> None:
    ann.post(ADDRESS, said(rs1={"text": text}))

    answer = ann.get(f"{SHEETS}file/")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not [name for name in parts.namelist() if "externalLink" in name or "vbaProject" in name]
    assert downloaded(ann)[1][3] == text
    assert "Nothing. It says what the form says already." in page_of(upload(ann, answer.content))


def test_an_upload_shows_what_changes_and_saves_nothing(ann: Client) -> None:
    ann.post(ADDRESS, said(rs1={"text": "Four talks.", "status": "on-track"}))

    page = page_of(
        upload(ann, book(filled(text="Five talks.", status="Behind", version="1"), filled("ha1", new="yes")))
    )

    assert "2 actions. Nothing is saved yet." in page
    assert "Behind, was on track" in page
    assert re.search(r"<ins[^>]*>.*?Five", page)
    assert re.search(r"<del[^>]*>.*?Four", page)
    assert "Nothing new this time." in page
    assert ProgressVersion.objects.count() == 1


def test_using_it_saves_what_was_shown_with_one_event(ann: Client) -> None:
    preview = upload(ann, book(filled(text='Five <talks>.\nAnd "more".', status="behind"), filled("ha1", new="Yes")))

    response = use(ann, preview)

    assert response.status_code == 302
    assert ProgressEntry.objects.get(action__key="rs1").status == "behind"
    assert ProgressEntry.objects.get(action__key="ha1").nothing_new
    assert events() == ["progress-saved"]


def test_what_somebody_saved_meanwhile_is_shown_and_both_texts_stand_before_it_is_saved(
    ann: Client, plan: Plan
) -> None:
    content = book(filled(text="From the sheet."), filled("ha1", text="Also."))
    browser(someone(Role.WORKING_GROUP, plan.police, name="Ben")).post(ADDRESS, said(rs1={"text": "By Ben."}))

    preview = upload(ann, content)
    assert "somebody has saved something else since you downloaded it" in page_of(preview)
    assert "By Ben." in page_of(preview)
    response = use(ann, preview)

    assert response.status_code == 409
    assert box_holds(page_of(response), "From the sheet.")
    assert "By Ben." in page_of(response)
    assert ProgressEntry.objects.get(action=plan.rs1).text == "By Ben."
    assert ProgressEntry.objects.get(action=plan.ha1).text == "Also."


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (filled(status="Splendid"), "row 2, column F (Status): 'Splendid' is no status. Choose one of: Not started,"),
        (filled(status="Not pursued"), "row 2, column G (Why it is not pursued): Say why it is not pursued."),
        (filled(new="perhaps"), "row 2, column E (Nothing new this time): 'perhaps' was not understood."),
        (filled(text="New.", new="yes"), "row 2, column E (Nothing new this time): You changed the account"),
        (filled(version="one"), "row 2, column H (Version): 'one' is no version."),
        (filled(version=""), "row 2, column H (Version): '' is no version."),
        (filled(key=""), "row 2, column A (Key): The key of the action is missing."),
        (filled(key="zz9"), "row 2, column A (Key): 'zz9' is no action that you lead."),
        (filled(text="#REF!"), "row 2, column D (What has happened): A formula failed here (#REF!)."),
        (filled(text="x" * 10_001), "row 2, column D (What has happened): This cell has more than 10,000 characters."),
        (filled(status="Not pursued", why="x" * 501), "row 2, column G (Why it is not pursued): The text is 501"),
    ],
)
def test_a_fault_names_sheet_row_and_column_and_nothing_is_used(ann: Client, cells: Any, message: str) -> None:
    response = upload(ann, book(cells, filled("ha1", text="Fine.")))

    assert response.status_code == 422
    assert f"Sheet 'My actions', {message}" in page_of(response)
    assert events() == []


def test_every_fault_is_told_at_once_and_a_row_twice_is_one(ann: Client) -> None:
    response = upload(
        ann, book(filled(status="Splendid"), filled(text="One."), filled(text="Two."), filled("ha1", new="?"))
    )

    page = page_of(response)
    assert all(words in page for words in ("row 2, column F", "row 4, column A (Key): 'rs1' stands in row 3", "row 5"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"key,text", "Sheet 'My actions'"),
        (book(filled(), sheet="Other"), "There is no sheet “My actions”"),
        (book(filled(), head=("Key", "Text")), "The first row has to be: Key, Priority"),
        (book(), "There is no action in it."),
        (b"x" * (2 * 1024**2 + 1), "larger than 2 MB"),
    ],
)
def test_what_is_not_the_sheet_is_refused_with_what_is_expected(ann: Client, content: bytes, message: str) -> None:
    response = upload(ann, content)

    assert response.status_code == 422
    assert message in page_of(response)


def test_the_same_works_by_a_link_for_the_actions_of_its_partner(plan: Plan) -> None:
    cache.clear()
    until = timezone.localdate() + timedelta(days=7)
    made = make_link(partner=plan.police, cycle=plan.march, last_day=until, actor=someone(Role.COORDINATOR))
    address, jo = f"/by-link/{made.token}/spreadsheet/", Client()

    assert [cells[0] for cells in downloaded(jo, f"{address}file/")] == ["Key", "rs1", "ha1"]
    assert upload(jo, book(filled("rs2", text="Mine.")), address).status_code == 422
    response = use(jo, upload(jo, book(filled(text="Begun.")), address), name="Jo Bloggs")

    assert response.status_code == 302
    assert ProgressVersion.objects.get().by_name == "Jo Bloggs of Test Police, by link"
