"""/actions/ and /actions/<key>/"""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from actions.models import Milestone, Output
from actions.services import save_progress
from tests.plan import Plan, action, draw_plan, partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    """A fire officer's browser."""
    client.force_login(someone(Role.WORKING_GROUP, plan.fire))
    return client


def text_of(response: Any) -> str:
    """What a page says, without its markup and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def save(plan: Plan, text: str, **changes: Any) -> None:
    """Progress of rs1 for March 2019, unless `changes` say otherwise."""
    told = {"action": plan.rs1, "cycle": plan.march, "status": "on-track", "nothing_new": False}
    save_progress(**({"text": text, "expected_version": 0, "actor": "test"} | told | changes))


def keys_in(response: Any) -> list[str]:
    """The actions that a list shows, in its order."""
    return re.findall(r'href="/actions/([a-z0-9-]+)/[^u"]*"', response.content.decode())


@pytest.mark.parametrize("address", ["/actions/", "/actions/rs1/", "/actions/rs1/update/"])
def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, plan: Plan, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_actions(client: Client, plan: Plan, role: Role) -> None:
    client.force_login(someone(role, plan.fire))

    assert client.get("/actions/").status_code == 200
    assert client.get("/actions/rs1/").status_code == 200


def test_the_list_counts_what_it_shows_and_what_is_updated(reader: Client, plan: Plan) -> None:
    save(plan, "Begun.")

    said = text_of(reader.get("/actions/"))

    assert "3 actions" in said
    assert "1 updated for March 2019" in said


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["rs1", "rs2", "ha1"]),
        ("priority=hate", ["ha1"]),
        ("partner=test-fire", ["rs1", "rs2"]),
        ("partner=test-police", ["rs1"]),
        ("status=not-stated&priority=road-safety", ["rs1", "rs2"]),
        ("mine=on", ["rs1", "rs2"]),
        ("priority=nonsense", ["rs1", "rs2", "ha1"]),
        ("sort=-title", ["rs1", "rs2", "ha1"]),
        ("sort=title", ["ha1", "rs2", "rs1"]),
        ("sort=nonsense", ["rs1", "rs2", "ha1"]),
        ("sort=updated", ["rs1", "rs2", "ha1"]),
        ("page=nonsense", ["rs1", "rs2", "ha1"]),
    ],
)
def test_the_list_is_filtered_and_sorted_through_its_address(reader: Client, query: str, keys: list[str]) -> None:
    response = reader.get(f"/actions/?{query}")

    assert response.status_code == 200
    assert keys_in(response) == keys


def test_sorting_by_status_follows_the_order_in_which_statuses_are_offered(reader: Client, plan: Plan) -> None:
    save(plan, "", action=plan.rs1, status="complete")
    save(plan, "", action=plan.rs2, status="behind")

    assert keys_in(reader.get("/actions/?sort=status_label")) == ["ha1", "rs2", "rs1"]
    assert keys_in(reader.get("/actions/?sort=-status_label")) == ["rs1", "rs2", "ha1"]


def test_the_heading_says_how_many_of_how_many(reader: Client) -> None:
    assert "1 of 3 actions" in text_of(reader.get("/actions/?priority=hate"))


def test_people_without_a_partner_are_not_offered_their_own(client: Client, plan: Plan) -> None:
    client.force_login(someone(Role.COORDINATOR))

    assert "Only mine" not in text_of(client.get("/actions/"))


def test_the_sorted_column_alone_says_so(reader: Client) -> None:
    page = reader.get("/actions/?sort=-title").content.decode()

    assert re.findall(r'aria-sort="(\w+)"', page) == ["descending"]


def test_a_list_of_which_nothing_is_left_offers_the_way_back(reader: Client, plan: Plan) -> None:
    action(plan.hate, "ha2", "Another", partners=[partner("health", "Test Health")])

    assert "Show every action" in text_of(reader.get("/actions/?priority=road-safety&partner=health"))


def test_another_report_is_shown_where_the_address_names_it(reader: Client, plan: Plan) -> None:
    page = reader.get("/actions/?cycle=2018-12")

    assert "December 2018" in text_of(page)
    assert 'href="/actions/rs1/?cycle=2018-12"' in page.content.decode()


@pytest.mark.parametrize("address", ["/actions/?cycle=nonsense", "/actions/nonsense/", "/actions/rs1/?cycle=1999-01"])
def test_what_does_not_exist_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_before_there_is_an_agreement_the_list_says_so(client: Client) -> None:
    client.force_login(someone(Role.COORDINATOR))

    assert "There is no agreement here yet" in text_of(client.get("/actions/"))


def test_three_hundred_actions_take_as_many_queries_as_three(
    reader: Client, plan: Plan, django_assert_num_queries: Any
) -> None:
    reader.get("/actions/")
    with django_assert_num_queries(21, exact=False) as few:
        reader.get("/actions/")
    for number in range(297):
        action(plan.hate, f"more{number}", f"More {number}", partners=[plan.fire])

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get("/actions/")


def test_an_action_shows_who_what_and_when_in_words(reader: Client, plan: Plan) -> None:
    Output.objects.create(action=plan.rs2, name="Pupils at the event", unit="pupils", expected=1500, qualifier="about")
    Milestone.objects.create(action=plan.rs2, title="Draft goes out", due_text="March 2019")
    plan.rs2.supports.add(plan.hate)
    save(plan, "First <b>paragraph</b>.\n\n- an item", action=plan.rs2, status="behind", actor="Ann")

    response = reader.get("/actions/rs2/")
    said = text_of(response)

    for words in ("Share campaigns", "Road Safety", "Hate", "Test Fire and Rescue", "Behind", "about 1,500"):
        assert words in said
    assert "March 2019 Draft goes out" in said
    assert "Not known yet" in said
    assert "First &lt;b&gt;paragraph&lt;/b&gt;." in response.content.decode()
    assert "<li>an item</li>" in response.content.decode()
    assert re.search(r"Ann For March 2019 · Behind", said)


def test_an_action_with_nothing_stated_says_so(reader: Client) -> None:
    said = text_of(reader.get("/actions/ha1/"))

    assert "Lead Not stated" in said
    assert "None named" in said
    assert "Nothing has been written yet." in said
    assert "Nobody has updated this action yet." in said


@pytest.mark.parametrize(("key", "offered"), [("rs1", False), ("rs2", True), ("ha1", False)])
def test_updating_is_offered_only_to_those_who_may(reader: Client, key: str, offered: bool) -> None:
    assert ("Update progress" in text_of(reader.get(f"/actions/{key}/"))) is offered


def test_an_action_takes_the_same_queries_however_long_its_history(
    reader: Client, plan: Plan, django_assert_num_queries: Any
) -> None:
    save(plan, "Text 0", expected_version=0)
    reader.get("/actions/rs1/")
    with django_assert_num_queries(21, exact=False) as few:
        reader.get("/actions/rs1/")
    for version in range(1, 30):
        save(plan, f"Text {version}", expected_version=version)

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get("/actions/rs1/")
