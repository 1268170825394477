"""Pages that are drawn once for each state of what they show: nothing stale, and nothing of another reader."""

import re
from typing import Any

import pytest
from django.db import connection
from django.template import loader
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from actions.services import save_progress
from reports import drawn
from tests.plan import Plan, draw_plan, someone

pytestmark = pytest.mark.django_db

PAGE = "/priorities/road-safety/?cycle=2019-03"


@pytest.fixture
def plan() -> Plan:
    drawn.HELD.clear()
    return draw_plan()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn, in order: of each page what stands above its main content, then that."""
    found: list[str] = []

    def count(template: str, *rest: Any) -> Any:
        found.append(template)
        return loader.render_to_string(template, *rest)

    monkeypatch.setattr(drawn, "render_to_string", count)
    return found


def reader(role: Role, plan: Plan) -> Client:
    client = Client()
    client.force_login(someone(role, plan.police))
    return client


def said(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_what_only_those_who_write_see_is_never_shown_to_others(plan: Plan) -> None:
    coordinator, governing = reader(Role.COORDINATOR, plan), reader(Role.GOVERNING_GROUP, plan)

    first, second = said(coordinator), said(governing)

    assert "Edit the context summary" in first
    assert "Edit the context summary" not in second
    assert "Edit the context summary" in said(coordinator)


def test_who_is_signed_in_stands_on_each_reader_s_own_page(plan: Plan) -> None:
    one, other = reader(Role.GOVERNING_GROUP, plan), reader(Role.GOVERNING_GROUP, plan)

    assert "Governing group member 1" in said(one)
    assert "Governing group member 2" in said(other)
    assert "Governing group member 1" not in said(other)


def test_a_page_is_drawn_once_and_again_when_something_has_changed(plan: Plan, counted: list[str]) -> None:
    client = reader(Role.GOVERNING_GROUP, plan)

    said(client)
    said(client)
    assert counted == ["reports/_live_around.html", "reports/_priority.html"]

    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="Sixty drivers were taught.",
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor="Police",
    )

    assert "Sixty drivers were taught." in said(client)
    assert counted == ["reports/_live_around.html", "reports/_priority.html"] * 2


def test_only_so_many_are_held(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "HELD_AT_ONCE", 3)
    client = reader(Role.GOVERNING_GROUP, plan)

    for page in ("/introduction/?cycle=2019-03", "/priorities/?cycle=2019-03", PAGE):
        client.get(page)

    assert [template for template, _ in drawn.HELD] == [
        "reports/_priority_list.html",
        "reports/_live_around.html",
        "reports/_priority.html",
    ]


@pytest.mark.parametrize("page", [PAGE, "/priorities/?cycle=2019-03", "/introduction/?cycle=2019-03"])
def test_a_page_that_is_current_asks_only_who_reads_and_whether_anything_has_changed(plan: Plan, page: str) -> None:
    client = reader(Role.GOVERNING_GROUP, plan)
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        client.get(page)

    tables = [re.search(r'FROM "?(\w+)', query["sql"]) for query in asked if query["sql"].startswith("SELECT")]
    assert [found[1] for found in tables if found] == ["django_session", "accounts_user", "accounts_audithead"]
