"""/my-actions/"""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Deputy, User
from accounts.roles import Role
from actions.models import Contribution, Draft, Milestone, Output, ProgressEntry, ProgressVersion
from actions.sending_back import send_back_progress
from priorities.models import ReportingCycle
from priorities.states import State
from tests.mine import ADDRESS, added, box_holds, browser, draft_number, events, page_of, plan_of_the_police, said
from tests.plan import Plan, action, partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return plan_of_the_police()


@pytest.fixture
def ann(client: Client, plan: Plan) -> Client:
    """The browser of Ann, of the police, who lead rs1 and ha1."""
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


@pytest.fixture
def flo(plan: Plan) -> Client:
    """The browser of Flo, of the fire service, who are named in rs1 and rs2 and lead nothing."""
    return browser(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))


class TestWho:
    @pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
    @pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}draft/"])
    def test_roles_that_only_read_are_refused(self, plan: Plan, role: Role, path: str) -> None:
        reader = browser(someone(role, plan.police))

        assert reader.get(path).status_code in (403, 405)
        assert reader.post(path, said(rs1={"text": "Mine."})).status_code == 403
        assert not ProgressEntry.objects.exists()

    def test_what_is_sent_for_an_action_that_others_lead_is_not_heard(self, flo: Client) -> None:
        flo.post(ADDRESS, said(rs1={"text": "Mine."}, rs2={"text": "Mine."}, ha1={"text": "Mine."}))

        assert not ProgressEntry.objects.exists()
        assert events() == []

    def test_a_contribution_to_an_action_one_is_not_named_in_is_not_heard(self, plan: Plan) -> None:
        stranger = browser(someone(Role.WORKING_GROUP, partner("health", "Test Health")))

        stranger.post(ADDRESS, added("rs1", "We too."))

        assert not Contribution.objects.exists()

    def test_a_member_writes_for_nobody_else_whatever_the_address_says(self, ann: Client, flo: Client) -> None:
        flo.post(f"{ADDRESS}?partner=test-police", said(rs1={"text": "Mine."}))

        assert "Test Police ·" not in page_of(flo.get(f"{ADDRESS}?partner=test-police"))
        assert not ProgressEntry.objects.exists()

    def test_nothing_is_written_in_a_report_that_is_not_open(self, ann: Client, plan: Plan) -> None:
        ReportingCycle.objects.update(state=State.CHECKED, checked_by_name="Cora")

        assert "No report is open" in page_of(ann.get(ADDRESS))
        ann.post(ADDRESS, said(rs1={"text": "Late."}))

        assert not ProgressEntry.objects.exists()

    def test_a_form_without_its_token_is_refused(self, plan: Plan) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(someone(Role.WORKING_GROUP, plan.police))

        assert strict.post(ADDRESS, said(rs1={"text": "Begun."})).status_code == 403
        assert strict.post(f"{ADDRESS}draft/", said(rs1={"text": "Begun."})).status_code == 403


class TestForm:
    def test_it_holds_the_actions_one_leads_in_the_order_of_the_plan(self, ann: Client, plan: Plan) -> None:
        page = page_of(ann.get(ADDRESS))

        assert re.findall(r'id="action-(\w+)"', page) == ["rs1", "ha1"]
        assert "Update my 2 actions" in page
        assert "0 of 2 updated for March 2019" in page

    def test_the_box_holds_the_last_account(self, ann: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Line one\r\n\r\nLine <two>", "status": "behind"}))

        page = ann.get(ADDRESS).content.decode()

        assert re.search(r"<textarea[^>]*>\s*Line one\n\nLine &lt;two&gt;</textarea>", page)
        assert re.search(r'<input[^>]*name="rs1-status"[^>]*value="behind"[^>]*checked', page)
        assert not re.search(r'<input[^>]*name="ha1-status"[^>]*checked', page)

    def test_one_save_updates_several_actions_with_one_event(self, ann: Client) -> None:
        response = ann.post(
            ADDRESS, said(rs1={"text": "Begun.", "status": "on-track"}, ha1={"nothing_new": "on"}), follow=True
        )

        assert response.redirect_chain == [(ADDRESS, 302)]
        assert "2 actions updated for March 2019." in page_of(response)
        assert 'href="/priorities/road-safety/?cycle=2019-03#actions"' in page_of(response)
        assert "2 of 2 updated" in page_of(response)
        assert events() == ["progress-saved"]

    def test_what_is_left_blank_stays_not_updated_without_an_error(self, ann: Client) -> None:
        response = ann.post(ADDRESS, said(rs1={"text": "Begun."}, ha1={}), follow=True)

        assert response.status_code == 200
        assert "1 of 2 updated" in page_of(response)
        assert "Not updated" in page_of(response)

    def test_a_form_with_nothing_in_it_says_so_and_writes_nothing(self, ann: Client) -> None:
        response = ann.post(ADDRESS, said(rs1={}, ha1={}), follow=True)

        assert "Nothing was changed, so nothing is saved." in page_of(response)
        assert events() == []

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({"status": "not-pursued"}, "Say why it is not pursued."),
            ({"status": "splendid"}, "Select a valid choice"),
            ({"text": "x" * 10_001}, "10,001 characters"),
            ({"text": "Changed.", "nothing_new": "on"}, "Untick it to save what you wrote"),
            ({"link_url": "http://example.org/", "link_title": "Plan"}, "beginning with https://"),
            ({"link_url": "javascript:alert(1)", "link_title": "Plan"}, "beginning with https://"),
            ({"link_url": "https://example.org/"}, "Write both the address and what it is"),
            ({"output_name": "Talks", "output_expected": "4"}, "how many and by when"),
            ({"output_name": "Talks", "output_unit": "talks", "output_actual": "4"}, "how many and by when"),
            ({"milestone_title": "The draft"}, "Write both what it is and by when."),
            ({"milestone_due": "2019-06-30"}, "Write both what it is and by when."),
            ({"output_expected": "several"}, "Write a number"),
            ({"output_by": "soon"}, "Write a day"),
            ({"question": "x" * 2_001}, "at most 2000 characters"),
            ({"version": "x"}, "out of date"),
        ],
    )
    def test_what_cannot_be_kept_is_explained_and_nothing_of_the_form_is_saved_or_lost(
        self, ann: Client, sent: dict[str, str], message: str
    ) -> None:
        response = ann.post(ADDRESS, said(rs1=sent, ha1={"text": "What Ann wrote."}))

        assert response.status_code == 422
        assert message in page_of(response)
        assert "Teach young drivers: " in page_of(response)
        assert "What Ann wrote." in page_of(response)
        assert sent.get("text", "") in page_of(response)
        assert events() == []

    def test_a_decision_is_asked_for_at_once_where_an_action_is_behind(self, ann: Client) -> None:
        before, _, _ = page_of(ann.get(ADDRESS)).partition("<summary")
        ann.post(ADDRESS, said(rs1={"status": "behind"}))
        after, _, _ = page_of(ann.get(ADDRESS)).partition("<summary")

        assert "Ask the governing group" not in before
        assert "Ask the governing group" in after

    def test_a_copy_goes_to_whoever_asks_for_one(self, ann: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun.", "status": "not-pursued", "reason": "No money."}) | {"copy": "on"})

        assert mail.outbox[0].to == ["ann@example.invalid"]
        assert mail.outbox[0].subject == "Your progress for March 2019"
        assert "Teach young drivers\nStatus: Not pursued: No money.\n\nBegun." in mail.outbox[0].body

    def test_a_copy_has_what_was_saved_beside_the_account(self, ann: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)

        ann.post(ADDRESS, said(rs1={f"actual-{output.pk}": "1312", "question": "May we go on?"}) | {"copy": "on"})

        body = mail.outbox[0].body
        assert "- Pupils: actual 1,312, was not known\n- Asked for a decision: May we go on?" in body

    def test_a_copy_has_what_was_added_for_the_lead(self, flo: Client) -> None:
        response = flo.post(ADDRESS, added("rs1", "We lent an engine.") | {"copy": "on"}, follow=True)

        assert "A copy is on its way to flo@example.invalid." in page_of(response)
        assert "you saved 1 action." in mail.outbox[0].body
        told = "Teach young drivers\nFor the lead, from Test Fire and Rescue:\n\nWe lent an engine."
        assert told in mail.outbox[0].body

    def test_a_copy_that_cannot_be_mailed_loses_nothing(self, ann: Client, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

        response = ann.post(ADDRESS, said(rs1={"text": "Begun."}) | {"copy": "on"}, follow=True)

        assert "The copy could not be mailed." in page_of(response)
        assert ProgressEntry.objects.get().text == "Begun."


class TestTwoPeople:
    def test_the_second_sees_both_texts_and_the_rest_is_saved(self, ann: Client, plan: Plan) -> None:
        ben = browser(someone(Role.WORKING_GROUP, plan.police, name="Ben"))
        ann.post(ADDRESS, said(rs1={"text": "What Ann wrote."}))

        response = ben.post(
            ADDRESS, said(rs1={"text": "What Ben wrote.", "status": "behind"}, ha1={"text": "Only Ben."})
        )

        page = page_of(response)
        assert response.status_code == 409
        assert box_holds(page, "What Ben wrote.")
        assert "What Ann wrote." in page
        assert re.search(r'<input[^>]*name="rs1-version"[^>]*value="1"', page)
        assert re.search(r'<input[^>]*name="rs1-status"[^>]*value="behind"[^>]*checked', page)
        assert "1 action updated" in page
        assert ProgressEntry.objects.get(action=plan.ha1).text == "Only Ben."
        assert box_holds(page_of(ben.get(ADDRESS)), "What Ben wrote.")

        both = said(rs1={"text": "Both.", "version": "1"}, ha1={"version": "1"}) | {"draft_number": draft_number(page)}
        again = ben.post(ADDRESS, both)

        assert again.status_code == 302
        assert ProgressEntry.objects.get(action=plan.rs1).text == "Both."
        assert not Draft.objects.exists()


class TestOthers:
    def test_a_deputy_writes_for_the_partner_of_whom_they_stand_in_for(self, plan: Plan, flo: Client) -> None:
        away, flora = someone(Role.WORKING_GROUP, plan.police, name="Away"), User.objects.get(name="Flo")
        today = timezone.localdate()
        Deputy.objects.create(person=away, deputy=flora, starts=today, ends=today)
        address = f"{ADDRESS}?partner=test-police"

        assert 'name="partner"' in page_of(flo.get(ADDRESS))
        flo.post(address, said(rs1={"text": "While Ann is away."}))

        version = ProgressVersion.objects.get()
        assert (version.text, version.by_name, version.via) == ("While Ann is away.", "Flo", "")

    def test_why_something_was_sent_back_stands_beside_it(self, ann: Client, plan: Plan) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        send_back_progress(
            entry=ProgressEntry.objects.get(),
            expected_version=1,
            reason="Which schools?",
            actor=someone(Role.COORDINATOR, name="Cora"),
        )

        assert "Which schools?" in page_of(ann.get(ADDRESS))
        ann.post(ADDRESS, said(rs1={"text": "Two schools.", "version": "1"}))
        assert "Which schools?" not in page_of(ann.get(ADDRESS))


class TestUndo:
    def test_a_save_can_be_taken_back_at_once(self, ann: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}, ha1={"text": "Held."}))
        told = re.search(r'name="undo" value="([^"]+)"', page_of(ann.get(ADDRESS)))
        assert told is not None

        response = ann.post(ADDRESS, {"undo": told[1]}, follow=True)

        assert "2 actions taken back" in page_of(response)
        assert "0 of 2 updated" in page_of(response)
        assert events() == ["progress-saved", "progress-undone"]

    def test_it_is_not_offered_once_the_coordinator_has_looked(self, ann: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        ProgressEntry.objects.update(reviewed_version=1)

        assert 'name="undo"' not in page_of(ann.get(ADDRESS))
        assert "cannot be taken back" in page_of(ann.post(ADDRESS, {"undo": "rs1:1"}, follow=True))

    @pytest.mark.parametrize("told", ["", "rs1", "rs1:x", "rs1:99999999999", "nothing:1", "rs1:0"])
    def test_what_nobody_was_given_takes_nothing_back(self, ann: Client, told: str) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))

        assert ann.post(ADDRESS, {"undo": told}).status_code == 302
        assert ProgressVersion.objects.count() == 1


class TestNamed:
    def test_the_lead_sees_what_a_named_partner_adds_and_takes_it_over(self, ann: Client, flo: Client) -> None:
        ann.post(ADDRESS, said(rs1={"text": "Begun."}))
        assert "You are named in 2" in page_of(flo.get(ADDRESS))
        assert "Begun." in page_of(flo.get(ADDRESS)).partition("What has been written")[2]
        flo.post(ADDRESS, added("rs1", "We lent an engine."))

        page = page_of(ann.get(ADDRESS))
        assert "Test Fire and Rescue adds" in page
        assert "We lent an engine." in page
        assert ProgressEntry.objects.get().text == "Begun."
        taken = {"text": "Begun.", "version": "1", f"take-{Contribution.objects.get().pk}": "on"}
        ann.post(ADDRESS, said(rs1=taken))

        assert ProgressEntry.objects.get().text == "Begun.\n\nWe lent an engine."
        assert "The lead has put this into the account." in page_of(flo.get(ADDRESS))
        assert events() == ["progress-saved", "contribution-saved", "progress-saved"]

    def test_they_are_folded_beside_what_one_leads_until_something_is_typed_there(
        self, flo: Client, plan: Plan
    ) -> None:
        plan.rs2.lead = plan.fire
        plan.rs2.save()

        def folded() -> bool:
            return '<details class="govuk-details csa-named">' in page_of(flo.get(ADDRESS))

        assert "You are also named in 1" in page_of(flo.get(ADDRESS))
        assert folded()
        flo.post(f"{ADDRESS}draft/", added("rs1", "We lent"))
        assert not folded()

    def test_two_colleagues_who_add_at_once_see_both_texts(self, flo: Client, plan: Plan) -> None:
        fred = browser(someone(Role.WORKING_GROUP, plan.fire, name="Fred"))
        flo.post(ADDRESS, added("rs1", "What Flo wrote."))

        response = fred.post(ADDRESS, added("rs1", "What Fred wrote."))

        assert response.status_code == 409
        assert "What Flo wrote." in page_of(response)
        assert box_holds(page_of(response), "What Fred wrote.")
        assert fred.post(ADDRESS, added("rs1", "Both.", version=1)).status_code == 302

    def test_a_lead_that_is_not_stated_is_taken_without_losing_what_was_typed(self, flo: Client, plan: Plan) -> None:
        flo.post(ADDRESS, added("rs1", "Typed.") | {"take": "rs2"})

        plan.rs2.refresh_from_db()
        assert plan.rs2.lead == plan.fire
        assert box_holds(page_of(flo.get(ADDRESS)), "Typed.")
        assert events() == ["lead-changed"]

    def test_a_lead_that_somebody_has_is_not_taken(self, flo: Client, plan: Plan) -> None:
        response = flo.post(ADDRESS, {"take": "rs1"}, follow=True)

        plan.rs1.refresh_from_db()
        assert plan.rs1.lead == plan.police
        assert "Test Police leads this action." in page_of(response)
        assert flo.post(ADDRESS, {"take": "nothing"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_many_actions_take_as_many_queries_as_few(
    ann: Client, plan: Plan, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        made = action(plan.hate, f"led{each}", "Led", lead=plan.police)
        Output.objects.create(action=made, name="Talks", unit="talks", expected=4)
        Milestone.objects.create(action=made, title="Draft")
        Contribution.objects.create(
            action=made, cycle=plan.march, partner=plan.fire, text="Lent.", at="2019-03-01T10:00Z", by_name="Flo"
        )
        action(plan.hate, f"named{each}", "Named", lead=plan.fire, partners=[plan.police])

    with django_assert_num_queries(23):
        ann.get(ADDRESS)
