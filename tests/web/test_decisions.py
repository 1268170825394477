"""Decisions: who may ask and record, and that a question keeps its answer, its meeting and its minute."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions import decisions
from actions.models import Decision
from reports.build import build
from tests.plan import Plan, cycle, draw_plan, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def coordinator() -> User:
    return someone(Role.COORDINATOR, name="Coordinator")


@pytest.fixture
def browser(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def asked(plan: Plan, question: str = "May we hold a conference?", **said: Any) -> Decision:
    return decisions.ask(
        **({"cycle": plan.march, "asked_by": "Test Police", "actor": someone(Role.COORDINATOR)} | said),
        question=question,
    )


ANSWER = {"answer": "Yes, in the autumn.", "answered_on": "2019-03-18", "meeting": "Governing Group", "minute": "27/19"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_coordinator_asks_records_and_withdraws(client: Client, plan: Plan, role: Role) -> None:
    question = asked(plan)
    client.force_login(someone(role, plan.police))

    tried = [
        client.post("/decisions/ask/", {"question": "More?", "asked_by": "Me"}),
        client.post(f"/decisions/{question.pk}/answer/", ANSWER),
        client.post(f"/decisions/{question.pk}/withdraw/", {"why": "No."}),
    ]

    assert [answer.status_code for answer in tried] == [403, 403, 403]
    assert list(Decision.objects.values_list("question", "answer", "withdrawn")) == [(question.question, "", "")]


def test_everybody_reads_what_was_asked_and_decided(client: Client, plan: Plan) -> None:
    decisions.answer(
        decision=asked(plan, "Who pays?"),
        answer="The county.",
        answered_on=date(2019, 3, 18),
        meeting="Governing Group",
        minute="4",
        actor=someone(Role.COORDINATOR),
    )
    asked(plan, action=plan.rs1)
    client.force_login(someone(Role.GOVERNING_GROUP))

    page = client.get("/decisions/").content.decode()

    needed, decided = page.split('id="settled"')
    assert "May we hold a conference?" in needed
    assert "Teach young drivers" in needed
    assert "Who pays?" in decided
    assert "The county." in decided
    assert "Answered on 18 March 2019, Governing Group. Minute reference: 4" in decided
    assert "Record the answer" not in page


def test_a_question_about_an_action_belongs_to_its_priority(browser: Client, plan: Plan) -> None:
    said = {"question": "May rs1 grow?", "asked_by": "Test Police", "about": f"action-{plan.rs1.pk}"}
    answer = browser.post("/decisions/ask/", said, follow=True)

    assert "The question is kept." in answer.content.decode()
    kept = Decision.objects.get()
    assert (kept.cycle, kept.action, kept.priority, kept.asked_by) == (
        plan.march,
        plan.rs1,
        plan.road_safety,
        "Test Police",
    )
    event = AuditEvent.objects.latest("number")
    assert event.sentence == "Coordinator asked for a decision on 'Teach young drivers', for March 2019: May rs1 grow?"


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"question": "", "asked_by": "Us"}, "Write a question."),
        ({"question": "  ", "asked_by": "Us"}, "Write a question."),
        ({"question": "x" * 2001, "asked_by": "Us"}, "at most 2000 characters"),
        ({"question": "May we?", "asked_by": ""}, "Say who asks."),
        ({"question": "May we?", "asked_by": "Us", "about": "action-999"}, "not one of the available choices"),
        ({"question": "half \ud800 a character", "asked_by": "Us"}, "cannot be kept"),
    ],
)
def test_what_cannot_be_asked_is_said(browser: Client, plan: Plan, said: dict[str, str], complaint: str) -> None:
    if "\ud800" in said["question"]:
        with pytest.raises(ValidationError, match=complaint):
            asked(plan, said["question"])
    else:
        assert complaint in browser.post("/decisions/ask/", said).content.decode()
    assert not Decision.objects.exists()


def test_an_answer_is_kept_with_its_meeting_and_minute_and_may_be_put_right(browser: Client, plan: Plan) -> None:
    question = asked(plan)

    browser.post(f"/decisions/{question.pk}/answer/", ANSWER)
    browser.post(f"/decisions/{question.pk}/answer/", ANSWER | {"answer": "Yes, in October."})

    kept = Decision.objects.get()
    assert (kept.answer, kept.answered_on, kept.minute) == ("Yes, in October.", date(2019, 3, 18), "27/19")
    event = AuditEvent.objects.latest("number")
    assert event.kind == "decision-answered"
    assert '"answer": "Yes, in the autumn."' in event.text


def test_an_answer_does_not_come_from_the_future_nor_to_what_was_withdrawn(browser: Client, plan: Plan) -> None:
    question = asked(plan)
    future = browser.post(f"/decisions/{question.pk}/answer/", ANSWER | {"answered_on": "2999-01-01"})
    assert "The day of the answer lies in the future." in future.content.decode()

    browser.post(f"/decisions/{question.pk}/withdraw/", {"why": "Settled by mail."})
    late = browser.post(f"/decisions/{question.pk}/answer/", ANSWER)

    assert "This question was withdrawn" in late.content.decode()
    assert "Withdrawn: Settled by mail." in browser.get("/decisions/").content.decode()
    assert Decision.objects.get().answer == ""


def test_what_is_answered_cannot_be_withdrawn(browser: Client, plan: Plan) -> None:
    question = asked(plan)
    browser.post(f"/decisions/{question.pk}/answer/", ANSWER)

    refused = browser.post(f"/decisions/{question.pk}/withdraw/", {"why": "Second thoughts."})

    assert "Only a question that is still open can be withdrawn." in refused.content.decode()


def test_the_next_meeting_sees_what_is_open_and_what_was_decided_last_time(plan: Plan, coordinator: User) -> None:
    june = cycle(plan.agreement, "2019-06", "June 2019", date(2019, 4, 30))
    asked(plan, "Still open?")
    answered, withdrawn = asked(plan, "Answered?"), asked(plan, "Withdrawn?")
    decisions.answer(decision=answered, answer="Yes.", answered_on=date(2019, 3, 18), actor=coordinator)
    decisions.withdraw(decision=withdrawn, why="No.", actor=coordinator)
    asked(plan, "New?", cycle=june)

    assert [(q.text, q.since) for q in build(june).questions] == [
        ("Still open?", "March 2019"),
        ("Answered?", "March 2019"),
        ("New?", ""),
    ]
    assert [(q.text, q.answer) for q in build(plan.march).questions] == [("Still open?", ""), ("Answered?", "Yes.")]


def test_the_page_takes_as_many_queries_for_many_questions_as_for_one(browser: Client, plan: Plan) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get("/decisions/")
        return len(captured)

    asked(plan, action=plan.rs1)
    browser.get("/decisions/")
    few = queries()
    for number in range(20):
        asked(plan, f"Question {number}?", action=plan.ha1)

    assert queries() == few
