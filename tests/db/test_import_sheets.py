"""manage.py import_extract --sheet NAME: which sheet is read of a workbook."""

from pathlib import Path

import pytest

from accounts.roles import Role
from indicators.models import Extract, Observation
from tests import held
from tests.db.test_import_extract import HEADER, document
from tests.plan import someone
from tests.unit.extracts.books import row, xlsx


def quarters(path: Path) -> Path:
    """A workbook with a tidy table on each of two sheets."""
    names = row(1, *HEADER.strip().split(","))
    first = names + row(2, "calls", "E10000099", "2018-10-01", "2018-12-31", 700)
    path.write_bytes(xlsx({"Q3": first, "Q4": names + row(2, "calls", "E10000099", "2019-01-01", "2019-03-31", 800)}))
    return path


@pytest.mark.django_db
def test_of_several_sheets_none_is_guessed_and_all_are_listed(tmp_path: Path) -> None:
    held.indicator("calls")

    (said,) = document(quarters(tmp_path / "book.xlsx"))["files"]

    assert [finding["code"] for finding in said["findings"]] == ["which-sheet"]
    assert "“Q3”, “Q4”" in said["findings"][0]["message"]
    assert "--sheet NAME" in said["notes"][0]
    assert (said["sheet"], said["applied"]) == (None, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("sheet", "listed"), [("Q9", "Q3, Q4"), ("q3", "Q3, Q4")])
def test_a_sheet_that_is_not_there_is_refused_and_those_there_are_listed(
    tmp_path: Path, sheet: str, listed: str
) -> None:
    (said,) = document(quarters(tmp_path / "book.xlsx"), "--sheet", sheet)["files"]

    assert [finding["code"] for finding in said["findings"]] == ["unknown-sheet"]
    assert listed in said["findings"][0]["message"]


@pytest.mark.django_db
def test_a_sheet_of_a_file_that_has_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(HEADER + "calls,E10000099,2018-10-01,2018-12-31,700\n")
    held.indicator("calls")

    (said,) = document(file, "--sheet", "Q3")["files"]

    assert [finding["code"] for finding in said["findings"]] == ["unknown-sheet"]
    assert said["sheet"] is None


@pytest.mark.django_db
def test_details_of_people_on_another_sheet_keep_the_workbook_out(tmp_path: Path) -> None:
    held.indicator("calls")
    path = tmp_path / "book.xlsx"
    names = row(1, *HEADER.strip().split(","))
    figures = names + row(2, "calls", "E10000099", "2018-10-01", "2018-12-31", 700)
    path.write_bytes(xlsx({"Q3": figures, "People": row(1, "Surname", "visits") + row(2, "Smith", 1)}))

    (said,) = document(path, "--sheet", "Q3", "--apply", "--as", someone(Role.ANALYST).email)["files"]

    assert [finding["code"] for finding in said["findings"]] == ["personal-data"]
    assert not Extract.objects.exists()


@pytest.mark.django_db
def test_each_sheet_of_a_workbook_is_used_once(tmp_path: Path) -> None:
    held.indicator("calls")
    path, ana = quarters(tmp_path / "book.xlsx"), someone(Role.ANALYST).email

    said = [document(path, "--sheet", sheet, "--apply", "--as", ana)["files"][0] for sheet in ("Q3", "Q4", "Q3", "Q4")]

    assert [(each["sheet"], each["new"], each["applied"]) for each in said[:2]] == [("Q3", 1, True), ("Q4", 1, True)]
    assert [(each["sheet"], each["applied"], each["notes"][0]) for each in said[2:]] == [
        ("Q3", False, "already-applied"),
        ("Q4", False, "already-applied"),
    ]
    assert sorted(Extract.objects.values_list("sheet", "state")) == [("Q3", "used"), ("Q4", "used")]
    assert sorted(Observation.objects.values_list("value", flat=True)) == [700, 800]
