"""Areas of concern as a page: who adds and takes away, and what the overview then says."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.models import ProgressEntry
from actions.services import save_progress
from priorities.models import AreaOfConcern, ReportingCycle
from priorities.states import State
from reports.concerns import RULE
from reports.publishing import issue, prepare_correction
from tests.plan import Plan, cycle, draw_plan, put, someone, write_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = draw_plan()
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="No teacher yet.",
        status=ProgressEntry.Status.BEHIND,
        nothing_new=False,
        expected_version=0,
        actor=someone(Role.WORKING_GROUP, plan.police, name="Police member"),
    )
    return plan


@pytest.fixture
def coordinator() -> User:
    return someone(Role.COORDINATOR, name="Coordinator")


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def overview(browser: Client) -> str:
    return browser.get("/").content.decode()


def draft(browser: Client) -> str:
    return browser.get("/", {"cycle": "2019-03"}).content.decode()


def added(browser: Client, plan: Plan, **said: Any) -> Any:
    fields = {"priority": plan.hate.pk, "text": "Fewer people come.", "reason": "Said at the forum."}
    return browser.post("/areas-of-concern/", fields | said, follow=True)


BEHIND = "‘Teach young drivers’ is behind."


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_coordinator_says_what_is_a_concern(client: Client, plan: Plan, role: Role) -> None:
    client.force_login(someone(role, plan.fire))

    tried = [
        client.get("/areas-of-concern/"),
        added(client, plan),
        client.post("/areas-of-concern/action:rs1/take-away/", {"reason": "No."}),
    ]

    assert [answer.status_code for answer in tried] == [403, 403, 403]
    assert not AreaOfConcern.objects.exists()
    assert "Add or take away" not in overview(client)


def test_what_the_rule_finds_stands_on_the_overview_without_anybody_writing_it(browser: Client, plan: Plan) -> None:
    assert BEHIND in overview(browser)
    assert "Reported by Police member." in browser.get("/areas-of-concern/").content.decode()


def test_a_person_adds_one_with_a_reason_and_takes_it_back(browser: Client, plan: Plan) -> None:
    assert "The area of concern is added." in added(browser, plan).content.decode()
    assert "Fewer people come." in overview(browser)
    kept = AreaOfConcern.objects.get()
    assert (kept.reason, kept.by_name, kept.cycle) == ("Said at the forum.", "Coordinator", plan.march)

    browser.post(f"/areas-of-concern/{kept.pk}/undo/")

    assert "Fewer people come." not in overview(browser)
    said = AuditEvent.objects.latest("number").sentence
    assert said.endswith("is no area of concern after all under Hate for March 2019: Fewer people come.")


def test_a_person_takes_one_away_with_a_reason_and_it_comes_back(browser: Client, plan: Plan) -> None:
    browser.post("/areas-of-concern/action:rs1/take-away/", {"reason": "A teacher starts in April."})

    shown = overview(browser)
    assert "None found or named." in shown
    assert BEHIND in shown.split("1 found by the rule and taken away")[1]
    page = browser.get("/areas-of-concern/").content.decode()
    assert BEHIND in page
    assert "A teacher starts in April." in page
    assert browser.get("/areas-of-concern/action:rs1/take-away/").status_code == 404

    browser.post(f"/areas-of-concern/{AreaOfConcern.objects.get().pk}/undo/")

    assert BEHIND in overview(browser)
    assert "taken away" not in overview(browser)


def test_every_reader_is_told_the_rule_and_peoples_reasons(client: Client, browser: Client, plan: Plan) -> None:
    added(browser, plan)
    browser.post("/areas-of-concern/action:rs1/take-away/", {"reason": "A teacher starts in April."})
    client.force_login(someone(Role.GOVERNING_GROUP))

    shown = overview(client)

    for said in (RULE, "Said at the forum.", "A teacher starts in April."):
        assert said in shown


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"text": ""}, "Say what the concern is."),
        ({"reason": " "}, "Say why."),
        ({"priority": "999"}, "Select a valid choice"),
        ({"text": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_is_missing_is_said(browser: Client, plan: Plan, said: dict[str, str], complaint: str) -> None:
    assert complaint in added(browser, plan, **said).content.decode()
    assert not AreaOfConcern.objects.exists()


def test_what_the_rule_does_not_find_cannot_be_taken_away(browser: Client, plan: Plan) -> None:
    added(browser, plan)
    key = f"added:{AreaOfConcern.objects.get().pk}"

    for unknown in ("action:ha1", "reading:nothing", key, "x"):
        assert browser.post(f"/areas-of-concern/{unknown}/take-away/", {"reason": "Why not?"}).status_code == 404


def test_nothing_is_said_of_a_report_that_is_not_open(browser: Client, plan: Plan) -> None:
    ReportingCycle.objects.update(state=State.ISSUED, checked_by_name="Coordinator")

    page = browser.get("/areas-of-concern/").content.decode()
    refused = added(browser, plan).content.decode()

    assert "Nothing in it is changed any more" in page
    assert 'id="add"' not in page
    assert "Nothing in it is changed any more" in refused
    assert not AreaOfConcern.objects.exists()


def test_the_areas_of_a_report_that_is_corrected_are_its_own_while_the_next_is_open(
    browser: Client, plan: Plan, coordinator: User
) -> None:
    write_up(plan, plan.december)
    issue(cycle=put(plan.december, State.CHECKED), actor=someone(Role.GOVERNING_GROUP))
    prepare_correction(cycle=plan.december, actor=coordinator, note="A concern was missing.")
    [link] = re.findall(r'href="(/areas-of-concern/[^"]*)"', browser.get("/", {"cycle": "2018-12"}).content.decode())

    fields = {"priority": plan.hate.pk, "text": "Fewer people come.", "reason": "Said at the forum."}
    browser.post(link, fields)

    assert "Fewer people come." in browser.get(link).content.decode()
    assert AreaOfConcern.objects.get().cycle == plan.december
    assert browser.get("/areas-of-concern/", {"cycle": "2017-12"}).status_code == 404


def test_the_overview_says_what_changed_since_the_report_that_readers_had(browser: Client, plan: Plan) -> None:
    assert "What changed since" not in draft(browser)
    write_up(plan, plan.december)
    december = put(plan.december, State.CHECKED)
    issue(cycle=december, actor=someone(Role.GOVERNING_GROUP))
    cycle(plan.december.agreement, "2019-01", "January 2019", date(2018, 11, 30))

    page = draft(browser)

    assert "What changed since December 2018" in page
    assert "‘Teach young drivers’ is now behind; no status was stated before." in page
    assert "New area of concern: ‘Teach young drivers’ is behind." in page
    assert "What changed since" not in browser.get("/", {"cycle": "2018-12"}).content.decode()
