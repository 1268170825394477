"""What the state of a report forbids, nobody can do to it: by the services, by the pages, by the database."""

import html
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import audit
from accounts.models import AuditEvent
from accounts.roles import Role
from actions.models import ProgressEntry
from actions.services import save_progress
from priorities.cycles import cycle_for, locked, move, open_cycle_for
from priorities.models import ContextSummary, ReportingCycle
from priorities.states import Refused, State, Step
from priorities.summaries import save_summary
from tests.db.folder import replace, write_folder
from tests.plan import Plan, draw_plan, put, someone

pytestmark = pytest.mark.django_db
CLOSED = [state for state in State if state != State.DRAFT]
ISSUED = [State.ISSUED, State.CONSIDERED, State.PUBLIC]


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


def write_progress(plan: Plan, actor: object = "test") -> None:
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="Begun.",
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor=actor,  # type: ignore[arg-type]
    )


def write_summary(plan: Plan, actor: object = "test") -> None:
    save_summary(cycle=plan.march, priority=None, text="Words.", expected_version=0, actor=actor)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("write", [write_progress, write_summary])
@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_writes_in_a_report_that_is_no_draft(plan: Plan, state: State, write: object, role: Role | None) -> None:
    put(plan.march, state)
    plan.march.state = State.DRAFT  # what a page loaded a moment ago still believes

    with pytest.raises(Refused, match="This report is"):
        write(plan, someone(role) if role else "test")  # type: ignore[operator]

    assert not ProgressEntry.objects.exists()
    assert not ContextSummary.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("state", ISSUED)
def test_while_a_correction_is_prepared_only_the_coordinator_writes(plan: Plan, state: State) -> None:
    put(plan.march, state, correction_note="A wrong sum.", correction_by_name="Chris")

    with pytest.raises(Refused, match="Only the coordinator"):
        write_progress(plan, someone(Role.WORKING_GROUP, plan.police))
    with pytest.raises(Refused, match="Only the coordinator"):
        write_summary(plan, "a command")
    write_progress(plan, someone(Role.COORDINATOR))
    write_summary(plan, someone(Role.COORDINATOR))

    assert ProgressEntry.objects.get().text == "Begun."
    assert ContextSummary.objects.get().text == "Words."


@pytest.mark.parametrize("address", ["/actions/rs1/update/", "/priorities/hate/context/", "/introduction/context/"])
def test_pages_say_why_and_give_back_what_was_written(client: Client, plan: Plan, address: str) -> None:
    put(plan.march, State.CHECKED)
    client.force_login(someone(Role.COORDINATOR))

    asked = client.get(address)
    sent = client.post(address, {"text": "Two hours of <work>", "version": "0", "status": "on-track"})

    assert (asked.status_code, sent.status_code) == (409, 409)
    assert "This report is checked and waits to be issued." in asked.content.decode()
    assert "Two hours of <work>" in html.unescape(sent.content.decode())


def test_pages_offer_no_way_to_write_in_a_closed_report(client: Client, plan: Plan) -> None:
    client.force_login(someone(Role.COORDINATOR))
    ways = {"/actions/rs1/": "/actions/rs1/update/", "/priorities/hate/": "/context/", "/introduction/": "/context/"}
    offered = [f'{way}"' in client.get(page).content.decode() for page, way in ways.items()]
    put(plan.march, State.PUBLIC)
    audit.record(actor="test", kind="test", object_type="cycle", object_key="2019-03", sentence="It was made public.")

    pages = [client.get(page).content.decode() for page in ways]

    assert all(offered)
    assert not any(f'{way}"' in page for page, way in zip(pages, ways.values(), strict=True))
    assert "This report is public." in pages[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "forgotten", "checked_by_name": "Chris"},
        {"state": State.CHECKED},
        {"state": State.DRAFT, "checked_by_name": "Chris"},
        {"state": State.DRAFT, "correction_note": "Wrong.", "correction_by_name": "Chris"},
        {"state": State.ISSUED, "checked_by_name": "Chris", "correction_note": "Wrong."},
        {"state": State.ISSUED, "checked_by_name": "Chris", "correction_by_name": "Chris"},
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(plan: Plan, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingCycle.objects.filter(pk=plan.march.pk).update(**fields)


def test_a_step_is_taken_from_where_the_report_is_now_and_saved_by_whoever_takes_it(plan: Plan) -> None:
    put(plan.december, State.CHECKED)
    plan.december.state = State.DRAFT

    with pytest.raises(Refused, match="It cannot be marked as checked"):
        move(plan.december, Step.CHECK)

    assert move(plan.december, Step.ISSUE).state == State.ISSUED
    assert locked(plan.december).state == State.CHECKED


def test_the_open_report_is_the_latest_draft(plan: Plan) -> None:
    assert open_cycle_for(plan.agreement) == open_cycle_for() == plan.march
    put(plan.march, State.ISSUED)
    assert open_cycle_for(plan.agreement) == plan.december
    put(plan.december, State.PUBLIC)
    assert open_cycle_for() is None


def test_files_may_say_how_far_a_report_has_come_and_it_is_closed_after_its_words_came_in(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small")
    replace(folder / "agreement.toml", 'slug = "2019-03"', 'slug = "2019-03"\nstate = "public"\nchecked_by = "Chris"')

    call_command("load_agreement", folder)
    call_command("load_agreement", folder)

    loaded = cycle_for("2019-03")
    assert (loaded.state, loaded.checked_by_name, loaded.is_open) == ("public", "Chris", False)
    assert ProgressEntry.objects.exists()
    assert AuditEvent.objects.filter(kind="report-state-brought-in").count() == 1


def test_what_became_of_a_report_since_its_files_were_read_stays(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small")
    call_command("load_agreement", folder)
    put(cycle_for("2019-03"), State.ISSUED)
    replace(folder / "agreement.toml", 'slug = "2019-03"', 'slug = "2019-03"\nstate = "public"\nchecked_by = "Chris"')

    call_command("load_agreement", folder)

    assert cycle_for("2019-03").state == State.ISSUED


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('state = "public"', "agreement.toml line .*: checked_by is missing"),
        ('state = "finished"\nchecked_by = "Chris"', "agreement.toml line .*state"),
    ],
)
def test_a_state_without_who_checked_or_that_is_none_is_named_with_its_line(
    tmp_path: Path, said: str, message: str
) -> None:
    folder = write_folder(tmp_path / "small")
    replace(folder / "agreement.toml", 'slug = "2019-03"', f'slug = "2019-03"\n{said}')

    with pytest.raises(CommandError, match=message):
        call_command("load_agreement", folder)


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [("actions.toml", "text = ", 'text = "Else. "#'), ("summaries/anti-social-behaviour.md", "", "")],
)
def test_a_changed_file_of_a_closed_report_is_refused_by_name(tmp_path: Path, name: str, was: str, now: str) -> None:
    folder = write_folder(tmp_path / "small")
    call_command("load_agreement", folder)
    put(cycle_for("2019-03"), State.ISSUED)
    path = folder / name
    path.write_text(path.read_text().replace(was, now) if was else path.read_text() + "\nMore.\n")

    with pytest.raises(CommandError, match=f"{name} line .*This report is issued"):
        call_command("load_agreement", folder)
