"""/indicators/<slug>/figures/: a figure that is added up from its parts."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import DataChange, Indicator, Observation
from tests.held import county, district, extract, held, indicator
from tests.plan import partner, someone
from tests.series import month, quarter, year
from tests.web.test_observation import changed, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/indicators/calls/figures/"
OF_2018 = {"area": "E10000099", "from": "2018-01", "to": "2018-12"}


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def quarters_of(calls: Indicator, values: list[int], **said: Any) -> list[Observation]:
    return [held(calls, quarter(2018, n), value, **said) for n, value in enumerate(values, start=1)]


# --- who may not ------------------------------------------------------------------------------


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    indicator("calls")

    assert client.get(ADDRESS, OF_2018).status_code == 302


def test_nothing_can_be_posted(reader: Client) -> None:
    indicator("calls")

    assert reader.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_a_sum_of_a_district_that_may_not_be_shown_is_not_found(client: Client, sensitivity: str, role: Role) -> None:
    client.force_login(someone(role, partner("police", "Police")))
    quarters_of(indicator("calls", sensitivity=sensitivity), [4321, 4321, 4321, 4321], area=district())

    response = client.get(ADDRESS, OF_2018 | {"area": "E07000099"})

    assert response.status_code == 404
    assert "17,284" not in text_of(response)
    assert "4,321" not in text_of(response)


@pytest.mark.parametrize(
    "asked",
    [
        {"area": "E99999999"},
        {"from": "2018-13"},
        {"from": "2018-1"},
        {"from": "2019-01"},
        {"from": "0000-01"},
        {"to": "9999-12"},
        {"to": ""},
        {"from": "2018-01\0"},
        {"from": "٢٠١٨-01"},
        {"from": "2018-01-01"},
        {"from": "2016-01", "to": "2016-12"},
    ],
)
def test_what_is_not_held_is_not_found(reader: Client, asked: dict[str, str]) -> None:
    quarters_of(indicator("calls"), [1, 2, 3, 4])

    assert reader.get(ADDRESS, OF_2018 | asked).status_code == 404


def test_it_says_in_words_what_is_not_held(reader: Client) -> None:
    quarters_of(indicator("calls"), [1, 2, 3])

    of_2018, of_nothing = text_of(reader.get(ADDRESS, OF_2018)), text_of(reader.get(ADDRESS))

    assert "No figure is held of Calls in Testshire for 2018, and what is held of its parts does not add up" in of_2018
    assert "Every figure held of Calls in Testshire" in of_2018
    assert "The address does not name a period." in of_nothing


def test_an_indicator_that_does_not_exist_is_not_found(reader: Client) -> None:
    assert reader.get("/indicators/nonsense/figures/", OF_2018).status_code == 404


@pytest.mark.parametrize("kind", ["rate", "percentage"])
def test_rates_and_percentages_are_not_added_up(reader: Client, kind: str) -> None:
    quarters_of(indicator("calls", kind=kind, per=1000), [1, 2, 3, 4])

    assert reader.get(ADDRESS, OF_2018).status_code == 404


# --- the sum and its parts --------------------------------------------------------------------


def test_it_shows_the_sum_and_every_part_with_its_link_its_file_and_its_line(reader: Client) -> None:
    parts = quarters_of(indicator("calls"), [1001, 1002, 1003, 1004], status="provisional")
    held(Indicator.objects.get(), quarter(2019, 1), 5555)
    held(Indicator.objects.get(), quarter(2018, 1), 6666, area=district())

    response = reader.get(ADDRESS, OF_2018)
    page, shown = response.content.decode(), text_of(response)

    assert "It is added up from the 4 figures below. No figure for the whole of the period is held." in shown
    assert "Period 2018 (January 2018 to December 2018) Figure 4,010 (provisional, added up from 4 figures)" in shown
    assert "October to December 2018 1,004 (provisional) returns.csv, line 2" in shown
    assert re.findall(r'href="/observations/(\d+)/"', page) == [str(part.pk) for part in parts]
    assert "5,555" not in shown
    assert "6,666" not in shown


def test_without_an_area_it_is_about_the_one_the_indicator_is_reported_for(reader: Client) -> None:
    quarters_of(indicator("calls"), [1, 2, 3, 4])

    assert "Area Testshire" in text_of(reader.get(ADDRESS, {"from": "2018-01", "to": "2018-06"}))


def test_a_figure_published_for_the_whole_period_stands_beside_the_sum(reader: Client) -> None:
    calls = indicator("calls")
    quarters_of(calls, [1, 2, 3, 4])
    published = held(calls, year(2018), 11)

    shown = reader.get(ADDRESS, OF_2018)
    other = reader.get(f"/observations/{published.pk}/")

    assert "For the whole of the period 11 was published." in text_of(shown)
    assert f'href="/observations/{published.pk}/"' in shown.content.decode()
    assert "11 published · 10 added up from 4 figures" in text_of(other)
    assert 'href="/indicators/calls/figures/?area=E10000099&amp;from=2018-01&amp;to=2018-12"' in other.content.decode()


def test_a_figure_that_needs_no_adding_up_is_shown_on_its_own_page(reader: Client) -> None:
    published = held(indicator("calls"), year(2018), 11)

    assert reader.get(ADDRESS, OF_2018).headers["Location"] == f"/observations/{published.pk}/"


def test_it_is_the_sum_that_a_change_is_stated_against(reader: Client) -> None:
    calls = indicator("calls")
    quarters_of(calls, [1001, 1002, 1003, 1004])
    held(calls, year(2019), 4000)

    page = reader.get("/indicators/calls/").content.decode()
    address = re.search(r'href="(/indicators/calls/figures/[^"]+)"[^>]*>2018<', page)

    assert address
    assert "Figure 4,010 " in text_of(reader.get(address[1].replace("&amp;", "&")))


# --- earlier sums -----------------------------------------------------------------------------


def test_a_sum_that_never_changed_says_so(reader: Client) -> None:
    quarters_of(indicator("calls"), [1, 2, 3, 4])

    assert "Nothing else: none of its parts has changed this sum." in text_of(reader.get(ADDRESS, OF_2018))


def test_every_earlier_sum_stands_with_when_and_by_whom_it_changed(reader: Client) -> None:
    calls, of = indicator("calls"), extract()
    for number, day, by in ((1, 4, "Ann"), (2, 9, "Ben"), (3, 12, "Cam"), (4, 20, "Dot")):
        changed(number, day, by, of)
    for n in (1, 2, 3):
        held(calls, quarter(2018, n), n, since=1)
    held(calls, quarter(2018, 4), 4, since=2, until=3)
    held(calls, quarter(2018, 4), 14, since=3)
    held(calls, quarter(2019, 4), 4, since=4)

    shown = text_of(reader.get(ADDRESS, OF_2018))

    assert (
        "20 (added up from 4 figures) 12 March 2019, 12:30, by Cam As it stands now "
        "10 (added up from 4 figures) 9 March 2019, 12:30, by Ben 12 March 2019, 12:30, by Cam"
    ) in shown
    assert "Ann" not in shown
    assert "Dot" not in shown


def test_a_time_without_a_sum_is_said_to_have_had_none(reader: Client) -> None:
    calls = indicator("calls")
    for n in (1, 2, 3):
        held(calls, quarter(2018, n), n, since=1)
    held(calls, quarter(2018, 4), 4, since=1, until=2)
    held(calls, quarter(2018, 4), 4, since=3)

    shown = text_of(reader.get(ADDRESS, OF_2018))

    assert (
        "10 (added up from 4 figures) Not recorded As it stands now "
        "None: not all parts were held Not recorded Not recorded "
        "10 (added up from 4 figures) Not recorded Not recorded"
    ) in shown


def test_a_sum_of_many_revised_parts_takes_the_same_queries(reader: Client, django_assert_num_queries: Any) -> None:
    calls = indicator("calls", area=county())
    for n in range(1, 13):
        held(calls, month(2018, n), n, since=100)
    reader.get(ADDRESS, OF_2018)
    with django_assert_num_queries(20, exact=False) as few:
        reader.get(ADDRESS, OF_2018)
    for number in range(1, 40):
        changed(number, 4, "Ann", extract())
        held(calls, month(2018, 1), number, since=number, until=number + 1, extract=extract(f"{number}.csv"))
    assert DataChange.objects.count() == 39

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(ADDRESS, OF_2018)
