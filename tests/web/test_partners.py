"""Partners, and who's who."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent, Partner, User
from accounts.roles import Role
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

SAID = {"name": "Test Fire and Rescue", "short_name": "TFR", "kind": "fire", "description": "It puts fires out."}


@pytest.fixture
def police() -> Partner:
    return partner("test-police", "Test Police", Partner.Kind.POLICE)


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(someone(Role.ADMINISTRATOR, name="Administrator"))
    return client


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_partners(client: Client, police: Partner, role: Role) -> None:
    client.force_login(someone(role, police))

    answers = [
        client.get("/partners/"),
        client.post("/partners/add/", SAID),
        client.post("/partners/test-police/", SAID),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert list(Partner.objects.values_list("name", flat=True)) == ["Test Police"]


def test_the_list_counts_the_people_who_may_sign_in(browser: Client, police: Partner) -> None:
    someone(Role.WORKING_GROUP, police)
    User.objects.filter(pk=someone(Role.WORKING_GROUP, police).pk).update(is_active=False)

    rows = browser.get("/partners/").context["table"].rows

    assert [(row.get_cell("short_name"), row.get_cell("active_people")) for row in rows] == [("Test Police", 1)]


def test_a_new_partner_gets_an_address_of_its_own(browser: Client) -> None:
    for _ in range(3):
        browser.post("/partners/add/", SAID)

    slugs = set(Partner.objects.values_list("slug", flat=True))
    assert slugs == {"test-fire-and-rescue", "test-fire-and-rescue-2", "test-fire-and-rescue-3"}


@pytest.mark.parametrize("name", ["消防", "…", "A" * 200])
def test_any_name_can_be_part_of_an_address(browser: Client, name: str) -> None:
    browser.post("/partners/add/", SAID | {"name": name})

    assert browser.get(f"/partners/{Partner.objects.get().slug}/").status_code == 200


def test_another_name_leaves_the_address_as_it_is(browser: Client, police: Partner) -> None:
    browser.post("/partners/test-police/", SAID)

    police.refresh_from_db()
    assert (police.slug, police.name) == ("test-police", "Test Fire and Rescue")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"short_name": ""}, {"kind": ""}, {"kind": "army"}, {"name": "x" * 201}]
)
def test_a_mistake_is_named_and_nothing_is_saved(browser: Client, police: Partner, wrong: dict[str, str]) -> None:
    answer = browser.post("/partners/test-police/", SAID | wrong)

    assert "There is a problem" in answer.content.decode()
    police.refresh_from_db()
    assert police.name == "Test Police"
    assert not AuditEvent.objects.exists()


def test_every_change_leaves_one_event(browser: Client) -> None:
    browser.post("/partners/add/", SAID)
    browser.post("/partners/test-fire-and-rescue/", SAID | {"short_name": "TFRS"})
    browser.post("/partners/test-fire-and-rescue/", SAID | {"short_name": "TFRS"})

    assert [event.sentence for event in AuditEvent.objects.order_by("number")] == [
        "Administrator added the partner Test Fire and Rescue.",
        "Administrator changed the partner Test Fire and Rescue.",
    ]


class TestWhosWho:
    def test_it_is_for_people_who_signed_in(self, client: Client) -> None:
        assert client.get("/whos-who/").status_code == 302

    @pytest.mark.parametrize("role", list(Role))
    def test_everybody_who_signed_in_sees_partners_and_who_acts_for_them(
        self, client: Client, police: Partner, role: Role
    ) -> None:
        client.force_login(someone(role, police, name="Somebody of the police"))

        page = client.get("/whos-who/").content.decode()

        assert "Test Police" in page
        assert "Somebody of the police" in page

    def test_people_who_may_no_longer_sign_in_are_left_out(self, browser: Client, police: Partner) -> None:
        User.objects.filter(pk=someone(Role.WORKING_GROUP, police, name="Gone").pk).update(is_active=False)

        assert "Gone" not in browser.get("/whos-who/").content.decode()

    def test_the_number_of_queries_does_not_grow(
        self, browser: Client, police: Partner, django_assert_num_queries: Any
    ) -> None:
        browser.get("/whos-who/")
        for number in range(20):
            someone(Role.WORKING_GROUP, partner(f"partner-{number}", f"Partner {number}"))

        with django_assert_num_queries(8):
            browser.get("/whos-who/")
