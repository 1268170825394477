"""/data/uploads/<id>/sheet/: which sheet of a workbook is read. All figures are illustrative."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.models import Extract, Indicator, Observation
from tests import held
from tests.plan import partner, someone
from tests.unit.extracts.books import row, xlsx
from tests.web.test_data import address, text_of, use

pytestmark = pytest.mark.django_db

NAMES = row(1, "indicator", "area_code", "period", "value")


def sheet_of(period: str, value: object) -> str:
    return NAMES + row(2, "calls", "E10000099", period, value)


BOOK = xlsx({"Cover": row(1, "Calls by month"), "Oct": sheet_of("October 2018", 7), "Nov": sheet_of("Nov 2018", 8)})


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls", frequency="month")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def arrived(client: Client, book: bytes = BOOK) -> str:
    """Upload a workbook; the address at which its sheet is chosen."""
    return address(client, book, "book.xlsx").replace("columns/", "sheet/")


def chosen(client: Client, at: str, sheet: str) -> str:
    response = client.post(at, {"sheet": sheet})
    assert response.status_code == 302, text_of(response)
    return str(response.url)


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_choose_a_sheet(client: Client, role: Role | None) -> None:
    client.force_login(someone(Role.ANALYST))
    at = arrived(client)
    client.logout()
    if role:
        client.force_login(someone(role, partner("some", "Some") if role is Role.WORKING_GROUP else None))
    refused = 403 if role else 302

    assert [client.get(at).status_code, client.post(at, {"sheet": "Oct"}).status_code] == [refused] * 2
    assert Extract.objects.get().sheet == ""


# --- what cannot be


@pytest.mark.parametrize("sheet", ["", "Cover", "Dec", "oct", "<b>"])
def test_a_sheet_that_holds_no_table_or_is_not_there_is_refused(analyst: Client, sheet: str) -> None:
    at = arrived(analyst)

    response = analyst.post(at, {"sheet": sheet})

    assert response.status_code == 422
    assert "book.xlsx has no table on a sheet of that name." in text_of(response)
    assert Extract.objects.get().sheet == ""


def test_a_file_without_sheets_leads_back_to_its_page(analyst: Client) -> None:
    page = address(analyst, "indicator,area_code,period,value\ncalls,E10000099,Oct 2018,7\n")

    assert analyst.get(f"{page}sheet/").url == page
    assert analyst.post(f"{page}sheet/", {"sheet": "Oct"}).url == page


# --- what is read


def test_the_sheets_with_a_table_are_offered_as_buttons(analyst: Client) -> None:
    said = text_of(analyst.get(arrived(analyst)))

    assert "2 sheets hold a table" in said
    assert "Oct Nov" in said
    assert "Cover" not in said


def test_a_tidy_sheet_that_is_chosen_is_previewed_and_used_and_no_other(analyst: Client) -> None:
    at = arrived(analyst)

    page = chosen(analyst, at, "Nov")
    said = text_of(analyst.get(page))
    use(analyst, page)

    assert "1 new, 0 revised, 0 unchanged" in said
    assert "Read from the sheet “Nov”. Read another sheet" in said
    assert [(figure.period.label, figure.value) for figure in Observation.objects.all()] == [("November 2018", 8)]
    extract = Extract.objects.get()
    assert (extract.sheet, extract.format, extract.state) == ("Nov", "native", "used")
    assert AuditEvent.objects.get(kind="sheet-chosen").sentence == "Chose the sheet Nov of book.xlsx."


def test_the_only_sheet_with_a_table_is_kept_without_asking(analyst: Client) -> None:
    page = address(analyst, xlsx({"Cover": row(1, "Calls"), "Oct": sheet_of("October 2018", 7)}), "book.xlsx")

    assert "Read from the sheet “Oct”." in text_of(analyst.get(page))
    assert Extract.objects.get().sheet == "Oct"


def test_another_sheet_can_be_chosen_until_one_is_used(analyst: Client) -> None:
    at = arrived(analyst)
    chosen(analyst, at, "Nov")

    page = chosen(analyst, at, "Oct")

    assert "October 2018" in text_of(analyst.get(page))
    assert Extract.objects.get().sheet == "Oct"


def test_once_a_sheet_is_used_the_next_one_is_an_upload_of_its_own(analyst: Client) -> None:
    at = arrived(analyst)
    first = chosen(analyst, at, "Oct")
    use(analyst, first)

    second = chosen(analyst, at, "Nov")
    again = chosen(analyst, at, "Nov")
    use(analyst, second)

    assert second not in ("", first)
    assert again == second
    assert chosen(analyst, at, "Oct") == first
    assert sorted(Extract.objects.values_list("sheet", "state")) == [("Nov", "used"), ("Oct", "used")]
    assert sorted(Observation.objects.filter(until=None).values_list("value", flat=True)) == [7, 8]


def test_a_sheet_with_errors_says_where(analyst: Client) -> None:
    at = arrived(analyst, xlsx({"Oct": sheet_of("October 2018", "7O"), "Nov": sheet_of("Nov 2018", 8)}))

    said = text_of(analyst.get(chosen(analyst, at, "Oct")))

    assert "Line 2, column 4 (value): “7O” is not a number." in said
    assert "Read another sheet" in said


def test_the_number_of_queries_does_not_grow_with_the_sheets(
    analyst: Client, django_assert_max_num_queries: Any
) -> None:
    at = arrived(analyst, xlsx({f"Sheet {number}": sheet_of("October 2018", number) for number in range(30)}))

    with django_assert_max_num_queries(6):
        assert "30 sheets hold a table" in text_of(analyst.get(at))


def test_the_list_says_that_a_workbook_waits_for_its_sheet(analyst: Client) -> None:
    at = arrived(analyst)
    assert "book.xlsx Sheet to be chosen" in text_of(analyst.get("/data/"))

    chosen(analyst, at, "Oct")

    assert "book.xlsx To be checked" in text_of(analyst.get("/data/"))
