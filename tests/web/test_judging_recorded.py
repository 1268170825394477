"""What analysts said about how figures are judged, recorded, changed and withdrawn."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.models import Event, Indicator, SeriesBreak
from priorities.models import PriorityIndicator
from reports.current import report_for
from tests.held import county, district, held, indicator, recording_changed
from tests.judging import (
    KINDS,
    MODELS,
    definition,
    everything,
    facts,
    hidden,
    judged_calls,
    recorded,
    text_of,
)
from tests.plan import draw_plan, someone
from tests.series import quarter

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls() -> Indicator:
    return judged_calls()


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


# --- what is recorded


def test_a_recording_change_is_recorded_with_who_when_and_one_event(analyst: Client, calls: Indicator) -> None:
    events = AuditEvent.objects.count()

    response = recorded(analyst, calls, "recording-change")

    made = SeriesBreak.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/indicators/calls/#judged")
    assert (made.recorded_by_name, made.slug, list(made.indicators.all())) == ("Ana", "another-system", [calls])
    assert AuditEvent.objects.count() == events + 1
    assert AuditEvent.objects.latest("number").sentence == "Ana recorded the recording change 'Another system'."
    assert "Cannot be compared yet" in text_of(analyst.get("/indicators/calls/"))


def test_the_report_is_built_anew(analyst: Client) -> None:
    plan = draw_plan()
    calls = judged_calls()
    PriorityIndicator.objects.create(priority=plan.hate, indicator=calls, role=PriorityIndicator.Role.MAIN, order=1)
    before = report_for(plan.march)

    recorded(analyst, calls, "recording-change")

    tags = [next(p.main.tag for p in r.priorities if p.main) for r in (before, report_for(plan.march))]
    assert tags == ["More (worse)", "Cannot be compared yet"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_is_not_recorded_twice(analyst: Client, calls: Indicator, kind: str) -> None:
    path = f"/indicators/calls/add/{kind}/"
    seen = hidden(analyst.post(path, facts(kind, calls)))
    assert analyst.post(path, seen).status_code == 302
    before = everything()

    again = analyst.post(path, seen)

    assert again.status_code in (409, 422)
    assert everything() == before


@pytest.mark.parametrize("seen", ["", "made up"])
def test_what_was_not_seen_is_refused(analyst: Client, calls: Indicator, seen: str) -> None:
    before = everything()

    response = analyst.post("/indicators/calls/add/event/", facts("event", calls) | {"seen": seen})

    assert response.status_code == 409
    assert "Nothing was recorded" in text_of(response)
    assert everything() == before


def test_what_changed_since_it_was_looked_at_is_refused_and_shown_anew(analyst: Client, calls: Indicator) -> None:
    path = "/indicators/calls/add/recording-change/"
    seen = hidden(analyst.post(path, facts("recording-change", calls)))
    held(calls, quarter(2020, 1), 99)

    response = analyst.post(path, seen)

    assert response.status_code == 409
    assert "What this changes is no longer what it was when you looked. Check it again." in text_of(response)
    assert hidden(response)["seen"] != seen["seen"]
    assert not SeriesBreak.objects.exists()
    assert analyst.post(path, hidden(response)).status_code == 302


def test_a_change_keeps_who_recorded_it_and_what_it_said_before(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1), recorded_by_name="Agreement files")
    path = f"/judging/recording-change/{known.pk}/?from=calls"
    said = facts("recording-change", calls) | {"title": known.title, "why": "The date was wrong."}

    preview = analyst.post(path, said)
    response = analyst.post(path, hidden(preview))

    known.refresh_from_db()
    assert "1 January 2019 Before: 1 January 2017" in text_of(preview)
    assert response.status_code == 302
    assert (str(known.date), known.recorded_by_name) == ("2019-01-01", "Agreement files")
    event = AuditEvent.objects.latest("number")
    assert event.sentence == "Ana changed the recording change 'Consistent recording'. The date was wrong."
    assert '"date": "2017-01-01"' in event.text


def test_a_change_needs_a_reason(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))

    response = analyst.post(f"/judging/recording-change/{known.pk}/", facts("recording-change", calls))

    assert response.status_code == 422
    assert "Say why." in text_of(response)


def test_a_colleague_who_was_first_is_not_overwritten(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))
    path = f"/judging/recording-change/{known.pk}/"
    seen = hidden(analyst.post(path, facts("recording-change", calls) | {"why": "Wrong."}))
    SeriesBreak.objects.update(title="What a colleague wrote")

    response = analyst.post(path, seen)

    assert response.status_code == 409
    assert SeriesBreak.objects.get().title == "What a colleague wrote"


def test_a_definition_is_edited_without_touching_its_figures(analyst: Client, calls: Indicator) -> None:
    path = "/indicators/calls/definition/"
    preview = analyst.post(path, definition(calls, polarity="neither", definition="Calls to the centre."))
    assert "More (worse)" in text_of(preview)

    response = analyst.post(path, hidden(preview))

    calls.refresh_from_db()
    assert response.status_code == 302
    assert (calls.polarity, calls.definition, calls.observations.count()) == ("neither", "Calls to the centre.", 20)
    assert "More (worse)" not in text_of(analyst.get("/indicators/calls/"))


# --- what is withdrawn


def test_withdrawing_shows_first_what_it_changes(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "recording-change")

    page = text_of(analyst.get(f"/judging/recording-change/{SeriesBreak.objects.get().pk}/withdraw/"))

    before, _, after = page.partition("Afterwards")
    assert "Cannot be compared yet" in before
    assert "More (worse)" in after


def test_withdrawing_needs_a_reason(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "event")
    path = f"/judging/event/{Event.objects.get().pk}/withdraw/"
    before = everything()

    response = analyst.post(path, hidden(analyst.get(path)) | {"why": " "})

    assert response.status_code == 422
    assert "Say why." in text_of(response)
    assert everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_withdrawn_stays_with_its_mark_and_changes_no_reading(
    analyst: Client, calls: Indicator, kind: str
) -> None:
    page = text_of(analyst.get("/indicators/calls/")).partition("How it is judged")[0]
    recorded(analyst, calls, kind)
    row = MODELS[kind]._default_manager.get()
    path = f"/judging/{kind}/{row.pk}/withdraw/"

    response = analyst.post(path, hidden(analyst.get(path)) | {"why": "It was a slip."})

    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.withdrawn_by_name, row.withdrawn_why, row.withdrawn_at is None) == ("Ana", "It was a slip.", False)
    assert "withdrew" in AuditEvent.objects.latest("number").sentence
    assert analyst.get(path).status_code == 404
    assert analyst.get(f"/judging/{kind}/{row.pk}/").status_code == 404
    assert text_of(analyst.get("/indicators/calls/")).partition("How it is judged")[0] == page


def test_what_changed_since_is_not_withdrawn(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 1, 1))
    path = f"/judging/recording-change/{known.pk}/withdraw/"
    seen = hidden(analyst.get(path))
    SeriesBreak.objects.update(title="What a colleague wrote")

    response = analyst.post(path, seen | {"why": "A slip."})

    assert response.status_code == 409
    assert "Nothing was recorded" in text_of(response)
    assert SeriesBreak.objects.in_force().exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_begins_with_what_is_recorded(analyst: Client, calls: Indicator, kind: str) -> None:
    recorded(analyst, calls, kind)
    row = MODELS[kind]._default_manager.get()

    page = analyst.get(f"/judging/{kind}/{row.pk}/").content.decode()

    assert re.search(r'(value="2019-0[1-4]-0[14]"|<option value="2019-01-01" selected)', page)


# --- queries


@pytest.mark.parametrize("path", ["/indicators/calls/definition/", "/indicators/calls/add/recording-change/"])
def test_many_areas_and_indicators_take_as_many_queries_as_one(
    analyst: Client, calls: Indicator, path: str, django_assert_num_queries: Any
) -> None:
    said = definition(calls, name="Calls that came in") if "definition" in path else facts("recording-change", calls)
    analyst.post(path, said)
    with django_assert_num_queries(60, exact=False) as few:
        analyst.post(path, said)
    others = [indicator(f"calls-{n}", area=county()) for n in range(5)]
    for n, other in enumerate(others):
        held(other, quarter(2018, 1), n)
        held(calls, quarter(2018, 1), n, area=district(f"E0700009{n}", f"District {n}"))
    if "definition" not in path:
        said = said | {"indicators": [calls.pk, *(other.pk for other in others)]}

    with django_assert_num_queries(len(few.captured_queries)):
        assert analyst.post(path, said).status_code == 200
