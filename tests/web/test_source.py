"""/sources/<slug>/: one publication of a source, and the quotations that lead to it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import Area, Indicator, SourceEdition, StatedChange
from tests.held import district, edition, held, indicator
from tests.plan import someone
from tests.series import month, year
from tests.web.test_observation import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/sources/returns-2019/"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def state(of: Indicator, area: Area | None = None, **said: Any) -> StatedChange:
    fields = {"percent": Decimal("17.1"), "edition": edition(), **said}
    return StatedChange.objects.create(
        indicator=of,
        area=area or of.area,
        period_start=date(2018, 1, 1),
        period_end=date(2018, 12, 31),
        against_start=date(2017, 1, 1),
        against_end=date(2017, 12, 31),
        **fields,
    )


# --- who may not ------------------------------------------------------------------------------


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    edition()

    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("slug", ["nonsense", "returns-2018"])
def test_a_publication_that_nobody_knows_is_not_found(reader: Client, slug: str) -> None:
    edition()

    assert reader.get(f"/sources/{slug}/").status_code == 404


def test_nothing_is_said_of_what_may_not_be_shown(reader: Client) -> None:
    calls, area = indicator("calls", sensitivity="standard"), district()
    held(calls, year(2018), 4321, area=area)
    state(calls, area)

    shown = text_of(reader.get(ADDRESS))

    assert "Calls" not in shown
    assert "17.1" not in shown
    assert "Figures read in it None that is shown here." in shown


# --- what it shows ----------------------------------------------------------------------------


def test_it_says_who_published_what_and_when(reader: Client) -> None:
    SourceEdition.objects.filter(pk=edition().pk).update(
        published=date(2019, 3, 20),
        period_start=date(2018, 1, 5),
        period_end=date(2018, 12, 31),
        url="https://example.org/returns",
        note="Revised in May.",
    )

    response = reader.get(ADDRESS)

    assert (
        "Published by Test Police Part of Returns (management information) Published 20 March 2019 "
        "Covers 5 January 2018 to 31 December 2018 Licence With permission Note Revised in May. Address Open the source"
    ) in text_of(response)
    assert 'href="https://example.org/returns"' in response.content.decode()


def test_what_is_not_known_of_it_is_said_to_be_so(reader: Client) -> None:
    edition()

    shown = text_of(reader.get(ADDRESS))

    assert "Published Not stated Licence" in shown
    assert "Note" not in shown


def test_it_lists_the_indicators_that_hold_figures_from_it(reader: Client) -> None:
    calls, visits = indicator("calls"), indicator("visits")
    held(calls, month(2018, 11), 1)
    held(calls, month(2018, 12), 2)
    held(visits, year(2018), 3)
    held(visits, year(2018), 4, area=district())
    held(visits, year(2017), 5, edition=None)
    held(visits, year(2016), 5, until=2)

    response = reader.get(ADDRESS)

    assert ("Calls 2 November 2018 to December 2018 Visits 2, of 2 areas January 2018 to December 2018") in text_of(
        response
    )
    assert 'href="/indicators/calls/?area=E10000099#held"' in response.content.decode()
    assert 'href="/indicators/visits/#held"' in response.content.decode()


def test_it_quotes_the_changes_it_states(reader: Client) -> None:
    state(indicator("calls"))
    state(indicator("visits"), percent=None, words="Similar to the year before")

    shown = text_of(reader.get(ADDRESS))

    assert "Calls, Testshire : +17.1% on 2017 Visits, Testshire : Similar to the year before" in shown


# --- what leads to it -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/indicators/calls/", "/areas/E10000099/"])
def test_a_quoted_change_leads_to_what_states_it(reader: Client, address: str) -> None:
    state(indicator("calls"))

    response = reader.get(address)

    assert "+17.1% on 2017, as stated by Test Police, Returns 2019" in text_of(response)
    assert f'href="{ADDRESS}"' in response.content.decode()


def test_a_figure_leads_to_what_it_was_read_in(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10)

    for address in (f"/observations/{figure.pk}/", "/indicators/calls/"):
        assert f'href="{ADDRESS}"' in reader.get(address).content.decode()


def test_many_figures_take_as_many_queries_as_few(reader: Client, django_assert_num_queries: Any) -> None:
    state(indicator("calls"))
    held(indicator("visits"), year(2018), 1)
    reader.get(ADDRESS)
    with django_assert_num_queries(20, exact=False) as few:
        reader.get(ADDRESS)
    for number in range(20):
        of = indicator(f"more-{number}")
        state(of)
        held(of, year(2018), number)

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(ADDRESS)
