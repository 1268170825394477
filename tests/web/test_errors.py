"""Pages for when something fails: in the look of the site, and never a bare error."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from accounts.guards import anyone
from accounts.roles import Role
from csa_dashboard.urls import urlpatterns as site
from tests.plan import someone

pytestmark = pytest.mark.django_db


@anyone()
def break_down(request: Any) -> None:
    raise RuntimeError("a fault of ours, with a secret in it")


urlpatterns = [*site, path("break-down/", break_down)]
handler400 = "accounts.views.bad_request"
handler500 = "accounts.views.server_error"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP, name="Governing member"))
    return client


def test_a_page_that_is_not_there_says_so_to_everybody(client: Client) -> None:
    answer = client.get("/nothing/here/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert "Sign out" not in answer.content.decode()


def test_people_who_signed_in_keep_their_navigation(reader: Client) -> None:
    page = reader.get("/nothing/here/").content.decode()

    assert "Page not found" in page
    assert "Sign out" in page


def test_a_page_for_other_roles_says_who_one_is(reader: Client) -> None:
    answer = reader.get("/people/")

    assert answer.status_code == 403
    assert "You are signed in as Governing member, governing group member." in answer.content.decode()


def test_a_form_from_an_old_page_is_refused_with_advice() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert answer.status_code == 403
    assert "The page was too old" in answer.content.decode()


def test_a_request_for_another_host_is_refused(client: Client) -> None:
    answer = client.get("/accounts/login/", HTTP_HOST="elsewhere.example.org")

    assert answer.status_code == 400
    assert "That request could not be read" in answer.content.decode()


def test_too_many_fields_are_refused(reader: Client) -> None:
    answer = reader.post("/accounts/logout/", {f"field-{n}": "x" for n in range(1001)})

    assert answer.status_code == 400
    assert "That request could not be read" in answer.content.decode()


class TestFault:
    @pytest.fixture(autouse=True)
    def _with_a_page_that_breaks(self) -> Iterator[None]:
        with override_settings(ROOT_URLCONF=__name__):
            yield

    def test_a_fault_of_ours_says_nothing_about_itself(self, client: Client) -> None:
        client.raise_request_exception = False

        answer = client.get("/break-down/")

        assert answer.status_code == 500
        assert "Something went wrong" in answer.content.decode()
        assert "secret" not in answer.content.decode()

    def test_its_reference_stands_in_the_log_beside_the_failure(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        client.raise_request_exception = False

        page = client.get("/break-down/").content.decode()

        reference = re.search(r"<strong>([0-9a-f]{8})</strong>", page)
        failure = next(record for record in caplog.records if record.name == "django.request")
        assert reference is not None
        assert failure.getMessage() == f"Internal Server Error {reference[1]}: /break-down/"
        assert failure.exc_info is not None

    def test_its_page_needs_nothing_that_may_have_failed(self, client: Client, django_assert_num_queries: Any) -> None:
        client.raise_request_exception = False

        with django_assert_num_queries(0):
            client.get("/break-down/")

    def test_its_style_is_where_the_page_looks_for_it(self, settings: Any) -> None:
        page = (settings.BASE_DIR / "templates" / "500.html").read_text()
        named = [part.split('"')[0] for part in page.split('href="/static/')[1:]]

        assert named != []
        assert [name for name in named if not Path(settings.BASE_DIR, "static", name).exists()] == []


class TestHealth:
    def test_anybody_may_ask_whether_the_site_is_well(self, client: Client) -> None:
        answer = client.get("/health/")

        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")

    def test_it_is_not_well_without_its_database(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def unreachable(*args: Any) -> None:
            raise DatabaseError("connection refused by 10.0.0.5")

        monkeypatch.setattr(connection, "cursor", unreachable)

        answer = client.get("/health/")

        assert answer.status_code == 503
        assert "10.0.0.5" not in answer.content.decode()

    def test_it_answers_over_plain_http(self, client: Client, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True

        assert Client().get("/health/").status_code == 200
        assert Client().get("/privacy/").status_code == 301


@pytest.mark.parametrize("page", ["/accessibility/", "/privacy/"])
def test_everybody_may_read_about_the_site(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200
