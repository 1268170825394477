"""/data/uploads/<id>/columns/: what the columns of any other table are. All figures are illustrative."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.models import Area, Extract, Observation, SupplierMapping
from tests import held
from tests.plan import partner, someone
from tests.unit.extracts.books import row, xlsx
from tests.unit.extracts.partners import MARAC, ONE_STOP_SHOPS, SCAMS, as_workbook, rows_of
from tests.web.test_data import text_of, use

pytestmark = pytest.mark.django_db

NEXT = ONE_STOP_SHOPS.replace("Apr-18,May-18,Jun-18", "Jul-18,Aug-18,Sep-18").replace("12 July", "9 October")


NEXT_ROWS = rows_of(NEXT)


@pytest.fixture(autouse=True)
def figures() -> None:
    """Three indicators of the county and its districts."""
    held.indicator("shop-visitors", name="Visitors to One Stop Shops", short_name="One Stop Shop visitors")
    held.indicator("marac-cases", name="Cases heard at MARACs", short_name="MARAC cases")
    held.indicator("scam-visits", name="Visits to victims of scams", short_name="Scam visits")
    Area.objects.filter(code="E10000099").update(aliases=["Kent"])
    for number, name in enumerate(("Ashford", "Canterbury", "Swale")):
        held.district(f"E0700000{number}", name)
    Area.objects.filter(name="Swale").update(aliases=["Shepway"])
    Area.objects.create(code="E07000009", name="Folkestone", aliases=["Swale"], kind=Area.Kind.DISTRICT)
    Area.objects.filter(name="Swale").update(aliases=[])
    Area.objects.filter(name="Folkestone").update(name="Folkestone and Hythe", aliases=["Shepway"])


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def uploaded(client: Client, table: str | bytes, name: str = "table.csv") -> Any:
    data = table.encode() if isinstance(table, str) else table
    return client.post("/data/upload/", {"file": SimpleUploadedFile(name, data)})


def columns(client: Client, table: str | bytes, name: str = "table.csv") -> str:
    """Upload a table; the address at which its columns are named."""
    response = uploaded(client, table, name)
    assert response.url.endswith("/columns/"), response.url
    return str(response.url)


def proposed(client: Client, at: str) -> dict[str, str]:
    """What the form proposes: what would be sent where nothing is changed."""
    page = client.get(at).content.decode()
    found = dict.fromkeys(re.findall(r'<select name="(\w+)"', page), "")
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    supplier = re.search(r'<input type="text" name="supplier"(?: value="([^"]*)")?', page)
    return {**found, "supplier": (supplier[1] or "") if supplier else ""}


def previewed(client: Client, at: str, **said: str) -> str:
    """Send what is proposed but for what is said; the address of the preview."""
    response = client.post(at, {**proposed(client, at), "supplier": "Test Partner", **said})
    assert response.status_code == 302, text_of(response)
    return str(response.url)


def values(**only: Any) -> list[tuple[str, str, int]]:
    found = Observation.objects.filter(until=None, **only).order_by("area__name", "period_start")
    return [(figure.area.name, figure.period.label, int(figure.value or 0)) for figure in found]


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_say_what_columns_are(client: Client, role: Role | None) -> None:
    client.force_login(someone(Role.ANALYST))
    at = columns(client, SCAMS)
    client.logout()
    if role:
        client.force_login(someone(role, partner("some", "Some") if role is Role.WORKING_GROUP else None))
    refused = 403 if role else 302

    assert [client.get(at).status_code, client.post(at, {"supplier": "X"}).status_code] == [refused] * 2
    assert not SupplierMapping.objects.exists()
    assert not Extract.objects.exclude(mapping={}).exists()


def test_a_file_of_a_known_format_has_no_columns_to_name(analyst: Client) -> None:
    known = "indicator,area,period,value\nshop-visitors,Ashford,Apr 2018,3\n"
    at = uploaded(analyst, known).url

    assert at.endswith("/data/uploads/" + at.split("/")[-2] + "/")
    assert analyst.get(f"{at}columns/").url == at
    assert analyst.post(f"{at}columns/", {"supplier": "X"}).url == at


def test_a_file_that_is_used_is_not_read_anew(analyst: Client) -> None:
    at = columns(analyst, ONE_STOP_SHOPS)
    preview = previewed(analyst, at)
    use(analyst, preview)

    assert analyst.post(at, {"supplier": "Else"}).url == preview
    assert Extract.objects.get().mapping["supplier"] == "Test Partner"


# --- the page


def test_the_page_shows_the_title_the_first_rows_and_what_is_proposed(analyst: Client) -> None:
    at = columns(analyst, ONE_STOP_SHOPS)
    said, page = text_of(analyst.get(at)), proposed(analyst, at)

    assert "One Stop Shop visitors 2018/19 (illustrative figures)" in said
    assert "5 Ashford 10 12 13 35" in said
    assert "3 columns named after a period, from Apr-18" in said
    assert (page["indicator"], page["layout"], page["parts"], page["area"]) == (
        "shop-visitors",
        "periods",
        "parts",
        "E10000099",
    )
    assert (page["column_1"], page["column_2"], page["column_5"]) == ("area", "value", "total")


def test_every_select_and_box_has_a_label(analyst: Client) -> None:
    page = analyst.get(columns(analyst, SCAMS)).content.decode()
    main = page.partition("<main")[2]

    ids = re.findall(r'<(?:select|input type="text")[^>]* id="(\w+)"', main)
    assert len(ids) > 10
    assert [name for name in ids if f'for="{name}"' not in main] == []


def test_what_stands_in_a_table_is_never_taken_for_markup(analyst: Client) -> None:
    at = columns(analyst, SCAMS.replace("Ashford", "<script>alert(1)</script>"))

    assert "<script>alert" not in analyst.get(at).content.decode()


def test_the_list_says_that_a_table_waits_for_its_columns(analyst: Client) -> None:
    at = columns(analyst, SCAMS)
    assert "table.csv Columns to be named 0" in text_of(analyst.get("/data/"))

    previewed(analyst, at, sign_0="zero")

    assert "table.csv To be checked" in text_of(analyst.get("/data/"))


def test_the_list_says_what_cannot_be_used_as_before(analyst: Client) -> None:
    uploaded(analyst, "%PDF-1.7", "report.pdf")

    assert "report.pdf Cannot be used" in text_of(analyst.get("/data/"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"supplier": ""}, "Say who sends this table."),
        ({"indicator": ""}, "Choose the indicator that the figures are of."),
        ({"area": ""}, "Choose the area that the figures are of."),
        ({"layout": "long"}, "Say which column holds the periods"),
        ({"layout": "areas"}, "Say which column holds the periods"),
        ({"column_2": "period"}, "Either columns are named after periods"),
        ({"column_5": "area"}, "Only one column can hold names of areas."),
        ({"layout": "indicators", "column_1": "period"}, "Say what Apr-18 counts."),
        ({"heads": "nonsense"}, "Select a valid choice"),
        ({"column_1": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_at_its_select(analyst: Client, said: dict[str, str], expected: str) -> None:
    at = columns(analyst, ONE_STOP_SHOPS)

    response = analyst.post(at, {**proposed(analyst, at), "supplier": "Test Partner", **said})

    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert expected in text_of(response)
    assert not SupplierMapping.objects.exists()


@pytest.mark.parametrize("said", [{}, {"layout": "areas"}, {"heads": "below"}, {"heads": "above"}, {"parts": "?"}])
@pytest.mark.parametrize("table", [ONE_STOP_SHOPS, MARAC, SCAMS])
def test_nothing_that_is_sent_ends_in_an_error_of_ours(analyst: Client, table: str, said: dict[str, str]) -> None:
    at = columns(analyst, table)

    assert analyst.post(at, said).status_code == 422
    assert analyst.post(at, {**proposed(analyst, at), "supplier": "P", **said}).status_code in (302, 422)


def test_errors_in_the_figures_stand_on_the_preview_with_line_and_column(analyst: Client) -> None:
    preview = previewed(analyst, columns(analyst, SCAMS))

    said = text_of(analyst.get(preview))
    assert "This file cannot be used" in said
    assert "Line 5, column 2 (2018/19 Q1): “-” can mean several things." in said
    assert f'href="{preview}columns/"' in analyst.get(preview).content.decode()
    assert not SupplierMapping.objects.exists()


def test_a_workbook_of_several_tables_asks_for_the_sheet(analyst: Client) -> None:
    rows = [row(1, "District", "Apr-18", "May-18"), row(2, "Ashford", 3, 4)]
    at = columns(analyst, xlsx({"Cases &amp; more": "".join(rows), "Other": "".join(rows)}), "book.xlsx")

    asked = analyst.get(at).url
    assert 'name="sheet" value="Cases &amp; more"' in analyst.get(asked).content.decode()
    assert analyst.post(asked, {"sheet": "Cases & more"}).url == at
    preview = previewed(analyst, at, indicator="marac-cases")
    assert "Read from the sheet “Cases & more”." in text_of(analyst.get(preview))
    use(analyst, preview)
    assert values() == [("Ashford", "April 2018", 3), ("Ashford", "May 2018", 4)]


# --- three tables of partners, from the first time to the next


@pytest.mark.parametrize("made", [str.encode, as_workbook], ids=["csv", "xlsx"])
def test_visitors_by_site_add_up_and_next_quarter_takes_three_clicks(analyst: Client, made: Any) -> None:
    preview = previewed(analyst, columns(analyst, made(ONE_STOP_SHOPS)))
    said = text_of(analyst.get(preview))
    assert "Read as a table of Test Partner." in said
    assert "3 parts were added up to Testshire: Ashford, Canterbury, Medway." in said
    use(analyst, preview)
    assert values() == [
        ("Testshire", "April 2018", 34),
        ("Testshire", "May 2018", 33),
        ("Testshire", "June 2018", 41),
    ]

    again = uploaded(analyst, made(NEXT), "next.csv").url

    assert not again.endswith("/columns/")
    assert "Read as a table of Test Partner." in text_of(analyst.get(again))
    use(analyst, again)
    assert values()[3:] == [
        ("Testshire", "July 2018", 34),
        ("Testshire", "August 2018", 33),
        ("Testshire", "September 2018", 41),
    ]


@pytest.mark.parametrize("made", [str.encode, as_workbook], ids=["csv", "xlsx"])
def test_cases_by_area_and_month_are_read_under_two_header_rows(analyst: Client, made: Any) -> None:
    use(analyst, previewed(analyst, columns(analyst, made(MARAC))))

    assert values(area__name="Folkestone and Hythe") == [
        ("Folkestone and Hythe", "October 2018", 7),
        ("Folkestone and Hythe", "November 2018", 8),
        ("Folkestone and Hythe", "December 2018", 9),
        ("Folkestone and Hythe", "January 2019", 10),
        ("Folkestone and Hythe", "February 2019", 11),
    ]
    assert Observation.objects.get(status="suppressed").line == 4


@pytest.mark.parametrize("made", [str.encode, as_workbook], ids=["csv", "xlsx"])
def test_visits_by_district_keep_their_total_and_ask_what_a_sign_means(analyst: Client, made: Any) -> None:
    at = columns(analyst, made(SCAMS))
    assert proposed(analyst, at)["sign_0"] == ""

    use(analyst, previewed(analyst, at, sign_0="zero"))

    assert [value for _, _, value in values(area__name="Testshire")] == [13, 17, 20]
    assert [value for _, _, value in values(area__name="Swale")] == [0, 2, 3]


def test_a_total_that_is_not_the_sum_of_its_parts_is_a_warning_that_names_both(analyst: Client) -> None:
    preview = previewed(analyst, columns(analyst, SCAMS.replace("Kent total,13", "Kent total,14")), sign_0="zero")

    said = text_of(analyst.get(preview))
    assert "“Kent total” says 14; its parts add up to 13." in said
    assert "Use these figures" in said


# --- what is kept


@pytest.mark.parametrize(
    "table",
    [as_workbook(NEXT, "Q2"), NEXT.replace(",", ";"), xlsx({"Cover": row(1, "Hello")} | {"Q2": NEXT_ROWS})],
    ids=["another name of the sheet", "another separator", "another sheet before it"],
)
def test_the_next_table_is_known_however_it_is_saved(analyst: Client, table: str | bytes) -> None:
    previewed(analyst, columns(analyst, as_workbook(ONE_STOP_SHOPS, "Q1")))

    at = uploaded(analyst, table, "next").url

    use(analyst, at)
    assert [value for _, _, value in values()] == [34, 33, 41]


def test_of_several_sheets_the_one_that_is_known_is_read(analyst: Client) -> None:
    previewed(analyst, columns(analyst, ONE_STOP_SHOPS))
    both = xlsx({"Other": row(1, "A", "B") + row(2, "C", 1), "Q2": NEXT_ROWS})

    use(analyst, uploaded(analyst, both, "next.xlsx").url)

    assert [value for _, _, value in values()] == [34, 33, 41]


def test_the_next_table_is_known_from_the_shell_as_well(analyst: Client, tmp_path: Path) -> None:
    previewed(analyst, columns(analyst, ONE_STOP_SHOPS))
    file = tmp_path / "next.csv"
    file.write_text(NEXT)
    out = StringIO()

    call_command("import_extract", str(file), "--json", stdout=out)

    (found,) = json.loads(out.getvalue())["files"]
    assert (found["format"], found["rows"], found["new"]) == ("mapped", 4, 3)


def test_the_same_columns_of_two_suppliers_are_asked_about(analyst: Client) -> None:
    at = columns(analyst, ONE_STOP_SHOPS)
    previewed(analyst, at)
    previewed(analyst, at, supplier="Another")

    assert SupplierMapping.objects.count() == 2
    assert proposed(analyst, columns(analyst, NEXT, "next.csv"))["supplier"] == "Another"


def test_saying_it_again_replaces_what_was_kept_and_leaves_a_trail(analyst: Client) -> None:
    at = columns(analyst, ONE_STOP_SHOPS)
    previewed(analyst, at)
    previewed(analyst, at, blank="zero")

    kept = SupplierMapping.objects.get()
    assert (kept.layout["blank"], kept.saved_by_name, kept.layout["names"]) == (
        "zero",
        "Ana",
        ["Ashford", "Canterbury", "Medway"],
    )
    sentences = AuditEvent.objects.filter(kind="columns-said").values_list("sentence", flat=True)
    assert set(sentences) == {"Said what the columns of table.csv from Test Partner are."}
    assert len(sentences) == 2


def test_a_file_that_came_in_keeps_how_it_was_read_whatever_is_said_of_the_next(analyst: Client) -> None:
    first = previewed(analyst, columns(analyst, ONE_STOP_SHOPS))
    SupplierMapping.objects.update(layout={})

    use(analyst, first)

    assert [value for _, _, value in values()] == [34, 33, 41]
