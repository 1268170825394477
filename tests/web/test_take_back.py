"""/data/uploads/<id>/take-back/: what taking a file back changes, then doing it."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.models import Extract, Indicator, Observation
from tests import held
from tests.extracts import AUTUMN, FIRST, HEADER, SECOND, everything, received, use
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def page_of(extract: Extract) -> str:
    return f"/data/uploads/{extract.pk}/"


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_take_a_file_back(client: Client, role: Role | None) -> None:
    at = page_of(use(FIRST, "first.csv"))
    if role:
        of = partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None
        client.force_login(someone(role, of))
    before = everything()

    answers = [client.get(f"{at}take-back/"), client.post(f"{at}take-back/")]

    assert [answer.status_code for answer in answers] == [403 if role else 302] * 2
    assert everything() == before


def test_those_who_may_only_see_are_not_offered_it(client: Client) -> None:
    client.force_login(someone(Role.COORDINATOR))

    assert "Take back" not in text_of(client.get(page_of(use(FIRST, "first.csv"))))


# --- what cannot be


def test_a_file_that_is_not_in_use_has_nothing_to_take_back(analyst: Client) -> None:
    at = page_of(received(FIRST, "first.csv"))
    before = everything()

    assert "Take back" not in text_of(analyst.get(at))
    assert "There is nothing to take back" in text_of(analyst.get(f"{at}take-back/"))
    assert analyst.post(f"{at}take-back/").status_code == 409
    assert everything() == before


def test_what_other_files_have_revised_since_is_listed_and_nothing_is_offered(analyst: Client) -> None:
    at = page_of(use(FIRST, "first.csv"))
    use(SECOND, "second.csv")
    before = everything()

    said = text_of(analyst.get(f"{at}take-back/"))
    refused = analyst.post(f"{at}take-back/")

    assert "second.csv : 1 figure" in said
    assert "Calls Testshire October to December 2018 712" in said
    assert "Leave it in use" not in said
    assert refused.status_code == 409
    assert "Take that back first" in text_of(refused)
    assert everything() == before


# --- what is done


def test_the_page_says_exactly_what_would_change_and_asking_changes_nothing(analyst: Client) -> None:
    use(FIRST, "first.csv")
    at = page_of(use(SECOND, "second.csv"))
    before = everything()

    assert f'href="{at}take-back/"' in analyst.get(at).content.decode()
    said = text_of(analyst.get(f"{at}take-back/"))

    assert "1 figure goes back to what it was before this file, and 1 is no longer held" in said
    assert "Calls Testshire October to December 2018 712 700" in said
    assert "Calls Testshire January to March 2019 1,200 (provisional) no longer held" in said
    assert everything() == before


def test_each_figure_leads_to_where_it_comes_from(analyst: Client) -> None:
    use(FIRST, "first.csv")
    at = page_of(use(SECOND, "second.csv"))

    page = analyst.get(f"{at}take-back/").content.decode()

    for value in (712, 700):
        figure = Observation.objects.get(value=value)
        assert f'href="/observations/{figure.pk}/" aria-label="Where does {value}, Calls, Testshire, ' in page


def test_on_confirmation_the_earlier_figures_stand_again(analyst: Client) -> None:
    use(FIRST, "first.csv")
    at = page_of(use(SECOND, "second.csv"))

    said = text_of(analyst.post(f"{at}take-back/", follow=True))

    assert "second.csv is taken back: 1 earlier figure stands again" in said
    assert "This file was taken back" in said
    assert "by Ana" in said
    assert Observation.objects.get(until=None).value == 700
    assert AuditEvent.objects.order_by("-number").values_list("kind", flat=True)[0] == "extract-taken-back"


def test_a_file_that_was_taken_back_can_be_used_again_from_its_page(analyst: Client) -> None:
    at = page_of(use(FIRST, "first.csv"))
    analyst.post(f"{at}take-back/")
    assert not Observation.objects.filter(until=None).exists()

    page = analyst.get(at).content.decode()
    found = re.search(r'name="checksum" value="(\w+)"', page)
    assert found
    assert "Do not use" not in page
    said = text_of(analyst.post(f"{at}use/", {"checksum": found[1]}, follow=True))

    assert "are in use: 1 new" in said
    assert "What this file changed" in said
    assert Observation.objects.get(until=None).value == 700


def test_figures_that_may_not_be_shown_are_not(analyst: Client, calls: Indicator) -> None:
    Indicator.objects.filter(pk=calls.pk).update(sensitivity=Indicator.Sensitivity.STANDARD)
    held.district()
    at = page_of(use(HEADER + AUTUMN.format(77777).replace("E10000099", "E07000099"), "first.csv"))

    said = text_of(analyst.get(f"{at}take-back/"))

    assert "Testford October to December 2018 not shown below county" in said
    assert "77,777" not in said
