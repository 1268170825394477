"""/data/currency/: how current the figures of each indicator are."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Permission, Role
from indicators.models import Area
from tests import held
from tests.plan import partner, someone
from tests.series import month, quarter, year

pytestmark = pytest.mark.django_db

PATH = "/data/currency/"


@pytest.fixture(autouse=True)
def _december_2019(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2019, 12, 31, 12, tzinfo=UTC))


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def row_of(response: Any, name: str) -> str:
    """The heading that an indicator stands under, and the cells of its row, by a bar between."""
    groups = re.split(r'<h2 class="govuk-heading-m">', response.content.decode())
    group = next(group for group in groups if f">{name}</a>" in group)
    row = next(row for row in group.split("<tr") if f">{name}</a>" in row)
    cells = [group.partition(":")[0], *re.split(r"<t[hd] ", row.partition("</tr>")[0])[1:]]
    return " | ".join(
        re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", f"<td {c}" if "=" in c else c))).strip()
        for c in cells
    )


# --- who may not


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.GOVERNING_GROUP])
def test_those_who_may_not_see_data_do_not_see_it(client: Client, role: Role) -> None:
    client.force_login(someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None))

    assert client.get(PATH).status_code == 403


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(PATH).status_code == 302


def test_it_is_only_looked_at(analyst: Client) -> None:
    assert analyst.post(PATH).status_code == 405


# --- what it says


def test_an_overdue_indicator_says_what_is_held_and_what_was_expected_when(analyst: Client) -> None:
    held.held(held.indicator("calls"), quarter(2018, 4), 700)

    response = analyst.get(PATH)

    assert row_of(response, "Calls") == (
        "Overdue | Calls Testshire · Each quarter · Test Police | October to December 2018 | "
        "January to March 2019 by 30 June 2019"
    )
    assert "1 of 1 indicator is overdue." in text_of(response)


def test_what_is_not_due_yet_is_up_to_date(analyst: Client) -> None:
    held.held(held.indicator("calls"), quarter(2019, 3), 700)

    response = analyst.get(PATH)

    assert row_of(response, "Calls").startswith("Up to date | Calls")
    assert "Of 1 indicator none is overdue." in text_of(response)


def test_what_comes_from_time_to_time_is_never_overdue(analyst: Client) -> None:
    held.held(held.indicator("calls", frequency="irregular"), year(2001), 7)

    said = row_of(analyst.get(PATH), "Calls")
    assert said.startswith("From time to time | Calls")
    assert said.endswith("| 2001")


def test_what_has_been_late_for_two_years_is_not_called_overdue(analyst: Client) -> None:
    held.held(held.indicator("calls", frequency="month"), month(2015, 1), 7)

    response = analyst.get(PATH)

    assert row_of(response, "Calls").startswith("Perhaps no longer reported | Calls")
    assert "none is overdue; 1 is late by more than two years" in text_of(response)
    assert "Overdue: 1" not in text_of(response)


def test_an_indicator_without_figures_says_so(analyst: Client) -> None:
    held.indicator("calls")

    assert row_of(analyst.get(PATH), "Calls") == "Nothing held yet | Calls Testshire · Each quarter · Test Police"


def test_the_area_an_indicator_is_reported_for_counts_where_it_has_figures(analyst: Client) -> None:
    calls, elsewhere = held.indicator("calls"), held.indicator("visits")
    district = held.district()
    held.held(calls, quarter(2018, 4), 7)
    held.held(calls, quarter(2019, 3), 7, area=district)
    held.held(elsewhere, quarter(2019, 3), 7, area=district)

    response = analyst.get(PATH)

    assert "| October to December 2018 |" in row_of(response, "Calls")
    assert "| July to September 2019 |" in row_of(response, "Visits")


def test_figures_that_gave_way_to_others_do_not_count(analyst: Client) -> None:
    held.held(held.indicator("calls"), quarter(2019, 3), 7, until=2)

    assert row_of(analyst.get(PATH), "Calls").startswith("Nothing held yet")


def test_provisional_figures_past_their_date_are_named_and_linked(analyst: Client) -> None:
    calls = held.indicator("calls", frequency="year", months_until_final=5)
    held.held(calls, year(2018), 7, status="provisional")

    response = analyst.get(PATH)

    assert "2018, final by 31 May 2019" in row_of(response, "Calls")
    assert 'href="/indicators/calls/#held">2018, final by' in response.content.decode()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"months_until_final": 0}, "provisional"),
        ({"months_until_final": 13}, "provisional"),
        ({"final_expected": date(2020, 5, 31), "months_until_final": 5}, "provisional"),
        ({"months_until_final": 5}, "final"),
    ],
)
def test_provisional_figures_whose_date_is_not_known_or_not_past_are_not(
    analyst: Client, said: dict[str, Any], status: str
) -> None:
    held.held(held.indicator("calls", frequency="year", **said), year(2018), 7, status=status)

    assert "final by" not in text_of(analyst.get(PATH))


# --- filter, order, safety


@pytest.fixture
def several() -> None:
    held.held(held.indicator("late"), quarter(2018, 4), 7)
    held.held(held.indicator("rare", frequency="irregular"), year(2001), 7)
    held.held(held.indicator("early", months_until_final=1), quarter(2019, 3), 7, status="provisional")


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Late", "Early", "Rare"]),
        ("show=overdue", ["Late"]),
        ("show=irregular", ["Rare"]),
        ("show=provisional", ["Early"]),
        ("show=silent", []),
        ("show=nonsense", ["Late", "Early", "Rare"]),
        ("sort=nonsense", ["Late", "Early", "Rare"]),
    ],
)
def test_it_can_be_narrowed(analyst: Client, asked: str, shown: list[str]) -> None:
    page = analyst.get(f"{PATH}?{asked}").content.decode()

    assert re.findall(r'href="/indicators/[\w-]+/">(\w+)</a>', page) == shown


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["First", "Second", "Third"]),
        ("sort=-name", ["Third", "Second", "First"]),
        ("sort=latest", ["Third", "First", "Second"]),
        ("sort=-next", ["Second", "First", "Third"]),
    ],
)
def test_those_that_stand_alike_can_be_sorted(analyst: Client, asked: str, shown: list[str]) -> None:
    for name, number in (("second", 4), ("third", 1), ("first", 3)):
        held.held(held.indicator(name), quarter(2018, number), 7)

    page = analyst.get(f"{PATH}?{asked}").content.decode()

    assert re.findall(r'href="/indicators/[\w-]+/">(\w+)</a>', page) == shown


@pytest.mark.usefixtures("several")
def test_every_choice_says_how_many_there_are(analyst: Client) -> None:
    said = text_of(analyst.get(PATH))

    assert "All (3) Overdue (1) Perhaps no longer reported (0) Nothing held yet (0) Up to date (1)" in said
    assert "From time to time (1) Provisional past its date (1)" in said


def test_names_are_never_taken_for_markup(analyst: Client) -> None:
    held.indicator("calls", name="<script>alert(1)</script>")
    Area.objects.update(name="<b>Testshire</b>")

    page = analyst.get(PATH).content.decode()

    assert "<script>alert" not in page
    assert "<b>Testshire" not in page


@pytest.mark.parametrize("indicators", [2, 40])
def test_it_takes_the_same_queries_for_2_and_40_indicators(
    analyst: Client, django_assert_max_num_queries: Any, indicators: int
) -> None:
    for n in range(indicators):
        held.held(held.indicator(f"i{n}", months_until_final=1), quarter(2018, 4), 7, status="provisional")

    with django_assert_max_num_queries(8):
        analyst.get(PATH)


def test_exactly_those_who_may_see_data_see_it(client: Client) -> None:
    for role in (Role.ANALYST, Role.COORDINATOR, Role.ADMINISTRATOR):
        person = someone(role)
        client.force_login(person)
        assert person.may(Permission.READ_DATA)
        assert client.get(PATH).status_code == 200
