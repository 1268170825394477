"""/actions/<key>/update/"""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from actions.models import Action, Contribution, Milestone, Output, ProgressEntry
from actions.writers import credit_of
from tests.mine import added
from tests.plan import Plan, draw_plan, partner, someone

pytestmark = pytest.mark.django_db
ADDRESS = "/actions/rs1/update/"


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def lead(client: Client, plan: Plan) -> Client:
    """The browser of Ann, of the police, who lead rs1."""
    client.force_login(someone(Role.WORKING_GROUP, plan.police, name="Ann"))
    return client


def answers(**changes: Any) -> dict[str, Any]:
    """What the form sends, with changes."""
    return {"text": "Begun.", "status": "on-track", "version": "0"} | changes


def page_of(response: Any) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
@pytest.mark.parametrize("method", ["get", "post"])
def test_roles_that_only_read_are_refused(client: Client, plan: Plan, role: Role, method: str) -> None:
    client.force_login(someone(role, plan.police))

    assert getattr(client, method)(ADDRESS, answers()).status_code == 403
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_named_partner_is_told_why_not_and_who_may(client: Client, plan: Plan, method: str) -> None:
    client.force_login(someone(Role.WORKING_GROUP, plan.fire))

    response = getattr(client, method)(ADDRESS, answers())

    assert response.status_code == 403
    assert "Test Fire and Rescue is named for this action, but Test Police leads it" in page_of(response)
    assert "Working group members of Test Police" in page_of(response)
    assert not ProgressEntry.objects.exists()


def test_a_stranger_is_refused_by_post_too(client: Client, plan: Plan) -> None:
    client.force_login(someone(Role.WORKING_GROUP, partner("health", "Test Health")))

    assert client.post("/actions/rs2/update/", answers()).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(lead: Client, method: str) -> None:
    assert getattr(lead, method)(ADDRESS).status_code == 405


def test_the_box_holds_the_running_account_and_the_present_status(lead: Client, plan: Plan) -> None:
    lead.post(ADDRESS, answers(text="Line one\r\n\r\nLine <two>", status="behind"))

    page = lead.get(ADDRESS).content.decode()

    assert re.search(r"<textarea[^>]*>\s*Line one\n\nLine &lt;two&gt;</textarea>", page)
    assert re.search(r'<input[^>]*value="behind"[^>]*checked', page)


def test_saving_shows_the_action_with_a_link_to_its_priority(lead: Client, plan: Plan) -> None:
    response = lead.post(ADDRESS, answers(), follow=True)

    assert response.redirect_chain == [("/actions/rs1/", 302)]
    assert "The progress is saved." in page_of(response)
    assert 'href="/priorities/road-safety/#actions"' in page_of(response)
    assert "Begun." in page_of(response)
    assert [event.kind for event in AuditEvent.objects.all()] == ["progress-saved"]


def test_nothing_new_keeps_the_account_and_counts_as_updated(lead: Client, plan: Plan) -> None:
    lead.post(f"{ADDRESS}?cycle=2018-12", answers(text="As of December."))

    lead.post(ADDRESS, answers(text="As of December.", nothing_new="on"))

    entry = ProgressEntry.objects.get(cycle=plan.march)
    assert (entry.text, entry.nothing_new, entry.version) == ("As of December.", True, 1)


def test_a_changed_text_is_not_dropped_for_nothing_new(lead: Client, plan: Plan) -> None:
    response = lead.post(ADDRESS, answers(text="Something did happen.", nothing_new="on"))

    assert response.status_code == 422
    assert "Untick it to save what you wrote" in page_of(response)
    assert "Something did happen." in page_of(response)
    assert not ProgressEntry.objects.exists()


def test_of_two_people_at_once_the_second_sees_both_texts_and_can_save_again(lead: Client, plan: Plan) -> None:
    lead.post(ADDRESS, answers(text="What Ann wrote."))
    second = Client()
    second.force_login(someone(Role.COORDINATOR, name="Ben"))

    response = second.post(ADDRESS, answers(text="What Ben wrote.", status="behind", via="tidied"))

    page = page_of(response)
    assert response.status_code == 409
    assert re.search(r"<textarea[^>]*>\s*What Ben wrote\.</textarea>", page)
    assert "What Ann wrote." in page
    told = r"Ann saved this action\s+while you were writing, on \d+ \w+ \d{4} at \d\d:\d\d"
    assert re.search(told, page)
    assert re.search(r'<input[^>]*name="version"[^>]*value="1"', page)
    assert re.search(r'<input[^>]*value="behind"[^>]*checked', page)
    assert ProgressEntry.objects.get().text == "What Ann wrote."

    assert re.search(r'<input[^>]*value="tidied"[^>]*checked', page)

    again = second.post(ADDRESS, answers(text="What Ben wrote.\n\nWhat Ann wrote.", version="1", via="tidied"))

    assert again.status_code == 302
    assert ProgressEntry.objects.get().text == "What Ben wrote.\n\nWhat Ann wrote."


def test_a_second_save_of_nothing_new_does_not_drop_either_text(lead: Client, plan: Plan) -> None:
    lead.post(ADDRESS, answers(text="What Ann wrote."))

    response = lead.post(ADDRESS, answers(text="An older text.", nothing_new="on", version="0"))

    assert response.status_code == 409
    assert "An older text." in page_of(response)
    assert "What Ann wrote." in page_of(response)


def test_no_text_with_a_status_is_fine(lead: Client) -> None:
    assert lead.post(ADDRESS, answers(text="", status="not-started")).status_code == 302
    assert ProgressEntry.objects.get().status == "not-started"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "x" * 10_001}, "10,001 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed"),
        ({"status": ""}, "Choose a status"),
        ({"status": "splendid"}, "Select a valid choice"),
        ({"status": "not-pursued"}, "Say why it is not pursued."),
        ({"status": "not-pursued", "reason": " "}, "Say why it is not pursued."),
    ],
)
def test_what_cannot_be_kept_is_explained_and_what_was_written_stays(
    lead: Client, changes: dict[str, str], message: str
) -> None:
    response = lead.post(ADDRESS, answers(**changes))

    page = page_of(response)
    assert response.status_code == 422
    assert message in page
    assert "There is a problem" in page
    assert changes.get("text", "Begun.") in page
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999", "7"])
def test_a_version_that_nobody_was_given_saves_nothing_and_fails_gently(lead: Client, version: str) -> None:
    response = lead.post(ADDRESS, answers(version=version))

    assert response.status_code in (409, 422)
    assert re.search(r'<input[^>]*name="version"[^>]*value="0"', page_of(response))
    assert not ProgressEntry.objects.exists()


def test_what_is_not_pursued_shows_its_reason(lead: Client) -> None:
    lead.post(ADDRESS, answers(status="not-pursued", reason="The grant ended."))

    assert "The grant ended." in page_of(lead.get("/actions/rs1/"))
    assert ProgressEntry.objects.get().reason == "The grant ended."


def test_fields_that_the_form_does_not_have_change_nothing(lead: Client, plan: Plan) -> None:
    before = Action.objects.values().get(pk=plan.rs1.pk)
    extra = {
        "action": plan.rs2.pk,
        "key": "rs2",
        "title": "Mine now",
        "lead": plan.fire.pk,
        "cycle": "2018-12",
        "actor": "Somebody",
        "updated_by_name": "Somebody",
        "expected_version": "5",
    }

    lead.post(ADDRESS, answers(**extra))

    entry = ProgressEntry.objects.get()
    assert (entry.action, entry.cycle, entry.updated_by_name, entry.version) == (plan.rs1, plan.march, "Ann", 1)
    assert Action.objects.values().get(pk=plan.rs1.pk) == before


def test_a_form_without_its_token_is_refused(plan: Plan) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(someone(Role.COORDINATOR))

    assert strict.post(ADDRESS, answers()).status_code == 403
    assert not ProgressEntry.objects.exists()


class TestWhoseWords:
    """The coordinator enters the words of others; whose they are is kept."""

    @pytest.fixture
    def cora(self, plan: Plan) -> Client:
        client = Client()
        client.force_login(someone(Role.COORDINATOR, name="Cora"))
        return client

    def credit(self, key: str = "rs1") -> str:
        return credit_of(ProgressEntry.objects.get(action__key=key))

    def test_a_member_is_not_asked_and_cannot_write_in_the_name_of_another(self, lead: Client, plan: Plan) -> None:
        assert 'name="via"' not in page_of(lead.get(ADDRESS))

        lead.post(ADDRESS, answers(via="email", from_partner="test-fire"))

        assert self.credit() == "by Ann"

    def test_neither_is_a_coordinator_who_writes_for_their_own_partner(self, plan: Plan) -> None:
        client = Client()
        client.force_login(someone(Role.COORDINATOR, plan.police, name="Paul"))

        assert 'name="via"' not in page_of(client.get(ADDRESS))
        client.post(ADDRESS, answers())

        assert self.credit() == "by Paul"

    def test_words_of_the_lead_are_kept_as_theirs(self, cora: Client) -> None:
        page = page_of(cora.get(ADDRESS))
        assert "From Test Police, by email" in page
        assert re.search(r'<input[^>]*value="tidied"[^>]*checked', page)

        cora.post(ADDRESS, answers(via="email"))

        assert self.credit() == "from Test Police by email, entered by Cora"
        assert "The words came from Test Police by email, entered by Cora." in AuditEvent.objects.get().sentence

    def test_where_no_lead_is_stated_the_partner_is_chosen_among_those_named(self, cora: Client, plan: Plan) -> None:
        address = "/actions/rs2/update/"
        plan.rs2.partners.add(partner("health", "Test Health"))
        offered = page_of(cora.get(address)).partition("Which partner")[2]
        assert ("Test Health" in offered, "Test Police" in offered) == (True, False)

        refused = cora.post(address, answers(via="phone"))
        strange = cora.post(address, answers(via="phone", from_partner="test-police"))
        cora.post(address, answers(via="phone", from_partner="test-fire"))

        assert (refused.status_code, strange.status_code) == (422, 422)
        assert self.credit("rs2") == "from Test Fire and Rescue by phone, entered by Cora"

    def test_where_nobody_is_named_it_is_any_partner_of_the_plan(self, cora: Client, plan: Plan) -> None:
        partner("elsewhere", "Test Elsewhere")
        address = "/actions/ha1/update/"

        offered = page_of(cora.get(address)).partition("Which partner")[2]
        refused = cora.post(address, answers(via="meeting"))
        cora.post(address, answers(via="meeting", from_partner="test-police"))

        assert "Test Police" in offered
        assert "Test Elsewhere" not in offered
        assert refused.status_code == 422
        assert "Say which partner they came from." in page_of(refused)
        assert self.credit("ha1") == "from Test Police at a meeting, entered by Cora"

    def test_a_text_that_was_tidied_is_nobody_elses(self, cora: Client) -> None:
        cora.post("/actions/rs2/update/", answers(via="tidied", from_partner="test-fire"))

        assert self.credit("rs2") == "by Cora"
        assert ProgressEntry.objects.get().from_partner is None


class TestBesideTheAccount:
    """What was promised is asked for on the page of one action too: one without a lead is on nobody's form."""

    ADDRESS = "/actions/rs2/update/"

    @pytest.fixture
    def flo(self, plan: Plan) -> Client:
        """The browser of Flo, of the fire service, who are named in rs2, which has no lead."""
        client = Client()
        client.force_login(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))
        return client

    def test_a_promise_of_an_action_without_a_lead_is_answered(self, flo: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs2, name="Leaflets", unit="leaflets", expected=1500)
        step = Milestone.objects.create(action=plan.rs2, title="The draft", due_text="January 2019")
        now, _, _ = page_of(flo.get(self.ADDRESS)).partition("<summary")
        assert "Leaflets: 1,500 expected. How many came of it?" in now
        assert "The draft: due January 2019" in now

        said = {"rs2-version": "0", f"rs2-actual-{output.pk}": "1,312", f"rs2-done-{step.pk}": "on"}
        new = {"rs2-milestone_title": "The site", "rs2-milestone_due": "2019-09-30"}
        flo.post(self.ADDRESS, answers(**said, **new))

        output.refresh_from_db()
        step.refresh_from_db()
        assert (output.actual, step.done) == (1312, True)
        assert Milestone.objects.filter(title="The site").exists()
        assert [event.kind for event in AuditEvent.objects.all()] == ["progress-saved"]
        assert "Leaflets: actual 1,312, was not known" in page_of(flo.get("/actions/rs2/"))

    def test_what_cannot_be_kept_is_explained_and_nothing_is_saved(self, flo: Client) -> None:
        response = flo.post(self.ADDRESS, answers(**{"rs2-version": "0", "rs2-output_name": "Talks"}))

        assert response.status_code == 422
        assert "how many and by when" in page_of(response)
        assert "Begun." in page_of(response)
        assert not ProgressEntry.objects.exists()

    def test_a_quantity_alone_is_a_change_and_what_is_the_same_is_none(self, flo: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs2, name="Leaflets", unit="leaflets", expected=1500)
        flo.post(self.ADDRESS, answers())

        for _ in range(2):
            flo.post(self.ADDRESS, answers(**{"version": "1", "rs2-version": "1", f"rs2-actual-{output.pk}": "13"}))

        output.refresh_from_db()
        assert output.actual == 13
        assert ProgressEntry.objects.get().version == 2

    def test_who_saves_second_sees_the_quantity_too_and_overwrites_none(self, flo: Client, plan: Plan) -> None:
        output = Output.objects.create(action=plan.rs2, name="Leaflets", unit="leaflets", expected=1500)
        first = {"rs2-version": "0", f"rs2-actual-{output.pk}": "1312", f"rs2-expected-{output.pk}": "1500"}
        flo.post(self.ADDRESS, answers(**first))

        response = flo.post(self.ADDRESS, answers(**(first | {f"rs2-actual-{output.pk}": "9", "text": "Mine."})))

        output.refresh_from_db()
        assert response.status_code == 409
        assert output.actual == 1312
        assert "Leaflets: actual 1,312, was not known" in page_of(response)

    def test_what_a_named_partner_adds_is_taken_over(self, flo: Client, plan: Plan) -> None:
        flo.post("/my-actions/", added("rs2", "We print them."))
        key = Contribution.objects.get().pk

        flo.post(self.ADDRESS, answers(**{"rs2-version": "0", f"rs2-take-{key}": "on"}))

        assert ProgressEntry.objects.get().text == "Begun.\n\nWe print them."
        assert Contribution.objects.get().taken_over
