"""/ , /priorities/, /priorities/<slug>/ and /introduction/"""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts import audit
from accounts.roles import Role
from actions.models import Decision
from actions.services import save_progress
from indicators.models import Indicator, StatedChange
from indicators.periods import Period
from priorities.models import AreaOfConcern, ContextSummary, Priority, PriorityIndicator
from tests.held import edition, held, indicator, recording_changed
from tests.plan import Plan, action, draw_plan, someone
from tests.series import quarter, year, year_to

pytestmark = pytest.mark.django_db

PAGES = ["/", "/priorities/", "/priorities/road-safety/", "/introduction/"]


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def words_of(response: Any) -> str:
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(plain))


def watched(priority: Priority, slug: str, role: str = "main", **said: Any) -> Indicator:
    made = indicator(slug, **said)
    PriorityIndicator.objects.create(priority=priority, indicator=made, role=role)
    return made


def quoted(counted: Indicator, percent: int) -> StatedChange:
    """A change of 2018 on 2017 in the words of Test Police."""
    return StatedChange.objects.create(
        indicator=counted,
        area=counted.area,
        period_start=date(2018, 1, 1),
        period_end=date(2018, 12, 31),
        against_start=date(2017, 1, 1),
        against_end=date(2017, 12, 31),
        percent=percent,
        edition=edition(),
    )


@pytest.mark.parametrize("address", PAGES)
def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, plan: Plan, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", PAGES)
def test_everyone_who_is_signed_in_reads_the_report(client: Client, plan: Plan, role: Role, address: str) -> None:
    client.force_login(someone(role, plan.police))

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_before_there_is_an_agreement_the_overview_says_how_to_load_one(reader: Client) -> None:
    assert "load_agreement" in words_of(reader.get("/"))


def test_the_priorities_stand_in_the_order_of_the_agreement(reader: Client, plan: Plan) -> None:
    page = words_of(reader.get("/"))

    assert page.index("Road Safety") < page.index("Hate")


def test_figure_area_period_and_change_stand_together(reader: Client, plan: Plan) -> None:
    deaths = watched(plan.road_safety, "road-deaths")
    held(deaths, year(2017), 60)
    held(deaths, year(2018), 47, status="provisional")

    page = words_of(reader.get("/"))

    assert "47 (provisional) road deaths, Testshire, 2018" in page
    assert "13 fewer than 2017 (−21.7%), provisional for 2018" in page
    assert "Too few points to judge 2 figures are held; a direction needs 5 years in a row." in page


def test_a_direction_follows_the_change_with_its_reason_and_why(reader: Client, plan: Plan) -> None:
    deaths = watched(plan.road_safety, "road-deaths", polarity="lower")
    for number, deaths_counted in enumerate([98, 102] * 8 + [60]):
        held(deaths, quarter(2015, 1).shifted(3 * number), deaths_counted)

    overview, page = words_of(reader.get("/")), words_of(reader.get("/priorities/road-safety/"))

    assert "38 fewer than January to March 2018 (−38.8%)" in overview
    assert "Fewer (better) January to March 2019 is below the usual range." in overview
    assert "Fewer (better) January to March 2019 is below the usual range. Why it says ‘Fewer (better)’" in page
    assert "The usual range is 89 to 111 calls (mean 100) a quarter, from 16 figures" in page
    assert page.index("38 fewer than") < page.index("Fewer (better)")


def test_a_difference_of_small_counts_that_could_be_chance_says_so(reader: Client, plan: Plan) -> None:
    deaths = watched(plan.road_safety, "road-deaths", "supporting", polarity="lower")
    held(deaths, year(2017), 60)
    held(deaths, year(2018), 47)

    page = words_of(reader.get("/priorities/road-safety/"))

    assert "13 fewer than 2017 (−21.7%). The difference could be chance" in page


def test_where_neither_is_better_no_page_says_better_or_worse(reader: Client, plan: Plan) -> None:
    calls = watched(plan.hate, "hate-incidents")
    for number, counted in enumerate([98, 102] * 8 + [160]):
        held(calls, quarter(2015, 1).shifted(3 * number), counted)

    page = words_of(reader.get("/priorities/hate/"))

    assert "More January to March 2019 is above the usual range." in page
    assert "(worse)" not in page


def test_across_a_break_no_change_is_stated_but_the_source_is_quoted(reader: Client, plan: Plan) -> None:
    calls = watched(plan.hate, "hate-incidents")
    held(calls, year(2017), 3500)
    held(calls, year(2018), 5040)
    recording_changed(calls, date(2017, 4, 1))
    quoted(calls, percent=44)

    page = words_of(reader.get("/"))

    assert "Not compared with 3,500 in 2017: consistent recording" in page
    assert "First fair comparison: year to March 2019 with year to March 2018" in page
    assert "+44% on 2017, as stated by Test Police" in page
    assert "Cannot be compared yet" in page
    assert "1,540" not in page


def test_a_priority_without_an_indicator_says_why(reader: Client, plan: Plan) -> None:
    Priority.objects.filter(pk=plan.hate.pk).update(no_indicator_reason="No single figure can stand for it.")

    for address in ("/", "/priorities/hate/"):
        page = words_of(reader.get(address))
        assert "No indicator" in page
        assert "No single figure can stand for it." in page


def test_indicators_to_be_read_together_are_never_shown_alone(reader: Client, plan: Plan) -> None:
    asb = watched(plan.road_safety, "asb-reports", read_together_note="Fewer of one, more of the other.")
    order = watched(plan.road_safety, "public-order", "supporting")
    asb.read_together.add(order)
    held(asb, year_to(2019, 1), 31204)
    held(order, year(2018), 21116)

    for address in ("/", "/priorities/", "/priorities/road-safety/"):
        page = words_of(reader.get(address))
        assert "31,204" in page
        assert "21,116" in page
        assert "Fewer of one, more of the other." in page


@pytest.mark.parametrize("name", ["Hate incidents", "Hate incidents, Testshire"])
def test_a_quoted_change_names_its_indicator_and_its_area_once(reader: Client, plan: Plan, name: str) -> None:
    calls = watched(plan.hate, "hate-incidents", name=name)
    quoted(calls, percent=44)

    page = words_of(reader.get("/priorities/hate/"))

    assert "Hate incidents, Testshire: +44% on 2017, as stated by Test Police" in page


def test_a_change_is_quoted_in_the_table_where_no_figure_is_held(reader: Client, plan: Plan) -> None:
    violence = watched(plan.hate, "violent-crime", "context")
    quoted(violence, percent=25)

    page = words_of(reader.get("/priorities/hate/"))

    assert "Violent crime None is held +25% on 2017, as stated by Test Police" in page


def test_a_published_year_that_differs_from_its_quarters_shows_both(reader: Client, plan: Plan) -> None:
    watched(plan.road_safety, "road-deaths")
    order = watched(plan.road_safety, "public-order", "context")
    held(order, year(2018), 21116)
    for number, value in enumerate((5000, 5000, 5000, 6115)):
        held(order, Period.of(2018, 3 * number + 1, 3), value)

    page = words_of(reader.get("/priorities/road-safety/"))

    assert "21,116 published · 21,115 added up from 4 figures" in page
    assert "Context only" in page


def test_concerns_and_decisions_stand_on_the_overview_when_there_are_any(reader: Client, plan: Plan) -> None:
    before = words_of(reader.get("/"))
    AreaOfConcern.objects.create(cycle=plan.march, priority=plan.hate, text="Incidents after the attack.")
    Decision.objects.create(cycle=plan.march, question="Extend the training?", asked_by="Working Group")
    audit.record(actor="test", kind="test", object_type="test", object_key="1", sentence="Something changed.")

    after = words_of(reader.get("/"))

    assert "Areas of concern" not in before
    assert "Needs a decision" not in before
    assert "Incidents after the attack." in after
    assert "Extend the training?" in after


def test_progress_that_is_saved_stands_on_the_priority_at_once(reader: Client, plan: Plan) -> None:
    assert "3 actions, none updated" not in words_of(reader.get("/"))
    assert "2 actions, none updated" in words_of(reader.get("/"))

    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="The event was held.",
        status="complete",
        nothing_new=False,
        expected_version=0,
        actor=someone(Role.COORDINATOR),
    )

    assert "2 actions, 1 updated" in words_of(reader.get("/"))
    page = words_of(reader.get("/priorities/road-safety/"))
    assert "The event was held." in page
    assert "Complete" in page


def test_the_context_summary_shows_live_figures_and_notes(reader: Client, plan: Plan) -> None:
    deaths = watched(plan.road_safety, "road-deaths")
    held(deaths, year(2018), 47, status="provisional")
    ContextSummary.objects.create(
        cycle=plan.march,
        priority=plan.road_safety,
        text="In 2018 [[road-deaths 2018]] people died[^returns-2019].",
        version=1,
    )

    page = words_of(reader.get("/priorities/road-safety/"))

    assert "In 2018 47 (provisional) people died" in page
    assert "Notes and sources" in page
    assert "Test Police, Returns 2019." in page


def test_a_key_message_shows_live_figures_that_lead_to_where_they_come_from(reader: Client, plan: Plan) -> None:
    figure = held(watched(plan.road_safety, "road-deaths"), year(2018), 47, status="provisional")
    plan.march.key_messages = ["In 2018 [[road-deaths 2018]] died, in 2016 [[road-deaths 2016]]."]
    plan.march.save()

    page = reader.get("/")

    assert "In 2018 47 (provisional) died, in 2016 [road-deaths 2016: no figure]." in words_of(page)
    assert f'href="/observations/{figure.pk}/"' in page.content.decode().partition("<table")[0]


def test_two_figures_are_two_numbers_and_three_are_a_chart(reader: Client, plan: Plan) -> None:
    deaths = watched(plan.road_safety, "road-deaths")
    held(deaths, year(2017), 60)
    held(deaths, year(2018), 47)
    assert "<svg" not in reader.get("/priorities/road-safety/").content.decode().split("<main")[1]

    held(deaths, year(2016), 55)
    audit.record(actor="test", kind="test", object_type="test", object_key="1", sentence="A figure came in.")

    page = reader.get("/priorities/road-safety/").content.decode()
    assert "<svg" in page
    assert "In words:" in page
    assert "Download CSV" in page


def test_another_report_is_chosen_by_its_name(reader: Client, plan: Plan) -> None:
    page = reader.get("/", {"cycle": "2018-12"}).content.decode()

    assert "December 2018" in page
    assert 'href="/priorities/road-safety/?cycle=2018-12"' in page
    assert reader.get("/", {"cycle": "2017-12"}).status_code == 404
    assert reader.get("/priorities/road-safety/", {"cycle": "x" * 500}).status_code == 404


def test_a_priority_that_does_not_exist_is_not_found(reader: Client, plan: Plan) -> None:
    assert reader.get("/priorities/fly-tipping/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_as_many_queries_for_three_things_as_for_three_hundred(
    reader: Client, plan: Plan, address: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    def queries() -> int:
        audit.record(actor="test", kind="test", object_type="test", object_key="1", sentence="Something changed.")
        with django_assert_max_num_queries(30) as counted:
            assert reader.get(address).status_code == 200
        return len(counted)

    deaths = watched(plan.road_safety, "road-deaths")
    held(deaths, year(2018), 47)
    few = queries()
    for number in range(30):
        more = watched(plan.road_safety, f"more-{number}", "context")
        for month in range(10):
            held(more, Period.of(2018, month + 1), number)
    for number in range(60):
        action(plan.road_safety, f"more{number}", f"More work {number}", partners=[plan.fire])

    assert queries() == few


@pytest.mark.parametrize("address", PAGES)
def test_what_is_current_is_not_built_again(reader: Client, plan: Plan, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader.get(address)
    with CaptureQueriesContext(connection) as counted:
        reader.get(address)

    assert len(counted) <= 8


def test_an_earlier_report_stops_at_its_own_months_and_the_latest_says_how_far_its_figures_reach(
    reader: Client, plan: Plan
) -> None:
    calls = watched(plan.hate, "hate-incidents")
    held(calls, year_to(2018, 10), 4000)
    held(calls, year_to(2019, 3), 5000)

    earlier, latest = (words_of(reader.get("/", {"cycle": cycle})) for cycle in ("2018-12", "2019-03"))

    assert "4,000 hate incidents, Testshire, year to October 2018" in earlier
    assert "5,000" not in earlier
    assert "data to 31 October 2018" in earlier
    assert "5,000 hate incidents, Testshire, year to March 2019" in latest
    assert "data to 31 March 2019" in latest
