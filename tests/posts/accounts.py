"""Signing in, people, partners, deputies, and the administration site."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.addresses import ADDRESSES, World
from tests.plan import someone
from tests.posts.post import Post, Sent, says

PASSWORD = "a-long-enough-password"
NEW_PASSWORD = "another-long-password"
NEW = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
NO_ALIASES = {"aliases": "[]"}
HEALTH = {"name": "Test Health", "short_name": "Health", "kind": "health", "description": ""}

# What the form of each model of the administration sends for the first, second … object, and what is changed then.
ADMINISTERED: dict[str, Callable[[World, int], dict[str, Any]]] = {
    "accounts_partner": lambda world, n: HEALTH | {"slug": f"health-{n}"},
    "indicators_area": lambda world, n: {"code": f"E0700091{n}", "name": f"New {n}", "kind": "district"} | NO_ALIASES,
    "indicators_source": lambda world, n: {"slug": f"ons-{n}", "publisher": "ONS", "name": "Crime", "kind": "survey"},
    "indicators_sourceedition": lambda world, n: {
        "slug": f"march-{n}",
        "source": str(world.figure.edition.source_id),
        "title": "March",
        "published": "2019-03-20",
    },
    "priorities_acronym": lambda world, n: {"short": f"ASB{n}", "long": "Anti-social behaviour", "meaning": ""},
}
CHANGED = {
    "accounts_partner": {"description": "It heals."},
    "indicators_area": {"name": "Renamed"},
    "indicators_source": {"name": "Recorded crime"},
    "indicators_sourceedition": {"title": "March 2019"},
    "priorities_acronym": {"meaning": "Noise."},
}


# The administration site's own pages besides those of its models.
SHOWN = {
    "index",
    "login",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
}


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save()
    return person


def knows_a_password(world: World, browser: Client) -> User:
    """Whoever is signed in, with a password and signed in with it."""
    person = with_password(User.objects.get(pk=browser.session["_auth_user_id"]))
    browser.force_login(person)
    return person


def signs_in(world: World, browser: Client) -> Sent:
    return Sent({"login": with_password(someone(Role.ANALYST)).email, "password": PASSWORD})


def continues(world: World, browser: Client) -> Sent:
    return Sent({"continue_as": User.objects.create_user("a@demo.invalid", name="A", role=Role.ANALYST).email})


def confirms(world: World, browser: Client) -> Sent:
    knows_a_password(world, browser)
    return Sent({"password": PASSWORD})


def changes_password(world: World, browser: Client) -> Sent:
    knows_a_password(world, browser)
    return Sent({"oldpassword": PASSWORD, **NEW})


def forgot(world: World, browser: Client) -> Sent:
    return Sent({"email": with_password(someone(Role.ANALYST)).email})


def follows_the_link(world: World, browser: Client) -> Sent:
    browser.post(reverse("account_reset_password"), forgot(world, browser).data)
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found is not None
    form = browser.get(found[1], follow=True)
    return Sent(NEW, at=form.resolver_match.kwargs)


def edits_a_person(world: World, browser: Client) -> Sent:
    return Sent({"name": "Another name", "email": world.person.email, "role": world.person.role, "is_active": "on"})


def names_a_deputy(world: World, browser: Client) -> Sent:
    days = {"starts": "2031-03-01", "ends": "2031-03-08"}
    return Sent({"person": world.deputy.person_id, "deputy": world.deputy.deputy_id, **days})


def added(label: str, world: World, browser: Client, number: int = 1) -> Any:
    """The key of an object that an administrator has added."""
    model = apps.get_model(label.replace("_", "."))
    before = set(model._default_manager.values_list("pk", flat=True))
    browser.post(reverse(f"admin:{label}_add"), ADMINISTERED[label](world, number))
    (made,) = set(model._default_manager.values_list("pk", flat=True)) - before
    return made


def administers(label: str) -> Iterator[Post]:
    """Everything that changes objects of a model on the administration site."""

    def adds(world: World, browser: Client) -> Sent:
        return Sent(ADMINISTERED[label](world, 1))

    def changes(world: World, browser: Client) -> Sent:
        at = {"object_id": added(label, world, browser)}
        return Sent(ADMINISTERED[label](world, 1) | CHANGED[label], at=at)

    def deletes(world: World, browser: Client) -> Sent:
        return Sent({"post": "yes"}, at={"object_id": added(label, world, browser)})

    def deletes_two(world: World, browser: Client) -> Sent:
        chosen = [added(label, world, browser, number) for number in (1, 2)]
        return Sent({"action": "delete_selected", "_selected_action": chosen, "post": "yes"})

    for name, ready in {"add": adds, "change": changes, "delete": deletes, "changelist": deletes_two}.items():
        yield Post(f"admin:{label}_{name}", Role.ADMINISTRATOR, ready)


CHANGES = [
    Post("person_add", Role.ADMINISTRATOR, says(name="New", email="new@example.invalid", role="analyst")),
    Post("person_edit", Role.ADMINISTRATOR, edits_a_person),
    Post("partner_add", Role.ADMINISTRATOR, says(**HEALTH)),
    Post("partner_edit", Role.ADMINISTRATOR, says(**HEALTH)),
    Post("deputy_list", Role.COORDINATOR, names_a_deputy),
    Post("deputy_end", Role.COORDINATOR, says()),
    *(post for label in ADMINISTERED for post in administers(label)),
]

ONES_OWN = "a password is one's own: nothing that anybody else reads"
SHOWS = "a page of Django's own that shows something, whatever the method"
NOTHING_OF_RECORD = [
    Post("account_login", None, signs_in, "signs in"),
    Post("continue_as", None, continues, "signs in"),
    Post("account_logout", Role.ANALYST, says(), "signs out"),
    Post("admin:logout", Role.ADMINISTRATOR, says(), "signs out"),
    Post("account_reauthenticate", Role.ANALYST, confirms, "confirms who one is"),
    Post("account_reset_password", None, forgot, "sends a mail"),
    Post("account_change_password", Role.ANALYST, changes_password, ONES_OWN),
    Post("account_set_password", Role.ANALYST, says(), "leads to where a password is asked for by mail"),
    Post("account_reset_password_from_key", None, follows_the_link, ONES_OWN),
    *(
        Post(address.name, Role.ADMINISTRATOR, says(), SHOWS)
        for address in ADDRESSES
        if address.name.removeprefix("admin:") in SHOWN or address.name.endswith("_history")
    ),
]
