"""Files of an action: /actions/<key>/files/ and /files/<pk>/"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from actions import files
from actions.models import Attachment, Draft
from priorities.models import ReportingCycle
from priorities.states import State
from tests.mine import ADDRESS, box_holds, browser, events, page_of, said
from tests.plan import Plan, draw_plan, partner, someone

pytestmark = pytest.mark.django_db
FILES = "/actions/rs1/files/"
PDF = b"%PDF-1.7 nothing much"


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def ann(plan: Plan) -> Client:
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


def upload(client: Client, content: bytes = PDF, name: str = "Plan of talks.pdf", **said: str) -> Any:
    return client.post(FILES, {"file": SimpleUploadedFile(name, content)} | said)


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
def test_who_only_reads_attaches_nothing(plan: Plan, role: Role, settings: Any) -> None:
    assert upload(browser(someone(role, plan.police))).status_code == 403
    assert stored(settings) == []


def test_neither_does_a_partner_that_does_not_write_its_progress(plan: Plan, settings: Any) -> None:
    for other in (plan.fire, partner("health", "Test Health")):
        assert upload(browser(someone(Role.WORKING_GROUP, other))).status_code == 403

    assert stored(settings) == []


def test_nobody_reads_one_without_signing_in(plan: Plan, ann: Client) -> None:
    upload(ann)

    answer = Client().get(f"/files/{Attachment.objects.get().pk}/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_file_lies_under_a_name_of_ours_and_is_sent_to_be_saved(plan: Plan, ann: Client, settings: Any) -> None:
    upload(ann, title="What we plan")

    kept = Attachment.objects.get()
    path = stored(settings)[0]
    assert path.name == kept.stored
    assert "Plan" not in str(path.relative_to(settings.MEDIA_ROOT))
    assert path.stat().st_mode & 0o077 == 0
    answer = browser(someone(Role.GOVERNING_GROUP)).get(f"/files/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Plan of talks.pdf"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "What we plan" in page_of(ann.get("/actions/rs1/"))
    assert events() == ["file-attached"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("page.html", b"<script>alert(1)</script>", "cannot be attached"),
        ("picture.svg", b"<svg/>", "cannot be attached"),
        ("macros.docm", b"PK\x03\x04", "cannot be attached"),
        ("plan", b"%PDF-", "cannot be attached"),
        ("plan.pdf", b"<html>", "is not what its name says"),
        ("plan.docx", b"MZ\x90", "is not what its name says"),
        ("notes.txt", b"a\0b", "is not what its name says"),
        ("plan.pdf", b"", "The file is empty"),
    ],
)
def test_what_may_not_be_attached_is_refused_with_what_may(
    ann: Client, settings: Any, name: str, content: bytes, message: str
) -> None:
    response = upload(ann, content, name)

    assert response.status_code == 422
    assert message in page_of(response)
    assert stored(settings) == []
    assert events() == []


def test_the_limit_is_stated_and_holds(ann: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "up to 10 MB" in page_of(ann.get(FILES))
    monkeypatch.setattr(files, "LARGEST", 1024**2)

    assert "is larger than 1 MB" in page_of(upload(ann, PDF + b" " * 1024**2))
    assert stored(settings) == []


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "a\x1b[31m.txt", 'quo"te.txt', "übung.txt"])
def test_a_name_does_no_harm(ann: Client, name: str) -> None:
    upload(ann, b"notes", name)

    answer = ann.get(f"/files/{Attachment.objects.get().pk}/")

    assert b"".join(answer.streaming_content) == b"notes"  # type: ignore[attr-defined]
    assert not set("/\x1b") & set(Attachment.objects.get().original_name)


def test_a_file_is_removed_with_its_bytes(ann: Client, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    upload(ann)

    with django_capture_on_commit_callbacks(execute=True):
        ann.post(FILES, {"remove": str(Attachment.objects.get().pk)})

    assert stored(settings) == []
    assert not Attachment.objects.exists()
    assert events() == ["file-attached", "file-removed"]


@pytest.mark.parametrize("key", ["0", "x", "", "99999999999999999999"])
def test_what_is_not_there_is_not_removed(ann: Client, key: str) -> None:
    assert ann.post(FILES, {"remove": key}).status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_found(ann: Client, settings: Any) -> None:
    upload(ann)
    stored(settings)[0].unlink()

    assert ann.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404


def test_where_the_change_fails_no_bytes_stay(ann: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.audit, "record", lambda **said: 1 / 0)
    ann.raise_request_exception = False

    assert upload(ann).status_code == 500
    assert stored(settings) == []
    assert not Attachment.objects.exists()


def test_nothing_is_attached_in_a_report_that_is_not_open(ann: Client, settings: Any) -> None:
    ReportingCycle.objects.update(state=State.CHECKED, checked_by_name="Cora")

    assert upload(ann).status_code == 409
    assert stored(settings) == []


def test_going_from_the_form_to_the_files_loses_nothing(ann: Client) -> None:
    response = ann.post(ADDRESS, said(rs1={"text": "Half a sent"}) | {"files": "rs1"})

    assert response.headers["Location"] == f"{FILES}?form-of=test-police"
    page = page_of(ann.get(response.headers["Location"]))
    back = re.search(r'href="([^"]+)">Back to the form', page)
    assert back is not None
    assert box_holds(page_of(ann.get(back[1])), "Half a sent")
    assert Draft.objects.get().fields["rs1-text"] == "Half a sent"
    assert ann.post(ADDRESS, {"files": "ha1"}).status_code == 404
