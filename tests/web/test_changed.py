"""What partners changed, the thread of an action, and what the partner sees of the coordinator's edit."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from actions.models import Contribution, Milestone, Output, ProgressEntry, Remark
from priorities.models import ReportingCycle
from priorities.states import State
from tests.mine import ADDRESS, added, browser, events, page_of, said
from tests.plan import Plan, action, draw_plan, partner, someone

pytestmark = pytest.mark.django_db
CHANGED = "/changed/"
THREAD = "/actions/rs1/thread/"


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def ann(plan: Plan) -> Client:
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


@pytest.fixture
def cora(plan: Plan) -> Client:
    return browser(someone(Role.COORDINATOR, name="Cora"))


def marked(page: str, kind: str) -> list[str]:
    """The words marked as added or removed."""
    found = re.findall(rf"<{kind}[^>]*>(?:<span[^>]*>[^<]*</span>)?([^<]*)<", page)
    return [words.strip() for words in found]


class TestLookedAt:
    @pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_only_the_coordinator_looks(self, plan: Plan, ann: Client, role: Role, method: str) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        other = browser(someone(role, plan.police))

        assert getattr(other, method)(CHANGED, {"seen": "rs1:1"}).status_code == 403
        assert ProgressEntry.objects.get().reviewed_version == 0

    def test_what_changed_is_marked_word_by_word(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Four talks were held.", "status": "on-track"}))
        cora.post(CHANGED, {"seen": "rs1:1"})
        ann.post(ADDRESS, said(rs1={"text": "Five talks were held.", "status": "behind", "version": "1"}))

        page = page_of(cora.get(CHANGED))

        assert (marked(page, "ins"), marked(page, "del")) == (["Five"], ["Four"])
        assert "Behind, was on track" in page

    def test_looking_at_it_is_one_event_and_ends_it(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))

        page = page_of(cora.post(CHANGED, {"seen": "rs1:1"}, follow=True))

        assert "You have looked at everything" in page
        entry = ProgressEntry.objects.get()
        assert (entry.reviewed_version, entry.reviewed_by_name) == (1, "Cora")
        assert events() == ["progress-saved", "progress-looked-at"]

    @pytest.mark.parametrize("seen", ["", "rs1:0", "rs1:2", "rs2:1", "nothing:1", "rs1:x"])
    def test_what_was_not_on_the_page_is_not_looked_at(self, ann: Client, cora: Client, seen: str) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))

        page = page_of(cora.post(CHANGED, {"seen": seen}, follow=True))

        assert "Look at it once more" in page
        assert events() == ["progress-saved"]

    def test_outputs_steps_and_questions_are_told_in_sentences(self, plan: Plan, ann: Client, cora: Client) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        step = Milestone.objects.create(action=plan.rs1, title="The draft", due_text="March 2019")
        new = {"output_name": "Talks", "output_unit": "talks", "output_expected": "4", "output_by": "2019-06-30"}
        more = {f"actual-{output.pk}": "1312", f"done-{step.pk}": "on", f"due-{step.pk}": "2019-05-01"}
        ann.post(ADDRESS, said(rs1=new | more | {"question": "May we go on?"}))

        page = page_of(cora.get(CHANGED))

        for sentence in (
            "Pupils: actual 1,312, was not known",
            "The draft: done",
            "The draft: now due 1 May 2019, was March 2019",
            "Expects 4 talks by 30 June 2019: Talks",
            "Asked for a decision: May we go on?",
        ):
            assert sentence in page

    def test_what_was_taken_back_says_so(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun.", "question": "May we go on?"}))
        ann.post(ADDRESS, {"undo": "rs1:1"})

        page = page_of(cora.get(CHANGED))

        assert "Taken back by who saved it" in page
        assert "May we go on?" not in page

    def test_what_the_coordinator_writes_herself_she_has_looked_at(self, cora: Client) -> None:
        cora.post(f"{ADDRESS}?partner=test-police", said(rs1={"text": "By mail."}) | {"via": "email"})

        assert "Nothing. You have looked at everything" in page_of(cora.get(CHANGED))

    def test_in_a_report_that_is_not_open_nothing_is_noted(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        ReportingCycle.objects.update(state=State.CHECKED, checked_by_name="Cora")

        cora.post(CHANGED, {"seen": "rs1:1"})

        assert "No report is open" in page_of(cora.get(CHANGED))
        assert events() == ["progress-saved"]

    @pytest.mark.parametrize("number", [1, 20])
    def test_many_changes_take_as_many_queries_as_few(
        self, plan: Plan, ann: Client, cora: Client, django_assert_num_queries: Any, number: int
    ) -> None:
        keys = [action(plan.hate, f"x{each}", "Led", lead=plan.police).key for each in range(number)]
        ann.post(ADDRESS, said(**{key: {"text": "Begun."} for key in keys}))

        cora.post(f"/actions/{keys[0]}/thread/", {"text": "Which?"})
        for key in keys:
            ann.post(f"/actions/{key}/thread/", {"text": "This one."})

        with django_assert_num_queries(12):
            cora.get(CHANGED)

    def test_what_is_added_to_an_action_without_a_lead_waits_until_it_is_in_the_account(
        self, plan: Plan, cora: Client
    ) -> None:
        flo = browser(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))
        flo.post(ADDRESS, added("rs1", "For the lead.") | added("rs2", "We print them."))

        page = page_of(cora.get(CHANGED)).partition("Added to actions without a lead")[2]
        taken = {"text": "", "status": "on-track", "version": "0", "rs2-version": "0", "via": "tidied"}
        key = Contribution.objects.get(action=plan.rs2).pk
        cora.post("/actions/rs2/update/", taken | {f"rs2-take-{key}": "on"})

        assert "We print them." in page
        assert "For the lead." not in page
        assert ProgressEntry.objects.get().text == "We print them."
        assert "Added to actions without a lead" not in page_of(cora.get(CHANGED))


class TestEdit:
    def test_the_partner_sees_what_the_coordinator_changed_until_they_save(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "we held for talks"}))
        cora.post(
            f"{ADDRESS}?partner=test-police",
            said(rs1={"text": "We held four talks.", "version": "1"}) | {"via": "tidied"},
        )

        page = page_of(ann.get(ADDRESS))
        assert "Your text was changed" in page
        assert "by Cora" in page
        assert "four talks." in " ".join(marked(page, "ins"))

        ann.post(ADDRESS, said(rs1={"text": "We held four talks in May.", "version": "2"}))
        assert "Your text was changed" not in page_of(ann.get(ADDRESS))

    def test_a_status_and_a_quantity_that_the_coordinator_changed_are_told_too(
        self, plan: Plan, ann: Client, cora: Client
    ) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        ann.post(ADDRESS, said(rs1={"text": "Begun.", "status": "on-track", f"actual-{output.pk}": "13"}))
        tidied = {"text": "Begun.", "status": "behind", f"actual-{output.pk}": "1312", "version": "1"}
        cora.post(f"{ADDRESS}?partner=test-police", said(rs1=tidied) | {"via": "tidied"})

        page = page_of(ann.get(ADDRESS))

        assert "What you said was changed on" in page
        assert "Behind, was on track" in page
        assert "Pupils: actual 1,312, was 13" in page
        assert marked(page, "ins") == []

    def test_a_look_without_a_change_is_no_edit(self, ann: Client, cora: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        cora.post(CHANGED, {"seen": "rs1:1"})

        assert "was changed on" not in page_of(ann.get(ADDRESS))

    def test_words_entered_from_a_mail_are_shown_as_such(self, ann: Client, cora: Client) -> None:
        cora.post(f"{ADDRESS}?partner=test-police", said(rs1={"text": "Begun."}) | {"via": "email"})

        assert "from Test Police by email, entered by Cora" in page_of(ann.get(ADDRESS))


class TestThread:
    @pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
    def test_roles_that_only_read_are_refused(self, plan: Plan, role: Role) -> None:
        assert browser(someone(role, plan.police)).get(THREAD).status_code == 403

    def test_a_partner_that_is_not_named_neither_reads_nor_writes(self, plan: Plan) -> None:
        stranger = browser(someone(Role.WORKING_GROUP, partner("health", "Test Health")))

        assert stranger.get(THREAD).status_code == 403
        assert stranger.post(THREAD, {"text": "Hello"}).status_code == 403
        assert not Remark.objects.exists()

    def test_lead_named_partner_and_coordinator_talk(self, plan: Plan, ann: Client, cora: Client) -> None:
        flo = browser(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))

        cora.post(THREAD, {"text": "How many came?"})
        flo.post(THREAD, {"text": "Ask <Ann>."})
        page = page_of(ann.get(THREAD))

        assert page.index("How many came?") < page.index("Ask <Ann>.")
        assert "Flo, Test Fire and Rescue" in page
        assert "Thread (2, the last by Flo)" in page_of(ann.get(ADDRESS))
        assert "Thread (2, the last by Flo)" in page_of(flo.get(ADDRESS))
        assert events() == ["remark-made", "remark-made"]

    def test_what_waits_for_an_answer_of_the_coordinator_is_told_until_she_answers(
        self, plan: Plan, ann: Client, cora: Client
    ) -> None:
        waiting = "Threads that wait for an answer"
        assert waiting not in page_of(cora.get(CHANGED))
        ann.post(THREAD, {"text": "May we write this?"})
        ann.post(THREAD, {"text": "Or that?"})

        page = page_of(cora.get(CHANGED)).partition(waiting)[2]
        cora.post(THREAD, {"text": "That."})

        assert "Ann, Test Police" in page
        assert "Or that?" in page
        assert "May we write this?" not in page
        assert waiting not in page_of(cora.get(CHANGED))

    @pytest.mark.parametrize(("text", "message"), [(" ", "Write something."), ("x" * 1_001, "1000 characters")])
    def test_what_cannot_be_kept_is_explained(self, ann: Client, text: str, message: str) -> None:
        response = ann.post(THREAD, {"text": text})

        assert response.status_code == 422
        assert message in page_of(response)
        assert events() == []
