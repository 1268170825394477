"""Signing in, signing out, and passwords."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.plan import someone

PASSWORD = "a-long-enough-password"
NEW_PASSWORD = "another-long-password"
LOGIN = "/accounts/login/"
NOT_RIGHT = "The email address or the password is not right."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


@pytest.fixture
def governing() -> User:
    user = someone(Role.GOVERNING_GROUP, name="Governing member")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "path",
    ["/accounts/signup/", "/accounts/email/", "/accounts/inactive/", "/accounts/confirm-email/", "/accounts/"],
)
def test_nobody_signs_up_or_manages_addresses(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_right_password_signs_in_and_leads_to_the_overview(client: Client, governing: User) -> None:
    answer = sign_in(client, governing.email)

    assert answer.status_code == 302
    assert answer.url == "/"
    assert signed_in(client)


def test_an_address_may_be_written_in_capitals(client: Client, governing: User) -> None:
    sign_in(client, governing.email.upper())

    assert signed_in(client)


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client, governing: User) -> None:
    answer = client.post(LOGIN, {"login": governing.email, "password": PASSWORD, "next": "/actions/"})

    assert answer.url == "/actions/"


def test_signing_in_never_leads_to_another_site(client: Client, governing: User) -> None:
    answer = client.post(
        LOGIN, {"login": governing.email, "password": PASSWORD, "next": "https://elsewhere.example.org/"}
    )

    assert answer.url == "/"


def test_a_wrong_password_an_unknown_address_and_a_closed_account_get_the_same_answer(
    client: Client, governing: User
) -> None:
    closed = someone(Role.ANALYST, name="Closed account")
    closed.set_password(PASSWORD)
    closed.is_active = False
    closed.save()

    answers = [
        sign_in(client, governing.email, "not-the-password"),
        sign_in(client, "nobody@example.invalid"),
        sign_in(client, closed.email),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [NOT_RIGHT in answer.content.decode() for answer in answers] == [True, True, True]
    assert not signed_in(client)


@pytest.mark.parametrize("login", ["", "not-an-address", "a\x00b@example.org", "x" * 5000 + "@example.org"])
def test_nonsense_in_place_of_an_address_is_refused_politely(client: Client, login: str) -> None:
    answer = sign_in(client, login)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_signing_in_begins_a_new_session(client: Client, governing: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["something"] = "from before"
    session.save()
    before = session.session_key

    sign_in(client, governing.email)

    assert client.session.session_key != before


def test_signing_out_takes_a_post(client: Client, governing: User) -> None:
    client.force_login(governing)

    asked = client.get("/accounts/logout/")

    assert asked.status_code == 200
    assert "Stay signed in" in asked.content.decode()
    assert signed_in(client)

    client.post("/accounts/logout/")

    assert not signed_in(client)


def test_somebody_signed_in_confirms_with_their_own_password(client: Client, governing: User) -> None:
    client.force_login(governing)

    wrong = client.post("/accounts/reauthenticate/", {"password": "not-the-password"})
    right = client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert "This is not your password." in wrong.content.decode()
    assert right.status_code == 302


class TestLock:
    """Five failures lock one address from one place for a while, and nobody else."""

    def fail(self, client: Client, email: str, times: int = 5, **headers: Any) -> Any:
        return [sign_in(client, email, "not-the-password", **headers) for _ in range(times)][-1]

    def test_after_five_failures_even_the_right_password_is_refused(self, client: Client, governing: User) -> None:
        last = self.fail(client, governing.email)

        answer = sign_in(client, governing.email)

        assert last.status_code == 429
        assert answer.status_code == 429
        assert "Too many attempts" in answer.content.decode()
        assert not signed_in(client)

    def test_writing_the_address_otherwise_does_not_help(self, client: Client, governing: User) -> None:
        for written in (governing.email.upper(), f" {governing.email}", governing.email.title(), governing.email):
            last = self.fail(client, written, times=2)

        assert last.status_code == 429

    def test_an_unknown_address_is_locked_too(self, client: Client) -> None:
        assert self.fail(client, "nobody@example.invalid").status_code == 429

    def test_a_colleague_at_the_same_address_is_not_locked_out(self, client: Client, governing: User) -> None:
        self.fail(client, "colleague@example.invalid", times=8)

        sign_in(client, governing.email)

        assert signed_in(client)

    @pytest.mark.slow
    def test_whoever_tries_many_people_from_one_place_is_slowed_down(self, client: Client) -> None:
        answers = [sign_in(client, f"person-{n}@example.invalid").status_code for n in range(121)]

        assert answers == [200] * 120 + [429]

    def test_the_person_is_not_locked_out_from_elsewhere(self, client: Client, governing: User) -> None:
        self.fail(client, governing.email, REMOTE_ADDR="192.0.2.1")

        sign_in(client, governing.email, REMOTE_ADDR="192.0.2.2")

        assert signed_in(client)

    def test_behind_our_proxy_the_address_is_the_one_the_proxy_saw(
        self, client: Client, governing: User, settings: Any
    ) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        self.fail(client, governing.email, HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.1")

        sign_in(client, governing.email, HTTP_X_FORWARDED_FOR="192.0.2.1, 192.0.2.2")

        assert signed_in(client)


class TestForgottenPassword:
    def ask(self, client: Client, email: str) -> Any:
        return client.post(reverse("account_reset_password"), {"email": email}, follow=True)

    def link(self) -> str:
        found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
        assert found is not None
        return found[1]

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, client: Client, governing: User) -> None:
        unknown = self.ask(client, "nobody@example.invalid")
        assert mail.outbox == []

        known = self.ask(client, governing.email)

        assert [message.to for message in mail.outbox] == [[governing.email]]
        assert known.redirect_chain == unknown.redirect_chain
        assert known.content == unknown.content

    def test_a_closed_account_gets_no_mail(self, client: Client, governing: User) -> None:
        User.objects.update(is_active=False)

        self.ask(client, governing.email)

        assert mail.outbox == []

    def test_the_link_in_the_mail_sets_a_new_password_once(self, client: Client, governing: User) -> None:
        self.ask(client, governing.email)
        form = client.get(self.link(), follow=True)
        address = form.request["PATH_INFO"]

        done = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)

        assert "Your password is changed" in done.content.decode()
        governing.refresh_from_db()
        assert governing.check_password(NEW_PASSWORD)
        assert "This link no longer works" in Client().get(self.link(), follow=True).content.decode()

    @pytest.mark.parametrize("key", ["1-nonsense", "zzzzzzzzzzzzz-c0ffee", "0-x", "1-é"])
    def test_a_made_up_link_is_refused(self, client: Client, key: str) -> None:
        answer = client.get(f"/accounts/password/reset/key/{key}/")

        assert answer.status_code == 200
        assert "This link no longer works" in answer.content.decode()


class TestChangePassword:
    def change(self, client: Client, old: str, new: str) -> Any:
        said = {"oldpassword": old, "password1": new, "password2": new}
        return client.post("/accounts/password/change/", said, follow=True)

    def test_it_takes_the_present_password(self, client: Client, governing: User) -> None:
        client.force_login(governing)

        answer = self.change(client, "not-the-password", NEW_PASSWORD)

        assert "This is not your current password." in answer.content.decode()
        governing.refresh_from_db()
        assert governing.check_password(PASSWORD)

    @pytest.mark.parametrize("weak", ["short", "password1234", "governing-member"])
    def test_a_weak_password_is_refused(self, client: Client, governing: User, weak: str) -> None:
        client.force_login(governing)

        answer = self.change(client, PASSWORD, weak)

        assert "There is a problem" in answer.content.decode()
        governing.refresh_from_db()
        assert governing.check_password(PASSWORD)

    def test_it_ends_every_session_and_says_so(self, client: Client, governing: User) -> None:
        elsewhere = Client()
        elsewhere.force_login(governing)
        client.force_login(governing)

        answer = self.change(client, PASSWORD, NEW_PASSWORD)

        assert "Your password is changed. Sign in with the new one." in answer.content.decode()
        assert elsewhere.get("/actions/").status_code == 302
        assert client.get("/actions/").status_code == 302

    def test_somebody_without_a_password_is_sent_to_choose_one_by_mail(self, client: Client) -> None:
        client.force_login(someone(Role.ANALYST))

        answer = client.get("/accounts/password/change/", follow=True)

        assert answer.redirect_chain[-1] == ("/accounts/password/reset/", 302)
        assert answer.status_code == 200
