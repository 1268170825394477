"""The part of an indicator's page about how its figures are judged, and what its definition said before."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from indicators.models import DataChange, Indicator, NewStart
from tests.held import district, edition, extract, held, indicator, recording_changed
from tests.judging import MODELS, definition, hidden, judged_calls, recorded, text_of
from tests.plan import someone
from tests.series import quarter, year

pytestmark = pytest.mark.django_db

GONE = {"withdrawn_at": timezone.now(), "withdrawn_by_name": "Ben", "withdrawn_why": "It was a slip."}


@pytest.fixture
def calls() -> Indicator:
    return judged_calls()


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def judged(client: Client, address: str = "/indicators/calls/") -> str:
    """What the page says about judging."""
    text = text_of(client.get(address))
    return text[text.rindex("How it is judged") : text.rindex("What this is")]


def today() -> str:
    day = timezone.localdate()
    return f"{day.day} {day:%B %Y}"


def test_readers_are_not_led_to_changing_anything(reader: Client, calls: Indicator) -> None:
    recording_changed(calls, date(2010, 1, 1))

    page = reader.get("/indicators/calls/").content.decode()

    assert "/judging/" not in page
    assert "Edit the definition" not in page


def test_analysts_are_led_to_each(analyst: Client, calls: Indicator) -> None:
    known = recording_changed(calls, date(2010, 1, 1))

    page = analyst.get("/indicators/calls/").content.decode()

    for path in ("definition/", *(f"add/{kind}/" for kind in MODELS)):
        assert f'href="/indicators/calls/{path}"' in page
    assert f'href="/judging/recording-change/{known.pk}/?from=calls"' in page
    assert f'href="/judging/recording-change/{known.pk}/withdraw/?from=calls"' in page


def test_what_cannot_be_is_not_offered(analyst: Client) -> None:
    held(indicator("visits"), year(2018), 5)

    page = analyst.get("/indicators/visits/").content.decode()

    assert "None can be set: neither way is better by itself." in page
    assert "add/target/" not in page
    assert "add/new-start/" not in page


def test_the_rule_the_range_and_what_stood_out_are_told(reader: Client, calls: Indicator) -> None:
    said = judged(reader)

    assert "Each figure is set against the usual range" in said
    assert "The usual range is 89 to 111 calls (mean 100) a quarter" in said
    assert "January 2019 to December 2019: more than usual, 4 figures (above the usual range)" in said


def test_a_recording_change_says_evidence_and_who_recorded_it(reader: Client, calls: Indicator) -> None:
    recording_changed(calls, date(2010, 1, 1), evidence=edition().slug)

    said = judged(reader)

    assert "Consistent recording , 1 January 2010. Recording improved." in said
    assert "Evidence: Test Police, Returns 2019." in said
    assert f"Recorded by Ann Analyst, {today()}." in said


def test_a_new_start_says_from_when_where_why_and_who(reader: Client, calls: Indicator) -> None:
    town = district()
    by = {"indicator": calls, "recorded_by_name": "Ann"}
    NewStart.objects.create(date=date(2019, 1, 1), reason="Another centre.", **by)
    NewStart.objects.create(date=date(2018, 1, 1), reason="Only there.", area=town, **by)

    said = judged(reader)

    assert f"Limits from January 2019 . In every area. Another centre. Recorded by Ann, {today()}." in said
    assert "Only there." not in said
    assert "Only there." in judged(reader, "/indicators/calls/?area=E07000099")


def test_a_new_start_with_which_no_period_begins_says_that_it_changes_nothing(reader: Client, calls: Indicator) -> None:
    by = {"indicator": calls, "recorded_by_name": "Ann"}
    NewStart.objects.create(date=date(2019, 2, 1), reason="Another centre.", **by)
    NewStart.objects.create(date=date(2019, 1, 1), reason="Yet another.", **by)

    said = judged(reader)

    assert "Another centre. No period held here begins then, so it changes nothing here." in said
    assert said.count("changes nothing here") == 1


def test_without_a_target_nothing_is_said_about_meeting_one(reader: Client, calls: Indicator) -> None:
    assert "Target None is set, so nothing is said about meeting one." in judged(reader)
    assert "met reliably" not in text_of(reader.get("/indicators/calls/"))


def test_a_target_is_told_with_how_reliably_it_is_met(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "target")

    said = judged(analyst)

    assert "The target is met reliably: the whole usual range meets it." in said
    target = "At most 120 calls a quarter from April 2019 to March 2020 . Testshire. Agreed by the governing group."
    assert f"{target} Recorded by Ana, {today()}." in said


def test_a_target_of_another_length_is_told_but_not_set_against_the_usual_range(
    analyst: Client, calls: Indicator
) -> None:
    recorded(analyst, calls, "target", months="12", value="480")

    said = judged(analyst)

    assert "No target is for figures of the length that is judged here, in a time that is not over." in said
    assert "At most 480 calls a year" in said
    assert "met reliably" not in said


def test_an_event_says_what_when_and_where_that_is_known_from(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "event", ends="2019-02-10")

    expected = "A week of it . Campaign or operation, 4 February 2019 to 10 February 2019. A leaflet."
    assert f"{expected} Recorded by Ana" in judged(analyst)


def test_what_is_withdrawn_keeps_its_mark(analyst: Client, calls: Indicator) -> None:
    recording_changed(calls, date(2010, 1, 1), **GONE)

    said = judged(analyst)

    assert "Withdrawn Consistent recording , 1 January 2010." in said
    assert f"Withdrawn by Ben, {today()}: It was a slip." in said
    assert "/withdraw/" not in analyst.get("/indicators/calls/").content.decode()


def test_figures_that_were_revised_are_told_and_are_not_held(reader: Client) -> None:
    visits = indicator("visits")
    first = held(visits, year(2018), 4321, until=2)
    held(visits, year(2018), 5432, since=2)
    held(visits, year(2017), 7, until=3)
    DataChange.objects.create(number=2, kind="use", extract=extract(), at=timezone.now(), by_name="Ana")

    response = reader.get("/indicators/visits/")

    assert [row.value for row in response.context["page"].held] == ["5,432"]
    assert f"2017 7 no longer held Not recorded 2018 4,321 5,432 {today()}, by Ana" in text_of(response)
    assert f'href="/observations/{first.pk}/"' in response.content.decode()


def test_only_the_latest_revisions_are_listed(reader: Client) -> None:
    visits = indicator("visits")
    for number in range(45):
        held(visits, year(2018), number, since=number + 1, until=number + 2)

    assert "And 5 more." in judged(reader, "/indicators/visits/")


def test_a_definition_shows_what_it_said_before_who_changed_it_when_and_why(analyst: Client, calls: Indicator) -> None:
    assert "What it said before" not in text_of(analyst.get("/indicators/calls/"))
    path = "/indicators/calls/definition/"
    analyst.post(path, hidden(analyst.post(path, definition(calls, definition="Calls to the centre."))))

    said = text_of(analyst.get("/indicators/calls/"))

    _, _, versions = said.partition("What it said before")
    assert f"Ana, {today()}, " in versions
    assert "It was unclear. Definition: ‘Calls that came in.’ became ‘Calls to the centre.’" in versions


def test_much_that_is_recorded_takes_as_many_queries_as_little(
    analyst: Client, calls: Indicator, django_assert_num_queries: Any
) -> None:
    def more(number: int) -> None:
        recording_changed(calls, date(1990 + number, 1, 1))
        recorded(analyst, calls, "event", title=f"Week {number}")
        NewStart.objects.create(indicator=calls, date=date(1990 + number, 1, 1), reason="Anew.", recorded_by_name="A")
        held(calls, quarter(1990 + number, 1), 5, until=9)

    more(0)
    analyst.get("/indicators/calls/")
    with django_assert_num_queries(60, exact=False) as few:
        analyst.get("/indicators/calls/")
    queries = len(few.captured_queries)
    for number in range(1, 8):
        more(number)

    with django_assert_num_queries(queries):
        analyst.get("/indicators/calls/")
