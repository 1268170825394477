"""Rows against the register: what they speak of, and what is wrong or odd with them."""

import pytest

from indicators.extracts import checking
from indicators.extracts.findings import LIMIT
from tests.unit.extracts.small import ASB, HEADER, REGISTER, checked, finding, findings

YEAR = "2018-01-01,2018-12-31"


def row(indicator: str = "asb-incidents", area: str = "E23000032", value: str = "7") -> str:
    return f"{indicator},{area},{YEAR},{value}"


@pytest.mark.parametrize("name", ["ASB-Incidents", "asb incidents", "Anti-social  behaviour reports", "asb reports"])
def test_an_indicator_is_known_by_its_names(name: str) -> None:
    assert [r.key.indicator for r in checked(row(name)).rows] == ["asb-incidents"]


def test_a_name_that_two_indicators_share_is_neither() -> None:
    found = finding(row("KSI"))

    assert (found.line, found.column, found.code) == (2, 1, "unknown-indicator")


def test_an_unknown_indicator_comes_with_the_nearest_known_names() -> None:
    assert "Did you mean asb-incidents?" in finding(row("asb-incidants")).message
    assert "Did you mean asb-incidents?" in finding(row("ASB")).message
    assert "Did you mean" not in finding(row("zzz")).message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E07000113", "E07000113"),
        ("e07000113", "E07000113"),
        ("Swale", "E07000113"),
        (" swale ", "E07000113"),
        ("Kent & Medway", "E23000032"),
        ("KENT", "E10000016"),
    ],
)
def test_an_area_is_known_by_code_and_name(text: str, code: str) -> None:
    found = checked(row("ksi-casualties", text))

    assert [r.key.area for r in found.rows] == [code]
    assert not list(found.findings)


@pytest.mark.parametrize("text", ["Swale Borough Council", "Swale District", "Swale Borough", "Swale Council"])
def test_what_a_council_adds_to_its_name_is_understood_and_said(text: str) -> None:
    found = checked(row("ksi-casualties", text))

    assert [r.key.area for r in found.rows] == ["E07000113"]
    assert [f.code for f in found.findings] == ["area-by-other-name"]


def test_an_earlier_name_is_understood_and_said_once() -> None:
    note = finding(row("ksi-casualties", "Shepway"), row("victims", "Shepway"))

    assert note.severity == "note"
    assert note.message == "“Shepway” was taken for Folkestone and Hythe (E07000112)."


def test_an_unknown_area_comes_with_the_nearest_known_names() -> None:
    found = finding(row(area="Swalle"))

    assert (found.line, found.column, found.code) == (2, 2, "unknown-area")
    assert "Did you mean Swale (E07000113)?" in found.message


def test_code_and_name_of_an_area_have_to_agree() -> None:
    header = f"{HEADER},area"

    assert checked(f"{row(area='E10000016')},KCC", header=header).rows
    found = finding(f"{row(area='E10000016')},Kent and Medway", header=header)
    assert (found.column, found.code) == (6, "areas-differ")
    assert finding(f"{row(area='E10000016')},Atlantis", header=header).code == "unknown-area"


def test_a_source_edition_has_to_be_known() -> None:
    header = f"{HEADER},source_edition"

    assert checked(f"{row()},csa-report-2019-03", header=header).rows
    found = finding(f"{row()},csa-report-2019-3", header=header)
    assert (found.column, found.code) == (6, "unknown-edition")
    assert "Did you mean csa-report-2019-03?" in found.message


# --- values


def test_a_count_is_whole() -> None:
    found = checked(row(value="7.5"))

    assert not found.rows
    assert [(f.line, f.column, f.code) for f in found.findings] == [(2, 5, "count-not-whole")]


@pytest.mark.parametrize(
    ("indicator", "value", "code"),
    [
        ("asb-incidents", "-7", "below-zero"),
        ("ksi-rate", "-0.5", "below-zero"),
        ("victims", "101", "percentage-range"),
        ("victims", "-1", "percentage-range"),
    ],
)
def test_what_is_odd_but_possible_is_a_warning(indicator: str, value: str, code: str) -> None:
    found = checked(row(indicator, value=value))

    assert len(found.rows) == 1
    assert [(f.code, f.severity) for f in found.findings] == [(code, "warning")]


@pytest.mark.parametrize(("indicator", "value"), [("victims", "33.3"), ("ksi-rate", "1.25"), ("cost", "-12.5")])
def test_rates_percentages_and_money_may_have_decimals(indicator: str, value: str) -> None:
    assert not findings(row(indicator, value=value))


def test_a_figure_that_will_not_be_shown_is_taken_and_said_once() -> None:
    found = checked(row(area="Swale"), row(area="E07000112"))

    assert len(found.rows) == 2
    assert [(f.code, f.severity) for f in found.findings] == [("not-shown", "note")]


def test_no_message_quotes_a_figure_that_may_not_be_shown() -> None:
    found = checked(row(area="Swale", value="-7"), row(area="Swale", value="-8"), row(area="E07000112", value="7.5"))

    assert {f.code for f in found.findings} == {"not-shown", "below-zero", "two-values", "count-not-whole"}
    assert not [f for f in found.findings if "7" in f.message.replace("E07000112", "") or "8" in f.message]


def test_names_are_checked_beside_a_cell_that_cannot_be_read() -> None:
    found = checked("asb-incidants,Swalle,2018-01-01,2018-12-30,1O2")

    assert not found.rows
    assert [f.column for f in found.findings.of("error")] == [1, 2, 4, 5]


# --- the same figure twice


def test_the_same_row_twice_counts_once_and_is_noted() -> None:
    found = checked(row(value="1234"), row("Anti-social behaviour reports", "Kent and Medway", '"1,234.0"'))

    assert [r.line for r in found.rows] == [2]
    assert [(f.line, f.code, f.severity) for f in found.findings] == [(3, "same-row-twice", "note")]


def test_two_values_for_the_same_thing_are_an_error() -> None:
    found = finding(row(value="7"), row(value="8"))

    assert (found.line, found.column, found.code) == (3, 5, "two-values")
    assert "Line 2 gives 7 (final)" in found.message


# --- limits


def test_findings_are_counted_beyond_those_that_are_kept() -> None:
    found = checked(*[row("nothing")] * (LIMIT + 50)).findings

    assert found.errors == LIMIT + 50
    assert len(found.of("error")) == LIMIT
    assert found.more("error") == 50
    assert found.more("note") == 0


def test_rows_are_counted_good_and_bad() -> None:
    assert checked(ASB, row("nothing", "nowhere"), "1,2").read == 3
    assert checked(ASB, header="indicator,value,x,y,z").read == 0


def test_a_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_ROWS", 2)

    found = checked(*[f"asb-incidents,E23000032,20{y}-01-01,20{y}-12-31,7" for y in range(10, 15)])

    assert [(f.line, f.code) for f in found.findings] == [(4, "too-many-rows")]


def test_the_register_knows_an_area_whatever_the_case_of_its_code() -> None:
    assert REGISTER.area("e10000016") == REGISTER.area("Kent County Council") == REGISTER.area("kent")
