"""How analysts say how figures are judged: who may not, what cannot be, and what is shown first."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import Indicator
from tests.held import held, indicator, recording_changed
from tests.judging import KINDS, START, TARGET, definition, everything, facts, hidden, judged_calls, recorded, text_of
from tests.plan import partner, someone
from tests.series import quarter

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls() -> Indicator:
    return judged_calls()


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def addresses(of: Indicator) -> list[str]:
    known = recording_changed(of, date(2010, 1, 1))
    return [
        f"/indicators/{of.slug}/definition/",
        *(f"/indicators/{of.slug}/add/{kind}/" for kind in KINDS),
        f"/judging/recording-change/{known.pk}/",
        f"/judging/recording-change/{known.pk}/withdraw/",
    ]


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_say_how_figures_are_judged(client: Client, calls: Indicator, role: Role | None) -> None:
    paths = addresses(calls)
    if role:
        of = partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None
        client.force_login(someone(role, of))
    before = everything()

    answers = [answer for path in paths for answer in (client.get(path), client.post(path, {"seen": "x"}))]

    assert {answer.status_code for answer in answers} == {403 if role else 302}
    assert everything() == before


def test_nobody_else_is_offered_it(client: Client, calls: Indicator) -> None:
    client.force_login(someone(Role.COORDINATOR))

    page = client.get("/indicators/calls/").content.decode()

    assert "/indicators/calls/add/" not in page
    assert "/indicators/calls/definition/" not in page


# --- what cannot be


@pytest.mark.parametrize(
    "path", ["/indicators/none/definition/", "/indicators/calls/add/nothing/", "/judging/event/9/"]
)
def test_what_there_is_not_is_not_found(analyst: Client, calls: Indicator, path: str) -> None:
    assert analyst.get(path).status_code == 404


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("recording-change", {"title": ""}, "Fill in ‘What changed’."),
        ("recording-change", {"evidence": " "}, "Fill in ‘Evidence’."),
        ("recording-change", {"indicators": []}, "Fill in ‘Indicators’."),
        ("recording-change", {"date": "soon"}, "Enter a valid date."),
        ("recording-change", {"first_comparable": "2018-12-31"}, "Figures cannot compare again before the change."),
        ("new-start", {"date": "2019-02-01"}, "Select a valid choice."),
        ("new-start", {"date": "2015-01-01"}, "Select a valid choice."),
        ("new-start", {"area": "E99999999"}, "Select a valid choice."),
        ("target", {"value": "many"}, "Enter a number."),
        ("target", {"value": "99.5"}, "Figures of this indicator have no decimals."),
        ("target", {"tolerance": "-1"}, "A tolerance is 0 or more."),
        ("target", {"period_end": "2020-03-30"}, "2020-03-30 is not the last day of a month."),
        ("target", {"period_end": "2019-03-31"}, "It ends before it begins."),
        ("event", {"ends": "2019-02-03"}, "It ends before it begins."),
        ("event", {"kind": "party"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_recorded(
    analyst: Client, calls: Indicator, kind: str, wrong: dict[str, Any], said: str
) -> None:
    before = everything()

    response = analyst.post(f"/indicators/calls/add/{kind}/", facts(kind, calls) | wrong)

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert said in text_of(response)
    assert everything() == before


def test_a_target_needs_a_way_that_is_better(analyst: Client) -> None:
    held(indicator("visits"), quarter(2018, 1), 5)

    response = analyst.post("/indicators/visits/add/target/", TARGET)

    assert response.status_code == 422
    assert "does not say which way is better" in text_of(response)


def test_no_target_holds_in_the_time_of_another(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "target")
    later = TARGET | {"period_start": "2020-03-01", "period_end": "2021-02-28"}

    refused = analyst.post("/indicators/calls/add/target/", later)

    assert refused.status_code == 422
    assert "Another target holds in some of that time." in text_of(refused)
    assert analyst.post("/indicators/calls/add/target/", later | {"months": "1"}).status_code == 200


@pytest.mark.parametrize(("first", "second", "refused"), [("", "E10000099", 1), ("E10000099", "", 1), ("", "", 1)])
def test_limits_start_anew_once_with_a_period(
    analyst: Client, calls: Indicator, first: str, second: str, refused: bool
) -> None:
    recorded(analyst, calls, "new-start", area=first)

    response = analyst.post("/indicators/calls/add/new-start/", START | {"area": second})

    assert response.status_code == 422
    assert "Limits start anew there already with that period." in text_of(response)


def test_an_indicator_with_a_target_keeps_a_way_that_is_better(analyst: Client, calls: Indicator) -> None:
    recorded(analyst, calls, "target")

    response = analyst.post("/indicators/calls/definition/", definition(calls, polarity="neither"))

    assert response.status_code == 422
    assert "Withdraw the target first." in text_of(response)


def test_an_indicator_is_no_part_of_itself_be_it_through_others(analyst: Client, calls: Indicator) -> None:
    part = indicator("part", part_of=calls)
    rate = indicator("rate", kind=Indicator.Kind.RATE, per=1000)

    said = [
        text_of(analyst.post("/indicators/calls/definition/", definition(calls, part_of=of.pk)))
        for of in (calls, part, rate)
    ]

    assert "Select a valid choice" in said[0]
    assert "Calls would be a part of itself." in said[1]
    assert "Rate has another unit" in said[2]
    assert Indicator.objects.get(slug="calls").part_of is None


def test_what_an_indicator_is_a_part_of_is_recorded_with_its_name(analyst: Client, calls: Indicator) -> None:
    whole = indicator("all-calls")

    path = "/indicators/calls/definition/"
    preview = analyst.post(path, definition(calls, part_of=whole.pk))
    analyst.post(path, hidden(preview))

    assert "Part of All calls" in text_of(preview)
    assert "Part of All calls" in text_of(analyst.get("/indicators/calls/"))
    assert Indicator.objects.get(slug="calls").part_of == whole


def test_what_differs_in_nothing_is_not_recorded(analyst: Client, calls: Indicator) -> None:
    before = everything()

    response = analyst.post("/indicators/calls/definition/", definition(calls))

    assert response.status_code == 422
    assert "Nothing differs from what is recorded." in text_of(response)
    assert everything() == before


# --- what is shown first


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_records_nothing(analyst: Client, calls: Indicator, kind: str) -> None:
    before = everything()

    response = analyst.post(f"/indicators/calls/add/{kind}/", facts(kind, calls))

    assert response.status_code == 200
    assert "Nothing is recorded yet." in text_of(response)
    assert "Record this change" in text_of(response)
    assert everything() == before


def test_the_preview_shows_the_reading_now_and_afterwards(analyst: Client, calls: Indicator) -> None:
    now = text_of(analyst.get("/indicators/calls/"))

    preview = text_of(analyst.post("/indicators/calls/add/recording-change/", facts("recording-change", calls)))

    assert "More (worse)" in now
    _, _, both = preview.partition("Readings that change")
    before, _, after = both.partition("Afterwards")
    assert "More (worse)" in before
    assert "Cannot be compared yet" in after
    assert "Another system" in after


def test_a_new_start_says_who_and_why_in_the_reading_afterwards(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/new-start/", START))

    assert "4 figures are held since the new start" in preview
    assert "Too few points to judge" in preview


def test_a_target_adds_how_reliably_it_is_met(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/target/", TARGET))

    assert "The target is at most 120 calls a quarter from April 2019 to March 2020." in preview
    assert "The target is met reliably: the whole usual range meets it." in preview


def test_an_event_changes_no_reading(analyst: Client, calls: Indicator) -> None:
    preview = text_of(analyst.post("/indicators/calls/add/event/", facts("event", calls)))

    assert "No reading changes" in preview
    assert "Readings that stay as they are: 1 Calls, Testshire" in preview


def test_what_was_written_can_be_changed_again(analyst: Client, calls: Indicator) -> None:
    preview = analyst.post("/indicators/calls/add/event/", facts("event", calls))

    again = analyst.post("/indicators/calls/add/event/", hidden(preview) | {"edit": "yes"})

    assert again.status_code == 200
    assert 'value="A week of it"' in again.content.decode()
    assert "See what it changes" in text_of(again)
