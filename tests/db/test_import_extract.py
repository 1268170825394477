"""manage.py import_extract, and two who use figures at the same moment."""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import audit
from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.extracts.apply import CannotUse, apply, receive
from indicators.extracts.current import plan_of
from indicators.extracts.storage import path_of
from indicators.models import DataChange, Extract, Indicator, Observation
from indicators.periods import Period
from tests import held
from tests.plan import someone

HEADER = "indicator,area_code,period_start,period_end,value\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + "calls,E10000099,2018-10-01,2018-12-31,700\n")
    return path


def told(*arguments: Any) -> str:
    said = StringIO()
    call_command("import_extract", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, Role.GOVERNING_GROUP, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_only_those_who_may_use_figures(file: Path, role: Role | None) -> None:
    held.indicator("calls")
    arguments = ["--as", someone(role).email] if role else []

    with pytest.raises(CommandError, match="who"):
        told(file, "--apply", *arguments)

    assert not Extract.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.csv cannot be read: No such file"):
        told(tmp_path / "nothing.csv")


@pytest.mark.django_db
def test_a_file_that_is_not_of_the_format_said_is_refused(file: Path) -> None:
    held.indicator("calls")
    said = StringIO()

    with pytest.raises(CommandError, match="cannot be used"):
        call_command("import_extract", file, "--json", "--format", "police_street", stdout=said)

    (finding,) = json.loads(said.getvalue())["files"][0]["findings"]
    assert (finding["code"], finding["line"]) == ("unknown-format", 1)
    assert json.loads(told(file, "--json", "--format", "native"))["files"][0]["format"] == "native"


@pytest.mark.django_db
def test_errors_are_listed_with_line_and_column(file: Path) -> None:
    held.indicator("visits")
    said = StringIO()

    with pytest.raises(CommandError, match=r"Nothing has changed: .*calls\.csv cannot be used"):
        call_command("import_extract", file, stdout=said)

    assert "Error: Line 2, column 1 (indicator): “calls” is not an indicator." in said.getvalue()


@pytest.mark.django_db
def test_of_columns_that_nobody_knows_it_says_where_they_can_be_named(file: Path) -> None:
    file.write_text("site,Apr-18\nMargate,3\n")
    said = StringIO()

    with pytest.raises(CommandError, match="cannot be used"):
        call_command("import_extract", file, stdout=said)

    assert "what its columns are can be said there, on the page of the upload" in said.getvalue()
    assert "what its columns are can be said there" in document(file)["files"][0]["notes"][0]


@pytest.mark.django_db
def test_without_apply_it_only_says_what_would_change(file: Path) -> None:
    held.indicator("calls")

    said = told(file)

    assert "New: calls, E10000099, October to December 2018: 700 final\n" in said
    assert "1 rows: 1 new, 0 revised, 0 unchanged." in said
    assert not Extract.objects.exists()


@pytest.mark.django_db
def test_with_apply_the_figures_are_used_once(file: Path) -> None:
    held.indicator("calls")
    analyst = someone(Role.ANALYST)

    assert told(file, "--apply", "--as", analyst.email.upper()).endswith("Used.\n")
    assert told(file, "--apply", "--as", analyst.email).endswith("Nothing has changed.\n")

    assert Observation.objects.get().value == 700
    assert DataChange.objects.get().by_name == analyst.name


@pytest.mark.django_db
def test_an_earlier_figure_is_said_without_the_zeros_it_is_kept_with(file: Path) -> None:
    held.indicator("calls")
    told(file, "--apply", "--as", someone(Role.ANALYST).email)
    file.write_text(file.read_text().replace("700", "710"))

    assert ": 710 final (was 700 final)" in told(file)


@pytest.mark.django_db
def test_what_is_live_already_says_when_it_came_in(file: Path, tmp_path: Path) -> None:
    held.indicator("calls")
    ana = someone(Role.ANALYST, name="Ana").email
    told(file, "--apply", "--as", ana)
    again = tmp_path / "again.csv"
    again.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    for path in (file, again):
        assert re.search(r"used already on .* by Ana, from calls\.csv", told(path, "--apply", "--as", ana))

    assert Extract.objects.count() == 1


# --- as JSON


def document(*arguments: Any) -> dict[str, Any]:
    said = StringIO()
    with suppress(CommandError):
        call_command("import_extract", *arguments, "--json", stdout=said)
    read: dict[str, Any] = json.loads(said.getvalue())
    return read


@pytest.mark.django_db
def test_json_says_of_each_file_what_would_change(file: Path) -> None:
    calls = held.indicator("calls")
    held.held(calls, Period.of(2018, 10, 3), 650)
    with file.open("a") as more:
        more.write("calls,E10000099,2019-01-01,2019-03-31,800\n")

    assert document(file) == {
        "schema": 1,
        "files": [
            {
                "file": str(file),
                "sheet": None,
                "format": "native",
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                "rows": 2,
                "outside": 0,
                "new": 1,
                "revised": 1,
                "unchanged": 0,
                "missing": 0,
                "findings": [],
                "notes": [],
                "extract": None,
                "applied": False,
            }
        ],
    }


@pytest.mark.django_db
def test_json_names_line_column_and_code_of_what_is_wrong(file: Path) -> None:
    held.indicator("visits")

    (said,) = document(file)["files"]

    (finding,) = said["findings"]
    assert list(finding) == ["severity", "code", "line", "column", "message"]
    assert (finding["severity"], finding["code"], finding["line"], finding["column"]) == (
        "error",
        "unknown-indicator",
        2,
        1,
    )
    assert (said["applied"], said["extract"]) == (False, None)


@pytest.mark.django_db
def test_what_is_live_already_is_not_an_error(file: Path) -> None:
    held.indicator("calls")
    ana = someone(Role.ANALYST).email

    first, second = (document(file, "--apply", "--as", ana)["files"][0] for _ in range(2))

    extract = Extract.objects.get().pk
    assert (first["applied"], first["notes"], first["extract"]) == (True, [], extract)
    assert (second["applied"], second["notes"][0], second["extract"]) == (False, "already-applied", extract)
    assert document(file)["files"][0]["notes"][0] == "already-applied"


# --- several files


@pytest.mark.django_db
def test_of_several_files_all_are_used_in_their_order(file: Path, tmp_path: Path) -> None:
    held.indicator("calls")
    revised = tmp_path / "revised.csv"
    revised.write_text(file.read_text().replace("700", "712"))

    said = document(file, revised, file, "--apply", "--as", someone(Role.ANALYST).email)["files"]

    assert [(each["new"], each["revised"], each["applied"]) for each in said] == [
        (1, 0, True),
        (0, 1, True),
        (0, 1, False),
    ]
    assert Observation.objects.get(until=None).value == 712


@pytest.mark.django_db
def test_of_several_files_one_that_is_refused_keeps_all_out(file: Path, tmp_path: Path) -> None:
    held.indicator("calls")
    bad = tmp_path / "bad.csv"
    bad.write_text(file.read_text().replace("700", "7O0"))

    said = document(file, bad, "--apply", "--as", someone(Role.ANALYST).email)["files"]

    assert [(each["applied"], each["extract"], len(each["findings"])) for each in said] == [
        (False, None, 0),
        (False, None, 1),
    ]
    assert not Extract.objects.exists()
    assert not DataChange.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused(file: Path, settings: Any) -> None:
    held.indicator("calls")
    settings.MAX_UPLOAD_BYTES = 10

    (said,) = document(file, "--apply", "--as", someone(Role.ANALYST).email)["files"]

    assert said["findings"][0]["code"] == "too-large"
    assert not Extract.objects.exists()


# --- small numbers


@pytest.mark.django_db
def test_small_numbers_are_not_used_before_somebody_has_seen_them(file: Path, tmp_path: Path) -> None:
    held.indicator("calls", sensitivity=Indicator.Sensitivity.STANDARD)
    small, ana = tmp_path / "small.csv", someone(Role.ANALYST).email
    small.write_text(HEADER + "calls,E10000099,2019-01-01,2019-03-31,3\n")
    said = StringIO()

    with pytest.raises(
        CommandError, match=r"^Nothing has changed\. [^ ]*small\.csv: there are small numbers"
    ) as refused:
        call_command("import_extract", file, small, "--apply", "--as", ana, "--json", stdout=said)

    assert refused.value.returncode == 1
    assert "--small-numbers-seen" in str(refused.value)
    assert [each["applied"] for each in json.loads(said.getvalue())["files"]] == [False, False]
    assert [found["code"] for found in json.loads(said.getvalue())["files"][1]["findings"]] == ["small-numbers"]
    assert not Extract.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_small_numbers_that_were_seen_are_used_and_that_is_written_down(tmp_path: Path) -> None:
    held.indicator("calls", sensitivity=Indicator.Sensitivity.STANDARD)
    small, ana = tmp_path / "small.csv", someone(Role.ANALYST).email
    small.write_text(HEADER + "calls,E10000099,2019-01-01,2019-03-31,3\n")

    assert told(small).endswith("1 new, 0 revised, 0 unchanged.\n")
    assert told(small, "--apply", "--as", ana, "--small-numbers-seen").endswith("Used.\n")
    assert told(small, "--apply", "--as", ana).endswith("Nothing has changed.\n")

    event = AuditEvent.objects.get(kind="extract-used")
    assert '"small_numbers_checked": true' in event.text


# --- two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_the_same_figure_at_once_one_has_to_look_again(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("The database in memory is one connection's; SQLite in a file is tried below.")
    held.indicator("calls")
    looked_at = []
    for value in (700, 701):
        path = tmp_path / f"{value}.csv"
        path.write_text(HEADER + f"calls,E10000099,2018-10-01,2018-12-31,{value}\n")
        with path.open("rb") as source:
            extract = receive(source=source, original_name=path.name, actor="Tests")
        looked_at.append((extract, plan_of(path_of(extract.sha256)).checksum))
    outcomes: list[str] = []

    def use(extract: Extract, checksum: str) -> None:
        try:
            apply(extract=extract, checksum=checksum, actor="Tests")
            outcomes.append("used")
        except CannotUse as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=use, args=each) for each in looked_at]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 2
    assert outcomes.count("used") == 1
    assert "Check it again" in "".join(outcomes)
    assert Observation.objects.filter(until=None).count() == 1
    assert DataChange.objects.count() == 1
    assert list(audit.faults()) == []


SET_UP = """
from accounts.roles import Role; from tests import held; from tests.plan import someone
held.indicator("calls"); someone(Role.ANALYST, name="Ana")
"""
COUNT = """
from accounts import audit; from indicators.models import *
print(DataChange.objects.count(), Observation.objects.filter(until=None).count(),
      sorted(DataChange.objects.values_list("number", flat=True)), list(audit.faults()))
"""


@pytest.mark.slow
def test_two_programs_that_use_files_at_once_wait_for_one_another_on_sqlite(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/two.sqlite3", "MEDIA_ROOT": f"{tmp_path}/media"}

    def manage(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=-1, stderr=subprocess.STDOUT)

    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", SET_UP]):
        said, _ = (done := manage(*arguments)).communicate()
        assert done.returncode == 0, said
    programs = []
    for year in (2017, 2018):
        path = tmp_path / f"{year}.csv"
        path.write_text(HEADER + f"calls,E10000099,{year}-01-01,{year}-12-31,700\n")
        programs.append(manage("import_extract", str(path), "--apply", "--as", "ana@example.invalid"))
    said = [program.communicate()[0] for program in programs]
    counted, _ = manage("shell", "-v0", "-c", COUNT).communicate()

    assert [text.splitlines()[-1] for text in said] == ["Used.", "Used."]
    assert counted.strip() == "2 2 [1, 2] []"
