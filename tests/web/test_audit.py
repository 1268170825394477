"""The trail of changes as a page: who may read it, and what it finds."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.roles import Role
from tests.kept import behind_our_back
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

READERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@pytest.fixture
def coordinator() -> User:
    return someone(Role.COORDINATOR, name="Coordinator")


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def happened(sentence: str, *, at: datetime | None = None, **changes: Any) -> AuditEvent:
    said: dict[str, Any] = {"actor": "import", "kind": "tested", "object_type": "extract", "object_key": "7"} | changes
    event = audit.record(sentence=sentence, **said)
    if at:
        with behind_our_back():
            AuditEvent.objects.filter(pk=event.pk).update(at=at)
    return event


def shown(answer: Any) -> list[str]:
    return [event.sentence for event in answer.context["table"].data]


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_only_coordinators_and_administrators_read_it(client: Client, role: Role) -> None:
    client.force_login(someone(role, partner("test-police", "Test Police")))

    answer = client.get("/audit/")

    assert answer.status_code == 403
    assert "Trail of changes" not in client.get("/glossary/").content.decode()


def test_the_latest_change_comes_first_with_its_sentence_and_who_made_it(browser: Client, coordinator: User) -> None:
    happened("A file came in.")
    happened("Coordinator wrote <b>words</b>.", actor=coordinator, object_type="context summary", object_key="hate")

    page = browser.get("/audit/")

    assert shown(page)[:2] == ["Coordinator wrote <b>words</b>.", "A file came in."]
    assert "Coordinator wrote &lt;b&gt;words&lt;/b&gt;." in page.content.decode()


def test_it_is_filtered_by_person_by_what_it_is_about_and_by_which_one(browser: Client, coordinator: User) -> None:
    happened("Seven.")
    happened("Eight.", object_key="8")
    happened("Hate.", actor=coordinator, object_type="action", object_key="8")

    assert shown(browser.get("/audit/", {"actor": coordinator.email})) == ["Hate."]
    assert shown(browser.get("/audit/", {"about": "extract"})) == ["Eight.", "Seven."]
    assert shown(browser.get("/audit/", {"key": " 8 "})) == ["Hate.", "Eight."]
    assert shown(browser.get("/audit/", {"about": "extract", "key": "8"})) == ["Eight."]


@pytest.mark.parametrize("key", ["rs1", "rs2", "HA1"])
def test_an_event_about_several_is_found_by_each_of_them(browser: Client, key: str) -> None:
    happened("Three were saved.", object_type="action", object_key="rs1, rs2, ha1")
    happened("Two more were.", object_type="action", object_key="rs10, ha11")

    assert shown(browser.get("/audit/", {"key": key})) == ["Three were saved."]


def test_days_are_those_of_the_clock_on_the_wall(browser: Client) -> None:
    """Half past eleven at night, UTC, on 30 June is 1 July in British summer time."""
    happened("June.", at=datetime(2019, 6, 30, 22, 59, tzinfo=UTC))
    happened("July.", at=datetime(2019, 6, 30, 23, 30, tzinfo=UTC))

    assert shown(browser.get("/audit/", {"since": "2019-07-01", "until": "2019-07-01"})) == ["July."]
    assert shown(browser.get("/audit/", {"until": "2019-06-30"})) == ["June."]


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"since": "yesterday"}, "Not a date."),
        ({"since": "2019-07-02", "until": "2019-07-01"}, "The last day is before the first."),
        ({"actor": "nobody@example.invalid"}, "nobody@example.invalid is not one of the available choices"),
        ({"page": "99"}, ""),
        ({"page": "x"}, ""),
    ],
)
def test_what_cannot_be_meant_is_said_and_hides_nothing(browser: Client, said: dict[str, str], complaint: str) -> None:
    happened("Seven.")

    answer = browser.get("/audit/", said)

    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert "Seven." in shown(answer)


def test_a_long_trail_comes_in_pages_and_always_in_as_many_queries(browser: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get("/audit/")
        return len(captured)

    happened("First.")
    browser.get("/audit/")
    few = queries()
    for number in range(120):
        happened(f"Number {number}.")

    assert queries() == few
    assert "Page 1 of 3" in browser.get("/audit/").content.decode()
    assert "First." in browser.get("/audit/", {"page": "3"}).content.decode()


def test_the_command_says_that_the_trail_is_whole_and_fails_where_it_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    happened("One.")
    event = happened("Two.")
    call_command("verify_audit")
    assert f"2 events, each in place and unaltered. The last one's mark is {event.hash}." in capsys.readouterr().out

    with behind_our_back():
        AuditEvent.objects.filter(pk=event.pk).update(sentence="Something else.")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")
    assert ended.value.code == 1
    assert "Event 2 says something else than was recorded." in capsys.readouterr().err
