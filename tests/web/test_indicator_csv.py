"""/indicators/<slug>.csv"""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from tests.held import district, held, indicator
from tests.plan import someone
from tests.series import year, year_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_a_district_that_an_indicator_may_not_be_shown_for_is_in_no_file(reader: Client, sensitivity: str) -> None:
    held(indicator("calls", sensitivity=sensitivity), year(2018), 4321, area=district())

    assert reader.get("/indicators/calls.csv", {"area": "E07000099"}).status_code == 404
    assert rows_of(reader.get("/indicators/calls.csv")) == []


def test_the_file_has_a_row_for_each_figure_with_its_place_and_origin(reader: Client) -> None:
    calls = indicator("calls")
    held(calls, year_to(2019, 1), "31204.5000", status="provisional", coverage="38 of 43 forces", note="Early.")
    held(calls, year(2017), 15, qualifier="range", value_to=Decimal(25))
    held(calls, year(2016), None, status="not_available")

    response = reader.get("/indicators/calls.csv", {"area": "E10000099"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == ('attachment; filename="calls-testshire-2016-01-to-2019-01.csv"')
    assert response.content.startswith(b"\xef\xbb\xbfIndicator,Area code,Area,Period,")
    rows = rows_of(response)
    assert rows[2] == {
        "Indicator": "Calls",
        "Area code": "E10000099",
        "Area": "Testshire",
        "Period": "year to January 2019",
        "First day": "2018-02-01",
        "Last day": "2019-01-31",
        "Value": "31204.5",
        "Value to": "",
        "Qualifier": "exact",
        "Status": "provisional",
        "Coverage": "38 of 43 forces",
        "Source": "Test Police, Returns 2019",
        "File": "returns.csv",
        "Line": "2",
        "Note": "Early.",
    }
    assert (rows[1]["Value"], rows[1]["Value to"]) == ("15", "25")
    assert (rows[0]["Value"], rows[0]["Status"]) == ("", "not available")


def test_without_an_area_the_file_has_every_area_that_may_be_shown(reader: Client) -> None:
    calls, visits = indicator("calls"), indicator("visits", sensitivity="standard")
    place = district()
    for each in (calls, visits):
        held(each, year(2018), 100)
        held(each, year(2018), 7, area=place)

    response = reader.get("/indicators/calls.csv")

    assert [row["Area"] for row in rows_of(response)] == ["Testford", "Testshire"]
    assert "calls-all-areas-2018-01-to-2018-12.csv" in response["Content-Disposition"]
    assert [row["Area"] for row in rows_of(reader.get("/indicators/visits.csv"))] == ["Testshire"]


def test_a_file_without_figures_has_its_headings(reader: Client) -> None:
    indicator("calls")

    response = reader.get("/indicators/calls.csv")

    assert rows_of(response) == []
    assert 'filename="calls-all-areas.csv"' in response["Content-Disposition"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_guarded_and_numbers_are_not(reader: Client, start: str) -> None:
    calls = indicator("calls", name=f"{start}cmd|' /C calc'!A0", kind="percentage")
    held(calls, year(2018), -5, note=f"{start}1+1", coverage=f"{start}2")

    row = rows_of(reader.get("/indicators/calls.csv"))[0]

    assert row["Indicator"].startswith(f"'{start}cmd")
    assert (row["Note"], row["Coverage"]) == (f"'{start}1+1", f"'{start}2")
    assert row["Value"] == "-5"
