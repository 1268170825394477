"""What a new agreement year begins with: actions with their history, summaries, questions, and the way back."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.decisions import ask
from actions.models import Action
from actions.plan import line_for
from actions.services import entry_for, save_progress
from priorities.models import Agreement, ReportingCycle
from priorities.opening import open_report
from priorities.states import State
from priorities.summaries import summary_of
from reports.build import build
from tests.db.test_opening import JUNE
from tests.plan import Plan, put, someone
from tests.years import HEAD, MERGED, NEW, SPLIT, begun, plan_with_indicators, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return plan_with_indicators()


@pytest.fixture
def chris(plan: Plan) -> User:
    return someone(Role.COORDINATOR, name="Chris")


def test_an_action_carries_on_with_its_people_its_open_promises_and_what_was_last_said(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    made = begun(plan, chris, tmp_path)
    june = open_report(agreement=made, dates=JUNE, actor=chris)

    action = Action.objects.get(continues=plan.rs1)
    entry, line = entry_for(action, june), line_for(action, june)
    assert (action.key, action.lead, list(action.partners.all())) == ("rs1-19", plan.police, [plan.fire])
    assert [supported.title for supported in action.supports.all()] == ["Hate"]
    assert action.supports.get().agreement == made
    assert list(action.milestones.values_list("title", flat=True)) == ["Draft"]
    assert list(action.outputs.values_list("name", flat=True)) == ["Pupils"]
    assert (entry.text, entry.status, entry.version) == ("As of March.", "behind", 0)
    assert (line.progress, line.is_updated, line.carried_from) == ("As of March.", False, "March 2019")


def test_after_a_whole_year_of_silence_what_was_last_said_is_still_there(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    begun(plan, chris, tmp_path)
    third = HEAD.replace("test-2018-19", "test-2019-20").replace('slug = "test-2019-20"', 'slug = "test-2020-21"')
    third = third.replace("2020-03-31", "2021-03-31").replace("2019-04-01", "2020-04-01")
    run(tmp_path, third + re.sub(r'actions = \["(\w+)"\]', r'actions = ["\1-19"]', SPLIT))
    june = open_report(agreement=Agreement.objects.get(slug="test-2020-21"), dates=JUNE, actor=chris)

    action = Action.objects.get(key="rs1-20")
    entry, line = entry_for(action, june), line_for(action, june)
    assert action.continues == Action.objects.get(continues=plan.rs1)
    assert (entry.text, entry.status, entry.version) == ("As of March.", "behind", 0)
    assert (line.progress, line.status, line.carried_from) == ("As of March.", "behind", "March 2019")


def test_new_actions_have_one_home_and_may_support_other_priorities(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path, HEAD + SPLIT + NEW)
    june = open_report(agreement=made, dates=JUNE, actor=chris)

    action = Action.objects.get(key="new1")
    report = build(june)
    young, hate = report.priorities[1:]
    assert (action.lead, list(action.partners.all()), action.continues) == (plan.police, [plan.fire], None)
    assert [line.title for line in young.actions] == ["Share campaigns", "Talk to parents"]
    assert [line.title for line in report.supporters(hate)] == ["Teach young drivers", "Talk to parents"]
    assert "3 actions that carry on, 1 that are new." in AuditEvent.objects.get(kind="agreement-year-begun").sentence


def test_a_new_action_does_not_take_the_key_of_one_that_carries_on(plan: Plan, chris: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="An action that carries on has the key 'rs1-19' now"):
        run(tmp_path, HEAD + SPLIT + NEW.replace('"new1"', '"rs1-19"'))

    assert Agreement.objects.count() == 1


def test_what_an_action_itself_says_comes_before_what_it_continues(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path)
    june = open_report(agreement=made, dates=JUNE, actor=chris)
    action = Action.objects.get(continues=plan.rs1)
    save_progress(
        action=action,
        cycle=june,
        text="As of June.",
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor="Ann",
    )
    later = ReportingCycle.objects.create(
        agreement=made,
        slug="2019-09",
        title="September 2019",
        period_start=date(2018, 8, 1),
        period_end=date(2019, 7, 31),
        progress_to=date(2019, 9, 30),
    )

    assert entry_for(action, later).text == "As of June."
    assert line_for(plan.rs1, plan.march).progress == "As of March."


def test_the_words_go_to_the_priority_that_carries_them_on(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path)

    june = open_report(agreement=made, dates=JUNE, actor=chris)

    words = {p.slug: summary_of(june, p).text for p in made.priorities.all()}
    assert words == {"road-safety": "Roads.", "young-drivers": "", "hate": "Hate."}
    assert summary_of(june, None).text == "Crime."


def test_the_words_of_priorities_that_were_merged_are_brought_together(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path, HEAD + MERGED)

    june = open_report(agreement=made, dates=JUNE, actor=chris)

    assert summary_of(june, made.priorities.get(slug="safe-places")).text == "Roads.\n\nHate."


def test_the_first_report_of_a_year_waits_for_the_last_of_the_year_before(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    made = begun(plan, chris, tmp_path)
    put(plan.march, State.CHECKED)

    with pytest.raises(Exception, match="The March 2019 report has not been issued yet"):
        open_report(agreement=made, dates=JUNE, actor=chris)
    put(plan.march, State.ISSUED)
    with pytest.raises(Exception, match="The months of the March 2019 report end in January 2019"):
        open_report(agreement=made, dates=replace(JUNE, period=plan.march.period), actor=chris)


def test_pages_lead_back_to_the_year_before(plan: Plan, chris: User, tmp_path: Path, client: Client) -> None:
    made = begun(plan, chris, tmp_path)
    open_report(agreement=made, dates=JUNE, actor=chris)
    client.force_login(chris)

    young = client.get("/priorities/young-drivers/").content.decode()
    action = client.get("/actions/rs1-19/").content.decode()
    before = client.get("/actions/rs1/")
    hate = client.get("/priorities/hate/").content.decode()

    assert "Young drivers were part of Road Safety before." in young
    assert 'href="/priorities/road-safety/?cycle=2019-03"' in young
    assert 'href="/actions/rs1/"' in action
    assert 'It goes on as <a class="govuk-link" href="/actions/rs1-19/">' in before.content.decode()
    assert "It goes on as" not in action
    assert (before.status_code, "March 2019" in before.content.decode()) == (200, True)
    assert 'href="/priorities/road-safety/?cycle=2019-03"' in before.content.decode()
    assert "Supported by actions of other priorities" in hate
    assert "Teach young drivers, of" in hate


def test_a_question_that_is_open_stays_so_under_the_priority_that_carries_its_own_on(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    for priority, question in ((plan.hate, "A second conference?"), (plan.road_safety, "A new road?"), (None, "When?")):
        ask(cycle=plan.march, question=question, asked_by="Working Group", priority=priority, actor=chris)
    told = HEAD + MERGED.replace('origins = ["hate", "road-safety"]', 'origins = ["hate"]').replace(', "rs1"]', "]")
    june = open_report(agreement=begun(plan, chris, tmp_path, told), dates=JUNE, actor=chris)

    assert [(q.text, q.priority, q.slug, q.since) for q in build(june).asked] == [
        ("A second conference?", "Safe Places", "safe-places", "March 2019"),
        ("A new road?", "Road Safety", "", "March 2019"),
        ("When?", "", "", "March 2019"),
    ]


def test_the_address_of_a_priority_that_ended_leads_to_its_last_report(
    plan: Plan, chris: User, tmp_path: Path, client: Client
) -> None:
    made = begun(plan, chris, tmp_path, HEAD + MERGED)
    open_report(agreement=made, dates=JUNE, actor=chris)
    client.force_login(chris)

    assert client.get("/priorities/hate/").headers["Location"] == "/priorities/hate/?cycle=2019-03"
    assert client.get("/priorities/hate/?cycle=2019-06").status_code == 404
    assert client.get("/priorities/never/").status_code == 404
    assert client.get("/actions/rs1/?cycle=2019-06").status_code == 404
