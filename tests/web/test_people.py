"""People: who has an account, what they may do, and how that ends."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import AuditEvent, Partner, User
from accounts.roles import Role
from accounts.services import save_person
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture
def police() -> Partner:
    return partner("test-police", "Test Police", Partner.Kind.POLICE)


@pytest.fixture
def administrator() -> User:
    return someone(Role.ADMINISTRATOR, name="Administrator")


@pytest.fixture
def browser(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def said(person: User | None = None, **changed: Any) -> dict[str, Any]:
    """What the form sends for a person, with changes; a box that is not ticked is not sent."""
    values = {"name": "New analyst", "email": "new@example.invalid", "role": Role.ANALYST, "is_active": "on"}
    if person is not None:
        values = {"name": person.name, "email": person.email, "role": person.role, "is_active": "on"}
        values |= {"partner": str(person.partner_id)} if person.partner_id else {}
    return {name: value for name, value in (values | changed).items() if value is not None}


def edit(browser: Client, person: User, **changed: Any) -> Any:
    return browser.post(f"/people/{person.pk}/", said(person, **changed), follow=True)


@pytest.mark.parametrize("role", OTHERS)
def test_only_administrators_see_or_change_people(client: Client, police: Partner, role: Role) -> None:
    client.force_login(someone(role, police))

    answers = [client.get("/people/"), client.get("/people/add/"), client.post("/people/add/", said())]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not User.objects.filter(email="new@example.invalid").exists()


def test_the_list_shows_everybody_with_what_they_may_do(browser: Client, police: Partner) -> None:
    someone(Role.WORKING_GROUP, police, name="Police member")

    page = browser.get("/people/").content.decode()

    assert "Police member" in page
    assert "Working group member" in page
    assert "Test Police" in page


def test_a_new_person_chooses_a_password_by_mail(browser: Client) -> None:
    browser.post("/people/add/", said(email="New@Example.invalid"))

    new = User.objects.get(email="new@example.invalid")
    assert not new.has_usable_password()

    Client().post("/accounts/password/reset/", {"email": new.email})

    assert [message.to for message in mail.outbox] == [[new.email]]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "Enter a name."),
        ({"email": ""}, "Enter an email address."),
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"email": "administrator@example.invalid"}, "Somebody else has this email address."),
        ({"email": "ADMINISTRATOR@example.invalid"}, "Somebody else has this email address."),
        ({"role": ""}, "Choose a role."),
        ({"role": "king"}, "Select a valid choice."),
        ({"role": Role.WORKING_GROUP}, "A working group member acts for a partner: choose one."),
        ({"partner": "999999"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(browser: Client, wrong: dict[str, str], message: str) -> None:
    answer = browser.post("/people/add/", said(**wrong))

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert User.objects.count() == 1
    assert not AuditEvent.objects.exists()


def test_every_change_leaves_one_event(browser: Client) -> None:
    browser.post("/people/add/", said())
    new = User.objects.get(email="new@example.invalid")
    edit(browser, new, role=Role.COORDINATOR)
    edit(browser, new, role=Role.COORDINATOR)

    assert [event.sentence for event in AuditEvent.objects.order_by("number")] == [
        "Administrator added the account of New analyst.",
        "Administrator changed the account of New analyst.",
    ]


@pytest.mark.parametrize(
    "change",
    [{"is_active": None}, {"role": Role.GOVERNING_GROUP}, {"email": "other@example.invalid"}],
    ids=["may no longer sign in", "has another role", "has another address"],
)
def test_sessions_of_a_person_end_at_once(browser: Client, change: dict[str, Any]) -> None:
    analyst, coordinator = someone(Role.ANALYST), someone(Role.COORDINATOR)
    open_session, unconcerned = Client(), Client()
    open_session.force_login(analyst)
    unconcerned.force_login(coordinator)

    edit(browser, analyst, **change)

    assert open_session.get("/whos-who/").status_code == 302
    assert unconcerned.get("/whos-who/").status_code == 200


def test_another_name_ends_no_session(browser: Client) -> None:
    analyst, open_session = someone(Role.ANALYST), Client()
    open_session.force_login(analyst)

    edit(browser, analyst, name="Another name")

    assert open_session.get("/whos-who/").status_code == 200


def test_a_link_for_a_new_password_goes_to_the_new_address_only(browser: Client) -> None:
    analyst = someone(Role.ANALYST, name="Old")
    EmailAddress.objects.create(user=analyst, email="old@example.invalid", primary=True, verified=True)
    edit(browser, analyst, email="changed@example.invalid")

    Client().post("/accounts/password/reset/", {"email": "old@example.invalid"})
    assert mail.outbox == []

    Client().post("/accounts/password/reset/", {"email": "changed@example.invalid"})
    assert [message.to for message in mail.outbox] == [["changed@example.invalid"]]


@pytest.mark.parametrize("change", [{"is_active": None}, {"role": Role.ANALYST}])
def test_the_last_administrator_stays(browser: Client, administrator: User, change: dict[str, Any]) -> None:
    closed = someone(Role.ADMINISTRATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    answer = edit(browser, administrator, **change)

    assert "This is the last administrator who may sign in." in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_staff
    assert not AuditEvent.objects.exists()


def test_an_administrator_may_step_down_where_there_is_another(browser: Client, administrator: User) -> None:
    someone(Role.ADMINISTRATOR)

    answer = edit(browser, administrator, role=Role.ANALYST)

    administrator.refresh_from_db()
    assert administrator.role == Role.ANALYST
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/people/"


def test_an_unknown_person_is_not_found(browser: Client) -> None:
    assert browser.get("/people/999999/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_people(
    browser: Client, police: Partner, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        someone(Role.WORKING_GROUP, police)
    browser.get("/people/")
    with django_assert_num_queries(7):
        browser.get("/people/")

    for _ in range(40):
        someone(Role.WORKING_GROUP, police)

    with django_assert_num_queries(7):
        browser.get("/people/")


def test_a_person_that_did_not_change_leaves_no_event(administrator: User) -> None:
    assert save_person(actor=administrator, person=administrator) is False
    assert not AuditEvent.objects.exists()
