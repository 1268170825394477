"""Street-level crime: rows become counts by month, area and type, and none is lost."""

import csv
from collections import Counter
from decimal import Decimal

import pytest

from indicators.extracts.checking import Checked, check
from indicators.extracts.cutting import Cells
from indicators.extracts.findings import Finding
from indicators.extracts.formats import police_street, recognise
from indicators.extracts.formats.police_street import DEFINED, TOTAL, TYPES, supplied
from indicators.extracts.reading import read
from indicators.extracts.register import KnownArea, Register
from tests.real import REAL, needs_real_files

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
KENT = (
    ("E06000035", "Medway", "unitary"),
    ("E07000105", "Ashford", "district"),
    ("E07000106", "Canterbury", "district"),
    ("E07000107", "Dartford", "district"),
    ("E07000108", "Dover", "district"),
    ("E07000109", "Gravesham", "district"),
    ("E07000110", "Maidstone", "district"),
    ("E07000111", "Sevenoaks", "district"),
    ("E07000113", "Swale", "district"),
    ("E07000114", "Thanet", "district"),
    ("E07000115", "Tonbridge and Malling", "district"),
    ("E07000116", "Tunbridge Wells", "district"),
)
REGISTER = Register(
    indicators=tuple(indicator.known for indicator in supplied()),
    areas=(
        KnownArea("E23000032", "Kent and Medway", ("Kent Police",), kind="force"),
        KnownArea("E10000016", "Kent", (), kind="county"),
        KnownArea("E07000112", "Folkestone and Hythe", ("Shepway",), True, "district"),
        KnownArea("E09000004", "Bexley", (), True, "district"),
        *(KnownArea(code, name, (), True, kind) for code, name, kind in KENT),
    ),
    editions=frozenset(),
)


def crime(lsoa: str = "Ashford 001B", kind: str = "Burglary", *, month: str = "2018-10", number: str = "") -> str:
    return f"{number},{month},Kent Police,Kent Police,1,51,On or near,E01,{lsoa},{kind},,"


def checked(*lines: str) -> Checked:
    table = read("\n".join([HEADER, *lines]).encode())
    return check(police_street.rows(table, REGISTER), REGISTER, header=1)


def counts(*lines: str) -> dict[tuple[str, str], int]:
    found = checked(*lines)
    assert not found.findings.errors, found.findings.kept
    return {(row.key.area, row.key.indicator): int(row.figure.value or 0) for row in found.rows}


def finding(code: str, *lines: str) -> Finding:
    return next(found for found in checked(*lines).findings if found.code == code)


def test_a_crime_counts_for_its_district_and_its_force_by_type_and_in_all() -> None:
    assert counts(crime(), crime(), crime("Medway 015A", "Drugs")) == {
        ("E07000105", "street-burglary"): 2,
        ("E07000105", "street-drugs"): 0,
        ("E07000105", TOTAL): 2,
        ("E06000035", "street-burglary"): 0,
        ("E06000035", "street-drugs"): 1,
        ("E06000035", TOTAL): 1,
        ("E23000032", "street-burglary"): 2,
        ("E23000032", "street-drugs"): 1,
        ("E23000032", TOTAL): 3,
    }


def test_a_district_goes_by_the_name_it_had() -> None:
    assert counts(crime("Shepway 001A"))["E07000112", TOTAL] == 1


def test_anti_social_behaviour_is_no_crime() -> None:
    found = counts(crime(kind="Anti-social behaviour"), crime())

    assert found["E23000032", "street-anti-social-behaviour"] == 1
    assert found["E23000032", TOTAL] == 1


@pytest.mark.parametrize("lsoa", ["", "Bexley 001A", "Powys 001B"])
def test_what_has_no_place_in_the_force_s_area_counts_for_the_force_only(lsoa: str) -> None:
    assert counts(crime(lsoa)) == {("E23000032", "street-burglary"): 1, ("E23000032", TOTAL): 1}


def test_what_is_in_no_district_is_told_and_counted() -> None:
    found = checked(crime(""), crime("Powys 001B"), crime())

    assert (found.read, found.outside) == (3, 1)
    said = finding("not-located", crime(""), crime("Powys 001B"), crime())
    assert said.message == "1 rows have no place, 1 lie outside it (Powys): they count for the police force area only."


def test_equal_rows_are_all_counted() -> None:
    same = crime(number="c0ffee")

    assert counts(same, same)["E07000105", TOTAL] == 2
    assert finding("crime-twice", same, same).severity == "note"


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (crime(month="2018-13"), "period", 2),
        (crime(month="October 2018"), "period", 2),
        (crime(kind="Jaywalking"), "unknown-crime-type", 10),
        (crime().replace("Kent Police", "Mars Police"), "unknown-force", 4),
        (crime() + ",", "width", 13),
        (crime() + "x", "", 0),
        (crime() + ",x", "width", 13),
    ],
)
def test_a_row_that_says_something_else_is_an_error_with_its_place(line: str, code: str, column: int) -> None:
    errors = [found for found in checked(crime(), line).findings if found.severity == "error"]
    if code == "unknown-force":
        errors = [found for found in checked(line).findings if found.severity == "error"]

    assert [(found.code, found.column) for found in errors] == ([(code, column)] if code else [])


def test_more_rows_than_are_read_are_refused(settings: object) -> None:
    settings.MAX_STREET_ROWS = 2  # type: ignore[attr-defined]

    assert finding("too-many-rows", crime(), crime(), crime()).severity == "error"


def test_the_columns_are_known_in_any_case() -> None:
    assert recognise(HEADER.upper().split(",")) is police_street


def test_every_crime_type_has_its_own_slug() -> None:
    for name, kind in TYPES.items():
        assert kind["slug"] == "street-" + "-".join(name.lower().split())
    assert len({one.slug for one in supplied()}) == len(TYPES) + 1
    assert DEFINED["forces"]


def test_blocks_of_rows_give_the_counts_that_single_rows_give(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("Burglary", "Drugs", "Anti-social behaviour")
    lsoas = ("Ashford 001B", "", "Powys 001B", "Medway 015A", "Shepway 001A")
    lines = [crime(lsoas[n % 5], kinds[n % 3], month=f"2018-{n % 12 + 1:02}", number=str(n % 450)) for n in range(900)]
    lines.insert(500, "," * 11)
    lines.insert(600, "Note: one,,,,,,,,,,,")
    lines.insert(700, "1,2")

    at_once = checked(*lines)
    monkeypatch.setattr(police_street, "RowCounter", OneByOne)
    one_by_one = checked(*lines)

    assert (at_once.rows, at_once.read, at_once.outside) == (one_by_one.rows, one_by_one.read, one_by_one.outside)
    assert at_once.findings == one_by_one.findings
    assert {found.code for found in at_once.findings} >= {"crime-twice", "period", "width", "not-located"}


class OneByOne(police_street.RowCounter):
    """Counts each row by itself."""

    def count(self, rows: Cells) -> None:
        for number, at in enumerate(range(0, len(rows.cells), rows.width), rows.line):
            super().count(Cells(number, rows.cells[at : at + rows.width], rows.width))


@needs_real_files
def test_the_three_kent_files_give_exactly_the_counts_beside_them() -> None:
    expected: Counter[tuple[str, str, str]] = Counter()
    force: Counter[tuple[str, str, str]] = Counter()
    with (REAL / "police_street" / "kent_expected_counts_by_month_lad_type.csv").open() as file:
        for row in csv.DictReader(file):
            slug, count = TYPES[row["crime_type"]]["slug"], int(row["count"])
            force[row["month"], "E23000032", slug] += count
            if row["area_code"] not in ("NO_LOCATION", "OUTSIDE"):
                expected[row["month"], row["area_code"], slug] += count
    found: dict[tuple[str, str, str], Decimal | None] = {}
    for path in sorted((REAL / "police_street").glob("*-kent-street.csv")):
        with path.open("rb") as stream:
            result = check(police_street.rows(read(stream), REGISTER), REGISTER)
        assert not result.findings.errors
        found |= {(f"{r.key.start:%Y-%m}", r.key.area, r.key.indicator): r.figure.value for r in result.rows}

    by_type = {key: int(value or 0) for key, value in found.items() if key[2] != TOTAL}
    assert {key: value for key, value in by_type.items() if value} == expected + force
    for (month, area, _), value in ((key, value) for key, value in found.items() if key[2] == TOTAL):
        of_types = [n for (m, a, kind), n in by_type.items() if (m, a) == (month, area) and "anti-social" not in kind]
        assert value == sum(of_types)
