"""/glossary/, and the links that lead into it."""

import re
from pathlib import Path

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.glossary import terms
from indicators.views_method import TITLES
from tests.plan import someone

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/glossary/").status_code == 302


def test_nothing_can_be_posted(reader: Client) -> None:
    assert reader.post("/glossary/").status_code == 405


def test_every_term_has_its_meaning_and_an_anchor_of_its_own(reader: Client) -> None:
    page = reader.get("/glossary/").content.decode()

    for term in terms():
        assert page.count(f'id="{term.slug}"') == 1
        assert f">{term.term}</dt>" in page
        assert term.meaning in page


def test_terms_stand_in_the_order_of_the_alphabet_and_once() -> None:
    names = [term.term.lower() for term in terms()]

    assert names == sorted(set(names))


def test_a_term_refers_to_pages_that_say_more(reader: Client) -> None:
    assert {name for term in terms() for name in term.see} == set(TITLES)

    page = reader.get("/glossary/").content.decode()

    assert '<a class="govuk-link" href="/data/breaks/">Recording changes</a>' in page


def test_every_page_leads_to_it(reader: Client) -> None:
    assert 'href="/glossary/"' in reader.get("/areas/").content.decode()


def test_every_link_to_a_term_finds_it() -> None:
    links = [
        anchor
        for template in TEMPLATES.rglob("*.html")
        for anchor in re.findall(r"{% url 'glossary' %}#([\w-]+)", template.read_text())
    ]

    assert {"provisional", "recording-change", "usual-range"} <= set(links) <= {term.slug for term in terms()}
