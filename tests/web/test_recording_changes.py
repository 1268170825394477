"""/data/breaks/: the register of recording changes."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.roles import Role
from tests.held import edition, indicator, recording_changed
from tests.plan import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/data/breaks/").status_code == 302


def test_nothing_can_be_posted(reader: Client) -> None:
    assert reader.post("/data/breaks/").status_code == 405


def test_without_any_it_says_so(reader: Client) -> None:
    assert "None is known." in text_of(reader.get("/data/breaks/"))


def test_each_says_what_changed_when_from_when_figures_compare_again_why_and_for_which_indicators(
    reader: Client,
) -> None:
    calls, visits = indicator("calls"), indicator("visits")
    changed = recording_changed(calls, date(2015, 1, 1), "New system", first_comparable=date(2016, 1, 1))
    changed.indicators.add(visits)

    response = reader.get("/data/breaks/")

    said = "New system Recording practice 1 January 2015 1 January 2016 Recording improved. Evidence: none is stated"
    recorded = f"Recorded by Ann Analyst, {localdate(changed.recorded_at):%-d %B %Y}."
    assert f"{said} {recorded} Calls Visits" in text_of(response)
    assert 'href="/indicators/calls/"' in response.content.decode()
    assert 'href="/indicators/visits/"' in response.content.decode()


def test_the_latest_stands_first(reader: Client) -> None:
    calls = indicator("calls")
    recording_changed(calls, date(2015, 1, 1), "The earlier")
    recording_changed(calls, date(2017, 1, 1), "The later")

    said = text_of(reader.get("/data/breaks/"))

    assert "2 changes, the latest first" in said
    assert said.index("The later") < said.index("The earlier")


def test_an_edition_that_is_evidence_is_named_by_its_title(reader: Client) -> None:
    recording_changed(indicator("calls"), date(2015, 1, 1), evidence=edition().slug)

    assert "Evidence: Test Police, Returns 2019" in text_of(reader.get("/data/breaks/"))


def test_what_is_withdrawn_stays_with_its_mark_and_is_not_counted(reader: Client) -> None:
    calls = indicator("calls")
    gone = {"withdrawn_at": timezone.now(), "withdrawn_by_name": "Ben", "withdrawn_why": "It was a slip."}
    recording_changed(calls, date(2015, 1, 1), "New system", **gone)
    recording_changed(calls, date(2017, 1, 1), "The later")

    said = text_of(reader.get("/data/breaks/"))

    assert "1 change, the latest first; 1 withdrawn" in said
    assert "Withdrawn New system" in said
    assert f"Withdrawn by Ben, {timezone.localdate():%-d %B %Y}: It was a slip." in said


def test_only_those_who_judge_are_led_to_changing_one(client: Client, reader: Client) -> None:
    recording_changed(indicator("calls"), date(2015, 1, 1))
    assert "/judging/" not in reader.get("/data/breaks/").content.decode()

    client.force_login(someone(Role.ANALYST))

    assert "/judging/recording-change/" in client.get("/data/breaks/").content.decode()


def test_an_indicator_leads_to_it(reader: Client) -> None:
    indicator("calls")

    assert 'href="/data/breaks/"' in reader.get("/indicators/calls/").content.decode()


def test_many_take_as_many_queries_as_one(reader: Client, django_assert_num_queries: Any) -> None:
    recording_changed(indicator("calls"), date(2000, 1, 1))
    reader.get("/data/breaks/")
    with django_assert_num_queries(20, exact=False) as few:
        reader.get("/data/breaks/")
    for number in range(1, 16):
        recording_changed(indicator(f"calls-{number}"), date(2000 + number, 1, 1))

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get("/data/breaks/")
