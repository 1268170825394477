"""/my-actions/draft/ and what becomes of drafts on /my-actions/."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
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


class TestSessionThatEnded:
    """What is sent after a session has ended is there when the same person has signed in again, without any script."""

    UPDATE = "/actions/rs1/update/"

    def mark(self, client: Client, address: str = ADDRESS) -> dict[str, str]:
        found = re.search(r'name="whose" value="([^"]+)"', page_of(client.get(address)))
        assert found is not None
        return {"whose": found[1]}

    def ended(self, client: Client) -> None:
        Session.objects.all().delete()

    def test_it_is_in_the_boxes_and_kept_as_a_draft(self, ann: Client) -> None:
        mark = self.mark(ann)
        self.ended(ann)

        sent = ann.post(ADDRESS, said(rs1={"text": "Typed too slowly.", "status": "behind"}) | mark)
        ann.force_login(User.objects.get(name="Ann"))
        page = page_of(ann.get(ADDRESS))

        assert sent.headers["Location"] == f"/accounts/login/?next={ADDRESS}"
        assert "You had been signed out, so nothing was saved." in page
        assert box_holds(page, "Typed too slowly.")
        assert Draft.objects.get().fields["rs1-status"] == "behind"
        assert not ProgressEntry.objects.exists()
        assert "You had been signed out" not in page_of(ann.get(ADDRESS))

    def test_so_it_is_after_eight_hours(self, plan: Plan) -> None:
        person, client = someone(Role.WORKING_GROUP, plan.police, name="Eve"), Client()
        with time_machine.travel(datetime(2019, 4, 1, 9, tzinfo=UTC), tick=False) as clock:
            client.force_login(person)
            mark = self.mark(client)
            for _ in range(19):
                clock.shift(timedelta(minutes=25))
                client.get("/actions/")
            clock.shift(timedelta(minutes=25))
            client.post(ADDRESS, said(rs1={"text": "At the end of a day."}) | mark)
            client.force_login(person)

            assert box_holds(page_of(client.get(ADDRESS)), "At the end of a day.")

    def test_nobody_else_who_signs_in_there_sees_it_or_is_left_with_it(self, ann: Client, plan: Plan) -> None:
        mark = self.mark(ann)
        self.ended(ann)
        ann.post(ADDRESS, said(rs1={"text": "Of Ann."}) | mark)

        ann.force_login(someone(Role.WORKING_GROUP, plan.police, name="Ben"))

        assert "Of Ann." not in page_of(ann.get(ADDRESS))
        assert "unsent" not in ann.session
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("whose", ["", "1", "1:made-up", None])
    def test_of_a_form_that_nobody_was_given_nothing_is_kept(self, ann: Client, whose: str | None) -> None:
        self.ended(ann)

        ann.post(ADDRESS, said(rs1={"text": "x" * 1_000}) | ({} if whose is None else {"whose": whose}))

        assert not Session.objects.exists()

    def test_what_was_not_sent_to_this_page_waits_for_its_own(self, ann: Client) -> None:
        mark = self.mark(ann, self.UPDATE)
        self.ended(ann)
        ann.post(self.UPDATE, {"text": "Of one action.", "status": "behind", "version": "0"} | mark)
        ann.force_login(User.objects.get(name="Ann"))

        assert "Of one action." not in page_of(ann.get(ADDRESS))
        page = page_of(ann.get(self.UPDATE))

        assert box_holds(page, "Of one action.")
        assert re.search(r'<input[^>]*value="behind"[^>]*checked', page)
        assert "You had been signed out, so nothing was saved." in page
        assert not ProgressEntry.objects.exists()

    def test_a_draft_of_another_device_stands_beside_it(self, ann: Client) -> None:
        mark = self.mark(ann)
        phone = browser(User.objects.get(name="Ann"))
        phone.post(f"{ADDRESS}draft/", said(rs1={"text": "On the phone"}))
        ann.cookies.clear()
        ann.post(ADDRESS, said(rs1={"text": "At the desk"}) | mark)
        ann.force_login(User.objects.get(name="Ann"))

        page = page_of(ann.get(ADDRESS))

        assert "On another device you kept a newer draft" in page
        assert box_holds(page, "At the desk")
        assert Draft.objects.get().fields["rs1-text"] == "On the phone"
