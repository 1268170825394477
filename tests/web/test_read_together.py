"""What stands beside an indicator on its page: those it is to be read with, and parts that are never added up."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.held import district, held, indicator
from tests.plan import someone
from tests.series import year
from tests.web.test_districts import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def test_people_who_are_not_signed_in_see_nothing_of_it(client: Client) -> None:
    indicator("calls").read_together.add(indicator("visits"))

    assert client.get("/indicators/calls/").status_code == 302


def test_what_has_to_be_read_together_stands_on_the_page(reader: Client) -> None:
    calls = indicator("calls")
    visits = indicator("visits", read_together_note="Partly recording.")
    calls.read_together.add(visits, indicator("walks", counted_plural="walks"))
    held(visits, year(2018), 77)

    said = text_of(reader.get("/indicators/calls/"))

    assert "To be read together Partly recording." in said
    assert "Visits: 77 in Testshire in 2018." in said
    assert "Walks: no figure is held." in said
    assert "More on Visits" in said
    assert "More on Calls" not in said
    assert "Not added up: there is no period for which complete figures of both are held." in said
    assert "Not added up: one counts calls, the other walks." in said


def test_charts_to_be_read_together_stand_under_one_another_with_their_sum(reader: Client) -> None:
    calls, visits = indicator("calls"), indicator("visits")
    calls.read_together.add(visits)
    for number in range(4):
        held(calls, year(2015 + number), 100 + number)
        held(visits, year(2013 + number), 10)

    page = reader.get("/indicators/calls/")

    said = text_of(page)
    assert said.index("Figure 1: Calls") < said.index("Figure 2: Visits") < said.index("Together 111 calls")
    assert "Together 111 calls in Testshire in 2016: Calls 101 , Visits 10 ." in said
    assert "each with its own scale" in said
    one, other = (chart.figure["layout"]["xaxis"] for chart in page.context["page"].beside.charts)
    assert one == other


def test_parts_in_which_one_may_be_counted_several_times_are_ranked(reader: Client) -> None:
    calls = indicator("calls")
    for name, value in (("by-day", 70), ("by-phone", 80)):
        held(indicator(name, part_of=calls, multi_coded=True), year(2018), value)
    held(calls, year(2018), 100)

    said = text_of(reader.get("/indicators/calls/"))

    assert "One call can be counted in several of these parts: their numbers are never added up" in said
    assert "Calls, 2018, the most first Rank Part Figure Share of all 100 1 By phone 80 80.0% 2 By day 70 70.0%" in said
    assert "150" not in said
    assert "One call can be counted in several of its parts" in text_of(reader.get("/indicators/by-day/"))


def test_parts_that_may_not_be_shown_for_an_area_are_not_ranked_there(reader: Client) -> None:
    calls, testford = indicator("calls"), district()
    held(calls, year(2018), 100, area=testford)
    for name in ("by-day", "by-phone"):
        part = indicator(name, part_of=calls, multi_coded=True, sensitivity="standard")
        held(part, year(2018), 4321, area=testford)

    assert "4,321" not in text_of(reader.get("/indicators/calls/?area=E07000099"))


def test_thirty_companions_take_as_many_queries_as_three(reader: Client, django_assert_max_num_queries: Any) -> None:
    calls = indicator("calls")
    held(calls, year(2018), 5)

    def queries() -> int:
        with django_assert_max_num_queries(100) as counted:
            reader.get("/indicators/calls/")
        return len(counted.captured_queries)

    def companions(numbers: range) -> None:
        for number in numbers:
            other = indicator(f"visits-{number}")
            calls.read_together.add(other)
            held(other, year(2018), number)
            held(indicator(f"part-{number}", part_of=calls, multi_coded=True), year(2018), number)

    companions(range(3))
    queries()
    few = queries()
    companions(range(3, 30))
    assert queries() == few
