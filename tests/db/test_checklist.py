"""What stands in the way of issuing a report, and what its coordinator is told before."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from actions.models import ProgressEntry
from actions.services import save_progress
from indicators.models import Extract
from indicators.periods import Period
from priorities.models import ContextSummary, Priority, PriorityIndicator
from priorities.states import State
from priorities.summaries import save_summary
from reports.build import build
from reports.checklist import Checklist, Item, checklist, errors
from tests.held import extract, held, indicator
from tests.plan import Plan, action, draw_plan, put, someone
from tests.series import year

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return someone(Role.COORDINATOR, name="Coordinator")


@pytest.fixture
def plan(coordinator: User) -> Plan:
    """The plan of tests/plan.py with everything said that a report needs."""
    plan = draw_plan()
    for priority in (None, plan.road_safety, plan.hate):
        save_summary(cycle=plan.march, priority=priority, text="Words.", expected_version=0, actor=coordinator)
    for each in (plan.rs1, plan.rs2, plan.ha1):
        progress(plan, each, coordinator)
    return plan


def progress(plan: Plan, on: Any, actor: User, status: str = "on-track") -> None:
    save_progress(
        action=on, cycle=plan.march, text="Done.", status=status, nothing_new=False, expected_version=0, actor=actor
    )


def listed(plan: Plan, issuer: User | None = None) -> Checklist:
    return checklist(plan.march, build(plan.march), issuer)


def pairs(items: tuple[Item, ...]) -> list[tuple[str, str]]:
    return [(item.text, item.address) for item in items]


def test_a_report_in_which_all_is_said_has_nothing_to_be_done(plan: Plan) -> None:
    assert listed(plan, someone(Role.GOVERNING_GROUP)) == Checklist((), ())


def test_whoever_prepared_a_report_does_not_issue_it(plan: Plan, coordinator: User) -> None:
    put(plan.march, State.CHECKED, checked_by=coordinator)

    assert errors(plan.march, coordinator) == ["You prepared this report. Somebody else has to issue it."]
    assert errors(plan.march, someone(Role.GOVERNING_GROUP)) == []


def test_an_empty_summary_stands_in_the_way_and_so_does_an_empty_introduction(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(text="  ")
    ContextSummary.objects.filter(priority=None).update(text="")

    assert pairs(listed(plan).errors) == [
        ("Introduction: the context summary is empty.", "/introduction/context/?cycle=2019-03"),
        ("Hate: the context summary is empty.", "/priorities/hate/context/?cycle=2019-03"),
    ]


def test_a_figure_and_a_note_that_stand_for_nothing_are_named(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(text="[[calls 2018]] rose.[^nobody]")

    assert [item.text for item in listed(plan).errors] == [
        "Hate: [[calls 2018]]: 'calls' is not an indicator.",
        "Hate: [^nobody]: no source of this name is known, and the text does not explain it.",
    ]


def test_a_key_message_with_a_figure_that_stands_for_nothing_any_more_stands_in_the_way(plan: Plan) -> None:
    calls = held(indicator("calls"), year(2018), 10)
    plan.march.key_messages = ["Fewer fires.", "[[calls 2018]] calls."]
    plan.march.save()
    assert listed(plan).errors == ()
    calls.delete()

    assert pairs(listed(plan).errors) == [
        (
            "Key message 2: [[calls 2018]]: No figure is held for 2018.",
            "/cycle/2019-03/key-messages/",
        )
    ]


def test_a_file_in_its_preview_stands_in_the_way(plan: Plan) -> None:
    waiting = extract()
    Extract.objects.filter(pk=waiting.pk).update(state=Extract.State.PREVIEW)

    assert pairs(listed(plan).errors) == [
        ("The file returns.csv waits in its preview. Use its figures or discard it.", f"/data/uploads/{waiting.pk}/")
    ]


def test_actions_without_progress_are_named_and_counted_but_not_those_that_ended(plan: Plan, coordinator: User) -> None:
    for number in range(5):
        action(plan.hate, f"more{number}", f"More {number}")
    progress(plan, action(plan.hate, "gone", "Gone"), coordinator, ProgressEntry.Status.COMPLETE)

    assert pairs(listed(plan).warnings) == [
        (
            "Hate: no progress this time on ‘More 0’, ‘More 1’, ‘More 2’ and 2 more.",
            "/priorities/hate/?cycle=2019-03#actions",
        )
    ]


def test_a_summary_that_nobody_looked_at_this_time_is_named(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(looked_at=None)

    assert pairs(listed(plan).warnings) == [
        ("Hate: nobody has looked at the context summary this time.", "/priorities/hate/context/?cycle=2019-03")
    ]


def test_a_provisional_figure_that_should_be_final_by_the_meeting_is_named(plan: Plan) -> None:
    calls = indicator("calls", final_expected=date(2019, 3, 1))
    PriorityIndicator.objects.create(priority=plan.hate, indicator=calls, role="main")
    held(calls, year(2018), 10, status="provisional")
    plan.march.meeting = date(2019, 3, 18)

    assert pairs(listed(plan).warnings) == [("Calls: 2018, final by 1 March 2019", "/data/currency/")]

    plan.march.meeting = date(2019, 3, 1)
    assert listed(plan).warnings == ()
    plan.march.meeting = None
    assert [item.text for item in listed(plan).warnings] == ["Calls: 2018, final by 1 March 2019"]
    plan.march.meeting = date(2019, 2, 18)
    assert listed(plan).warnings == ()


def test_what_is_worse_wants_an_action_that_goes_on(plan: Plan, coordinator: User) -> None:
    calls = indicator("calls", polarity="lower")
    PriorityIndicator.objects.create(priority=plan.hate, indicator=calls, role="main")
    for number in range(16):
        held(calls, Period.of(2015 + number // 4, 3 * (number % 4) + 1, 3), 10 + number % 2)
    held(calls, Period.of(2019, 1, 3), 40)

    assert listed(plan).warnings == ()
    ProgressEntry.objects.filter(action=plan.ha1).update(status="complete")

    assert pairs(listed(plan).warnings) == [
        ("Calls, Testshire is worse, and Hate has no action that goes on.", "/priorities/hate/?cycle=2019-03")
    ]
    plan.rs1.supports.add(plan.hate)
    assert listed(plan).warnings == ()


def test_it_takes_as_many_queries_for_many_summaries_as_for_one(plan: Plan, coordinator: User) -> None:
    def queries() -> int:
        report = build(plan.march)
        with CaptureQueriesContext(connection) as captured:
            found = checklist(plan.march, report, coordinator)
        assert found.errors
        return len(captured)

    held(indicator("calls"), year(2018), 10)
    ContextSummary.objects.filter(priority=plan.hate).update(text="[[calls 2018]] [[calls 2017]][^nobody]")
    one = queries()
    for number in range(3, 9):
        more = Priority.objects.create(agreement=plan.agreement, slug=f"more-{number}", number=number, title="More")
        ContextSummary.objects.create(cycle=plan.march, priority=more, text="[[calls 2018]] [[calls 2017]][^nobody]")

    assert queries() == one
