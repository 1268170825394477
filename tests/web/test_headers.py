"""What every answer tells the browser: what it may load, keep and embed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.plan import someone

pytestmark = pytest.mark.django_db

MORNING = datetime(2019, 4, 1, 9, 0, tzinfo=UTC)
PAGE = "/whos-who/"


@pytest.fixture
def governing() -> User:
    return someone(Role.GOVERNING_GROUP)


@pytest.fixture
def signed_in(client: Client, governing: User) -> Client:
    client.force_login(governing)
    return client


def policy(answer: Any) -> dict[str, str]:
    """The Content-Security-Policy, by directive."""
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 200),
        ("/accessibility/", 200),
        ("/health/", 200),
        ("/", 302),
        ("/static/css/no-such-file.css", 404),
        ("/no-such-page/", 404),
        ("/accounts/continue-as/", 405),
        ("/accounts/login", 301),
    ],
)
def test_every_answer_has_them_whatever_it_is(client: Client, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert policy(answer)["default-src"] == "'none'"


def test_a_failure_of_ours_has_them_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.views.connection.cursor", lambda: 1 / 0)
    client.raise_request_exception = False

    answer = client.get("/health/")

    assert answer.status_code == 500
    assert "no-store" in answer.headers["Cache-Control"]
    assert policy(answer)["default-src"] == "'none'"


def test_no_page_may_run_or_style_anything_from_within_itself(signed_in: Client) -> None:
    directives = policy(signed_in.get(PAGE))

    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert "unsafe" not in str(directives)
    assert [directives[name] for name in ("frame-ancestors", "base-uri", "object-src")] == ["'none'"] * 3
    assert directives["form-action"] == "'self'"


def test_pages_of_signed_in_people_are_kept_nowhere(signed_in: Client) -> None:
    answer = signed_in.get(PAGE)

    assert answer.status_code == 200
    assert set(answer.headers["Cache-Control"].split(", ")) >= {"no-store", "private"}


def test_the_cookie_of_a_session_is_not_for_scripts_and_goes_with_the_browser(signed_in: Client) -> None:
    cookie = signed_in.get(PAGE).cookies["csa_session"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


class TestSession:
    def test_signing_out_has_the_browser_forget(self, signed_in: Client) -> None:
        assert "Clear-Site-Data" not in signed_in.get(PAGE).headers

        answer = signed_in.post("/accounts/logout/")

        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert signed_in.get(PAGE).status_code == 302

    def test_the_cookie_of_a_session_that_was_ended_opens_nothing(self, signed_in: Client) -> None:
        kept = signed_in.cookies["csa_session"].value
        signed_in.post("/accounts/logout/")

        signed_in.cookies["csa_session"] = kept

        assert signed_in.get(PAGE).status_code == 302

    def test_half_an_hour_without_a_request_ends_it(self, client: Client, governing: User) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            client.force_login(governing)
            clock.shift(timedelta(minutes=29))
            assert client.get(PAGE).status_code == 200

            clock.shift(timedelta(minutes=29))
            assert client.get(PAGE).status_code == 200

            clock.shift(timedelta(minutes=31))
            assert client.get(PAGE).status_code == 302

    def test_eight_hours_end_it_however_busy_one_was(self, client: Client, governing: User) -> None:
        with time_machine.travel(MORNING, tick=False) as clock:
            client.force_login(governing)
            for _ in range(20):
                assert client.get(PAGE).status_code == 200
                clock.shift(timedelta(minutes=25))

            answer = client.get(PAGE)

        assert answer.url == f"/accounts/login/?next={PAGE}"
        assert answer.headers["Clear-Site-Data"] == '"cache"', "what was typed is there for whoever signs in again"
