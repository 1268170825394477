"""/observations/<pk>/"""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import DataChange, Extract
from tests.held import county, district, extract, held, indicator
from tests.plan import partner, someone
from tests.series import year, year_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def changed(number: int, day: int, by: str, of: Extract) -> None:
    DataChange.objects.create(
        number=number, kind=DataChange.Kind.USE, extract=of, at=datetime(2019, 3, day, 12, 30, tzinfo=UTC), by_name=by
    )


# --- who may not ------------------------------------------------------------------------------


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10)

    assert client.get(f"/observations/{figure.pk}/").status_code == 302


def test_nothing_can_be_posted(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10)

    assert reader.post(f"/observations/{figure.pk}/").status_code == 405


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_a_figure_of_a_district_that_may_not_be_shown_is_not_found(
    client: Client, sensitivity: str, role: Role
) -> None:
    client.force_login(someone(role, partner("police", "Police")))
    figure = held(indicator("calls", sensitivity=sensitivity), year(2018), 4321, area=district())

    assert client.get(f"/observations/{figure.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999", "99999999999999999999999"])
def test_a_figure_that_does_not_exist_is_not_found(reader: Client, pk: str) -> None:
    assert reader.get(f"/observations/{pk}/").status_code == 404


@pytest.mark.parametrize(("role", "linked"), [(Role.GOVERNING_GROUP, False), (Role.ANALYST, True)])
def test_the_file_is_linked_for_those_alone_who_may_see_files(client: Client, role: Role, linked: bool) -> None:
    client.force_login(someone(role))
    figure = held(indicator("calls"), year(2018), 10)

    page = client.get(f"/observations/{figure.pk}/").content.decode()

    assert (f'href="/data/uploads/{figure.extract_id}/"' in page) is linked


# --- the figure -------------------------------------------------------------------------------


def test_it_says_everything_that_is_held_of_the_figure(reader: Client) -> None:
    figure = held(
        indicator("calls"),
        year_to(2019, 1),
        31204,
        qualifier="about",
        status="provisional",
        coverage="38 of 43 forces",
        note="Rounded by its source.",
    )

    shown = text_of(reader.get(f"/observations/{figure.pk}/"))

    assert "Where this figure comes from" in shown
    assert "Indicator Calls Area Testshire Period Year to January 2019 (February 2018 to January 2019)" in shown
    assert "Figure about 31,204 (provisional, 38 of 43 forces) Unit Calls Status Provisional" in shown
    assert "Coverage 38 of 43 forces Note Rounded by its source. Source Test Police, Returns 2019" in shown
    assert "observation" not in shown.lower()


def test_a_figure_without_a_value_says_why_there_is_none(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), None, status="suppressed", edition=None)

    shown = text_of(reader.get(f"/observations/{figure.pk}/"))

    assert "Figure suppressed" in shown
    assert "Source Not stated" in shown


def test_the_table_of_every_figure_held_leads_to_it(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10)

    page = reader.get("/indicators/calls/").content.decode()

    name = "Where does 10, Calls, Testshire, 2018 come from"
    assert f'href="/observations/{figure.pk}/" aria-label="{name}">10</a></td>' in page


# --- earlier and later ------------------------------------------------------------------------


def test_earlier_and_later_figures_stand_with_when_and_by_whom_they_changed(reader: Client) -> None:
    calls, of = indicator("calls"), extract()
    changed(1, 4, "Ann Analyst", of)
    changed(2, 9, "Ben Analyst", of)
    earlier = held(calls, year(2018), 10, since=1, until=2, line=7)
    later = held(calls, year(2018), 12, since=2)
    held(calls, year(2017), 4321)
    held(calls, year(2018), 8765, area=district())

    shown = text_of(reader.get(f"/observations/{earlier.pk}/"))

    assert (
        "This figure is no longer in use. On 9 March 2019 at 12:30 Ben Analyst used a file that gives another. "
        "In its place came 12 (returns.csv, line 2)."
    ) in shown
    assert (
        "12 9 March 2019, 12:30, by Ben Analyst Still in use returns.csv, line 2 "
        "10, this figure 4 March 2019, 12:30, by Ann Analyst 9 March 2019, 12:30, by Ben Analyst returns.csv, line 7"
    ) in shown
    assert "4,321" not in shown
    assert "8,765" not in shown
    assert f'href="/observations/{later.pk}/"' in reader.get(f"/observations/{earlier.pk}/").content.decode()


def test_of_a_figure_revised_twice_it_says_what_came_next_and_what_is_in_use_now(reader: Client) -> None:
    calls = indicator("calls")
    first = held(calls, year(2018), 10, since=1, until=2)
    second = held(calls, year(2018), 12, since=2, until=3)
    third = held(calls, year(2018), 14, since=3)

    page = reader.get(f"/observations/{first.pk}/")

    assert "In its place came 12 (returns.csv, line 2). The one in use now is 14 (returns.csv, line 2)." in text_of(
        page
    )
    for other in (second, third):
        assert f'href="/observations/{other.pk}/"' in page.content.decode()


def test_of_a_figure_taken_back_it_says_what_stands_in_its_place(reader: Client) -> None:
    calls, of = indicator("calls"), extract()
    changed(3, 9, "Ben Analyst", of)
    DataChange.objects.filter(number=3).update(kind=DataChange.Kind.TAKE_BACK)
    taken_back = held(calls, year(2018), 12, since=2, until=3)
    held(calls, year(2018), 10, since=3, line=7)
    gone = held(calls, year(2017), 9, since=2, until=3)

    replaced, ended = (text_of(reader.get(f"/observations/{each.pk}/")) for each in (taken_back, gone))

    assert "On 9 March 2019 at 12:30 Ben Analyst took back the file it came from. In its place came 10" in replaced
    assert "Nothing came in its place. No figure is in use for this period now." in ended


def test_a_change_that_is_not_on_record_is_said_to_be_so(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10, since=1, until=2)

    shown = text_of(reader.get(f"/observations/{figure.pk}/"))

    assert "10 Not recorded Not recorded returns.csv, line 2" in shown
    assert "No other figure was held" in shown


def test_a_figure_takes_the_same_queries_however_often_it_was_revised(
    reader: Client, django_assert_num_queries: Any
) -> None:
    calls = indicator("calls", area=county())
    figure = held(calls, year(2018), 10, since=50)
    reader.get(f"/observations/{figure.pk}/")
    with django_assert_num_queries(20, exact=False) as few:
        reader.get(f"/observations/{figure.pk}/")
    for number in range(1, 30):
        changed(number, 4, "Ann Analyst", extract())
        held(calls, year(2018), number, since=number, until=number + 1, extract=extract(f"{number}.csv"))

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(f"/observations/{figure.pk}/")
