"""/cycle/ and what is done from there: checking, sending back, texts to paste, deputies"""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Deputy, User
from accounts.roles import Role
from actions.models import Milestone, Output, ProgressEntry, SentBack
from actions.services import save_progress
from priorities.models import ContextSummary, PriorityIndicator, ReportingCycle
from priorities.states import State
from tests.held import held, indicator
from tests.plan import Plan, action, draw_plan, put, someone, write_up
from tests.series import year

pytestmark = pytest.mark.django_db

PAGES = [
    "/cycle/",
    "/cycle/open/",
    "/cycle/2019-03/dates/",
    "/cycle/2019-03/key-messages/",
    "/cycle/2019-03/reminders/",
    "/cycle/2019-03/send-back/",
    "/actions/rs1/send-back/",
    "/deputies/",
]


@pytest.fixture
def plan() -> Plan:
    plan = draw_plan()
    put(plan.december, State.PUBLIC)
    return plan


@pytest.fixture
def chris(client: Client, plan: Plan) -> Client:
    """The browser of Chris, the coordinator."""
    client.force_login(someone(Role.COORDINATOR, name="Chris"))
    return client


def words_of(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def update(plan: Plan, text: str = "Begun.", version: int = 0) -> ProgressEntry:
    return save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text=text,
        status="on-track",
        nothing_new=False,
        expected_version=version,
        actor="Ann",
    )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_the_coordinator_runs_reports(client: Client, plan: Plan, role: Role) -> None:
    client.force_login(someone(role, plan.police))

    assert [client.get(page).status_code for page in PAGES] == [403] * len(PAGES)
    assert client.post("/cycle/2019-03/check/").status_code == 403
    assert 'href="/cycle/"' not in client.get("/").content.decode()


def test_it_begins_with_what_is_missing(chris: Client, plan: Plan) -> None:
    update(plan)
    write_up(plan)
    ContextSummary.objects.update(looked_at=None)

    said = words_of(chris.get("/cycle/"))

    assert "March 2019 report" in said
    assert "Progress on 2 of 3 actions" in said
    assert "A look at 3 of 3 context summaries" in said
    assert said.index("What is missing") < said.index("Mark as checked") < said.index("Progress: 1 of 3 updated")


def test_partners_stand_against_the_actions_they_write_those_that_miss_most_first(chris: Client, plan: Plan) -> None:
    update(plan)
    someone(Role.WORKING_GROUP, plan.fire, name="Ben")

    said = words_of(chris.get("/cycle/"))

    assert "Test Fire and Rescue 1 missing. Ben Share campaigns ○ Missing" in said
    assert (
        said.index("Test Fire and Rescue")
        < said.index("1 partner for whom nobody signs in")
        < said.index("Test Police")
    )
    assert "Test Police ✓ Updated" in said
    assert "so only you can update them: Hold a conference" in said


def test_figures_that_are_missing_are_listed_and_the_others_are_folded(chris: Client, plan: Plan) -> None:
    put(plan.march, State.DRAFT, data_due=date(2019, 3, 8))  # type: ignore[arg-type]
    late, current, of_context = indicator("late"), indicator("current"), indicator("of-context")
    held(late, year(2016), 1)
    held(current, year(2018), 1)
    for number, (each, role) in enumerate([(late, "main"), (current, "supporting"), (of_context, "context")]):
        PriorityIndicator.objects.create(priority=plan.road_safety, indicator=each, role=role, order=number)

    said = words_of(chris.get("/cycle/"))

    assert "Figures: 1 missing What should be in by 8 March 2019" in said
    assert "1 indicator with nothing missing" in said
    assert said.index(late.name) < said.index("1 indicator with nothing missing") < said.index(current.name)


def test_promises_that_fell_due_are_listed_with_their_action(chris: Client, plan: Plan) -> None:
    Milestone.objects.create(action=plan.rs1, title="Draft", due_text="January 2019")
    Milestone.objects.create(action=plan.rs1, title="Site", due_text="September 2019")
    Output.objects.create(action=plan.ha1, name="Guests", unit="guests", expected=90, period_end=date(2018, 11, 27))

    said = words_of(chris.get("/cycle/"))

    assert "Draft: due by 31 January 2019, not marked as done. Teach young drivers" in said
    assert "Guests, to 27 November 2018: 90 expected. What did it come to? Hold a conference" in said
    assert "Site:" not in said


@pytest.mark.parametrize(("status", "is_listed"), [("complete", True), ("not-pursued", False)])
@pytest.mark.parametrize("said_in", ["december", "march"])
def test_an_action_that_is_not_pursued_promises_nothing_any_more(
    chris: Client, plan: Plan, said_in: str, status: str, *, is_listed: bool
) -> None:
    Milestone.objects.create(action=plan.rs1, title="Draft", due_text="January 2019")
    before = {"text": "Ended.", "status": status, "version": 1, "updated_at": timezone.now()}
    ProgressEntry.objects.create(action=plan.rs1, cycle=getattr(plan, said_in), **before)

    assert ("Draft: due by 31 January 2019" in words_of(chris.get("/cycle/"))) is is_listed


def test_the_report_that_is_being_made_is_shown_unless_another_is_asked_for(chris: Client, plan: Plan) -> None:
    assert "March 2019 report" in words_of(chris.get("/cycle/"))
    assert "December 2018 report" in words_of(chris.get("/cycle/?cycle=2018-12"))
    assert chris.get("/cycle/?cycle=2001-01").status_code == 404


def test_a_report_with_faults_is_not_checked_and_all_of_them_are_said(chris: Client, plan: Plan) -> None:
    write_up(plan)
    ContextSummary.objects.filter(priority=plan.hate).update(text="")
    put(plan.march, State.DRAFT, key_messages=["[[calls 2018]] calls."])  # type: ignore[arg-type]

    page = words_of(chris.get("/cycle/"))
    refused = words_of(chris.post("/cycle/2019-03/check/", follow=True))

    assert "Mark as checked" not in page
    for fault in ("Hate: the context summary is empty.", "Key message 1: [[calls 2018]]: 'calls' is not an indicator."):
        assert fault in page
        assert fault in refused.partition("What is missing")[0]
    assert ReportingCycle.objects.get(slug="2019-03").state == "draft"
    assert not AuditEvent.objects.exists()


def test_a_checked_report_says_who_checked_it_and_is_not_checked_again(chris: Client, plan: Plan) -> None:
    write_up(plan)
    checked = chris.post("/cycle/2019-03/check/", follow=True)
    again = chris.post("/cycle/2019-03/check/", follow=True)

    cycle = ReportingCycle.objects.get(slug="2019-03")
    assert (cycle.state, cycle.checked_by, cycle.checked_by_name) == ("checked", User.objects.get(), "Chris")
    assert "Checked by Chris" in words_of(checked)
    assert "Not done This report is checked and waits to be issued. It cannot be marked as checked." in words_of(again)
    assert AuditEvent.objects.get().sentence == "Chris marked the March 2019 report as checked."


def test_a_report_is_sent_back_with_a_reason_that_partners_see(chris: Client, plan: Plan) -> None:
    write_up(plan)
    chris.post("/cycle/2019-03/check/")

    refused = chris.post("/cycle/2019-03/send-back/", {"reason": " "})
    sent = chris.post("/cycle/2019-03/send-back/", {"reason": "Road Safety is too long."}, follow=True)
    chris.force_login(someone(Role.WORKING_GROUP, plan.police))
    seen = chris.get("/actions/rs1/update/")

    cycle = ReportingCycle.objects.get(slug="2019-03")
    assert (refused.status_code, sent.status_code) == (422, 200)
    assert (cycle.state, cycle.checked_by, cycle.checked_by_name, cycle.checked_at) == ("draft", None, "", None)
    assert "Chris sent the whole March 2019 report back: Road Safety is too long." in words_of(seen)


@pytest.mark.parametrize("state", [State.DRAFT, State.ISSUED, State.CONSIDERED, State.PUBLIC])
def test_only_a_checked_report_is_sent_back(chris: Client, plan: Plan, state: State) -> None:
    put(plan.march, state)

    response = chris.post("/cycle/2019-03/send-back/", {"reason": "Why not"})

    assert (response.status_code, "It cannot be sent back." in words_of(response)) == (422, True)
    assert ReportingCycle.objects.get(slug="2019-03").state == state


def test_the_progress_of_one_action_is_sent_back_until_it_is_saved_again(chris: Client, plan: Plan) -> None:
    update(plan)

    chris.post("/actions/rs1/send-back/", {"reason": "How many?", "version": "1"})
    again = chris.post("/actions/rs1/send-back/", {"reason": "How many?", "version": "1"})
    seen = words_of(chris.get("/actions/rs1/"))
    update(plan, "Begun, with 40.", version=1)
    answered = words_of(chris.get("/actions/rs1/"))

    assert "Chris sent this progress back on" in seen
    assert "How many?" in seen
    assert "This has been sent back already" in words_of(again)
    assert "How many?" not in answered
    assert SentBack.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "status", "message"),
    [
        ({"reason": "", "version": "1"}, 422, "Say why"),
        ({"reason": "a\0b", "version": "1"}, 422, "Null characters"),
        ({"reason": "Why.", "version": "x"}, 422, "The page was out of date"),
        ({"reason": "Why.", "version": "0"}, 200, "Ann has saved it since you read it"),
    ],
)
def test_what_cannot_be_sent_back_says_why(
    chris: Client, plan: Plan, answers: dict[str, str], status: int, message: str
) -> None:
    update(plan)

    response = chris.post("/actions/rs1/send-back/", answers)

    assert (response.status_code, message in words_of(response)) == (status, True)
    assert not SentBack.objects.exists()


def test_what_nobody_has_saved_and_what_is_checked_is_not_sent_back(chris: Client, plan: Plan) -> None:
    nothing = chris.post("/actions/rs1/send-back/", {"reason": "Why.", "version": "0"})
    update(plan)
    put(plan.march, State.CHECKED)
    closed = chris.post("/actions/rs1/send-back/", {"reason": "Why.", "version": "1"})

    assert "there is nothing to send back" in words_of(nothing)
    assert "This report is checked" in words_of(closed)
    assert not SentBack.objects.exists()


def test_texts_to_paste_name_what_each_partner_misses(chris: Client, plan: Plan) -> None:
    someone(Role.WORKING_GROUP, plan.police, name="Ann")

    fire, police = words_of(chris.get("/cycle/2019-03/reminders/")).split("Hello ")[1:]

    assert police.startswith("Test Police, the March 2019 report is being prepared.")
    assert "- Teach young drivers Here: " in police
    assert "- Share campaigns Please answer with a sentence or two on each" in fire
    assert "Here: " not in fire


def test_a_text_for_a_partner_for_whom_only_a_deputy_writes_leads_to_its_form(chris: Client, plan: Plan) -> None:
    ann = someone(Role.WORKING_GROUP, plan.police, name="Ann")
    ben = someone(Role.WORKING_GROUP, plan.fire, name="Ben")
    today = timezone.localdate()
    Deputy.objects.create(person=ann, deputy=ben, starts=today, ends=today)

    fire, police = words_of(chris.get("/cycle/2019-03/reminders/")).split("Hello ")[1:]

    assert "/my-actions/ Where" in fire
    assert "/my-actions/?partner=test-police Where" in police


def test_for_a_partner_for_whom_nobody_signs_in_a_link_is_offered(chris: Client, plan: Plan) -> None:
    said = words_of(chris.get("/cycle/2019-03/reminders/"))

    assert said.count("Nobody signs in to update its actions.") == 2
    assert "send a link that needs no account" in said


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_of_a_report_in_which_partners_do_not_write_nobody_is_asked(chris: Client, plan: Plan, state: State) -> None:
    put(plan.march, state, due=date(2019, 3, 8))  # type: ignore[arg-type]

    texts, page = words_of(chris.get("/cycle/2019-03/reminders/")), words_of(chris.get("/cycle/?cycle=2019-03"))

    assert "Nobody is asked for an update now" in texts
    assert "Hello" not in texts
    assert "Nobody is reminded: partners do not write in this report any more." in page
    assert "Texts to paste" not in page


def test_that_a_summary_is_still_true_is_said_with_one_button(chris: Client, plan: Plan) -> None:
    ContextSummary.objects.create(
        cycle=plan.march, priority=plan.hate, text="Hate.", version=1, carried_from=plan.december
    )

    page = chris.get("/cycle/").content.decode()
    noted = chris.post("/priorities/hate/context/still-true/?cycle=2019-03", {"version": "1"}, follow=True)
    refused = chris.post("/introduction/context/still-true/?cycle=2019-03", {"version": "²"}, follow=True)

    assert 'action="/priorities/hate/context/still-true/?cycle=2019-03"' in page
    assert "Not looked at this time , carried over from December 2018" in re.sub(r"\s+", " ", words_of_text(page))
    assert "the context summary of Hate is still true" in words_of(noted)
    assert "Nothing has been written yet" in words_of(refused)
    assert ContextSummary.objects.get().looked_by_name == "Chris"


def words_of_text(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_deputies_are_named_and_ended(chris: Client, plan: Plan) -> None:
    ann, ben = (someone(Role.WORKING_GROUP, plan.police, name=name) for name in ("Ann", "Ben"))
    days = {"starts": "2119-03-01", "ends": "2119-03-08"}

    same = chris.post("/deputies/", {"person": ann.pk, "deputy": ann.pk} | days)
    named = chris.post("/deputies/", {"person": ann.pk, "deputy": ben.pk} | days, follow=True)
    ended = chris.post(f"/deputies/{Deputy.objects.get().pk}/end/", follow=True)

    assert (same.status_code, "Nobody is their own deputy" in words_of(same)) == (422, True)
    assert "for Ann, Test Police, from 1 March 2119 to 8 March 2119" in words_of(named)
    assert "Ben does not stand in for Ann any more." in words_of(ended)
    assert not Deputy.objects.exists()


@pytest.mark.parametrize("page", ["/cycle/", "/cycle/2019-03/reminders/"])
def test_a_long_plan_takes_as_many_queries_as_a_short_one(
    chris: Client, plan: Plan, page: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    chris.get(page)
    with django_assert_max_num_queries(31) as few:
        chris.get(page)
    for number in range(40):
        made = action(plan.hate, f"more{number}", "More", partners=[plan.fire, plan.police])
        Milestone.objects.create(action=made, title="Draft", due=date(2019, 1, 1))
        someone(Role.WORKING_GROUP, plan.fire, name=f"Member {number}")

    with django_assert_num_queries(len(few.captured_queries)):
        chris.get(page)
