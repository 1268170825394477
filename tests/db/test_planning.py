"""Planning reads what is held, in few queries, and never fails on a bad file."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.extracts.current import plan_of
from indicators.extracts.plan import Plan
from tests.db.folder import write_folder
from tests.unit.extracts.books import row, xlsx

pytestmark = pytest.mark.django_db
HEADER = "indicator,area_code,period_start,period_end,value,source_edition"
HELD = "asb-incidents,E23000032,2018-02-01,2019-01-31,31204,report-2019"


@pytest.fixture
def _loaded(tmp_path: Path) -> None:
    call_command("load_agreement", write_folder(tmp_path / "small"), stdout=io.StringIO())


def plan_(*lines: str) -> Plan:
    return plan_of(io.BytesIO("\n".join([HEADER, *lines]).encode()))


@pytest.mark.parametrize("table", ["Surname,visits\nSmith,1\n", "site,visits\nMargate CT9 1XX,1\n"])
def test_details_of_people_are_found_in_a_table_of_any_kind(table: str) -> None:
    found = plan_of(io.BytesIO(table.encode())).findings

    assert [f.code for f in found] == ["personal-data"]
    assert found.has_personal_data


def test_details_of_people_are_found_in_every_sheet_before_one_is_chosen() -> None:
    counts = row(1, "site", "visits") + row(2, "Margate", 1)
    book = xlsx({"Q1": counts, "Q2": row(1, "site", "visits") + row(2, "Margate CT9 1XX", 1)})

    assert [f.code for f in plan_of(io.BytesIO(book)).findings] == ["personal-data"]
    assert [f.code for f in plan_of(io.BytesIO(xlsx({"Q1": counts, "Q2": counts}))).findings] == ["which-sheet"]


@pytest.mark.usefixtures("_loaded")
def test_rows_stand_beside_what_is_held() -> None:
    found = plan_(
        HELD,
        HELD.replace("2018-02-01,2019-01-31,31204", "2017-02-01,2018-01-31,39000"),
        HELD.replace("2018-02-01,2019-01-31,31204", "2018-03-01,2019-02-28,30000"),
    )

    assert not found.findings.errors, found.findings.kept
    assert [step.figure.value for step in found.unchanged] == [31204]
    assert [(step.held.figure.value, step.figure.value) for step in found.revised if step.held] == [(39355, 39000)]
    assert [step.key.end for step in found.new] == [date(2019, 2, 28)]
    assert (found.rows, found.format) == (3, "native")
    assert found.unchanged[0].held
    assert found.unchanged[0].held.figure.value == Decimal(31204)


@pytest.mark.usefixtures("_loaded")
def test_queries_do_not_grow_with_the_file(django_assert_num_queries: Any) -> None:
    for rows in (3, 300):
        lines = [HELD.replace("31204", str(value)) for value in range(rows)]
        with django_assert_num_queries(6):
            plan_(*lines)


def test_a_file_that_is_no_table_is_a_plan_with_its_error() -> None:
    found = plan_of(io.BytesIO(b"%PDF-1.7"))

    assert [f.code for f in found.findings] == ["pdf"]
    assert not found.is_usable


def test_a_table_of_another_kind_is_a_plan_with_its_error() -> None:
    found = plan_of(io.BytesIO(b"Crime kind,Month\n1,2018-10\n"))

    (error,) = found.findings
    assert (error.line, error.code) == (1, "unknown-format")
    assert "Crime kind, Month" in error.message


@pytest.mark.usefixtures("_loaded")
def test_windows_text_is_planned_with_its_warning(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(f"{HEADER},note\n{HELD},£2\n".encode("cp1252"))

    found = plan_of(path)

    assert [(f.code, f.severity) for f in found.findings] == [("windows-1252", "warning")]
    assert len(found.revised) == 1


cell = st.sampled_from(
    [
        "asb-incidents", "E23000032", "2018-02-01", "2019-01-31", "31204", "", '"', '"x"', "£", "−7", "1,2",
        "suppressed", "\n", "\r\n", "\ufeff", "9" * 30, "=1+1", "<b>", "2018-02-30", "Kent", "range",
    ]
)  # fmt: skip


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cell, min_size=4, max_size=7), min_size=1, max_size=6))
@pytest.mark.usefixtures("_loaded")
def test_no_mangled_file_breaks_planning(lines: list[list[str]]) -> None:
    found = plan_(*[",".join(line) for line in lines])

    assert found.findings.kept or found.steps
    assert all(f.message for f in found.findings)
