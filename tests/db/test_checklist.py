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
from priorities.models import ContextSummary, PriorityIndicator
from priorities.states import State
from priorities.summaries import save_summary
from reports.build import build
from reports.checklist import Item, checklist, errors
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


def items(plan: Plan, issuer: User | None = None) -> list[Item]:
    return checklist(plan.march, build(plan.march), issuer)


def texts(plan: Plan) -> list[str]:
    return [item.text for item in items(plan)]


def test_a_report_in_which_all_is_said_has_nothing_to_be_done(plan: Plan) -> None:
    assert items(plan, someone(Role.GOVERNING_GROUP)) == []


def test_whoever_prepared_a_report_does_not_issue_it(plan: Plan, coordinator: User) -> None:
    put(plan.march, State.CHECKED, checked_by=coordinator)
    report = build(plan.march)

    assert errors(plan.march, report, coordinator) == ["You prepared this report. Somebody else has to issue it."]
    assert errors(plan.march, report, someone(Role.GOVERNING_GROUP)) == []


def test_an_empty_summary_stands_in_the_way_and_so_does_an_empty_introduction(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(text="  ")
    ContextSummary.objects.filter(priority=None).delete()

    assert [(item.text, item.address, item.blocks) for item in items(plan)] == [
        ("Introduction: the context summary is empty.", "/introduction/context/", True),
        ("Hate: the context summary is empty.", "/priorities/hate/context/", True),
    ]


def test_a_figure_and_a_note_that_stand_for_nothing_are_named(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(text="[[calls 2018]] rose.[^nobody]")

    assert [item.blocks for item in items(plan)] == [True, True]
    assert texts(plan) == [
        "Hate: [[calls 2018]]: 'calls' is not an indicator.",
        "Hate: [^nobody]: no source of this name is known, and the text does not explain it.",
    ]


def test_a_file_in_its_preview_stands_in_the_way(plan: Plan) -> None:
    waiting = extract()
    Extract.objects.filter(pk=waiting.pk).update(state=Extract.State.PREVIEW)

    [item] = items(plan)

    assert item.text == "The file returns.csv waits in its preview. Use its figures or discard it."
    assert (item.address, item.blocks) == (f"/data/uploads/{waiting.pk}/", True)


def test_actions_without_progress_are_named_and_counted_but_not_those_that_ended(plan: Plan, coordinator: User) -> None:
    for number in range(5):
        action(plan.hate, f"more{number}", f"More {number}")
    progress(plan, action(plan.hate, "gone", "Gone"), coordinator, ProgressEntry.Status.NOT_PURSUED)

    [item] = items(plan)

    assert item.text == "Hate: no progress this time on ‘More 0’, ‘More 1’, ‘More 2’ and 2 more."
    assert (item.address, item.blocks) == ("/priorities/hate/#actions", False)


def test_a_summary_that_nobody_looked_at_this_time_is_named(plan: Plan) -> None:
    ContextSummary.objects.filter(priority=plan.hate).update(looked_at=None)

    assert [(item.text, item.blocks) for item in items(plan)] == [
        ("Hate: nobody has looked at the context summary this time.", False)
    ]


def test_a_provisional_figure_that_should_be_final_by_the_meeting_is_named(plan: Plan) -> None:
    calls = indicator("calls", final_expected=date(2019, 3, 1))
    PriorityIndicator.objects.create(priority=plan.hate, indicator=calls, role="main")
    held(calls, year(2018), 10, status="provisional")
    plan.march.meeting = date(2019, 3, 18)

    assert texts(plan) == ["Calls: 2018, final by 1 March 2019"]

    plan.march.meeting = date(2019, 2, 18)
    assert texts(plan) == []


def test_what_is_worse_wants_an_action_that_goes_on(plan: Plan, coordinator: User) -> None:
    calls = indicator("calls", polarity="lower")
    PriorityIndicator.objects.create(priority=plan.hate, indicator=calls, role="main")
    for number in range(16):
        held(calls, Period.of(2015 + number // 4, 3 * (number % 4) + 1, 3), 10 + number % 2)
    held(calls, Period.of(2019, 1, 3), 40)

    assert texts(plan) == []
    ProgressEntry.objects.filter(action=plan.ha1).update(status="complete")

    assert texts(plan) == ["Calls, Testshire is worse, and Hate has no action that goes on."]


def test_it_takes_as_many_queries_for_many_summaries_as_for_few(plan: Plan) -> None:
    def queries() -> int:
        report = build(plan.march)
        with CaptureQueriesContext(connection) as captured:
            checklist(plan.march, report, someone(Role.GOVERNING_GROUP))
        return len(captured)

    few = queries()
    ContextSummary.objects.update(text="[[calls 2018]] [[calls 2017]][^nobody]")
    held(indicator("calls"), year(2018), 10)

    assert queries() <= few + 6
