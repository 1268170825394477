"""/reports/<report>/steps/ and what is done there: issue, correct, enter the outcome, make public, withdraw, links."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from priorities.models import ContextSummary, ReportingCycle
from priorities.states import State
from reports.models import MeetingLink, MeetingLinkOpening, Outcome, PublishedReport, Withdrawal
from reports.publishing import prepare_correction, withdraw
from tests.issued import Office, events, open_office, state_of
from tests.plan import put, someone
from tests.web.test_issued import happened, words_of

pytestmark = pytest.mark.django_db

STEPS = "/reports/2019-03/steps/"
COORDINATORS = ["correct/", "correct/not/", "outcome/", "publish/", "withdraw/", "links/"]


@pytest.fixture
def office() -> Office:
    return open_office()


@pytest.fixture
def coordinator(client: Client, office: Office) -> Client:
    client.force_login(office.chris)
    return client


@pytest.fixture
def issuer(office: Office) -> Client:
    client = Client()
    client.force_login(office.gale)
    return client


def expected(page: Any) -> str:
    found = re.search(r'name="expected" value="([0-9a-f]{64})"', page.content.decode())
    assert found
    return found[1]


def issue_it(issuer: Client) -> Any:
    return issuer.post("/reports/2019-03/issue/", {"expected": expected(issuer.get(STEPS))}, follow=True)


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
def test_others_neither_see_the_page_nor_issue(client: Client, office: Office, role: Role) -> None:
    client.force_login(someone(role, office.plan.police))

    assert client.get(STEPS).status_code == 403
    assert client.post("/reports/2019-03/issue/").status_code == 403
    assert not PublishedReport.objects.exists()


@pytest.mark.parametrize("step", COORDINATORS)
def test_only_those_who_run_reports_take_the_other_steps(issuer: Client, office: Office, step: str) -> None:
    office.issue()
    before = events()

    assert issuer.post("/reports/2019-03/" + step, {"note": "x", "why": "x", "text": "x"}).status_code == 403

    assert events() == before


def test_a_draft_cannot_be_issued_and_says_what_comes_first(issuer: Client, office: Office) -> None:
    put(office.report, State.DRAFT, checked_by=None)

    assert "once the coordinator has marked it as checked" in words_of(issuer.get(STEPS))
    refused = issuer.post("/reports/2019-03/issue/", {"expected": "-"})
    assert refused.status_code == 422
    assert "This report is still a draft. It cannot be issued." in words_of(refused)


def test_whoever_prepared_it_is_told_that_somebody_else_issues_it(coordinator: Client, office: Office) -> None:
    page = coordinator.get(STEPS)

    assert "You prepared this report. Somebody else has to issue it." in words_of(page)
    assert "Issue for the meeting" not in words_of(page)
    refused = coordinator.post("/reports/2019-03/issue/", {"expected": "-"})
    assert refused.status_code == 422
    assert not PublishedReport.objects.exists()


def test_the_second_officer_is_told_what_to_know_before_it_is_issued(issuer: Client, office: Office) -> None:
    said = words_of(issuer.get(STEPS))

    assert "2 things to know before it is issued" in said
    assert "Road Safety: no progress this time on ‘Teach young drivers’, ‘Share campaigns’." in said
    assert "Issue for the meeting" in said


def test_everything_that_stands_in_the_way_is_said_at_once(issuer: Client, office: Office) -> None:
    ContextSummary.objects.filter(priority=None).update(text="")
    ReportingCycle.objects.filter(slug="2019-03").update(key_messages=["[[calls 2018]] calls."])

    said = words_of(issuer.get(STEPS))

    assert "Introduction: the context summary is empty." in said
    assert "Key message 1: [[calls 2018]]: 'calls' is not an indicator." in said
    assert "What is issued never changes" not in said


def test_the_second_officer_sees_what_is_kept_and_issues_it(issuer: Client, office: Office) -> None:
    page = words_of(issuer.get(STEPS))
    assert "Prepared by Chris. Somebody else issues it." in page
    assert "2 priorities with 2 context summaries, the introduction and 0 key messages" in page
    assert "3 actions, 0 of them updated" in page

    done = issue_it(issuer)

    assert "Edition 1 of the report March 2019 is issued." in words_of(done)
    assert PublishedReport.objects.get().issued_by == office.gale


def test_the_link_for_the_meeting_is_shown_once(issuer: Client, office: Office) -> None:
    done = issue_it(issuer)

    found = re.search(r'value="(http://testserver/read/[^"]+/)"', done.content.decode())
    assert found
    assert Client().get(html.unescape(found[1])).status_code == 200
    assert "/read/" not in issuer.get(STEPS).content.decode()


def test_what_has_changed_since_it_was_looked_at_is_not_issued(issuer: Client, office: Office) -> None:
    seen = expected(issuer.get(STEPS))
    office.plan.hate.title = "Hatred"
    office.plan.hate.save()

    refused = issuer.post("/reports/2019-03/issue/", {"expected": seen})

    assert refused.status_code == 422
    assert "Look again, then issue it." in words_of(refused)
    assert not PublishedReport.objects.exists()


def test_a_form_without_what_was_looked_at_issues_nothing(issuer: Client, office: Office) -> None:
    assert issuer.post("/reports/2019-03/issue/").status_code == 422
    assert not PublishedReport.objects.exists()


def test_a_second_press_of_the_button_issues_nothing_more(issuer: Client, office: Office) -> None:
    form = {"expected": expected(issuer.get(STEPS))}

    answers = [issuer.post("/reports/2019-03/issue/", form).status_code for _ in range(3)]

    assert answers == [302, 422, 422]
    assert PublishedReport.objects.count() == 1


def test_a_correction_is_prepared_by_one_and_issued_by_another(
    coordinator: Client, issuer: Client, office: Office
) -> None:
    office.issue()

    done = coordinator.post("/reports/2019-03/correct/", {"note": "A wrong sum."}, follow=True)
    assert "can be written. Somebody else issues it." in words_of(done)
    assert "You prepared this report." in words_of(done)
    page = words_of(issuer.get(STEPS))
    assert "Being corrected A wrong sum. Prepared by Chris" in page
    assert "It cannot be issued yet: Nothing in it is other than in edition 1." in page
    ContextSummary.objects.filter(priority=None).update(text="The sum is put right.")
    happened()
    page = words_of(issuer.get(STEPS))
    assert "What it says otherwise than edition 1 Introduction: another text. What is kept" in page
    assert "something else" not in page

    done = issue_it(issuer)

    assert "Edition 2 of the report March 2019 is issued." in words_of(done)
    assert PublishedReport.objects.get(edition=2).note == "A wrong sum."


@pytest.mark.parametrize("address", ["/reports/", "/reports/2019-03/"])
def test_the_way_to_the_steps_is_called_by_what_one_may_do_there(
    coordinator: Client, issuer: Client, office: Office, address: str
) -> None:
    office.issue()

    assert "Correct, publish, withdraw" in words_of(coordinator.get(address))
    assert "Links for the meeting" in words_of(issuer.get(address))
    prepare_correction(cycle=office.report, actor=office.chris, note="A wrong sum.")
    page = words_of(issuer.get(address))
    assert "Issue the correction" in page
    assert "withdraw" not in page


def test_a_correction_can_be_dropped(coordinator: Client, office: Office) -> None:
    office.issue()
    prepare_correction(cycle=office.report, actor=office.chris, note="A wrong sum.")

    done = coordinator.post("/reports/2019-03/correct/not/", follow=True)

    assert "stays as it was issued" in words_of(done)
    assert not ReportingCycle.objects.get(pk=office.report.pk).is_correcting


@pytest.mark.parametrize(
    ("step", "said", "message"),
    [
        ("correct/", {"note": " "}, "Say what is corrected: it stands on the new edition."),
        ("correct/", {"note": "x" * 501}, "at most 500 characters"),
        ("withdraw/", {"why": ""}, "Say why the report is withdrawn: it stands in its place."),
        ("outcome/", {"text": "", "minute": "12/19"}, "Say what the meeting made of the report."),
        ("outcome/", {"text": "Noted.", "minute": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_is_missing_or_too_long_is_said_and_what_was_written_stays(
    coordinator: Client, office: Office, step: str, said: dict[str, str], message: str
) -> None:
    office.issue()
    before = events()

    refused = coordinator.post("/reports/2019-03/" + step, said)

    assert refused.status_code == 422
    assert message in words_of(refused)
    assert "There is a problem" in words_of(refused)
    written = refused.content.decode()
    assert all(text.strip() in written for text in said.values())
    assert events() == before


def test_what_the_meeting_made_of_it_is_entered_and_then_it_can_be_made_public(
    coordinator: Client, office: Office
) -> None:
    office.issue()
    assert "Make public" not in words_of(coordinator.get(STEPS))

    done = coordinator.post("/reports/2019-03/outcome/", {"text": "Noted.", "minute": "12/19"}, follow=True)
    assert "Noted. (minute 12/19) Entered by Chris" in words_of(done)
    assert "Make public" in words_of(done)
    assert state_of(office.report) == State.CONSIDERED

    done = coordinator.post("/reports/2019-03/publish/", follow=True)
    assert 'href="/public/reports/2019-03/"' in done.content.decode()
    assert state_of(office.report) == State.PUBLIC
    assert Outcome.objects.get().minute == "12/19"


def test_it_is_withdrawn_with_a_reason(coordinator: Client, office: Office) -> None:
    office.issue()

    done = coordinator.post("/reports/2019-03/withdraw/", {"why": "Figures of another county."}, follow=True)

    assert "The report March 2019 is withdrawn." in words_of(done)
    assert Withdrawal.objects.get().reason == "Figures of another county."
    page = words_of(coordinator.get(STEPS))
    assert "Withdraw it" not in page
    assert "Correct it" in page


def test_links_are_made_counted_and_ended(coordinator: Client, office: Office) -> None:
    office.issue()
    link = MeetingLink.objects.get()
    for by in ("browser", "browser", "program"):
        MeetingLinkOpening.objects.create(link=link, at=link.made_at, page="/", address="192.0.2.0/24", by=by)

    page = words_of(coordinator.get(STEPS))
    assert "2 pages in browsers" in page
    assert "3 with programs such as mail scanners" in page
    assert "/, from 192.0.2.0/24, by A browser" in page

    done = coordinator.post("/reports/2019-03/links/", follow=True)
    assert "http://testserver/read/" in done.content.decode()
    done = coordinator.post(f"/reports/2019-03/links/{link.pk}/end/", follow=True)
    assert "The link is ended." in words_of(done)
    link.refresh_from_db()
    assert link.revoked_by_name == "Chris"
    assert coordinator.post(f"/reports/2019-03/links/{link.pk}/end/").status_code == 422


def test_the_last_link_comes_first(coordinator: Client, office: Office) -> None:
    office.issue()
    first = MeetingLink.objects.get()
    MeetingLink.objects.update(made_at=first.made_at - timedelta(days=3))
    coordinator.post("/reports/2019-03/links/")

    links = coordinator.get(STEPS).context["links"]

    assert [link.made_by_name for link in links] == ["Chris", "Gale"]


def test_a_link_of_another_report_is_not_found(coordinator: Client, office: Office) -> None:
    office.issue()

    link = MeetingLink.objects.get().pk
    assert coordinator.post(f"/reports/2018-12/links/{link}/end/").status_code == 404
    assert coordinator.post("/reports/2017-12/links/").status_code == 404


def test_no_link_is_made_of_a_withdrawn_report(coordinator: Client, office: Office) -> None:
    office.issue()
    withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

    assert coordinator.post("/reports/2019-03/links/").status_code == 422


def test_every_step_writes_one_event(coordinator: Client, issuer: Client, office: Office) -> None:
    issue_it(issuer)
    coordinator.post("/reports/2019-03/links/")
    coordinator.post(f"/reports/2019-03/links/{MeetingLink.objects.earliest('pk').pk}/end/")
    coordinator.post("/reports/2019-03/outcome/", {"text": "Noted.", "minute": ""})
    coordinator.post("/reports/2019-03/publish/")
    coordinator.post("/reports/2019-03/correct/", {"note": "A wrong sum."})
    coordinator.post("/reports/2019-03/correct/not/")
    coordinator.post("/reports/2019-03/withdraw/", {"why": "A mistake."})

    assert events() == [
        "report-issued",
        "meeting-link-made",
        "meeting-link-ended",
        "report-considered",
        "report-made-public",
        "report-correction-prepared",
        "report-correction-dropped",
        "report-withdrawn",
    ]


def test_the_page_takes_as_many_queries_for_one_edition_as_for_many(
    coordinator: Client, office: Office, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        coordinator.get(STEPS)
        with django_assert_max_num_queries(16) as counted:
            assert coordinator.get(STEPS).status_code == 200
        return len(counted)

    office.issue()
    few = queries()
    for number in range(5):
        office.correct(f"Correction {number}.")

    assert queries() == few
