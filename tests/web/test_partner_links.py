"""Links for partners without accounts: /partner-links/ and /by-link/<token>/"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.models import Attachment, Contribution, Draft, PartnerLink, ProgressEntry, ProgressVersion, Remark
from actions.partner_links import SIGNER, make_link
from priorities.models import ReportingCycle
from priorities.states import State
from tests.mine import added, box_holds, browser, events, page_of, said
from tests.plan import Plan, action, draw_plan, partner, someone

pytestmark = pytest.mark.django_db
LINKS = "/partner-links/"
MORNING = datetime(2019, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nobody_was_slowed_down() -> None:
    cache.clear()


@pytest.fixture
def plan() -> Plan:
    """The plan of tests/plan.py, where the fire service leads rs2 and is named in rs1."""
    plan = draw_plan()
    plan.rs2.lead = plan.fire
    plan.rs2.save()
    return plan


@pytest.fixture
def address(plan: Plan) -> str:
    """A link of the fire service."""
    until = timezone.localdate() + timedelta(days=14)
    made = make_link(partner=plan.fire, cycle=plan.march, last_day=until, actor=someone(Role.COORDINATOR, name="Cora"))
    return f"/by-link/{made.token}/"


@pytest.fixture
def jo() -> Client:
    """The browser of somebody who has no account."""
    return Client()


def sent(name: str = "Jo Bloggs", **parts: dict[str, Any]) -> dict[str, Any]:
    return said(**parts) | {"name": name}


class TestMaking:
    @pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
    def test_only_the_coordinator_makes_and_revokes_one(self, plan: Plan, address: str, role: Role) -> None:
        other = browser(someone(role, plan.fire))
        link = PartnerLink.objects.get()

        assert other.post(LINKS, {"partner": "test-fire", "last_day": "2030-01-01"}).status_code == 403
        assert other.post(f"{LINKS}{link.pk}/revoke/").status_code == 403
        assert PartnerLink.objects.get().revoked_at is None

    def test_its_address_is_shown_once_and_only_a_hash_is_kept(self, plan: Plan, jo: Client) -> None:
        cora = browser(someone(Role.COORDINATOR, name="Cora"))
        until = timezone.localdate() + timedelta(days=10)

        page = page_of(cora.post(LINKS, {"partner": "test-fire", "last_day": until.isoformat()}))

        token = page.partition("/by-link/")[2].partition("/")[0]
        assert jo.get(f"/by-link/{token}/").status_code == 200
        assert token not in str(list(PartnerLink.objects.values()))
        assert token not in "".join(AuditEvent.objects.values_list("text", flat=True))
        assert token not in page_of(cora.get(LINKS))
        assert events() == ["link-made"]

    @pytest.mark.parametrize("days", [-1, 121])
    def test_it_does_not_last_for_ever(self, plan: Plan, days: int) -> None:
        cora = browser(someone(Role.COORDINATOR))
        day = timezone.localdate() + timedelta(days=days)

        response = cora.post(LINKS, {"partner": "test-fire", "last_day": day.isoformat()})

        assert response.status_code == 422
        assert "Choose a day from today on" in page_of(response)
        assert not PartnerLink.objects.exists()

    def test_a_partner_that_has_no_action_gets_none(self, plan: Plan) -> None:
        partner("health", "Test Health")
        cora = browser(someone(Role.COORDINATOR))

        assert cora.post(LINKS, {"partner": "health", "last_day": "2030-01-01"}).status_code == 422

    def test_revoking_ends_it_at_once_with_one_event(self, plan: Plan, address: str, jo: Client) -> None:
        cora = browser(someone(Role.COORDINATOR))
        link = PartnerLink.objects.get()

        cora.post(f"{LINKS}{link.pk}/revoke/")
        cora.post(f"{LINKS}{link.pk}/revoke/")

        assert events() == ["link-made", "link-revoked"]
        assert "This link was taken back." in page_of(jo.get(address))
        assert jo.post(address, sent(rs2={"text": "Late."})).status_code == 410
        assert not ProgressEntry.objects.exists()


class TestWhatItOpens:
    def test_the_form_of_that_partner_alone(self, plan: Plan, address: str, jo: Client) -> None:
        action(plan.hate, "ha9", "Of the police", lead=plan.police)

        page = page_of(jo.get(address))

        assert "Share campaigns" in page
        assert "You are also named in 1" in page.replace("They are", "You are")
        assert "Of the police" not in page

    def test_it_signs_nobody_in(self, address: str, jo: Client) -> None:
        jo.get(address)
        jo.post(address, sent(rs2={"text": "Begun."}))

        for path in ("/", "/my-actions/", "/actions/rs2/", "/actions/rs2/update/", "/changed/", "/partner-links/"):
            answer = jo.get(path)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/accounts/login/")

    def test_what_is_sent_for_actions_of_others_is_not_heard(self, plan: Plan, address: str, jo: Client) -> None:
        jo.post(address, sent(rs1={"text": "Mine."}, ha1={"text": "Mine."}) | {"take": "ha1"})

        plan.ha1.refresh_from_db()
        assert plan.ha1.lead is None
        assert not ProgressEntry.objects.exists()

    def test_what_is_written_says_who_wrote_it_by_link(self, plan: Plan, address: str, jo: Client) -> None:
        jo.post(address, sent(rs2={"text": "Begun.", "status": "on-track"}))
        jo.post(address, added("rs1", "We lent an engine.") | {"name": "Jo Bloggs"})

        version = ProgressVersion.objects.get()
        assert version.by_name == "Jo Bloggs of Test Fire and Rescue, by link"
        assert (version.by, version.from_partner, version.via) == (None, plan.fire, "link")
        assert Contribution.objects.get().by_name == "Jo Bloggs of Test Fire and Rescue, by link"
        event = AuditEvent.objects.get(kind="progress-saved")
        assert event.sentence == (
            "Jo Bloggs of Test Fire and Rescue, by link updated the progress of 'Share campaigns' for March 2019. "
            "Status: on track."
        )

    @pytest.mark.parametrize("name", ["", " ", "x" * 81])
    def test_a_name_is_needed_to_save_and_nothing_typed_is_lost(self, address: str, jo: Client, name: str) -> None:
        response = jo.post(address, sent(name, rs2={"text": "Begun."}))

        assert response.status_code == 422
        assert box_holds(page_of(response), "Begun.")
        assert not ProgressEntry.objects.exists()

    def test_it_can_be_used_again_with_the_name_of_somebody_else(self, address: str, jo: Client) -> None:
        jo.post(address, sent(rs2={"text": "Begun."}))
        jo.post(address, sent("Sam", rs2={"text": "Done.", "version": "1"}))

        assert [each.by_name.partition(" of ")[0] for each in ProgressVersion.objects.all()] == ["Sam", "Jo Bloggs"]
        assert PartnerLink.objects.get().uses == 2

    def test_opening_it_neither_uses_it_up_nor_counts_nor_changes_anything(self, address: str, jo: Client) -> None:
        before = list(PartnerLink.objects.values())

        for _ in range(5):
            assert jo.get(address).status_code == 200
            assert jo.head(address).status_code == 200

        assert list(PartnerLink.objects.values()) == before
        assert events() == ["link-made"]

    def test_a_save_can_be_taken_back_and_a_draft_is_kept(self, address: str, jo: Client) -> None:
        jo.post(address, sent(rs2={"text": "By mistake."}))
        assert "Undo this save" in page_of(jo.get(address))
        jo.post(address, {"undo": "rs2:1"})
        assert ProgressEntry.objects.get().undone

        assert jo.post(f"{address}draft/", sent(rs2={"text": "Half a sent"})).status_code == 200
        assert box_holds(page_of(Client().get(address)), "Half a sent")
        assert Draft.objects.get().user is None

    @pytest.mark.parametrize("key", ["rs1", "rs2"])
    def test_the_thread_of_an_action_that_the_partner_leads_or_is_named_in(
        self, plan: Plan, address: str, jo: Client, key: str
    ) -> None:
        cora = browser(User.objects.get(name="Cora"))
        cora.post(f"/actions/{key}/thread/", {"text": "How many came?"})
        assert f'href="{address}thread/{key}/"' in page_of(jo.get(address))
        assert "Thread (1, the last by Cora)" in page_of(jo.get(address))

        page = page_of(jo.get(f"{address}thread/{key}/"))
        jo.post(f"{address}thread/{key}/", {"text": "Forty.", "name": "Jo Bloggs"})

        assert "How many came?" in page
        remark = Remark.objects.get(text="Forty.")
        assert (remark.by_name, remark.by, remark.partner) == (
            "Jo Bloggs of Test Fire and Rescue, by link",
            None,
            plan.fire,
        )
        assert "Forty." in page_of(cora.get("/changed/"))
        assert PartnerLink.objects.get().uses == 1

    @pytest.mark.parametrize(
        ("sent_by_jo", "message"),
        [({"text": "Forty.", "name": " "}, "Write your name."), ({"text": "", "name": "Jo"}, "Write something.")],
    )
    def test_a_thread_needs_words_and_a_name_and_loses_nothing(
        self, address: str, jo: Client, sent_by_jo: dict[str, str], message: str
    ) -> None:
        response = jo.post(f"{address}thread/rs2/", sent_by_jo)

        assert response.status_code == 422
        assert message in page_of(response)
        assert all(value in page_of(response) for value in sent_by_jo.values())
        assert not Remark.objects.exists()

    def test_no_thread_of_an_action_of_others(self, plan: Plan, address: str, jo: Client) -> None:
        assert jo.get(f"{address}thread/ha1/").status_code == 404
        assert jo.post(f"{address}thread/ha1/", {"text": "Mine.", "name": "Jo"}).status_code == 404
        assert not Remark.objects.exists()

    def test_its_files_and_no_others(self, plan: Plan, address: str, jo: Client) -> None:
        file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
        assert jo.post(f"{address}files/rs2/", {"file": file}).status_code == 302
        kept = Attachment.objects.get()
        answer = jo.get(f"{address}file/{kept.pk}/")
        assert b"".join(answer.streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]

        kept.action = plan.rs1
        kept.save()
        assert jo.get(f"{address}file/{kept.pk}/").status_code == 404
        assert jo.get(f"{address}files/rs1/").status_code == 404
        assert jo.get(f"/files/{kept.pk}/").status_code == 302


class TestWhenItIsOver:
    def test_after_its_last_day(self, address: str, jo: Client) -> None:
        with time_machine.travel(datetime.now(tz=timezone.get_current_timezone()) + timedelta(days=16)):
            response = jo.get(address)

        assert response.status_code == 410
        assert "This link could be used until" in page_of(response)
        assert "ask Cora" in page_of(response)

    def test_once_the_report_is_checked_until_it_is_opened_again(self, address: str, jo: Client) -> None:
        ReportingCycle.objects.update(state=State.CHECKED, checked_by_name="Cora")
        assert jo.get(address).status_code == 410
        assert jo.post(address, sent(rs2={"text": "Late."})).status_code == 410
        assert jo.post(f"{address}draft/", sent(rs2={"text": "Late."})).status_code == 410

        ReportingCycle.objects.update(state=State.DRAFT, checked_by_name="")
        assert jo.get(address).status_code == 200


class TestTokens:
    def test_what_nobody_was_given_opens_nothing(self, address: str, jo: Client) -> None:
        token = address.split("/")[2]
        changed = token[:-1] + ("A" if token[-1] != "A" else "B")

        for other in ("made-up", changed, token.partition(".")[0], SIGNER.sign("never-made"), f"{token}x"):
            assert jo.get(f"/by-link/{other}/").status_code == 404

    def test_who_guesses_is_slowed_down(self, plan: Plan, jo: Client) -> None:
        with time_machine.travel(MORNING, tick=False):
            answers = [jo.get("/by-link/made-up/").status_code for _ in range(21)]

        assert answers == [404] * 20 + [429]

    def test_a_link_that_is_used_faster_than_anybody_types_has_to_wait(self, address: str, jo: Client) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            answers = [jo.head(address).status_code for _ in range(121)]
            clock.shift(60)
            later = jo.head(address).status_code

        assert answers == [200] * 120 + [429]
        assert later == 200

    def test_its_pages_are_kept_nowhere_and_other_sites_are_not_told_of_it(self, address: str, jo: Client) -> None:
        answer = jo.get(address)

        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_a_form_without_its_token_is_refused(self, address: str) -> None:
        strict = Client(enforce_csrf_checks=True)

        assert strict.post(address, sent(rs2={"text": "Begun."})).status_code == 403
        assert not ProgressEntry.objects.exists()
