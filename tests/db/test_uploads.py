"""The page of an extract says the same before its use and after it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.roles import Role
from indicators.extracts.apply import apply, receive
from indicators.extracts.current import plan_of
from indicators.extracts.storage import path_of
from indicators.models import Extract
from indicators.tables_data import ExtractTable, extracts
from indicators.uploads import UploadPage, page_of
from tests.db.folder import write_folder
from tests.plan import someone

pytestmark = pytest.mark.django_db
HEADER = "indicator,area_code,period_start,period_end,value"
HELD = "asb-incidents,E23000032,2018-02-01,2019-01-31,31204"
REVISED = HELD.replace("31204", "31300")


@pytest.fixture(autouse=True)
def _loaded(tmp_path: Path) -> None:
    call_command("load_agreement", write_folder(tmp_path / "small"), stdout=io.StringIO())


def month(number: int, value: str = "7") -> str:
    return f"asb-incidents,E23000032,20{number:02}-01-01,20{number:02}-01-31,{value}"


def received(*lines: str) -> Extract:
    source = io.BytesIO("\n".join([HEADER, *lines]).encode())
    return receive(source=source, original_name="quarter.csv", actor="a test")


def before(extract: Extract) -> UploadPage:
    return page_of(extract, plan_of(path_of(extract.sha256)))


def after(extract: Extract) -> UploadPage:
    apply(extract=extract, checksum=before(extract).checksum, actor="a test")
    extract.refresh_from_db()
    return page_of(extract, None)


def test_a_page_counts_and_names_what_changes() -> None:
    page = before(
        received(REVISED, month(1), HELD.replace("2018-02-01,2019-01-31,31204", "2017-02-01,2018-01-31,39355"))
    )

    assert (page.new, page.revised, page.unchanged, page.rows) == (1, 1, 1, 3)
    assert page.is_usable
    assert [(line.period, line.what, line.total, line.was) for line in page.lines] == [
        ("year to January 2019", "Revised", "31,300", "31,204"),
        ("January 2001", "New", "7", ""),
        ("year to January 2018", "Unchanged", "39,355", ""),
    ]
    assert [(c.area, c.period, c.was, c.now, c.line) for c in page.changed] == [
        ("Kent and Medway", "year to January 2019", "31,204", "31,300", 2)
    ]


def test_a_page_says_the_same_after_use_except_for_what_stayed() -> None:
    extract = received(month(1), REVISED, HELD.replace("2018-02-01,2019-01-31,31204", "2017-02-01,2018-01-31,39355"))
    planned = before(extract)

    used = after(extract)

    assert used.changed == planned.changed
    assert used.lines == tuple(line for line in planned.lines if line.kind != "unchanged")
    assert (used.new, used.revised, used.unchanged, used.rows) == (1, 1, 1, 3)
    assert not used.is_usable


def test_a_page_of_a_use_stays_as_it_was_when_the_figure_is_revised_again() -> None:
    extract = received(REVISED)
    used = after(extract)

    after(received(HELD.replace("31204", "31400")))

    assert page_of(extract, None) == used


def test_a_page_names_errors_with_line_and_column() -> None:
    extract = received(month(1), month(2, "1O2"))

    for page in (before(extract), page_of(extract, None)):
        (error,) = page.errors
        assert str(error) == "Line 3, column 5 (value): “1O2” is not a number. Expected digits, such as 1234 or 12.5."
        assert not page.is_usable


def test_long_files_are_cut_with_how_many_more_there_are() -> None:
    long = [month(number).replace("-01-", f"-{of_year:02}-") for number in range(65) for of_year in (1, 3)]

    page = before(received(*long))
    refused = received(*[line.replace(",7", ",x") for line in long * 2])
    broken = before(refused)

    assert (page.new, len(page.lines), page.more_lines) == (130, 100, 30)
    assert (len(broken.errors), broken.more_errors) == (200, 60)
    assert page_of(refused, None).more_errors == 60


def test_queries_do_not_grow_with_the_file(django_assert_num_queries: Any) -> None:
    for rows in (3, 90):
        extract = received(*[month(number, str(10 * rows)) for number in range(rows)])
        plan = plan_of(path_of(extract.sha256))
        with django_assert_num_queries(2):
            page_of(extract, plan)
        after(extract)
        with django_assert_num_queries(5):
            page_of(extract, None)


def test_the_list_of_extracts_has_its_counts_in_one_query(django_assert_num_queries: Any) -> None:
    after(received(month(1), REVISED))
    received(month(1, "x"))

    with django_assert_num_queries(1):
        table = ExtractTable(extracts())
        cells = [[str(cell) for cell in row.cells] for row in table.rows]

    assert "Cannot be used" in cells[0][1]
    assert cells[0][2:5] == ["1", "–", "–"]
    assert "Used" in cells[1][1]
    assert cells[1][2:6] == ["2", "1", "1", "a test"]


def test_a_file_with_details_of_people_is_not_kept() -> None:
    source = io.BytesIO(f"{HEADER},note\n{HELD},lives at ME15 6XX\n".encode())
    extract = receive(source=source, original_name="quarter.csv", actor="a test")

    assert extract.state == Extract.State.REFUSED
    assert [kept["code"] for kept in extract.findings] == ["personal-data"]
    assert not path_of(extract.sha256).exists()


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG", b"a,b\n\0"], ids=["zip", "pdf", "png", "nul"])
def test_what_is_no_table_at_all_is_not_kept_and_its_page_says_what_it_is(client: Client, data: bytes) -> None:
    client.force_login(someone(Role.ANALYST))

    extract = receive(source=io.BytesIO(data), original_name="table.csv", actor="Tests")

    assert (extract.state, extract.size) == (Extract.State.REFUSED, len(data))
    assert not path_of(extract.sha256).exists()
    for address in ("", "changes.csv", "columns/", "sheet/"):
        assert client.get(f"/data/uploads/{extract.pk}/{address}").status_code in (200, 302, 404), address
    assert "This file cannot be used" in client.get(f"/data/uploads/{extract.pk}/").content.decode()
