"""Details of people are found by their place and kind, and not quoted; figures and names of places are left alone."""

import pytest

from indicators.extracts.cutting import Row
from indicators.extracts.findings import Finding
from indicators.extracts.personal import first_of, guarded, in_header, in_row
from indicators.extracts.reading import read
from tests.unit.extracts.small import ASB, HEADER, findings


@pytest.mark.parametrize(
    "name",
    ["Name of victim", "First name", "surname", "Date of Birth", "DOB", "NHS number", "Post code", "E-mail",
     "Crime ref", "crime_reference", "Address 1", "Telephone number"],
)  # fmt: skip
def test_a_column_for_details_of_people_is_found(name: str) -> None:
    assert [(f.line, f.column, f.code) for f in in_header(Row(3, ("area", name)))] == [(3, 2, "personal-data")]


@pytest.mark.parametrize("name", ["area", "area name", "indicator", "value", "note", "Site name", "district", "period"])
def test_a_column_of_figures_is_not(name: str) -> None:
    assert not list(in_header(Row(1, (name,))))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("lives at ME15 6XX", "a full postcode"),
        ("ct1 2ab", "a full postcode"),
        ("9434765919", "an NHS number"),
        ("943 476 5919", "an NHS number"),
        ("46/12345/19", "a crime reference"),
        ("ZY/012345/18", "a crime reference"),
        ("c656b990527ef323" * 4, "a crime reference"),
        ("someone@example.org", "an e-mail address"),
        ("call 07700 900123", "a telephone number"),
        ("Mrs Smith", "a person's name"),
        ("born 1 May 1980", "a date of birth"),
        ("QQ 12 34 56 C", "a National Insurance number"),
    ],
)
def test_a_cell_with_a_detail_is_found_and_not_quoted(cell: str, kind: str) -> None:
    (found,) = in_row(Row(7, ("Kent", cell)))

    assert (found.line, found.column) == (7, 2)
    assert kind in found.message
    assert cell not in found.message


@pytest.mark.parametrize(
    "cell",
    ["Tonbridge and Malling", "E07000112", "2018/19 Q4", "01/04/2018", "38 of 43 forces", "9434765918", "1234567",
     "ME15", "As stated, once", "csa-report-2019-03", "12 months to Dec 2018", "Missing persons"],
)  # fmt: skip
def test_what_tables_hold_is_left_alone(cell: str) -> None:
    assert not list(in_row(Row(2, (cell,))))


def test_a_number_is_not_taken_for_that_of_a_patient_where_figures_stand() -> None:
    assert not list(in_row(Row(2, ("9434765919",)), frozenset({1})))


@pytest.mark.parametrize("name", ["Name", "NAMES", "name:"])
def test_a_column_called_name_has_no_place_in_a_tidy_table(name: str) -> None:
    (found,) = findings(f"{ASB},Kent", header=f"{HEADER},{name}")

    assert (found.line, found.column, found.code) == (1, 6, "personal-data")


KNOWN = {"Swale", "Burglary"}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("Jo Bloggs,3", [(2, 1)]),
        ("Jo,3", [(2, 1)]),
        ("Swale,3", []),
        ("Burglary,3", []),
        ("Ashford Gateway,3", []),
        ("Kent total,3", []),
        ("East of the river,", []),
        ("1,3", []),
        (",3", []),
    ],
)
def test_a_column_called_name_may_name_places_and_nobody(cells: str, found: list[tuple[int, int]]) -> None:
    table = read(f"Name,Visits\n{cells}\n,7\n".encode())
    wrong = [row for row in guarded(table, KNOWN.__contains__).rows if isinstance(row, Finding)]

    assert [(one.line, one.column) for one in wrong] == found
    assert all(one.code == "personal-data" and "Bloggs" not in one.message for one in wrong)


def test_the_first_detail_is_found_wherever_it_stands() -> None:
    def first(text: str) -> tuple[int | None, int | None] | None:
        found = first_of(read(text.encode()), KNOWN.__contains__)
        return (found.line, found.column) if found else None

    assert first("Name,Visits\nSwale,3\nJo Bloggs,4\n") == (3, 1)
    assert first("Surname,Visits\nSwale,3\n") == (1, 1)
    assert first("Name,Visits\nSwale,3\nSwale,3,4\n") is None


def test_a_tidy_table_with_details_is_refused() -> None:
    (found,) = findings(f"{ASB},lives at ME15 6XX", header=f"{HEADER},note")

    assert (found.line, found.column, found.code, found.severity) == (2, 6, "personal-data", "error")
