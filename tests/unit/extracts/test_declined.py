"""Files of known publishers that are not used are declined by their name, with what is used instead."""

import pytest

from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.formats import is_header, recognise, unrecognised
from indicators.extracts.reading import read
from tests.real import REAL, needs_real_files

HEADERS = {
    "police-outcomes": "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Outcome type",
    "police-stop-and-search": "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome",
    "road-collisions": "Accident_Index,Police_Force,Accident_Severity,Date,Local_Authority_(Highway)",
    "road-casualties": "collision_index,collision_year,casualty_reference,casualty_severity",
    "road-vehicles": "collision_index,vehicle_reference,vehicle_type",
    "recorded-crime-csp": "Financial Year,Financial Quarter,Police Force,CSP Name,Offence Group,Offence Count",
    "recorded-crime-force": "Financial Year,Financial Quarter,Force Name,Offence Group,Number of Offences",
}
FILES = {
    "fingertips/indicators-CountyUA.data.csv": "fingertips",
    "ons_rec_crime_pfa/rec-crime-pfa.csv": "recorded-crime-rolling",
    "home_office_pfa/prc-pfa-2017-18-restored-headers.csv": "recorded-crime-force",
    "stats19/collision-2023-kent-excerpt.csv": "road-collisions",
    "stats19/dft-road-casualty-statistics-casualty-provisional-mid-year-unvalidated-2022.csv": "road-casualties",
}


def said_of(data: bytes) -> Finding:
    table = read(data, is_header=is_header)
    assert recognise(table.header.cells) is None
    return unrecognised(table.header)


@pytest.mark.parametrize(("code", "header"), HEADERS.items(), ids=HEADERS)
def test_a_known_kind_of_file_is_declined_in_words(code: str, header: str) -> None:
    found = said_of(f"{header}\n{','.join('1' for _ in header.split(','))}\n".encode())

    assert found.code == f"not-used-{code}"
    assert found.message.startswith("This is ")


@needs_real_files
@pytest.mark.parametrize(("name", "code"), FILES.items(), ids=FILES.values())
def test_the_published_files_are_known(name: str, code: str) -> None:
    try:
        found = said_of((REAL / name).read_bytes())
    except CannotRead as refused:
        found = refused.finding
    assert found.code == f"not-used-{code}"


def test_any_other_table_is_met_with_what_is_expected() -> None:
    assert said_of(b"a,b\n1,2\n").code == "unknown-format"
