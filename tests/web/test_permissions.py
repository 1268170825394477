"""Who may reach what: every address of the site, for everyone, by every method."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.guards import ANYONE
from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from tests.addresses import ADDRESSES, Address, World, draw_world, path_to
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OPEN_TO_ALL = {
    "accessibility",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "continue_as",
    "health",
    "link_draft",
    "link_file",
    "link_files",
    "link_form",
    "link_remarks",
    "link_sheet",
    "link_sheet_file",
    "meeting_figure",
    "meeting_figure_csv",
    "meeting_figure_json",
    "meeting_introduction",
    "meeting_overview",
    "meeting_priority",
    "privacy",
    "public_figure",
    "public_figure_csv",
    "public_figure_json",
    "public_introduction",
    "public_overview",
    "public_priority",
}
# Whose permission is not enough: the action must be theirs as well (actions.rules), and that page says why not.
REFUSED_BY_THE_ACTION = {
    ("action_files", "member of another partner"),
    ("action_remarks", "member of another partner"),
    ("action_update", "member of another partner"),
}


@pytest.fixture
def world() -> World:
    return draw_world()


def cast(world: World) -> dict[str, User]:
    """Everyone who signs in, by what they are."""
    people = {role.label: someone(role, world.plan.police, name=role.label) for role in Role}
    people["member of another partner"] = someone(Role.WORKING_GROUP, partner("health", "Health"), name="Elsewhere")
    for person in people.values():
        person.set_password("a-long-enough-password")
        person.save()
    return people


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def answers(address: Address, world: World, client: Client) -> Iterator[tuple[str, Any]]:
    """What each method is answered."""
    path = path_to(address, world)
    for method in METHODS:
        yield method, client.generic(method, path)


def is_sent_to_sign_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next="))


def surprise(address: Address, who: str, user: User, method: str, status: int) -> str:
    """What is wrong with an answer to somebody signed in; '' where it is as declared."""
    may = address.rule == ANYONE or (address.rule is not None and user.may(address.rule))  # type: ignore[arg-type]
    if not may:
        right = status == 403
    elif address.methods is None:
        right = status < 500
    elif method not in address.methods:
        right = status == 405
    elif (address.name, who) in REFUSED_BY_THE_ACTION:
        right = status in (403, 404)
    else:
        right = status < 500 and status not in (403, 405)
    return "" if right else f"{who}, {method} {address.name}: {status}"


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_every_address_declares_who_may_use_it(address: Address) -> None:
    assert address.rule == ANYONE or address.rule in Permission.values


def test_only_these_are_open_to_all() -> None:
    assert {address.name for address in ADDRESSES if address.rule == ANYONE} == OPEN_TO_ALL


def test_people_who_are_not_signed_in_reach_nothing_else(world: World) -> None:
    client = Client(raise_request_exception=False)
    guarded = [address for address in ADDRESSES if address.rule != ANYONE]

    let_in = [
        f"{method} {address.name}: {answer.status_code}"
        for address in guarded
        for method, answer in answers(address, world, client)
        if not is_sent_to_sign_in(answer)
    ]

    assert guarded
    assert let_in == []


def test_what_is_open_to_all_answers_without_signing_in(world: World) -> None:
    client = Client(raise_request_exception=False)

    refused = [
        f"{method} {address.name}: {answer.status_code}"
        for address in ADDRESSES
        if address.rule == ANYONE and address.methods is not None
        for method, answer in answers(address, world, client)
        if (answer.status_code == 405) != (method not in address.methods)
        or answer.status_code in (302, 403)
        or answer.status_code >= 500
    ]

    assert refused == []


def test_an_account_that_was_closed_is_a_stranger_at_the_next_request(world: World) -> None:
    person = someone(Role.ADMINISTRATOR)
    client = signed_in(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    let_in = [
        f"{method} {address.name}: {answer.status_code}"
        for address in ADDRESSES
        if address.rule != ANYONE
        for method, answer in answers(address, world, client)
        if not is_sent_to_sign_in(answer)
    ]

    assert let_in == []


@pytest.mark.slow
@pytest.mark.parametrize("who", [*(role.label for role in Role), "member of another partner"])
def test_a_role_reaches_exactly_what_its_permissions_allow(world: World, who: str) -> None:
    user = cast(world)[who]
    surprises, client = [], signed_in(user)

    for address in ADDRESSES:
        for method, answer in answers(address, world, client):
            surprises.append(surprise(address, who, user, method, answer.status_code))
            if "Clear-Site-Data" in answer.headers:
                client.force_login(user)

    assert len(surprises) >= len(METHODS) * len(PERMISSIONS)
    assert [each for each in surprises if each] == []


@pytest.mark.parametrize("path", ["/admin/nothing/", "/admin/accounts/", "/admin/accounts/partner/1/"])
def test_the_administration_reveals_nothing_to_others(world: World, path: str) -> None:
    for person in cast(world).values():
        expected = {403} if not person.may(Permission.ADMINISTER) else {200, 302, 404}
        assert signed_in(person).get(path).status_code in expected


def test_a_changed_role_counts_at_the_next_request(world: World) -> None:
    person = someone(Role.ADMINISTRATOR)
    client = signed_in(person)
    assert client.get("/people/").status_code == 200

    User.objects.filter(pk=person.pk).update(role=Role.GOVERNING_GROUP)

    assert client.get("/people/").status_code == 403
