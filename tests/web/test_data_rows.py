"""/data/uploads/<id>/rows-to-correct.csv: what is wrong, as a file to send back. All figures are illustrative."""

import csv
import io

import pytest
from django.test import Client

from accounts.roles import Role
from indicators import upload_rows
from indicators.extracts.storage import path_of
from indicators.models import Area, Extract, Indicator
from tests import held
from tests.plan import partner, someone
from tests.unit.extracts.books import row, xlsx
from tests.web.test_data import HEADER, TWO, address, text_of

pytestmark = pytest.mark.django_db

WRONG = TWO.replace("700", "7OO") + "cals,Kemt,2017-01-01,2017-12-31,8,final,=1+1\n"
LINK = "download the rows to correct as CSV"


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def downloaded(client: Client, at: str) -> list[list[str]]:
    response = client.get(f"{at}rows-to-correct.csv")
    assert response.status_code == 200
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_get_rows_of_a_file(client: Client, role: Role | None) -> None:
    client.force_login(someone(Role.ANALYST))
    at = address(client, WRONG)
    client.logout()
    if role:
        client.force_login(someone(role, partner("some", "Some") if role is Role.WORKING_GROUP else None))

    assert client.get(f"{at}rows-to-correct.csv").status_code == (403 if role else 302)
    if role is Role.COORDINATOR:
        assert LINK not in text_of(client.get(at))


# --- when there is none


@pytest.mark.parametrize(
    "data",
    [
        TWO,
        TWO.replace("value,", "amount,"),
        "%PDF-1.7",
        "site,visits\nMargate,3\n",
        WRONG.replace("=1+1", "Margate CT9 1XX"),
        WRONG.replace("note", "Victim name"),
    ],
    ids=["nothing wrong", "the header alone", "no table", "no known table", "details of people", "a column for them"],
)
def test_it_is_neither_offered_nor_given_where_no_row_can_be_sent_back(analyst: Client, data: str) -> None:
    at = address(analyst, data).replace("columns/", "")

    assert LINK not in text_of(analyst.get(at))
    assert analyst.get(f"{at}rows-to-correct.csv").status_code == 404


def test_of_a_file_that_is_no_longer_kept_there_is_none(analyst: Client) -> None:
    at = address(analyst, WRONG)
    path_of(Extract.objects.get().sha256).unlink()

    assert analyst.get(f"{at}rows-to-correct.csv").status_code == 404


# --- what is in it


def test_the_wrong_rows_stand_under_the_header_with_their_line_and_what_is_wrong(analyst: Client) -> None:
    at = address(analyst, WRONG)

    assert LINK in text_of(analyst.get(at))
    assert downloaded(analyst, at) == [
        [*HEADER.strip().split(","), "Line", "What is wrong"],
        [
            *("calls", "E10000099", "2018-10-01", "2018-12-31", "7OO", "final", ""),
            "2",
            "value: “7OO” is not a number. Expected digits, such as 1234 or 12.5.",
        ],
        [
            *("cals", "Kemt", "2017-01-01", "2017-12-31", "8", "final", "'=1+1"),
            "4",
            "indicator: “cals” is not an indicator. Did you mean calls? area_code: “Kemt” is not an area.",
        ],
    ]


@pytest.mark.parametrize(
    ("cell", "given"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "+44"),
        ("-7", "-7"),
        ("−7", "−7"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-7+1", "'-7+1"),
        ('"\t=1"', "'\t=1"),
        ("<b>", "<b>"),
    ],
)
def test_nothing_in_it_runs_as_a_formula_and_numbers_stay_numbers(analyst: Client, cell: str, given: str) -> None:
    at = address(analyst, HEADER + f"cals,E10000099,2018-10-01,2018-12-31,7,final,{cell}\n")

    assert downloaded(analyst, at)[1][6] == given


def test_rows_of_another_width_keep_all_their_cells(analyst: Client) -> None:
    at = address(analyst, TWO.replace(",700,final,", ",1,200,final,By phone") + "calls,E10000099\n")

    header, wide, narrow = downloaded(analyst, at)

    assert header[6:] == ["note", "", "Line", "What is wrong"]
    assert wide[4:9] == ["1", "200", "final", "By phone", "2"]
    assert narrow == ["calls", "E10000099", *[""] * 6, "4", narrow[-1]]
    assert narrow[-1].startswith("period_start: There are 2 cells; expected 7")


def test_rows_that_cannot_be_cut_are_named_by_their_line(analyst: Client) -> None:
    at = address(analyst, TWO.replace(",700,", ',7"00,') + 'calls,"E10000099\n')

    header, quoted, unclosed = downloaded(analyst, at)

    assert quoted[4:9] == ['7"00', "final", "", "2", quoted[-1]]
    assert unclosed == [*[""] * 7, "4", unclosed[-1]]
    assert "never closed" in unclosed[-1]
    assert header[-2:] == ["Line", "What is wrong"]


def test_all_wrong_rows_are_there_however_many_the_page_lists(analyst: Client) -> None:
    lines = ["calls,E10000099,2018-01-01,2018-12-31,x,final,\n"] * 300
    at = address(analyst, HEADER + "".join(lines))

    assert len(downloaded(analyst, at)) == 301
    assert "And 100 more." in text_of(analyst.get(at))


def test_where_there_are_too_many_the_file_says_how_many_more(analyst: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_rows, "MOST", 2)
    lines = [f"calls,E10000099,{year}-01-01,{year}-12-31,x,final,\n" for year in range(1995, 2000)]

    found = downloaded(analyst, address(analyst, HEADER + "".join(lines)))

    assert [each[-2] for each in found] == ["Line", "2", "3", ""]
    assert found[-1][-1] == "There are 3 more errors in the file."


def test_what_is_corrected_already_is_not_sent_back(analyst: Client) -> None:
    at = address(analyst, WRONG)
    said = {"line": "2", "column": "5", "was": "7OO", "now": "700", "why": "Typing"}
    analyst.post(f"{at}correct/", said)

    assert [each[-2] for each in downloaded(analyst, at)] == ["Line", "4"]


def test_a_sheet_is_sent_back_as_csv(analyst: Client) -> None:
    names = row(2, "indicator", "area_code", "period", "value")
    book = xlsx({"Oct": row(1, "Calls", None) + names + row(3, "calls", "E10000099", "Oct 2018", "7O")})
    at = address(analyst, book, "book.xlsx")

    assert [each[:5] for each in downloaded(analyst, at)] == [
        ["indicator", "area_code", "period", "value", "Line"],
        ["calls", "E10000099", "Oct 2018", "7O", "3"],
    ]


def street(*kinds: str, more: str = "") -> str:
    Area.objects.create(code="E23000032", name="Kent and Medway", kind="force", aliases=["Kent Police"])
    names = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type"
    rows = [f",2018-10,Kent Police,Kent Police,1,51,On,E01,Ashford 001B,{kind}{more and ','}\n" for kind in kinds]
    return f"{names}{more}\n{''.join(rows)}"


def test_of_a_street_file_the_first_row_of_a_kind_says_how_many_more_there_are(analyst: Client) -> None:
    at = address(analyst, street("Burglry", "Burglry", "Burglry"))

    header, wrong = downloaded(analyst, at)

    assert header[9:] == ["Crime type", "Line", "What is wrong"]
    assert wrong[9:] == ["Burglry", "2", "Crime type: “Burglry” is not a known crime type. So say 2 more rows."]


def test_a_name_of_a_column_does_not_run_as_a_formula_either(analyst: Client) -> None:
    at = address(analyst, street("=Burglary", more=",@SUM(1)"))

    header, wrong = downloaded(analyst, at)

    assert (header[10], wrong[9]) == ("'@SUM(1)", "'=Burglary")
