"""/observations/<pk>/: the line of the file that a figure came from, and the cell of it."""

import html
import io
import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.extracts import quoting
from indicators.extracts.apply import apply, receive
from indicators.extracts.formats.mapping import Column, Mapping
from indicators.extracts.naming import say_columns
from indicators.extracts.storage import keep
from indicators.models import Extract, Observation
from tests.held import district, held, indicator
from tests.plan import someone
from tests.series import year
from tests.unit.extracts.books import archive, row, xlsx

pytestmark = pytest.mark.django_db

HEADER = "indicator,area_code,period_start,period_end,value\n"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def kept_file(content: bytes, format_: str = "native") -> Extract:
    kept = keep(io.BytesIO(content))
    return Extract.objects.create(
        sha256=kept.sha256,
        size=kept.size,
        original_name="march-2019.csv",
        format=format_,
        state=Extract.State.USED,
        uploaded_by_name="Ann Analyst",
    )


# --- a line that holds one figure, or is the first of several


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_line_is_printed_as_it_stood_and_no_other(reader: Client, encoding: str) -> None:
    lines = HEADER + "calls,E10000099,2018-01-01,2018-12-31,10 <b>é</b>\r\ncalls,E10000099,2017-01-01,2017-12-31,4321\n"
    figure = held(indicator("calls"), year(2018), 10, extract=kept_file(lines.encode(encoding)), line=2)

    response = reader.get(f"/observations/{figure.pk}/")

    assert "calls,E10000099,2018-01-01,2018-12-31,10 &lt;b&gt;é&lt;/b&gt;</pre>" in response.content.decode()
    assert "march-2019.csv, line 2. Uploaded on" in text_of(response)
    assert "by Ann Analyst." in text_of(response)
    assert "4321" not in text_of(response)


def test_the_line_that_names_the_columns_is_printed_above_it(reader: Client) -> None:
    lines = "Returns of March\n\n" + HEADER + "calls,E10000099,2018-01-01,2018-12-31,10\n"
    figure = held(indicator("calls"), year(2018), 10, extract=kept_file(lines.encode()), line=4)

    shown = text_of(reader.get(f"/observations/{figure.pk}/"))

    assert "Line 3 names the columns: indicator,area_code,period_start,period_end,value Line 4 as it stood" in shown
    assert "Returns of March" not in shown


def test_a_long_line_is_cut(reader: Client) -> None:
    of = kept_file((HEADER + "é" * 9000).encode())
    figure = held(indicator("calls"), year(2018), 10, extract=of, line=2)

    page = reader.get(f"/observations/{figure.pk}/").content.decode()

    assert "é" * quoting.MOST_CHARACTERS + "…</pre>" in page


@pytest.mark.parametrize(
    "content",
    [HEADER.encode(), b"", b"\x89PNG", HEADER.encode() + b"\xff\x00\xff", b"x" * 3_000_000],
    ids=["short", "empty", "picture", "damaged", "one endless line"],
)
def test_a_line_that_is_not_there_is_said_to_be_unreadable(reader: Client, content: bytes) -> None:
    figure = held(indicator("calls"), year(2018), 10, extract=kept_file(content), line=2)

    assert quoting.NOT_THERE in text_of(reader.get(f"/observations/{figure.pk}/"))


def test_a_file_that_is_gone_is_said_to_be(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 10)

    assert quoting.GONE in text_of(reader.get(f"/observations/{figure.pk}/"))


def test_a_row_of_a_workbook_is_printed_with_its_cells(reader: Client) -> None:
    rows = row(1, "indicator", "area_code", "period", "value") + row(2, "calls", "E10000099", "2018", 10)
    of = kept_file(xlsx({"Notes": row(1, "Hello"), "Data": rows}))
    figure = held(indicator("calls"), year(2018), 10, extract=of, line=2)

    assert "calls | E10000099 | 2018 | 10</pre>" in reader.get(f"/observations/{figure.pk}/").content.decode()


def test_a_workbook_without_the_row_or_without_its_parts_is_said_to_be_unreadable(reader: Client) -> None:
    calls, rows = indicator("calls"), row(1, "a", "b") + row(2, "c", "d")
    for number, content in enumerate((xlsx({"Data": rows}), archive({"xl/workbook.xml": "<workbook/>"}))):
        figure = held(calls, year(2018 + number), 10, extract=kept_file(content), line=7)

        assert quoting.NOT_THERE in text_of(reader.get(f"/observations/{figure.pk}/"))


STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n,2018-10,Kent Police,Kent Police,1,51,On or near Road,E01,Ashford 001B,Burglary,,\n"
)


def test_of_a_figure_that_counts_rows_the_first_is_printed(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 1, extract=kept_file(STREET.encode(), "police_street"), line=2)

    page = reader.get(f"/observations/{figure.pk}/")

    assert "On or near Road,E01,Ashford 001B,Burglary,,</pre>" in page.content.decode()
    assert quoting.COUNTED in text_of(page)


def test_of_a_figure_whose_status_alone_a_file_changed_no_line_is_printed(reader: Client) -> None:
    figure = held(indicator("calls"), year(2018), 1, extract=kept_file(STREET.encode(), "police_street"), line=1)

    said = text_of(reader.get(f"/observations/{figure.pk}/"))

    assert quoting.STATUS in said
    assert "Crime ID" not in said


# --- a table of a partner's own

TABLE = "Calls by district,,,\nArea,2017,2018,Remarks\nTestford,5,4321,hm\nTestshire,90,100,well\n"
SITES = "Site,2017,2018\nNorth,5,4321\nSouth,6,7\n"
ACROSS = "Year,Testford,Testshire\n2017,5,90\n2018,4321,9999\n"


def used(text: str | bytes, mapping: Mapping) -> dict[str, str]:
    """The addresses of the figures of 2018 by the names of their areas, once the table is used."""
    data = text.encode() if isinstance(text, str) else text
    extract = receive(source=io.BytesIO(data), original_name="table.csv", actor="Tests")
    plan = say_columns(extract=extract, mapping=mapping, actor="Tests")
    assert not plan.findings.errors, plan.findings.kept
    apply(extract=extract, checksum=plan.checksum, actor="Tests")
    found = Observation.objects.filter(period_end__year=2018).select_related("area")
    return {figure.area.name: f"/observations/{figure.pk}/" for figure in found}


def mapping(layout: str, *columns: tuple[str, str], **said: Any) -> Mapping:
    named = tuple(Column(name, role) for name, role in columns)  # type: ignore[arg-type]
    return Mapping("Partner", layout, named, **{"indicator": "calls", **said})  # type: ignore[arg-type]


WIDE = mapping("periods", ("area", "area"), ("remarks", "out"))


def test_the_line_and_the_cell_of_a_partner_s_table_are_printed(reader: Client) -> None:
    indicator("calls")
    district()
    pages = used(
        TABLE.replace(",Remarks", "").replace(",hm", "").replace(",well", ""), mapping("periods", ("area", "area"))
    )

    page = reader.get(pages["Testford"])

    assert "Testford,5,4321</pre>" in page.content.decode()
    assert "The figure was read from cell 3 of line 3: “4321”." in text_of(page)
    assert "Testshire,90,100</pre>" in reader.get(pages["Testshire"]).content.decode()


def test_a_cell_of_a_sheet_has_its_letter(reader: Client) -> None:
    indicator("calls")
    district()
    rows = row(1, "Area", "2017", "2018") + row(2, "Testford", 5, 4321)
    pages = used(xlsx({"Sheet": rows}), mapping("periods", ("area", "area")))

    page = reader.get(pages["Testford"])

    assert "Testford | 5 | 4321</pre>" in page.content.decode()
    assert "The figure was read from C2: “4321”." in text_of(page)


def test_a_column_that_was_left_out_of_a_district_s_line_is_not_printed(reader: Client) -> None:
    indicator("calls")
    district()
    pages = used(TABLE, WIDE)

    assert "hm" not in text_of(reader.get(pages["Testford"])).split()
    assert "read from cell 3 of line 3: “4321”." in text_of(reader.get(pages["Testford"]))
    assert "Testshire,90,100,well</pre>" in reader.get(pages["Testshire"]).content.decode()


def test_a_measure_that_was_left_out_of_a_district_s_line_is_not_printed(reader: Client) -> None:
    indicator("calls")
    district()
    table = "Area,2017 Number,2017 Percentage,2018 Number,2018 Percentage\nTestford,5,6.5,4321,7.5\n"
    pages = used(table, mapping("periods", ("area", "area"), measures=(("number", "calls"), ("percentage", "out"))))

    said = text_of(reader.get(pages["Testford"]))

    assert "7.5" not in said
    assert "read from cell 4 of line 2: “4321”." in said


@pytest.mark.parametrize(("sensitivity", "printed"), [("open", True), ("standard", False), ("", False)])
def test_a_line_with_figures_that_may_not_be_shown_is_not_printed(
    reader: Client, sensitivity: str, printed: bool
) -> None:
    indicator("calls", sensitivity=sensitivity)
    district()
    columns = (("year", "period"), ("testford", "value"), ("testshire", "value"))
    pages = used(ACROSS, mapping("areas", *columns))

    said = text_of(reader.get(pages["Testshire"]))

    assert ("4321" in said) is printed
    assert (quoting.HIDDEN in said) is not printed
    assert "read from cell 3 of line 3: “9999”." in said


@pytest.mark.parametrize(("sensitivity", "printed"), [("open", True), ("standard", False)])
def test_of_a_figure_that_adds_up_parts_the_first_is_printed_where_it_may_be(
    reader: Client, sensitivity: str, printed: bool
) -> None:
    indicator("calls", sensitivity=sensitivity)
    pages = used(SITES, mapping("periods", ("site", "area"), area="E10000099", parts=True))

    said = text_of(reader.get(pages["Testshire"]))

    assert ("North,5,4321" in said) is printed
    assert (quoting.PARTS if printed else quoting.PARTS_HIDDEN) in said
    assert "4328" in said.replace(",", "")


def test_a_table_that_is_read_otherwise_now_is_said_to_be(reader: Client) -> None:
    calls = indicator("calls")
    district()
    pages = used(TABLE, WIDE)
    calls.slug, calls.name, calls.short_name = "renamed", "Renamed", "Renamed"
    calls.save()

    assert quoting.OTHERWISE in text_of(reader.get(pages["Testford"]))


def test_a_file_that_is_very_large_is_not_read(reader: Client) -> None:
    of = kept_file(HEADER.encode())
    Extract.objects.filter(pk=of.pk).update(size=quoting.MOST_BYTES + 1)
    figure = held(indicator("calls"), year(2018), 10, extract=of)

    assert quoting.LARGE in text_of(reader.get(f"/observations/{figure.pk}/"))
