"""Reminders: whom, when, what, and never twice a day."""

import socket
from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPException
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections

from accounts.models import AuditEvent, Deputy, User
from accounts.roles import Role
from actions import reminders
from actions.missing import Standing, completeness
from actions.models import ProgressEntry, Reminder
from actions.reminders import reminder_day, schedule_in_words, send_reminders
from actions.sending_back import send_back_progress
from actions.services import save_progress
from priorities.states import State
from tests.plan import Plan, draw_plan, put, someone

pytestmark = pytest.mark.django_db
DUE = date(2019, 3, 8)


@pytest.fixture(autouse=True)
def _schedule(settings: Any) -> None:
    settings.REMINDER_DAYS_BEFORE, settings.REMINDER_DAYS_AFTER = [7, 1], [1, 3]
    settings.SITE_URL = "https://csa.example.org"


@pytest.fixture
def plan() -> Plan:
    """The plan with March open and due, and December issued."""
    plan = draw_plan()
    put(plan.december, State.PUBLIC)
    put(plan.march, State.DRAFT, due=DUE)  # type: ignore[arg-type]
    return plan


@pytest.fixture
def ann(plan: Plan) -> User:
    return someone(Role.WORKING_GROUP, plan.police, name="Ann")


@pytest.fixture
def ben(plan: Plan) -> User:
    return someone(Role.WORKING_GROUP, plan.fire, name="Ben")


def update(plan: Plan, action: Any, actor: str = "test") -> ProgressEntry:
    return save_progress(
        action=action,
        cycle=plan.march,
        text="Begun.",
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor=actor,
    )


def run(on: date = DUE, *arguments: str) -> str:
    said = StringIO()
    call_command("send_reminders", "--on", on.isoformat(), *arguments, stdout=said)
    return said.getvalue()


def sent_to() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_updates_no_actions_of_their_own_is_not_reminded(plan: Plan, role: Role) -> None:
    someone(role, plan.police)

    run()

    assert mail.outbox == []


def test_who_has_left_or_has_updated_everything_is_not_reminded(plan: Plan, ann: User, ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(is_active=False)
    update(plan, plan.rs1)

    assert run() == "March 2019: 0 reminded, 0 had been before.\n"
    assert mail.outbox == []
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("status", ["complete", "not-pursued"])
def test_what_ended_in_an_earlier_report_is_not_missing_and_nobody_is_reminded_of_it(
    plan: Plan, ann: User, status: str
) -> None:
    put(plan.december, State.DRAFT)
    said = {"text": "It is over.", "status": status, "reason": "No money." if status == "not-pursued" else ""}
    save_progress(action=plan.rs1, cycle=plan.december, nothing_new=False, expected_version=0, actor="test", **said)
    put(plan.december, State.PUBLIC)

    assert run() == "March 2019: 0 reminded, 0 had been before.\n"
    found = completeness(plan.march, DUE)
    assert [each.standing for each in found.actions] == [Standing.ENDED, Standing.MISSING, Standing.MISSING]
    assert (found.updated, len(found.wanted), len(found.missing)) == (0, 2, 2)


def test_what_ended_and_is_taken_up_again_and_sent_back_is_missing(plan: Plan, ann: User) -> None:
    put(plan.december, State.DRAFT)
    said = {"nothing_new": False, "expected_version": 0, "actor": "test"}
    save_progress(action=plan.rs1, cycle=plan.december, text="Over.", status="complete", **said)  # type: ignore[arg-type]
    put(plan.december, State.PUBLIC)
    entry = update(plan, plan.rs1)
    assert completeness(plan.march, DUE).actions[0].standing is Standing.UPDATED

    send_back_progress(entry=entry, expected_version=1, reason="How many?", actor=someone(Role.COORDINATOR))

    assert completeness(plan.march, DUE).actions[0].standing is Standing.SENT_BACK


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_of_a_report_that_is_not_open_nobody_is_reminded(plan: Plan, ann: User, state: State) -> None:
    put(plan.march, state)

    assert run() == "Nobody is to be reminded today.\n"


def test_without_a_day_by_which_updates_are_wanted_nobody_is_reminded(plan: Plan, ann: User) -> None:
    put(plan.march, State.DRAFT, due=None)  # type: ignore[arg-type]

    assert run() == "Nobody is to be reminded today.\n"


def test_a_mail_says_what_is_missing_and_where_to_update_it(plan: Plan, ann: User, ben: User) -> None:
    assert "2 reminded" in run(DUE - timedelta(1))

    to_ann, to_ben = mail.outbox
    assert (to_ann.to, to_ann.subject) == ([ann.email], "March 2019 report: 1 action waits for your update")
    assert "by 8 March 2019, in 1 day" in to_ann.body
    assert "Please say what has happened on:\n- Teach young drivers" in to_ann.body
    assert "https://csa.example.org/my-actions/" in to_ann.body
    assert "Please take the lead of those that are yours, or settle who does:\n- Share campaigns" in to_ben.body
    assert "Teach young drivers" not in to_ben.body


def test_what_was_sent_back_is_missing_again_with_its_reason(plan: Plan, ann: User) -> None:
    entry = update(plan, plan.rs1)
    send_back_progress(entry=entry, expected_version=1, reason="How many?", actor=someone(Role.COORDINATOR))

    run()

    assert "- Teach young drivers (sent back: How many?)" in mail.outbox[0].body
    assert completeness(plan.march, DUE).actions[0].standing is Standing.SENT_BACK


def test_in_place_of_who_is_away_the_deputy_is_reminded_once_of_everything(plan: Plan, ann: User, ben: User) -> None:
    Deputy.objects.create(person=ann, deputy=ben, starts=DUE, ends=DUE)
    plan.rs2.partners.add(plan.police)

    run()

    (message,) = mail.outbox
    own, other = message.body.split("You stand in for somebody of Test Police.")
    assert (message.to, message.subject) == ([ben.email], "March 2019 report: 2 actions wait for your update")
    assert "- Share campaigns\n\nHere: https://csa.example.org/my-actions/\n" in own
    assert "- Teach young drivers\n\nHere: https://csa.example.org/my-actions/?partner=test-police\n" in other
    assert "Share campaigns" not in other
    assert Reminder.objects.get().actions == 2


def test_a_deputy_of_the_same_partner_is_told_of_nobody_else(plan: Plan, ann: User) -> None:
    amy = someone(Role.WORKING_GROUP, plan.police, name="Amy")
    Deputy.objects.create(person=ann, deputy=amy, starts=DUE, ends=DUE)

    run()

    (message,) = mail.outbox
    assert message.to == [amy.email]
    assert "Here: https://csa.example.org/my-actions/\n" in message.body
    assert "stand in" not in message.body


def test_the_day_after_their_last_a_deputy_is_not_reminded_any_more(plan: Plan, ann: User, ben: User) -> None:
    update(plan, plan.rs2)
    Deputy.objects.create(person=ann, deputy=ben, starts=DUE - timedelta(7), ends=DUE - timedelta(1))

    run(DUE - timedelta(1))
    run(DUE + timedelta(1))

    assert sent_to() == [ben.email, ann.email]


def test_without_a_mail_server_nobody_counts_as_reminded(plan: Plan, ann: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    with pytest.raises(CommandError, match=r"No mail server is set, so nobody was reminded\. Name one in EMAIL_URL"):
        run()

    assert schedule_in_words() == ""
    assert "1 would be reminded" in run(DUE, "--dry-run")
    assert not Reminder.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_demo_prints_its_mails(plan: Plan, ann: User, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    assert "1 reminded" in run()
    assert f"To: {ann.email}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("days", "reminded"), [(-8, None), (-7, -7), (-3, -7), (-1, -1), (0, -1), (1, 1), (2, 1), (3, 3), (90, 3)]
)
def test_reminders_go_out_on_their_days_and_a_day_that_was_missed_is_made_up_for(
    days: int, reminded: int | None
) -> None:
    expected = None if reminded is None else DUE + timedelta(reminded)

    assert reminder_day(DUE, DUE + timedelta(days)) == expected


def test_a_daily_run_reminds_as_often_as_the_schedule_says(plan: Plan, ann: User) -> None:
    for days in range(-10, 20):
        run(DUE + timedelta(days))

    assert [reminder.day - DUE for reminder in Reminder.objects.order_by("day")] == [
        timedelta(days) for days in (-7, -1, 1, 3)
    ]
    assert len(mail.outbox) == 4


def test_a_second_run_on_a_day_sends_nothing_and_writes_nothing(plan: Plan, ann: User) -> None:
    run()
    before = AuditEvent.objects.count()

    assert run() == "March 2019: 0 reminded, 1 had been before.\n"
    assert len(mail.outbox) == 1
    assert AuditEvent.objects.count() == before


def test_a_run_leaves_one_sentence_and_who_was_reminded(plan: Plan, ann: User, ben: User) -> None:
    run()

    (event,) = AuditEvent.objects.all()
    assert event.sentence == "send_reminders reminded 2 people of the March 2019 report."
    assert ann.email in event.text
    assert ben.email in event.text


def test_a_dry_run_says_whom_and_does_nothing(plan: Plan, ann: User) -> None:
    assert run(DUE, "--dry-run") == (
        f"{ann.email}: March 2019 report: 1 action waits for your update\n"
        "March 2019: 1 would be reminded, 0 had been before.\n"
    )
    assert mail.outbox == []
    assert not Reminder.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_mail_that_cannot_be_sent_is_named_and_tried_again(
    plan: Plan, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_send = reminders.send_mail

    def send(subject: str, body: str, sender: None, to: list[str]) -> int:
        if to == [ann.email]:
            raise SMTPException("mailbox full")
        return really_send(subject, body, sender, to)

    monkeypatch.setattr(reminders, "send_mail", send)
    with pytest.raises(CommandError, match=f"(?s)run the command again.*{ann.email}: mailbox full"):
        run()
    monkeypatch.setattr(reminders, "send_mail", really_send)
    run()

    assert sent_to() == [ben.email, ann.email]


def test_a_mail_server_that_does_not_answer_is_not_waited_for(plan: Plan, ann: User, settings: Any) -> None:
    assert 0 < settings.EMAIL_TIMEOUT <= 10
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2

        with pytest.raises(CommandError, match=f"{ann.email}: .*timed out"):
            run()

    assert not Reminder.objects.exists()


def test_the_schedule_is_said_in_words(settings: Any) -> None:
    assert schedule_in_words() == "7 days and 1 day before, and 1 day and 3 days after"
    settings.REMINDER_DAYS_BEFORE, settings.REMINDER_DAYS_AFTER = [], [1, 3, 7]
    assert schedule_in_words() == "1 day, 3 days and 7 days after"
    settings.REMINDER_DAYS_AFTER = []
    assert schedule_in_words() == ""


def test_a_reminder_that_was_begun_and_never_sent_is_not_sent_twice_that_day(plan: Plan, ann: User) -> None:
    Reminder.objects.create(cycle=plan.march, person=ann, day=DUE, actions=1)

    run()
    run(DUE + timedelta(1))

    assert len(mail.outbox) == 1
    (told,) = [writer for partner in completeness(plan.march, DUE).partners for writer in partner.people]
    assert told.reminded == DUE + timedelta(1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_runs_at_the_same_moment_one_sends(plan: Plan, ann: User, ben: User) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
    start = Barrier(2)

    def run_once() -> None:
        start.wait()
        try:
            send_reminders(on=DUE)
        finally:
            connections.close_all()

    threads = [Thread(target=run_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(sent_to()) == sorted([ann.email, ben.email])
    assert Reminder.objects.count() == 2
