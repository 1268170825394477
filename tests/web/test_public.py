"""/public/reports/…: reports that somebody made public, and /read/…: editions under a link for a meeting. Neither asks
anyone to sign in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from priorities.models import ReportingCycle
from priorities.states import State
from reports.models import MeetingLink, MeetingLinkOpening
from reports.publishing import enter_outcome, issue, make_link, make_public, prepare_correction, revoke_link, withdraw
from tests.issued import Office
from tests.plan import put, someone
from tests.web.test_issued import FILES, PAGES, main_of, office, revise, words_of

__all__ = ["office"]
pytestmark = pytest.mark.django_db
FIGURE_FILES = [file for file in FILES if file != "report.json"]
OURS = re.compile(r'href="(/[^"]*)"')


def public_pages(client: Client) -> list[int]:
    return [client.get("/public/reports/2019-03/" + page).status_code for page in (*PAGES, *FIGURE_FILES)]


class TestPublic:
    @pytest.mark.parametrize("signed_in", [False, True])
    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLIC])
    def test_nothing_is_public_until_somebody_says_so(
        self, client: Client, office: Office, state: State, signed_in: bool
    ) -> None:
        office.issue()
        checked_by = None if state == State.DRAFT else office.chris
        put(ReportingCycle.objects.get(pk=office.report.pk), state, checked_by=checked_by)
        if signed_in:
            client.force_login(someone(Role.COORDINATOR))

        assert set(public_pages(client)) == {404}

    def test_a_report_of_that_state_that_was_never_issued_is_not_public(self, client: Client, office: Office) -> None:
        put(office.report, State.PUBLIC)

        assert set(public_pages(client)) == {404}

    def test_anyone_reads_a_public_report(self, client: Client, office: Office) -> None:
        office.issue()
        office.publish()

        assert set(public_pages(client)) == {200}
        page = client.get("/public/reports/2019-03/")
        assert "Unchanged since issue ✓" in words_of(page)
        assert "What the meeting made of it (minute 12/19): Noted, with thanks." in words_of(page)

    def test_all_that_was_frozen_is_not_public(self, client: Client, office: Office) -> None:
        office.issue()
        office.publish()

        assert client.get("/public/reports/2019-03/report.json").status_code == 404

    @pytest.mark.parametrize("page", PAGES)
    def test_no_page_names_an_officer_or_leads_to_where_one_has_to_sign_in(
        self, client: Client, office: Office, page: str
    ) -> None:
        office.issue()
        office.publish()

        response = client.get("/public/reports/2019-03/" + page)

        assert "Gale" not in words_of(response)
        assert "Chris" not in words_of(response)
        links = [link for link in OURS.findall(response.content.decode()) if not link.startswith("/static/")]
        assert set(links) <= {"/", "/accessibility/", "/privacy/"}

    def test_the_figures_of_a_public_report_name_no_file(self, client: Client, office: Office) -> None:
        office.issue()
        office.publish()

        for file in FIGURE_FILES:
            assert "returns.csv" not in client.get("/public/reports/2019-03/" + file).content.decode()

    def test_a_correction_is_public_at_once_and_one_that_is_prepared_is_not(
        self, client: Client, office: Office
    ) -> None:
        office.issue()
        office.publish()
        revise(49)
        prepare_correction(cycle=office.report, actor=office.chris, note="Counted again.")
        assert "47 road deaths" in words_of(client.get("/public/reports/2019-03/"))
        put(office.report, State.PUBLIC, correction_note="", correction_by=None, correction_by_name="")

        office.correct("Counted again.")

        page = words_of(client.get("/public/reports/2019-03/"))
        assert "49 road deaths" in page
        assert "It corrects the edition before: Counted again." in page

    def test_what_is_withdrawn_leaves_a_mark_until_a_correction_is_made_public(
        self, client: Client, office: Office
    ) -> None:
        office.issue()
        office.publish()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        assert set(public_pages(client)) == {410}
        office.correct("The mistake is put right.")
        page = client.get("/public/reports/2019-03/")
        assert page.status_code == 410
        assert "A mistake." in words_of(page)
        assert "Chris" not in words_of(page)
        make_public(cycle=office.report, actor=office.chris)
        assert set(public_pages(client)) == {200}

    def test_what_was_withdrawn_before_it_was_public_leaves_none(self, client: Client, office: Office) -> None:
        office.issue()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        assert set(public_pages(client)) == {404}

    @pytest.mark.parametrize("page", [*PAGES, *FIGURE_FILES])
    def test_a_browser_asks_again_and_is_told_that_nothing_has_changed(
        self, client: Client, office: Office, page: str
    ) -> None:
        office.issue()
        office.publish()
        address = "/public/reports/2019-03/" + page

        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert first.headers["Cache-Control"] == "public, no-cache"
        assert (again.status_code, again.content) == (304, b"")
        revise(49)
        office.correct()
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200

    def test_a_page_with_somebodys_name_on_it_is_kept_by_their_browser_alone(
        self, client: Client, office: Office
    ) -> None:
        office.issue()
        office.publish()
        client.force_login(someone(Role.GOVERNING_GROUP))

        assert client.get("/public/reports/2019-03/").headers["Cache-Control"] == "private, no-cache"


class TestMeetingLink:
    @pytest.fixture
    def token(self, office: Office) -> str:
        return issue(cycle=office.report, actor=office.gale).token

    def test_an_unknown_link_leads_nowhere(self, client: Client, token: str) -> None:
        for unknown in ("x", token[:-1], token.swapcase()):
            assert client.get(f"/read/{unknown}/").status_code == 404
        assert not MeetingLinkOpening.objects.exists()

    def test_whoever_has_the_link_reads_that_edition_and_nothing_else(self, client: Client, token: str) -> None:
        for page in (*PAGES, *FIGURE_FILES):
            response = client.get(f"/read/{token}/{page}")
            assert response.status_code == 200
            assert "no-store" in response.headers["Cache-Control"]
            assert "noindex" in response.headers["X-Robots-Tag"]
        assert client.get(f"/read/{token}/report.json").status_code == 404
        for elsewhere in ("/", "/reports/2019-03/", "/reports/2019-03/editions/1/", "/actions/"):
            assert client.get(elsewhere).status_code == 302

    def test_its_pages_lead_to_nowhere_else(self, client: Client, token: str) -> None:
        for page in PAGES:
            content = client.get(f"/read/{token}/{page}").content.decode()
            links = [link for link in OURS.findall(content) if not link.startswith("/static/")]
            assert set(links) <= {"/", "/accessibility/", "/privacy/"}

    def test_it_ends_by_itself(self, client: Client, token: str) -> None:
        MeetingLink.objects.update(ends_at=timezone.now() - timedelta(minutes=1))

        response = client.get(f"/read/{token}/priorities/road-safety/")

        assert response.status_code == 410
        assert "This link has ended" in words_of(response)
        assert "Road Safety" not in words_of(response)

    def test_it_can_be_ended(self, client: Client, office: Office, token: str) -> None:
        revoke_link(link=MeetingLink.objects.get(), actor=office.chris)

        assert client.get(f"/read/{token}/").status_code == 410

    def test_ending_one_leaves_another(self, client: Client, office: Office, token: str) -> None:
        first = MeetingLink.objects.get()
        another = make_link(cycle=office.report, actor=office.chris)
        revoke_link(link=first, actor=office.chris)

        assert client.get(f"/read/{another}/").status_code == 200

    def test_it_stays_with_its_edition_and_says_that_another_replaced_it(
        self, client: Client, office: Office, token: str
    ) -> None:
        before = main_of(client.get(f"/read/{token}/"))
        revise(49)
        office.correct("Counted again.")

        response = client.get(f"/read/{token}/")

        assert main_of(response) == before
        assert "Edition 2 replaced this one" in words_of(response)

    def test_it_shows_a_mark_where_the_edition_was_withdrawn(self, client: Client, office: Office, token: str) -> None:
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        response = client.get(f"/read/{token}/")

        assert response.status_code == 410
        assert "This report was withdrawn" in words_of(response)
        assert "Chris" not in words_of(response)

    def test_the_meeting_having_considered_it_does_not_end_it(self, client: Client, office: Office, token: str) -> None:
        enter_outcome(cycle=office.report, actor=office.chris, text="Noted.", minute="")

        assert client.get(f"/read/{token}/").status_code == 200

    def test_who_opened_it_is_written_down_without_changing_anything(self, client: Client, token: str) -> None:
        events = AuditEvent.objects.count()

        client.get(
            f"/read/{token}/priorities/road-safety/", headers={"Sec-Fetch-Mode": "navigate"}, REMOTE_ADDR="192.0.2.77"
        )

        opening = MeetingLinkOpening.objects.get()
        assert (opening.page, opening.address, opening.by) == ("/priorities/road-safety/", "192.0.2.0/24", "browser")
        assert abs(opening.at - timezone.now()) < timedelta(minutes=1)
        assert AuditEvent.objects.count() == events

    @pytest.mark.parametrize(("address", "kept"), [("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "")])
    def test_an_address_is_shortened(self, client: Client, token: str, address: str, kept: str) -> None:
        client.get(f"/read/{token}/", REMOTE_ADDR=address)

        assert MeetingLinkOpening.objects.get().address == kept

    def test_a_mail_scanner_uses_nothing_up_and_is_called_a_program(self, client: Client, token: str) -> None:
        for _ in range(3):
            client.head(f"/read/{token}/", headers={"Sec-Fetch-Mode": "navigate"})
            client.get(f"/read/{token}/")

        assert {opening.by for opening in MeetingLinkOpening.objects.all()} == {"program"}
        assert client.get(f"/read/{token}/").status_code == 200
