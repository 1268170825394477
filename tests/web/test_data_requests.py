"""/data/requests/: what is due from whom, in which layout, and what to send them."""

import csv
import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from indicators.extracts.storage import path_of
from indicators.models import Area, Extract, Indicator, Source
from tests import held
from tests.plan import partner, someone
from tests.series import month, quarter, year

pytestmark = pytest.mark.django_db

PATH = "/data/requests/"
TEMPLATE = "/data/requests/test-police.csv"
CALLS = "indicator,area_code,period_start,period_end,value\ncalls,E10000099,2018-10-01,2018-12-31,700\n"


@pytest.fixture(autouse=True)
def _december_2019(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2019, 12, 31, 12, tzinfo=UTC))


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


@pytest.fixture
def calls() -> Indicator:
    return held.indicator("calls")


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def rows_of(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))


def used(client: Client, name: str = "calls.csv") -> Extract:
    """A file that came in and is used."""
    at = client.post("/data/upload/", {"file": SimpleUploadedFile(name, CALLS.encode(), "text/csv")}).url
    seen = re.search(r'name="checksum" value="(\w+)"', client.get(at).content.decode())
    client.post(f"{at}use/", {"checksum": seen[1] if seen else ""})
    return Extract.objects.get(state=Extract.State.USED)


# --- who may not


@pytest.mark.parametrize("role", [Role.WORKING_GROUP, Role.GOVERNING_GROUP])
def test_those_who_may_not_see_data_do_not_see_it(client: Client, role: Role, calls: Indicator) -> None:
    client.force_login(someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None))

    assert [client.get(path).status_code for path in (PATH, TEMPLATE)] == [403, 403]


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_get_the_file_as_it_came(client: Client, role: Role | None, calls: Indicator) -> None:
    client.force_login(someone(Role.ANALYST))
    extract = used(client)
    client.logout()
    if role:
        client.force_login(someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None))

    assert client.get(f"/data/uploads/{extract.pk}/file/").status_code == (403 if role else 302)


def test_those_who_may_only_see_have_no_link_to_the_file(client: Client, calls: Indicator) -> None:
    client.force_login(someone(Role.ANALYST))
    extract = used(client)
    client.force_login(someone(Role.COORDINATOR))

    response = client.get(PATH)

    assert "calls.csv" in text_of(response)
    assert f"/data/uploads/{extract.pk}/file/" not in response.content.decode()


# --- what is due


def test_each_supplier_has_what_is_overdue_with_every_period(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2018, 4), 700)

    said = text_of(analyst.get(PATH))

    assert "Overdue: Test Police Indicator Period Area Latest held Calls January to March 2019, April to" in said
    assert "April to June 2019 Testshire October to December 2018" in said


def test_of_what_has_long_been_silent_it_is_asked_whether_it_still_comes(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2010, 4), 700)

    said = text_of(analyst.get(PATH))

    assert "Ask whether it is still reported" in said
    assert "Calls July to September 2019 Testshire" not in said
    assert "Calls April to June 2019 Testshire October to December 2010" in said
    assert "Overdue: Test Police" not in said


def test_what_comes_from_time_to_time_is_asked_of_nobody(analyst: Client) -> None:
    held.held(held.indicator("calls", frequency="irregular"), year(2001), 7)

    assert "Nothing is due from anyone." in text_of(analyst.get(PATH))
    assert analyst.get(TEMPLATE).status_code == 404


def test_what_is_not_due_yet_is_named_with_its_day(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2019, 3), 700)

    said = text_of(analyst.get(PATH))

    assert "Nothing to ask for yet Test Police: Calls, October to December 2019, by 31 March 2020" in said
    assert analyst.get(TEMPLATE).status_code == 404


def test_many_periods_are_named_by_the_first_and_the_last(analyst: Client) -> None:
    held.held(held.indicator("calls", frequency="month"), month(2018, 12), 7)

    assert "January 2019 to September 2019, each month" in text_of(analyst.get(PATH))


def test_the_last_file_is_named_with_its_layout_and_can_be_had(analyst: Client, calls: Indicator) -> None:
    extract = used(analyst)

    response = analyst.get(PATH)

    assert "calls.csv , 31 December 2019, Ana" in text_of(response)
    assert "Tidy table, with the columns indicator, area_code, period_start, period_end, value." in text_of(response)
    assert f'href="/data/uploads/{extract.pk}/file/"' in response.content.decode()


def test_without_a_file_the_layout_is_that_of_the_one_to_fill_in(analyst: Client, calls: Indicator) -> None:
    said = text_of(analyst.get(PATH))

    assert "None has come in." in said
    assert "That of the file to fill in." in said


def test_a_file_whose_bytes_are_gone_takes_nothing_else_away(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2018, 4), 700)

    assert "returns.csv" in text_of(analyst.get(PATH))


def test_the_mail_says_what_is_wanted_and_who_asks(analyst: Client, calls: Indicator, settings: Any) -> None:
    settings.SITE_NAME = "Testshire Partnership"
    used(analyst)

    said = text_of(analyst.get(PATH))

    assert "For Testshire Partnership these figures have not reached us yet: - Calls (Testshire): January to" in said
    assert "The same layout as last time is best (calls.csv, 31 December 2019). Or fill in" in said
    assert "figures-from-test-police.csv, which is attached" in said
    assert "Thank you Ana" in said


# --- the file to fill in


def test_the_file_to_fill_in_has_a_row_for_each_figure_asked_for(analyst: Client, calls: Indicator) -> None:
    for area in (held.county(), held.district()):
        held.held(calls, quarter(2018, 4), 700, area=area)

    rows = rows_of(analyst.get(TEMPLATE))

    assert [(row["indicator"], row["area_code"], row["period_start"], row["period_end"]) for row in rows] == [
        ("calls", "E07000099", "2019-01-01", "2019-03-31"),
        ("calls", "E10000099", "2019-01-01", "2019-03-31"),
        ("calls", "E07000099", "2019-04-01", "2019-06-30"),
        ("calls", "E10000099", "2019-04-01", "2019-06-30"),
    ]
    assert {row["value"] for row in rows} == {""}


def test_areas_that_had_nothing_in_the_latest_period_are_not_asked_for(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2018, 4), 700)
    held.held(calls, quarter(2015, 4), 7, area=held.district())

    assert {row["area"] for row in rows_of(analyst.get(TEMPLATE))} == {"Testshire"}


def test_filled_in_it_can_be_used_as_it_is(analyst: Client, calls: Indicator) -> None:
    held.held(calls, quarter(2018, 4), 700)
    filled = re.sub(r"(\d\d-\d\d),,", r"\1,12,", analyst.get(TEMPLATE).content.decode("utf-8-sig"))

    at = analyst.post("/data/upload/", {"file": SimpleUploadedFile("back.csv", filled.encode())}).url

    assert "2 new" in text_of(analyst.get(at))


def test_nobody_is_a_supplier_that_is_not_one(analyst: Client, calls: Indicator) -> None:
    assert analyst.get("/data/requests/nobody.csv").status_code == 404


# --- the file as it came


def test_the_file_comes_back_byte_for_byte_to_be_saved(analyst: Client, calls: Indicator) -> None:
    extract = used(analyst)

    response = analyst.get(f"/data/uploads/{extract.pk}/file/")

    assert b"".join(response.streaming_content) == CALLS.encode()  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == f'attachment; filename="upload-{extract.pk}-calls.csv"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ['a";\r\nX-Evil: 1', "../../etc/passwd", "<b>.csv", "\u202ecsv.exe", "."])
def test_its_name_is_made_safe(analyst: Client, calls: Indicator, name: str) -> None:
    extract = used(analyst)
    Extract.objects.update(original_name=name)

    response = analyst.get(f"/data/uploads/{extract.pk}/file/")
    response.close()

    assert re.fullmatch(r'attachment; filename="upload-[\w.-]+"', response.headers["Content-Disposition"])
    assert "X-Evil" not in response.headers


def test_a_file_that_is_gone_or_never_was_is_not_found(analyst: Client, calls: Indicator) -> None:
    extract = used(analyst)
    path_of(extract.sha256).unlink()

    assert analyst.get(f"/data/uploads/{extract.pk}/file/").status_code == 404
    assert analyst.get("/data/uploads/999999/file/").status_code == 404


# --- safety


def test_names_are_never_taken_for_markup_or_formulas(analyst: Client) -> None:
    held.indicator("calls", name="<script>alert(1)</script>")
    Source.objects.update(publisher="<img src=x>")
    Area.objects.update(name="=1+1")

    page = analyst.get(PATH).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert rows_of(analyst.get("/data/requests/img-srcx.csv"))[0]["area"] == "'=1+1"


def test_a_supplier_without_a_letter_to_its_name_has_an_address_all_the_same(analyst: Client, calls: Indicator) -> None:
    Source.objects.update(publisher="???")

    assert "/data/requests/supplier.csv" in analyst.get(PATH).content.decode()


@pytest.mark.parametrize("indicators", [2, 40])
def test_it_takes_the_same_queries_for_2_and_40_indicators(
    analyst: Client, django_assert_max_num_queries: Any, indicators: int
) -> None:
    for n in range(indicators):
        held.held(held.indicator(f"i{n}"), quarter(2018, 4), 7)

    with django_assert_max_num_queries(11):
        analyst.get(PATH)
