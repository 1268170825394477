"""/search/"""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from actions.services import save_progress
from priorities.models import Acronym
from reports.search import search
from tests.plan import Plan, action, draw_plan, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def reader(client: Client, plan: Plan) -> Client:
    client.force_login(someone(Role.ANALYST))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def write(plan: Plan, text: str) -> None:
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text=text,
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor="test",
    )


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/search/?q=road").status_code == 302


def test_without_a_question_the_page_says_what_can_be_asked(reader: Client) -> None:
    said = text_of(reader.get("/search/"))

    assert "Every word has to be there" in said
    assert "Nothing holds" not in said


def test_results_are_grouped_and_counted(reader: Client) -> None:
    response = reader.get("/search/?q=ROAD")
    said = text_of(response)

    assert "3 results for ‘ROAD’" in said
    assert "Priorities (1)" in said
    assert "Actions (2)" in said
    assert 'href="/priorities/road-safety/"' in response.content.decode()
    assert 'href="/actions/rs1/"' in response.content.decode()


def test_every_word_has_to_be_there(reader: Client) -> None:
    assert "Actions (1)" in text_of(reader.get("/search/?q=drivers+young"))
    assert "Nothing holds" in text_of(reader.get("/search/?q=young+conference"))


def test_the_account_of_progress_is_searched_whatever_the_case_of_its_letters(reader: Client, plan: Plan) -> None:
    write(plan, "before " * 50 + "a CAFÉ for victims " + "after " * 50)

    said = text_of(reader.get("/search/?q=cafe\u0301"))

    assert "Actions (1)" in said
    assert "… " + "before " * 7 + "a CAFÉ for victims after" in said


def test_an_abbreviation_finds_what_it_stands_for(reader: Client) -> None:
    Acronym.objects.create(short="RSF", long="Road Safety", meaning="Made up for a test.")

    said = text_of(reader.get("/search/?q=rsf"))

    assert "Priorities (1)" in said
    assert "Abbreviations (1)" in said


def test_a_report_that_does_not_exist_is_not_found(reader: Client) -> None:
    assert reader.get("/search/?q=road&cycle=1999-01").status_code == 404


def test_nothing_is_found_without_a_word(plan: Plan) -> None:
    assert search("  \0 ", plan.march) == []


def test_nothing_found_suggests_what_to_do(reader: Client) -> None:
    said = text_of(reader.get("/search/?q=zebra"))

    assert "Nothing holds ‘zebra’" in said
    assert "check the spelling" in said


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", "<script>alert(1)</script>", "x" * 5000, "a\0zebra"])
def test_what_is_special_elsewhere_is_a_word_like_any_other(reader: Client, query: str) -> None:
    response = reader.get("/search/", {"q": query})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert "Nothing holds" in text_of(response)


def test_three_hundred_actions_take_as_many_queries_as_three(
    reader: Client, plan: Plan, django_assert_num_queries: Any
) -> None:
    reader.get("/search/?q=more")
    with django_assert_num_queries(20, exact=False) as few:
        reader.get("/search/?q=more")
    for number in range(297):
        action(plan.hate, f"more{number}", "More", partners=[plan.fire])

    with django_assert_num_queries(len(few.captured_queries)):
        assert "Actions (297)" in text_of(reader.get("/search/?q=more"))
