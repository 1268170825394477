"""/priorities/<slug>/context/, /introduction/context/ and their versions; /acronyms/"""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from priorities.models import Acronym, ContextSummary
from priorities.summaries import save_summary, summary_of
from tests.held import held, indicator
from tests.plan import Plan, draw_plan, someone
from tests.series import year

pytestmark = pytest.mark.django_db

HATE = "/priorities/hate/context/"
ADDRESSES = [HATE, "/introduction/context/"]


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(someone(Role.COORDINATOR))
    return client


def words_of(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, plan: Plan) -> None:
    for address in [*ADDRESSES, HATE + "versions/", "/introduction/context/versions/", "/acronyms/"]:
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_coordinator_writes(client: Client, plan: Plan, role: Role, address: str) -> None:
    client.force_login(someone(role, plan.police))

    assert client.get(address).status_code == 403
    assert client.post(address, {"text": "Mine.", "version": 0}).status_code == 403
    assert not ContextSummary.objects.exists()


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.COORDINATOR])
def test_the_way_to_the_form_is_shown_to_who_may_use_it(client: Client, plan: Plan, role: Role) -> None:
    client.force_login(someone(role))

    page = client.get("/priorities/hate/").content.decode()

    assert (f'href="{HATE}"' in page) is (role == Role.COORDINATOR)


def test_a_summary_is_written_and_stands_on_its_page(writer: Client, plan: Plan) -> None:
    response = writer.post(HATE, {"text": "Hate **hurts**.", "version": 0}, follow=True)

    assert response.redirect_chain == [("/priorities/hate/", 302)]
    assert "<strong>hurts</strong>" in response.content.decode()
    assert "The context summary is saved." in words_of(response)


def test_a_preview_keeps_nothing(writer: Client, plan: Plan) -> None:
    held(indicator("hate-incidents"), year(2018), 5040)

    response = writer.post(HATE, {"text": "There were [[hate-incidents 2018]].", "version": 0, "preview": "1"})

    assert "There were 5,040 ." in words_of(response)
    assert not ContextSummary.objects.exists()


def test_a_figure_that_is_not_held_is_refused_and_the_text_stays_in_the_box(writer: Client, plan: Plan) -> None:
    text = "There were [[hate-incidents 2018]]<script>."

    response = writer.post(HATE, {"text": text, "version": 0})

    assert response.status_code == 422
    assert "'hate-incidents' is not an indicator" in words_of(response)
    assert re.search(
        r"<textarea[^>]*>\s*There were \[\[hate-incidents 2018\]\]&lt;script&gt;\.", response.content.decode()
    )
    assert not ContextSummary.objects.exists()


def test_the_second_of_two_writers_sees_both_texts_and_may_then_save(writer: Client, plan: Plan) -> None:
    save_summary(cycle=plan.march, priority=plan.hate, text="Ann's text.", expected_version=0, actor="Ann")

    response = writer.post(HATE, {"text": "Ben's text.", "version": 0})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Ann saved this summary on" in words_of(response)
    assert re.search(r"<pre[^>]*>Ann&#x27;s text\.</pre>", page)
    assert re.search(r"<textarea[^>]*>\s*Ben&#x27;s text\.</textarea>", page)
    assert re.search(r'name="version" value="1"', page)

    writer.post(HATE, {"text": "Both texts.", "version": 1})
    assert summary_of(plan.march, plan.hate).text == "Both texts."


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40])
def test_a_form_that_was_tampered_with_saves_nothing(writer: Client, plan: Plan, version: str) -> None:
    response = writer.post(HATE, {"text": "Mine.", "version": version})

    assert response.status_code == 422
    assert not ContextSummary.objects.exists()


def test_what_is_posted_besides_the_text_changes_nothing(writer: Client, plan: Plan) -> None:
    writer.post(HATE, {"text": "Mine.", "version": 0, "priority": plan.road_safety.pk, "updated_by_name": "Root"})

    assert summary_of(plan.march, plan.road_safety).version == 0
    assert summary_of(plan.march, plan.hate).updated_by_name != "Root"


def test_the_introduction_and_an_earlier_report_are_written_the_same_way(writer: Client, plan: Plan) -> None:
    writer.post("/introduction/context/?cycle=2018-12", {"text": "Then.", "version": 0})

    assert summary_of(plan.december, None).text == "Then."
    assert summary_of(plan.march, None).version == 0


def test_versions_are_listed_with_who_and_when(writer: Client, plan: Plan) -> None:
    for number, text in enumerate(("First <b>.", "Second.")):
        save_summary(cycle=plan.march, priority=plan.hate, text=text, expected_version=number, actor="Ann")

    page = writer.get(HATE + "versions/").content.decode()

    assert page.index("Version 2, Ann") < page.index("Version 1, Ann")
    assert "First &lt;b&gt;." in page


def test_what_does_not_exist_is_not_found(writer: Client, plan: Plan) -> None:
    assert writer.get("/priorities/fly-tipping/context/").status_code == 404
    assert writer.get(HATE, {"cycle": "1066-10"}).status_code == 404


def test_acronyms_say_what_they_stand_for(writer: Client, plan: Plan) -> None:
    Acronym.objects.create(short="KSI", long="Killed or seriously injured", meaning="Casualties, not collisions.")

    assert "KSI Killed or seriously injured Casualties, not collisions." in words_of(writer.get("/acronyms/"))
