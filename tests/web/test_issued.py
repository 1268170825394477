"""/reports/…: reports as they were issued."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import audit
from accounts.roles import Role
from indicators.models import Observation
from priorities.models import ContextSummary, PriorityIndicator
from priorities.states import State
from reports.frozen import SCHEMA
from reports.models import PublishedReport
from reports.publishing import withdraw
from tests.held import held, indicator
from tests.issued import Office, open_office
from tests.kept import sql
from tests.plan import put, someone
from tests.series import year

pytestmark = pytest.mark.django_db

PAGES = ["", "introduction/", "priorities/road-safety/", "figures/road-deaths-e10000099/"]
FILES = ["figures/road-deaths-e10000099.csv", "figures/road-deaths-e10000099.json", "report.json"]


@pytest.fixture
def office() -> Office:
    """A report with a figure that is quoted in a summary, checked and ready to be issued."""
    office = open_office()
    deaths = indicator("road-deaths")
    PriorityIndicator.objects.create(priority=office.plan.road_safety, indicator=deaths, role="main")
    for number, counted in ((2016, 55), (2017, 60), (2018, 47)):
        held(deaths, year(number), counted)
    ContextSummary.objects.filter(priority=office.plan.road_safety).update(
        text="In 2018 [[road-deaths 2018]] people died, says [the plan](/actions/)."
    )
    return office


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.ADMINISTRATOR, name="Reader"))
    return client


def main_of(response: Any) -> str:
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert found, response.content.decode()[:500]
    return found[0]


def words_of(response: Any) -> str:
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(plain))


def happened() -> None:
    audit.record(actor="test", kind="test", object_type="test", object_key="1", sentence="Something changed.")


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, office: Office, page: str) -> None:
    office.issue()

    for root in ("/reports/2019-03/", "/reports/2019-03/editions/1/"):
        assert client.get(root + page).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_what_was_not_issued_is_not_there(reader: Client, office: Office, page: str) -> None:
    assert reader.get("/reports/2019-03/" + page).status_code == 404
    office.issue()

    assert reader.get("/reports/2019-03/" + page).status_code == 200
    assert reader.get("/reports/2019-03/editions/2/" + page).status_code == 404
    assert reader.get("/reports/2018-12/" + page).status_code == 404


@pytest.mark.parametrize("page", ["priorities/fly-tipping/", "figures/calls-e10000099/", "figures/calls-e10000099.csv"])
def test_what_the_report_does_not_hold_is_not_there(reader: Client, office: Office, page: str) -> None:
    office.issue()

    assert reader.get("/reports/2019-03/" + page).status_code == 404


def test_the_report_says_when_it_was_issued_by_whom_and_that_it_is_unchanged(reader: Client, office: Office) -> None:
    office.issue()

    page = words_of(reader.get("/reports/2019-03/"))

    assert "Unchanged since issue ✓" in page
    assert "by Gale, prepared by Chris." in page
    assert "Edition 1" in page


def test_a_figure_is_47_in_the_report_whatever_it_became(reader: Client, office: Office) -> None:
    office.issue()
    before = [main_of(reader.get("/reports/2019-03/" + page)) for page in PAGES]
    revise(49)

    pages = [reader.get("/reports/2019-03/" + page) for page in PAGES]

    assert [main_of(page) for page in pages] == before
    assert "1 figure since revised" in words_of(pages[0])
    assert "Road deaths, Testshire , 2018: 47 in this report, now 49" in words_of(pages[0])
    assert 'href="/indicators/road-deaths/?area=E10000099"' in pages[0].content.decode()
    assert "since revised" not in "".join(before)


def revise(value: int) -> None:
    """Another figure for 2018."""
    Observation.objects.filter(period_start__year=2018).update(value=value)
    happened()


def test_links_stay_within_the_report_wherever_it_is_read(reader: Client, office: Office) -> None:
    office.issue()

    first, second = (
        [main_of(reader.get(root + page)) for page in PAGES]
        for root in ("/reports/2019-03/", "/reports/2019-03/editions/1/")
    )

    assert first == second
    assert 'href="priorities/road-safety/"' in first[0]
    assert 'href="../../figures/road-deaths-e10000099/"' in first[2]
    assert 'href="../../figures/road-deaths-e10000099.csv"' in first[2]


def test_a_figure_has_an_address_with_its_chart_and_every_figure_behind_it(reader: Client, office: Office) -> None:
    office.issue()

    response = reader.get("/reports/2019-03/figures/road-deaths-e10000099/")

    page = words_of(response)
    assert "Road deaths" in page
    assert "In words:" in page
    assert re.search(r"2018\s+47\s.*2017\s+60\s.*2016\s+55\s", page.split("every figure behind this report")[1])
    assert 'href="../../priorities/road-safety/"' in response.content.decode()


def test_a_chart_has_an_anchor_of_its_own(reader: Client, office: Office) -> None:
    office.issue()

    assert 'id="road-deaths-e10000099"' in main_of(reader.get("/reports/2019-03/priorities/road-safety/"))


def test_the_csv_of_a_figure_comes_from_the_text_alone(reader: Client, office: Office) -> None:
    office.issue()
    revise(49)

    response = reader.get("/reports/2019-03/figures/road-deaths-e10000099.csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Indicator"], row["Area code"], row["Period"], row["Value"]) for row in rows] == [
        ("Road deaths", "E10000099", "2016", "55"),
        ("Road deaths", "E10000099", "2017", "60"),
        ("Road deaths", "E10000099", "2018", "47"),
    ]
    assert rows[0]["File"] == "returns.csv"
    assert "2019-03-edition-1-road-deaths-e10000099.csv" in response.headers["Content-Disposition"]


def test_the_json_of_a_figure_holds_its_words_values_and_chart(reader: Client, office: Office) -> None:
    issued = office.issue()

    said = json.loads(reader.get("/reports/2019-03/figures/road-deaths-e10000099.json").content)

    assert (said["report"], said["sha256"], said["schema"]) == ("2019-03", issued.sha256, SCHEMA)
    assert said["figure"]["value"] == "47"
    assert said["figure"]["values"][0]["value"] == "47"
    assert said["chart"]["id"] == "road-deaths-e10000099"


def test_the_whole_text_is_handed_out_to_the_byte(reader: Client, office: Office) -> None:
    issued = office.issue()

    response = reader.get("/reports/2019-03/report.json")

    assert response.content == issued.payload.encode()
    assert response.headers["ETag"] == f'"{issued.sha256}"'


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_sent_again_only_where_the_text_is_another(reader: Client, office: Office, file: str) -> None:
    first = office.issue()

    etag = f'"{first.sha256}"'
    again = reader.get("/reports/2019-03/" + file, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    revise(49)
    office.correct()
    assert reader.get("/reports/2019-03/" + file, headers={"If-None-Match": etag}).status_code == 200
    assert reader.get("/reports/2019-03/editions/1/" + file, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("page", ["", "/", *PAGES])
def test_a_page_that_somebody_has_already_is_not_drawn_again(
    client: Client, reader: Client, office: Office, page: str
) -> None:
    office.issue()
    address = page if page == "/" else "/reports/2019-03/" + page

    first = reader.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}

    assert first.headers["Cache-Control"] == "private, no-cache"
    again = reader.get(address, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    happened()
    assert reader.get(address, headers=tag).status_code == 200
    client.force_login(office.gale)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_correction_is_another_edition_and_the_one_before_bears_a_mark(reader: Client, office: Office) -> None:
    office.issue()
    before = [main_of(reader.get("/reports/2019-03/" + page)) for page in PAGES]
    revise(49)
    office.correct("The deaths of 2018 were counted again.")

    first = [reader.get("/reports/2019-03/editions/1/" + page) for page in PAGES]
    second = reader.get("/reports/2019-03/")

    assert [main_of(page) for page in first] == before
    for page in first:
        assert "Edition 2 replaced this one" in words_of(page)
        assert "The deaths of 2018 were counted again." in words_of(page)
    assert "It corrects the edition before: The deaths of 2018 were counted again." in words_of(second)
    assert "replaced" not in words_of(second)
    assert "49 road deaths" in words_of(second)


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_withdrawing_leaves_a_mark_on_every_address(reader: Client, office: Office, page: str) -> None:
    office.issue()
    withdraw(cycle=office.report, actor=office.chris, reason="Figures of another county.")

    for root in ("/reports/2019-03/", "/reports/2019-03/editions/1/"):
        response = reader.get(root + page)
        assert response.status_code == 410
        assert "This report was withdrawn" in words_of(response)
        assert "Figures of another county." in words_of(response)
        assert "by Chris" in words_of(response)
        assert "47" not in main_of(response)


def test_a_correction_takes_the_place_of_what_was_withdrawn(reader: Client, office: Office) -> None:
    office.issue()
    withdraw(cycle=office.report, actor=office.chris, reason="Figures of another county.")
    office.correct()

    assert reader.get("/reports/2019-03/").status_code == 200
    first = reader.get("/reports/2019-03/editions/1/")
    assert first.status_code == 410
    assert 'href="/reports/2019-03/"' in main_of(first)


@pytest.mark.parametrize("page", [*PAGES, *FILES])
def test_what_was_altered_behind_our_back_is_not_shown(reader: Client, office: Office, page: str) -> None:
    office.issue()
    sql("UPDATE reports_publishedreport SET payload = replace(payload, 'deaths', 'births')")

    response = reader.get("/reports/2019-03/" + page)

    assert response.status_code == 503
    assert "This report cannot be shown" in words_of(response)
    assert "births" not in response.content.decode()


def test_the_outcome_of_the_meeting_stands_beside_it(reader: Client, office: Office) -> None:
    office.issue()
    before = main_of(reader.get("/reports/2019-03/"))
    office.publish()

    response = reader.get("/reports/2019-03/")

    assert "What the meeting made of it (minute 12/19): Noted, with thanks." in words_of(response)
    assert main_of(response) == before


class TestHome:
    def test_before_anything_is_issued_it_shows_the_draft(self, reader: Client, office: Office) -> None:
        assert "Unchanged since issue" not in words_of(reader.get("/"))

    def test_it_shows_the_last_report_that_was_issued(self, reader: Client, office: Office) -> None:
        office.issue()

        page = reader.get("/")

        assert "Unchanged since issue" in words_of(page)
        assert 'href="reports/2019-03/priorities/road-safety/"' in main_of(page)

    def test_a_withdrawn_report_is_passed_over(self, reader: Client, office: Office) -> None:
        office.issue()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        assert "Unchanged since issue" not in words_of(reader.get("/"))

    def test_those_who_work_on_the_next_report_find_its_draft_at_the_top(self, client: Client, office: Office) -> None:
        office.issue()
        put(office.plan.december, State.DRAFT)

        for role, offered in ((Role.COORDINATOR, True), (Role.ANALYST, True), (Role.GOVERNING_GROUP, False)):
            client.force_login(someone(role))
            page = client.get("/").content.decode()
            assert ('href="/?cycle=2018-12"' in page) is offered

    @pytest.mark.parametrize(
        ("live", "issued"),
        [
            ("/?cycle=2019-03", "/reports/2019-03/"),
            ("/priorities/", "/reports/2019-03/#priorities"),
            ("/priorities/road-safety/", "/reports/2019-03/priorities/road-safety/"),
            ("/introduction/?cycle=2019-03", "/reports/2019-03/introduction/"),
        ],
    )
    def test_pages_of_an_issued_report_lead_to_what_was_issued(
        self, reader: Client, office: Office, live: str, issued: str
    ) -> None:
        assert reader.get(live).status_code == 200
        office.issue()

        response = reader.get(live)

        assert (response.status_code, response.headers["Location"]) == (302, issued)

    def test_whoever_writes_a_correction_sees_what_they_write(self, client: Client, office: Office) -> None:
        office.issue()
        put(office.report, State.ISSUED, correction_note="A wrong sum.", correction_by_name="Chris")

        client.force_login(office.chris)
        assert client.get("/priorities/road-safety/?cycle=2019-03").status_code == 200
        client.force_login(office.gale)
        assert client.get("/priorities/road-safety/?cycle=2019-03").status_code == 302


class TestList:
    def test_it_names_every_report_with_its_state_and_editions(self, reader: Client, office: Office) -> None:
        office.issue()
        office.correct("A wrong sum.")

        page = words_of(reader.get("/reports/"))

        assert "March 2019" in page
        assert "Issued for the meeting" in page
        assert page.index("Edition 2") < page.index("Edition 1")
        assert "A wrong sum." in page
        assert "December 2018" in page
        assert "None issued yet" in page

    def test_a_withdrawn_edition_says_so(self, reader: Client, office: Office) -> None:
        office.issue()
        withdraw(cycle=office.report, actor=office.chris, reason="A mistake.")

        assert "Withdrawn" in words_of(reader.get("/reports/"))

    def test_there_may_be_none(self, reader: Client) -> None:
        assert "There is none yet." in words_of(reader.get("/reports/"))


@pytest.mark.parametrize("address", ["/", "/reports/", *("/reports/2019-03/" + page for page in PAGES)])
def test_a_page_takes_as_many_queries_for_one_edition_as_for_ten(
    reader: Client, office: Office, address: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    def queries() -> int:
        reader.get(address)
        with django_assert_max_num_queries(12) as counted:
            assert reader.get(address).status_code == 200
        return len(counted)

    office.issue()
    few = queries()
    for number in range(9):
        office.correct(f"Correction {number}.")

    assert queries() == few
    assert PublishedReport.objects.count() == 10
