"""/my-actions/draft/ and what becomes of drafts on /my-actions/."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from actions.models import Draft, ProgressEntry
from tests.mine import ADDRESS, box_holds, browser, draft_number, events, page_of, said
from tests.plan import Plan, draw_plan, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def ann(plan: Plan) -> Client:
    """The browser of Ann, of the police, who lead rs1."""
    return browser(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


class TestDrafts:
    def keep(self, client: Client, text: str, number: int = 0) -> Any:
        return client.post(f"{ADDRESS}draft/", said(rs1={"text": text}) | {"draft_number": str(number)})

    def test_what_was_typed_is_there_after_the_browser_was_closed(self, ann: Client) -> None:
        number = self.keep(ann, "Half a sent").json()["number"]

        page = page_of(browser(User.objects.get(name="Ann")).get(ADDRESS))

        assert box_holds(page, "Half a sent")
        assert "The boxes hold your draft" in page
        assert f'name="draft_number" value="{number}"' in page
        assert not ProgressEntry.objects.exists()
        assert events() == []

    def test_nobody_else_sees_it(self, ann: Client, plan: Plan) -> None:
        self.keep(ann, "Half a sent")

        for other in (someone(Role.WORKING_GROUP, plan.police), someone(Role.COORDINATOR)):
            assert "Half a sent" not in page_of(browser(other).get(f"{ADDRESS}?partner=test-police"))

    def test_a_newer_draft_of_another_device_is_never_overwritten_silently(self, ann: Client) -> None:
        first = self.keep(ann, "On the phone").json()["number"]
        second = self.keep(ann, "On the phone, longer", first).json()["number"]

        refused = self.keep(ann, "At the desk", first)
        also_refused = self.keep(ann, "At the desk", 0)

        assert (refused.status_code, also_refused.status_code) == (409, 409)
        assert refused.json()["number"] == second
        assert Draft.objects.get().fields["rs1-text"] == "On the phone, longer"
        assert self.keep(ann, "At the desk", second).status_code == 200

    def test_without_javascript_a_button_keeps_it_and_offers_the_newer_one(self, ann: Client) -> None:
        self.keep(ann, "On the phone")

        response = ann.post(ADDRESS, said(rs1={"text": "At the desk"}) | {"draft": "1"})

        page = page_of(response)
        assert response.status_code == 409
        assert "On another device you kept a newer draft" in page
        assert box_holds(page, "At the desk")
        ann.post(ADDRESS, said(rs1={"text": "At the desk"}) | {"draft": "1", "draft_number": draft_number(page)})
        assert Draft.objects.get().fields["rs1-text"] == "At the desk"

    def test_saving_ends_it_and_so_does_discarding_it(self, ann: Client) -> None:
        number = self.keep(ann, "Half a sentence.").json()["number"]
        ann.post(ADDRESS, {"discard": "1", "draft_number": str(number)})
        assert not Draft.objects.exists()

        number = self.keep(ann, "Half a sentence.").json()["number"]
        ann.post(ADDRESS, said(rs1={"text": "A sentence."}) | {"draft_number": str(number)})

        assert not Draft.objects.exists()

    def test_a_draft_of_another_device_outlives_a_save_and_shows_both_texts(self, ann: Client) -> None:
        self.keep(ann, "On the phone")
        ann.post(ADDRESS, said(rs1={"text": "Saved at the desk."}))

        page = page_of(ann.get(ADDRESS))

        assert box_holds(page, "On the phone")
        assert "Saved at the desk." in page
        assert "Somebody saved while you were writing" in page

    def test_a_draft_that_says_nothing_new_of_an_action_leaves_what_was_saved_since(
        self, ann: Client, plan: Plan
    ) -> None:
        self.keep(ann, "")
        browser(someone(Role.WORKING_GROUP, plan.police, name="Ben")).post(ADDRESS, said(rs1={"text": "By Ben."}))

        page = page_of(ann.get(ADDRESS))

        assert box_holds(page, "By Ben.")
        assert "Somebody saved while you were writing" not in page

    def test_fields_that_no_form_has_are_not_kept(self, ann: Client) -> None:
        ann.post(f"{ADDRESS}draft/", said(rs1={"text": "x"}) | {"csrfmiddlewaretoken": "secret", "a b": "c"})

        assert set(Draft.objects.get().fields) == {"rs1-text", "rs1-version"}
