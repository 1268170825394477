"""/indicators/ and /indicators/<slug>/"""

import html
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import StatedChange
from tests.held import county, district, edition, extract, held, indicator, recording_changed
from tests.plan import someone
from tests.series import quarter, year, year_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(plain))


# --- who may not ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/calls/", "/indicators/calls.csv"])
def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, address: str) -> None:
    indicator("calls")

    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/indicators/", "/indicators/calls/", "/indicators/calls.csv"])
def test_nothing_can_be_posted(reader: Client, address: str) -> None:
    indicator("calls")

    assert reader.post(address).status_code == 405


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
@pytest.mark.parametrize("address", ["/indicators/calls/", "/indicators/calls.csv"])
def test_a_district_that_an_indicator_may_not_be_shown_for_is_not_found(
    reader: Client, sensitivity: str, address: str
) -> None:
    held(indicator("calls", sensitivity=sensitivity), year(2018), 4321, area=district())

    assert reader.get(address, {"area": "E07000099"}).status_code == 404


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_figures_of_such_a_district_are_on_no_page_and_in_no_file(reader: Client, sensitivity: str) -> None:
    secret, place = indicator("calls", sensitivity=sensitivity), district()
    for number in range(2012, 2019):
        held(secret, year(number), 4321, area=place)

    for address in ("/indicators/", "/indicators/calls/", "/indicators/calls.csv"):
        said = reader.get(address).content.decode()
        assert "4321" not in said
        assert "4,321" not in said
        assert "Testford" not in said


def test_an_indicator_of_such_a_district_is_defined_but_its_figures_are_not_shown(reader: Client) -> None:
    held(indicator("calls", area=district(), sensitivity="standard"), year(2018), 4321)

    said = text_of(reader.get("/indicators/calls/"))

    assert "no figure is held" in said
    assert "4,321" not in said


@pytest.mark.parametrize("area", ["E99999999", "\0", "é", "E07000099' OR 1=1"])
@pytest.mark.parametrize("address", ["/indicators/calls/", "/indicators/calls.csv"])
def test_an_area_that_does_not_exist_is_not_found(reader: Client, address: str, area: str) -> None:
    indicator("calls")

    assert reader.get(address, {"area": area}).status_code == 404


@pytest.mark.parametrize("address", ["/indicators/nothing/", "/indicators/nothing.csv"])
def test_an_indicator_that_does_not_exist_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


# --- the list ---------------------------------------------------------------------------------


def test_each_indicator_is_listed_with_its_latest_figure_its_period_and_its_change(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year_to(2018, 1), 39355)
    held(calls, year_to(2019, 1), 31204, status="provisional")

    said = text_of(reader.get("/indicators/"))

    assert "1 indicator" in said
    assert "Calls Counts calls 31,204 (provisional), Testshire, year to January 2019" in said
    assert "8,151 fewer than the year to January 2018 (−20.7%), provisional for year to January 2019" in said
    assert "Too few points to judge" in said


def test_a_figure_that_cannot_be_compared_says_why_in_the_list(reader: Client) -> None:
    calls = indicator("calls")
    recording_changed(calls, date(2017, 4, 1))
    held(calls, year_to(2018, 1), 1)
    held(calls, year_to(2019, 1), 2)

    said = text_of(reader.get("/indicators/"))

    assert "Not compared with 1 in the year to January 2018: consistent recording" in said
    assert "Cannot be compared yet" in said


def test_an_indicator_without_figures_is_listed_and_says_so(reader: Client) -> None:
    indicator("calls")

    assert "No figure is held" in text_of(reader.get("/indicators/"))


def test_indicators_to_be_read_together_name_one_another_in_the_list(reader: Client) -> None:
    indicator("calls").read_together.add(indicator("visits"))

    said = text_of(reader.get("/indicators/"))

    assert "Read together with Visits" in said
    assert "Read together with Calls" in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "CALLS"}, ["Calls"]),
        ({"q": "emergency"}, ["Emergency visits"]),
        ({"source": "Test Police"}, ["Calls", "Emergency visits"]),
        ({"source": "Nobody"}, ["Calls", "Emergency visits"]),
        ({"q": "\0"}, ["Calls", "Emergency visits"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_the_list_can_be_searched(reader: Client, asked: dict[str, str], found: list[str]) -> None:
    indicator("calls")
    indicator("emergency-visits", counted_plural="visits")

    response = reader.get("/indicators/", asked)

    assert [line.name for line in response.context["table"].data] == found
    assert ("No indicator matches." in text_of(response)) == (found == [])


def test_the_list_can_be_sorted(reader: Client) -> None:
    indicator("calls")
    indicator("visits")

    table = reader.get("/indicators/", {"sort": "-name"}).context["table"]

    assert [row.record.name for row in table.rows] == ["Visits", "Calls"]


# --- one indicator ----------------------------------------------------------------------------


def test_the_definition_card_says_what_is_counted_by_whom_and_with_what_caution(reader: Client) -> None:
    calls = indicator(
        "calls",
        caveat="Recording improved.",
        months_until_final=5,
        final_expected=date(2019, 5, 31),
        sensitivity="",
        denominator="",
    )
    recording_changed(calls, date(2017, 4, 1), evidence="returns-2019")

    said = text_of(reader.get("/indicators/calls/"))

    for expected in (
        "Definition Calls that came in.",
        "What is counted Calls",
        "How often Each quarter",
        "Reported for Testshire",
        "Which way is better Neither more nor fewer is better by itself",
        "Source Test Police: Returns (management information)",
        "Licence With permission",
        "The final figures are expected by 31 May 2019",
        "Not yet classed: county and above only",
        "Test Office, checked by Test Office. Next review 31 March 2020",
        "Consistent recording , 1 April 2017. Recording improved. Figures compare with one another again from "
        "April 2017. Evidence: Test Police, Returns 2019.",
    ):
        assert expected in said


@pytest.mark.parametrize(
    ("months", "text"),
    [(0, "Figures count as final when they are published"), (5, "Figures are final 5 months after the period ends")],
)
def test_until_when_figures_are_provisional_is_said(reader: Client, months: int, text: str) -> None:
    indicator("calls", months_until_final=months)

    assert text in text_of(reader.get("/indicators/calls/"))


def test_the_page_leads_with_the_reading_and_its_reason(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year(2017), 50)
    held(calls, year(2018), 60)

    said = text_of(reader.get("/indicators/calls/"))

    assert "Calls: 60 in Testshire in 2018, 10 more than 2017 (+20.0%)." in said
    assert "2 figures are held; a direction needs 5 years in a row." in said


def test_why_it_says_so_names_the_rule_the_points_and_the_usual_range(reader: Client) -> None:
    calls = indicator("calls")
    for number, counted in enumerate([98, 102] * 8 + [160, 161]):
        held(calls, quarter(2015, 1).shifted(3 * number), counted)

    said, listed = text_of(reader.get("/indicators/calls/")), text_of(reader.get("/indicators/"))

    assert "More April to June 2019 is above the usual range. Why it says ‘More’" in said
    assert "A figure outside the usual range stands out." in said
    assert "Figures have stood out this way since January to March 2019: 2 in a row." in said
    assert "The usual range is 89 to 111 calls (mean 100) a quarter, from 16 figures" in said
    assert "More" in listed


def test_two_figures_make_no_chart_and_three_do(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year(2016), 1)
    held(calls, year(2017), 2)
    assert b"<figure" not in reader.get("/indicators/calls/").content

    held(calls, year(2018), 3)

    page = reader.get("/indicators/calls/").content.decode()
    assert page.count("<figure") == 1
    assert page.count('<svg class="chart__svg') == 2
    assert "Calls: 1 more than a year earlier, not judged" in page
    assert 'role="img" aria-label="Line chart. Calls, Testshire, each year from 2016 to 2018.' in page


def test_the_chart_carries_its_figure_as_json_that_cannot_end_the_script(reader: Client) -> None:
    calls = indicator("calls")
    recording_changed(calls, date(2017, 1, 1), title="</script><script>alert(1)</script>")
    for number in range(2014, 2019):
        held(calls, year(number), number)

    page = reader.get("/indicators/calls/").content.decode()

    assert "<script>alert" not in page
    figure = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert {each["name"] for each in figure["data"]} == {"line", "solid"}


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_a_hostile_name_stays_text(reader: Client, name: str) -> None:
    calls = indicator("calls", name=name, short_name=name)
    for number in range(2014, 2019):
        held(calls, year(number), number, note=name)

    page = reader.get("/indicators/calls/").content.decode() + reader.get("/indicators/").content.decode()

    assert name not in page
    assert html.escape(name) in page


def test_every_figure_held_stands_in_the_table_with_its_file_and_line(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year(2017), 50, note="As stated.", extract=extract("march-2019.csv"), line=7)
    held(calls, year(2018), None, status="suppressed")

    said = text_of(reader.get("/indicators/calls/"))

    assert "2018 suppressed 1 returns.csv, line 2" in said
    assert "2017 50 As stated 1 march-2019.csv, line 7 Sources Test Police, Returns 2019" in said


def test_the_latest_figure_stands_first_and_of_two_that_end_together_the_longer(reader: Client) -> None:
    calls = indicator("calls")
    for period in (quarter(2018, 4), year(2018), year(2017)):
        held(calls, period, 5)

    rows = reader.get("/indicators/calls/").context["page"].held

    assert [row.period for row in rows] == ["2018", "October to December 2018", "2017"]


def test_what_is_to_note_of_a_figure_is_told_in_sentences(reader: Client) -> None:
    held(indicator("calls"), year(2018), 728, status="provisional", note="stated as likely.")

    assert "2018 728 Provisional. Stated as likely 1 returns.csv, line 2" in text_of(reader.get("/indicators/calls/"))


def test_a_published_figure_and_a_different_sum_of_its_parts_both_stand(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year(2018), 21116)
    for which, value in enumerate((5000, 5000, 5000, 6115), 1):
        held(calls, quarter(2018, which), value)

    assert "21,116 published · 21,115 added up from 4 figures" in text_of(reader.get("/indicators/calls/"))


def test_a_change_as_its_source_states_it_is_quoted(reader: Client) -> None:
    calls = indicator("calls")
    StatedChange.objects.create(
        indicator=calls,
        area=county(),
        period_start=date(2018, 1, 1),
        period_end=date(2018, 12, 31),
        against_start=date(2017, 1, 1),
        against_end=date(2017, 12, 31),
        percent=Decimal("17.1"),
        edition=edition(),
    )

    said, listed = text_of(reader.get("/indicators/calls/")), text_of(reader.get("/indicators/"))

    assert "+17.1% on 2017, as stated by Test Police, Returns 2019" in said
    assert "no figure is held" in said
    assert "No figure is held for Testshire +17.1% on 2017, as stated by Test Police" in listed


def test_other_areas_that_may_be_shown_can_be_chosen(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year(2018), 100)
    held(calls, year(2018), 7, area=district())

    there = reader.get("/indicators/calls/", {"area": "E07000099"})

    assert "Calls: 7 in Testford in 2018." in text_of(there)
    assert [area.name for area in there.context["areas"]] == ["Testford", "Testshire"]


def test_figures_below_the_county_that_are_not_shown_are_mentioned(reader: Client) -> None:
    calls = indicator("calls", sensitivity="standard")
    held(calls, year(2018), 100)
    held(calls, year(2018), 7, area=district())

    assert "held but not shown: small numbers need protecting" in text_of(reader.get("/indicators/calls/"))


# --- how much it costs ------------------------------------------------------------------------


def queries_of(reader: Client, counter: Any, address: str) -> int:
    reader.get(address)
    with counter(100) as counted:
        reader.get(address)
    return len(counted.captured_queries)


@pytest.mark.parametrize("address", ["/indicators/calls/", "/indicators/calls.csv"])
def test_three_hundred_figures_take_as_many_queries_as_three(
    reader: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    calls = indicator("calls")
    for number in range(3):
        held(calls, quarter(1900, 1).shifted(3 * number), number)
    few = queries_of(reader, django_assert_max_num_queries, address)
    for number in range(3, 300):
        held(calls, quarter(1900, 1).shifted(3 * number), number)

    assert queries_of(reader, django_assert_max_num_queries, address) == few


def test_thirty_indicators_take_as_many_queries_as_three(reader: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        held(indicator(f"calls-{number}"), year(2018), number)
    few = queries_of(reader, django_assert_max_num_queries, "/indicators/")
    for number in range(3, 30):
        held(indicator(f"calls-{number}"), year(2018), number)

    assert queries_of(reader, django_assert_max_num_queries, "/indicators/") == few
