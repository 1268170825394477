"""Django's administration site: for administrators, through the site's own sign-in, and never without a trail."""

import json
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from accounts import audit
from accounts.admin_site import AuditedAdmin
from accounts.models import AuditEvent, Partner, User
from accounts.roles import Role
from indicators.models import Area, Source, SourceEdition
from priorities.models import Acronym
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

ASB = {"short": "ASB", "long": "Anti-social behaviour", "meaning": ""}


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(someone(Role.ADMINISTRATOR, name="Administrator"))
    return client


def events() -> list[str]:
    return [event.sentence for event in AuditEvent.objects.order_by("number")]


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/priorities/acronym/", "/admin/nothing/"])
def test_people_who_did_not_sign_in_are_sent_to_the_sites_own_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/admin/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_are_refused(client: Client, role: Role) -> None:
    client.force_login(someone(role, partner("test-police", "Test Police")))

    answers = [
        client.get("/admin/"),
        client.get("/admin/login/"),
        client.get("/admin/priorities/acronym/"),
        client.post("/admin/priorities/acronym/add/", ASB),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert not Acronym.objects.exists()


def test_nothing_is_edited_here_but_reference_data() -> None:
    assert all(isinstance(each, AuditedAdmin) for each in admin.site._registry.values())
    assert set(admin.site._registry) == {Partner, Area, Source, SourceEdition, Acronym}


def test_passwords_and_signing_out_are_the_sites_own(browser: Client) -> None:
    assert browser.get("/admin/login/")["Location"] == "/admin/"
    assert browser.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    assert browser.get("/admin/password_change/done/")["Location"] == "/accounts/password/change/"
    assert browser.get("/admin/logout/").status_code == 405

    answer = browser.post("/admin/logout/")

    assert answer["Location"] == "/accounts/login/"
    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "model",
    ["accounts/partner", "indicators/area", "indicators/source", "indicators/sourceedition", "priorities/acronym"],
)
def test_every_list_and_form_opens(browser: Client, model: str) -> None:
    assert browser.get(f"/admin/{model}/").status_code == 200
    assert browser.get(f"/admin/{model}/add/").status_code == 200


def test_adding_changing_and_deleting_leave_one_event_each(browser: Client) -> None:
    browser.post("/admin/priorities/acronym/add/", ASB)
    acronym = Acronym.objects.get()
    browser.post(f"/admin/priorities/acronym/{acronym.pk}/change/", ASB | {"meaning": "Noise, litter and worse."})
    browser.post(f"/admin/priorities/acronym/{acronym.pk}/delete/", {"post": "yes"})

    assert events() == [
        "Administrator added the acronym 'ASB'.",
        "Administrator changed the acronym 'ASB'.",
        "Administrator deleted the acronym 'ASB'.",
    ]
    assert list(audit.faults()) == []


def test_an_event_says_what_was_and_what_is(browser: Client) -> None:
    acronym = Acronym.objects.create(**ASB)

    browser.post(f"/admin/priorities/acronym/{acronym.pk}/change/", ASB | {"meaning": "Noise."})

    assert json.loads(AuditEvent.objects.get().text)["data"] == {"was": {"meaning": ""}, "now": {"meaning": "Noise."}}


def test_saving_without_a_change_leaves_no_event(browser: Client) -> None:
    acronym = Acronym.objects.create(**ASB)

    browser.post(f"/admin/priorities/acronym/{acronym.pk}/change/", ASB)

    assert events() == []


def test_deleting_several_at_once_leaves_one_event_that_names_them(browser: Client) -> None:
    made = [Acronym.objects.create(short=short, long=short) for short in ("AAA", "BBB")]
    asked = {"action": "delete_selected", "_selected_action": [one.pk for one in made], "post": "yes"}

    browser.post("/admin/priorities/acronym/", asked)

    assert events() == ["Administrator deleted the acronyms 'AAA', 'BBB'."]
    assert AuditEvent.objects.get().object_key == "AAA, BBB"


def test_a_change_whose_event_cannot_be_written_is_not_made(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(audit, "record", fails)
    browser.raise_request_exception = False

    browser.post("/admin/priorities/acronym/add/", ASB)

    assert not Acronym.objects.exists()


def test_the_history_of_an_object_is_its_part_of_the_trail(browser: Client) -> None:
    said = {"slug": "ons", "publisher": "ONS", "name": "Crime", "kind": "official-statistics"}
    browser.post("/admin/indicators/source/add/", said)
    browser.post("/admin/priorities/acronym/add/", ASB)
    source = Source.objects.get()
    browser.post(f"/admin/indicators/source/{source.pk}/change/", said | {"name": "Recorded crime"})

    page = browser.get(f"/admin/indicators/source/{source.pk}/history/").content.decode()

    assert "Administrator added the source" in page
    assert "Administrator changed the source" in page
    assert "added the acronym" not in page


def test_what_others_build_on_is_not_deleted(browser: Client) -> None:
    county = Area.objects.create(code="E10000099", name="Testshire", kind=Area.Kind.COUNTY)
    Area.objects.create(code="E07000999", name="Testbridge", kind=Area.Kind.DISTRICT, parent=county)

    answer = browser.post("/admin/indicators/area/E10000099/delete/", {"post": "yes"})

    assert "would require deleting" in answer.content.decode()
    assert Area.objects.count() == 2
    assert events() == []


def test_dates_and_relations_can_be_kept_in_the_trail(browser: Client) -> None:
    source = Source.objects.create(slug="ons", publisher="ONS", name="Crime", kind=Source.Kind.OFFICIAL)
    said = {"slug": "march", "source": str(source.pk), "title": "March", "published": "2019-03-20"}

    browser.post("/admin/indicators/sourceedition/add/", said)

    now = json.loads(AuditEvent.objects.get().text)["data"]["now"]
    assert (now["source"], now["published"]) == ("ons", "2019-03-20")


def test_what_others_refer_to_stays_as_it_was(browser: Client) -> None:
    police = partner("test-police", "Test Police")
    said = {"slug": "other", "name": "Other", "short_name": "Other", "kind": "police"}

    browser.post(f"/admin/accounts/partner/{police.pk}/change/", said)

    police.refresh_from_db()
    assert (police.slug, police.name) == ("test-police", "Other")


@pytest.mark.parametrize("aliases", ['{"a": 1}', '"Shepway"', "[1]", "[[]]", "nonsense"])
def test_other_names_of_an_area_are_a_list_of_names(browser: Client, aliases: str) -> None:
    said = {"code": "E07000112", "name": "Folkestone", "kind": "district", "aliases": aliases}

    answer = browser.post("/admin/indicators/area/add/", said)

    assert answer.status_code == 200
    assert not Area.objects.exists()


def test_no_page_breaks_the_content_security_policy_by_inline_code(browser: Client) -> None:
    acronym = Acronym.objects.create(**ASB)
    pages = [
        "/admin/",
        "/admin/priorities/acronym/",
        "/admin/priorities/acronym/add/",
        f"/admin/priorities/acronym/{acronym.pk}/change/",
        f"/admin/priorities/acronym/{acronym.pk}/delete/",
        f"/admin/priorities/acronym/{acronym.pk}/history/",
    ]

    for page in pages:
        text = browser.get(page).content.decode()
        assert "<style" not in text, page
        assert " style=" not in text, page
        assert " onclick=" not in text, page
        assert "<script>" not in text, page


def test_somebody_who_stops_being_an_administrator_is_out(browser: Client) -> None:
    User.objects.update(role=Role.ANALYST)

    assert browser.get("/admin/").status_code == 403
