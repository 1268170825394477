"""Continuing as a demo account, which takes no password and exists in demo mode only."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import DESCRIPTIONS, Role

CONTINUE = "/accounts/continue-as/"
ANALYST = "analyst@demo.invalid"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def analyst(settings: Any) -> User:
    settings.DEMO = True
    return User.objects.create_user(ANALYST, name="Analyst", role=Role.ANALYST)


def signed_in_as(client: Client) -> str:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else ""


def test_outside_demo_mode_there_is_no_such_thing(client: Client, settings: Any) -> None:
    settings.DEMO = False

    answer = client.post(CONTINUE, {"continue_as": ANALYST})

    assert answer.status_code == 404
    assert signed_in_as(client) == ""
    assert "Continue as" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("machine", ["192.0.2.7", "2001:db8::7", ""])
def test_another_machine_gets_no_page_of_a_demonstration(client: Client, machine: str) -> None:
    page = client.get("/accounts/login/", REMOTE_ADDR=machine)
    answer = client.post(CONTINUE, {"continue_as": ANALYST}, REMOTE_ADDR=machine)

    assert page.status_code == answer.status_code == 403
    assert "Continue as" not in page.content.decode()
    assert signed_in_as(client) == ""


@pytest.mark.parametrize(
    "address", ["", "real@example.org", "nobody@demo.invalid", "real@example.org\0@demo.invalid", "analyst"]
)
def test_only_demo_accounts_are_open_to_everybody(client: Client, address: str) -> None:
    User.objects.create_user("real@example.org", name="Real person", role=Role.ADMINISTRATOR)

    answer = client.post(CONTINUE, {"continue_as": address})

    assert answer.status_code == 404
    assert signed_in_as(client) == ""


def test_a_demo_account_that_may_no_longer_sign_in_is_not_offered(client: Client, analyst: User) -> None:
    User.objects.update(is_active=False)

    assert client.post(CONTINUE, {"continue_as": ANALYST}).status_code == 404
    assert "Continue as analyst" not in client.get("/accounts/login/").content.decode()


def test_a_link_from_elsewhere_cannot_sign_anybody_in() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.get(CONTINUE, {"continue_as": ANALYST}).status_code == 405
    assert client.post(CONTINUE, {"continue_as": ANALYST}).status_code == 403
    assert signed_in_as(client) == ""


def test_the_sign_in_page_offers_each_account_and_says_what_the_person_does(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "Continue as analyst" in page
    assert f'value="{ANALYST}"' in page
    assert DESCRIPTIONS[Role.ANALYST] in page


def test_one_continues_as_the_account_one_chose(client: Client) -> None:
    answer = client.post(CONTINUE, {"continue_as": ANALYST})

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert signed_in_as(client) == ANALYST


def test_continuing_as_somebody_else_ends_the_first_session(client: Client) -> None:
    User.objects.create_user("admin@demo.invalid", name="Administrator", role=Role.ADMINISTRATOR)
    client.post(CONTINUE, {"continue_as": ANALYST})
    session = client.session
    session["of the analyst"] = "yes"
    session.save()

    client.post(CONTINUE, {"continue_as": "admin@demo.invalid"})

    assert signed_in_as(client) == "admin@demo.invalid"
    assert "of the analyst" not in client.session


def test_it_goes_on_to_the_page_that_was_asked_for(client: Client) -> None:
    page = client.get("/accounts/login/?next=/indicators/").content.decode()
    form = page.partition(f'action="{CONTINUE}"')[2].partition("</form>")[0]

    assert 'name="next"' in form
    assert 'value="/indicators/"' in form
    answer = client.post(CONTINUE, {"continue_as": ANALYST, "next": "/indicators/"})
    assert answer.headers["Location"] == "/indicators/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "", "\0"])
def test_it_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    answer = client.post(CONTINUE, {"continue_as": ANALYST, "next": elsewhere})

    assert answer.headers["Location"] == "/"
