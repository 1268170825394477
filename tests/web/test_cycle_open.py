"""/cycle/open/, the months and dates of a report, and its key messages."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from priorities.models import ReportingCycle
from priorities.states import State
from tests.plan import Plan, draw_plan, put, someone
from tests.web.test_cycle import words_of

pytestmark = pytest.mark.django_db

FORM = {
    "period": "year to April 2019",
    "progress_to": "2019-06-30",
    "due": "2019-06-07",
    "data_due": "2019-06-07",
    "meeting": "2019-06-27",
}


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


def test_before_there_is_a_report_one_can_be_opened(chris: Client, plan: Plan) -> None:
    ReportingCycle.objects.all().delete()

    assert "Open a report" in words_of(chris.get("/cycle/"))
    assert chris.post("/cycle/open/", FORM).headers["Location"] == "/cycle/?cycle=2019-06"


def test_without_an_agreement_there_is_nothing_to_open(client: Client, db: None) -> None:
    client.force_login(someone(Role.COORDINATOR))

    assert "no agreement here yet" in words_of(client.get("/cycle/open/"))


def test_the_next_report_is_opened_a_quarter_later_unless_one_says_otherwise(chris: Client, plan: Plan) -> None:
    put(plan.march, State.ISSUED, meeting=date(2019, 3, 31))  # type: ignore[arg-type]

    page = chris.get("/cycle/open/").content.decode()
    opened = chris.post("/cycle/open/", FORM, follow=True)

    assert 'value="year to April 2019"' in page
    assert 'value="2019-06-30"' in page
    assert '<a class="govuk-link" href="/cycle/">Cancel</a>' in page
    assert "The June 2019 report is open." in words_of(opened)
    assert [event.kind for event in AuditEvent.objects.all()] == ["report-opened"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period": "2018/19"}, "has several meanings"),
        ({"period": "next quarter"}, "is not a period"),
        ({"period": ""}, "Say which months"),
        ({"due": "soon"}, "Enter a day, such as 30 June 2019."),
        ({"due": "2019-06-28"}, "Updates are wanted after the meeting"),
        ({"meeting": ""}, "Enter a day"),
        ({"meeting": "9999-12-31"}, "This is more than two years after these months"),
        ({"meeting": "2021-06-01"}, "This is more than two years after these months"),
        ({"due": "0001-01-01"}, "This is before these months begin"),
        ({"data_due": "2018-04-30"}, "This is before these months begin"),
        ({"progress_to": "2109-06-30"}, "This is more than two years after these months"),
        (
            {"meeting": "2019-04-29", "due": "2019-04-01", "data_due": "2019-04-01"},
            "months end after the meeting",
        ),
        ({"period": "year to January 2019"}, "Choose later ones"),
    ],
)
def test_what_cannot_be_opened_is_said_beside_the_form(
    chris: Client, plan: Plan, changes: dict[str, str], message: str
) -> None:
    put(plan.march, State.ISSUED)

    response = chris.post("/cycle/open/", FORM | changes)

    assert response.status_code == 422
    assert message in words_of(response)
    assert ReportingCycle.objects.count() == 2


def test_dates_are_changed_and_begin_with_what_is_there(chris: Client, plan: Plan) -> None:
    page = chris.get("/cycle/2019-03/dates/").content.decode()
    response = chris.post("/cycle/2019-03/dates/", FORM | {"period": "year to February 2019"}, follow=True)

    assert 'value="year to January 2019"' in page
    assert "The months and dates are saved." in words_of(response)
    assert ReportingCycle.objects.get(slug="2019-03").title == "June 2019"


@pytest.mark.parametrize("page", ["dates", "key-messages"])
def test_what_is_issued_is_not_changed_and_the_page_says_why(chris: Client, plan: Plan, page: str) -> None:
    put(plan.march, State.ISSUED)

    for response in (chris.get(f"/cycle/2019-03/{page}/"), chris.post(f"/cycle/2019-03/{page}/", FORM)):
        assert response.status_code == 409
        assert "This report is issued for the meeting." in words_of(response)


def test_key_messages_are_written_up_to_their_length(chris: Client, plan: Plan) -> None:
    page = chris.get("/cycle/2019-03/key-messages/")
    too_long = chris.post("/cycle/2019-03/key-messages/", {"before": "[]", "message_2": "word " * 61})
    saved = chris.post(
        "/cycle/2019-03/key-messages/", {"before": "[]", "message_1": "Fewer.", "message_3": "word " * 60}, follow=True
    )

    assert "Up to three, each of up to 60 words." in words_of(page)
    assert (too_long.status_code, "This has 61 words." in words_of(too_long)) == (422, True)
    assert "The key messages are saved." in words_of(saved)
    assert ReportingCycle.objects.get(slug="2019-03").key_messages == ["Fewer.", ("word " * 60).strip()]


def test_a_key_message_with_a_figure_that_is_not_held_is_not_saved(chris: Client, plan: Plan) -> None:
    text = "In 2018 [[road-deaths 2018]] died."

    refused = chris.post("/cycle/2019-03/key-messages/", {"before": "[]", "message_1": text})

    assert refused.status_code == 422
    assert "[[road-deaths 2018]]: 'road-deaths' is not an indicator." in words_of(refused)
    assert ReportingCycle.objects.get(slug="2019-03").key_messages == []


@pytest.mark.parametrize("before", ["[]", "{}", "[1]", "nonsense", ""])
def test_messages_that_somebody_else_wrote_are_shown_and_not_lost(chris: Client, plan: Plan, before: str) -> None:
    put(plan.march, State.DRAFT, key_messages=["Theirs."])  # type: ignore[arg-type]

    response = chris.post("/cycle/2019-03/key-messages/", {"before": before, "message_1": "Mine."})

    assert response.status_code == 422
    assert "Mine." in words_of(response)
    assert ReportingCycle.objects.get(slug="2019-03").key_messages == ["Theirs."]


def test_days_at_the_very_ends_of_what_can_be_are_kept(chris: Client, plan: Plan) -> None:
    put(plan.march, State.ISSUED)
    days = {"progress_to": "2018-05-01", "due": "2019-04-30", "data_due": "2018-05-01", "meeting": "2019-04-30"}

    opened = chris.post("/cycle/open/", FORM | days, follow=True)

    assert "The April 2019 report is open." in words_of(opened)


def test_after_the_last_months_that_can_be_named_the_form_begins_empty(chris: Client, plan: Plan) -> None:
    put(plan.march, State.ISSUED, period_end=date(2200, 12, 31), meeting=date(2200, 12, 31))  # type: ignore[arg-type]

    page = chris.get("/cycle/open/")

    assert page.status_code == 200
    assert 'value="' not in page.content.decode().partition('name="period"')[2].partition(">")[0]


@pytest.mark.parametrize("state", [State.DRAFT, State.CHECKED])
def test_while_a_report_is_unfinished_the_page_says_so_and_offers_no_form(
    chris: Client, plan: Plan, state: State
) -> None:
    put(plan.march, state)

    page = chris.get("/cycle/open/").content.decode()

    assert (
        'The <a class="govuk-link" href="/cycle/?cycle=2019-03">March 2019 report</a> has to be issued first.' in page
    )
    assert 'name="period"' not in page
    assert "has not been issued yet" in words_of(chris.post("/cycle/open/", FORM))


def test_two_reports_are_not_called_after_the_same_month(chris: Client, plan: Plan) -> None:
    days = dict.fromkeys(("progress_to", "due", "data_due", "meeting"), "2018-12-20")

    refused = chris.post("/cycle/2019-03/dates/", {"period": "year to November 2018"} | days)

    assert refused.status_code == 422
    assert "There is a report for the meeting of December 2018 already." in words_of(refused)
    assert ReportingCycle.objects.get(slug="2019-03").title == "March 2019"
