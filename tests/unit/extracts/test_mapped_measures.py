"""Tables with two figures of each period, such as number and percentage, and figures in thousands. All illustrative."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.extracts.formats.mapped_heads import look_at, measured, signature
from indicators.extracts.formats.mapping import Column, Mapping
from indicators.extracts.reading import read
from tests.unit.extracts.partners import KENT, checked, messages, proposed, said, values

BELOW = """\
Share of MARAC cases by district (illustrative figures),,,,
District,2017/18,,2018/19,
,Number,Percentage,Number,Percentage
Ashford,10,5%,12,6%
Swale,4,2.5%,5,[x]
Kent total,14,,18,
"""
ABOVE = """\
Share of MARAC cases by district (illustrative figures),,,,,,
,2017/18,,2018/19,,2019/20,
District,Number,Percentage,Number,Percentage,Number,Percentage
Ashford,10,5%,12,6%,1,2%
Swale,4,2.5%,5,[x],1,2%
"""
ONE_ROW = """\
District,2017/18 Volume,2017/18 Percentage,2018/19 Volume,2018/19 Percentage
Ashford,10,5%,12,6%
Swale,4,2.5%,5,[x]
"""
BOTH = (("number", "marac-cases"), ("percentage", "share"))
TABLES = pytest.mark.parametrize("table", [BELOW, ABOVE, ONE_ROW], ids=["below", "above", "one row"])


def both(table: str) -> Mapping:
    """What is proposed, with two indicators."""
    made = proposed(table)
    meant = tuple((name, slug) for (name, _), (_, slug) in zip(made.measures, BOTH, strict=True))
    return replace(made, measures=meant, total_area="")


@TABLES
def test_what_a_table_has_of_each_period_is_proposed(table: str) -> None:
    made = proposed(table)

    assert made.layout == "periods"
    assert [column.role for column in made.columns] == ["area"]
    assert [name for name, _ in made.measures] in (["number", "percentage"], ["volume", "percentage"])


def test_what_the_title_names_is_proposed_for_each() -> None:
    assert proposed(BELOW).measures == (("number", "marac-cases"), ("percentage", "share"))


@TABLES
def test_each_is_read_as_its_indicator(table: str) -> None:
    found = checked(table, both(table))

    assert said(found, "error") == []
    read_ = {(r.key.indicator, r.key.area[-3:], r.key.end.year): (r.figure.value, r.figure.status) for r in found.rows}
    assert read_["marac-cases", "105", 2018] == (Decimal(10), "final")
    assert read_["share", "105", 2019] == (Decimal(6), "final")
    assert read_["share", "113", 2018] == (Decimal("2.5"), "final")
    assert read_["share", "113", 2019] == (None, "not_available")


def test_a_figure_has_the_line_and_column_of_its_cell() -> None:
    found = checked(BELOW, both(BELOW))

    assert {(row.line, row.column): row.figure.value for row in found.rows}[5, 3] == Decimal("2.5")


def test_totals_are_compared_for_each_and_shares_not_at_all() -> None:
    assert said(checked(BELOW, both(BELOW)), "warning") == [("total-differs", 6, 4)]


def test_what_is_left_out_is_not_read() -> None:
    left = replace(both(BELOW), measures=(("number", "marac-cases"), ("percentage", "out")))

    assert {row.key.indicator for row in checked(BELOW, left).rows} == {"marac-cases"}


def test_what_was_not_there_when_the_columns_were_named_is_an_error() -> None:
    table = ABOVE.replace("Number,Percentage\nAsh", "Number,Rate\nAsh")

    assert ("new-column", 3, 7) in said(checked(table, both(ABOVE)), "error")


def test_the_total_of_a_row_is_compared_with_the_figures_of_its_own() -> None:
    table = "District,2018,,Total,\n,Number,Percentage,Number,Percentage\nAshford,10,5%,11,5%\nSwale,1,1%,1,1%\n"

    found = checked(table, both(table))

    assert said(found, "error", "warning") == [("total-differs", 3, 4)]
    assert len(found.rows) == 4


def test_shares_of_sites_cannot_be_added_up_and_may_be_left_out() -> None:
    sites = replace(both(BELOW), parts=True, area=KENT)

    assert "leave it out" in messages(checked(BELOW, sites), "not-added-up")[0]
    numbers = replace(sites, measures=(("number", "marac-cases"), ("percentage", "out")))
    assert [value for *_, value in values(checked(BELOW, numbers))] == [14, 17]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("2007 - 08 Volume", ("2007 - 08", "Volume")),
        ("2018/19 (%)", ("2018/19", "%")),
        ("Number 2018", ("2018", "Number")),
        ("Rate per 1,000 people: Apr-18", ("Apr-18", "Rate per 1,000 people")),
        ("2018/19 Q1 per cent", ("2018/19 Q1", "per cent")),
        ("Volume", ("Volume", "")),
        ("Value of 2018", ("Value of 2018", "")),
        ("Number 2018 volume", ("Number 2018 volume", "")),
        ("Apr-18", ("Apr-18", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_taken_apart_into_period_and_measure(name: str, parts: tuple[str, str]) -> None:
    assert measured(name) == parts


def test_a_title_that_is_a_period_makes_no_measure_of_a_single_name() -> None:
    long = "2018/19,,\nDistrict,Month,Number\nAshford,Apr-18,3\nSwale,Apr-18,4\nSwale,May-18,5\n"

    assert proposed(long).layout == "long"


@pytest.mark.parametrize("table", [BELOW, ABOVE, ONE_ROW], ids=["below", "above", "one row"])
def test_the_next_table_is_known_with_one_period_more(table: str) -> None:
    longer = "\n".join(
        line and f"{line}{',' if line.startswith(('Share', 'Kent')) else more}"
        for line, more in zip(table.split("\n"), MORE[table], strict=True)
    )
    signs = [signature(look.header, look.titles) for look in (look_at(read(t.encode())) for t in (table, longer))]

    assert signs[0] == signs[1]


MORE = {
    BELOW: ["", ",2019/20,", ",Number,Percentage", ",1,2%", ",3,4%", "", ""],
    ABOVE: ["", ",2020/21,", ",Number,Percentage", ",1,2%", ",3,4%", ""],
    ONE_ROW: [",2019/20 Volume,2019/20 Percentage", ",1,2%", ",3,4%", ""],
}


# --- thousands

THOUSANDS = Mapping("Partner", "periods", (Column("area", "area"),), indicator="marac-cases", unit="thousands")


def test_figures_in_thousands_are_written_out_and_that_is_told() -> None:
    found = checked("Area,2018\nKent,16.5\nAshford,£0.25\nSwale,[c]\n", replace(THOUSANDS, indicator="cost"))

    assert said(found, "error") == [("unknown-indicator", line, 2) for line in (2, 3, 4)]
    found = checked("Area,2018\nKent,16.5\nAshford,0.25\nSwale,[c]\n", THOUSANDS)
    assert values(found) == [("E10000016", "2018", 16500), ("E07000105", "2018", 250), ("E07000113", "2018", None)]
    assert [str(row.figure.value) for row in found.rows[:2]] == ["16500", "250"]
    assert messages(found, "in-thousands") == [
        "The figures were taken in thousands: 16.5 is 16,500. Percentages and rates were not."
    ]


def test_shares_in_a_table_of_thousands_stay_as_they_are() -> None:
    paired = replace(both(BELOW), unit="thousands")

    found = {row.key.indicator: row.figure.value for row in checked(BELOW, paired).rows if row.line == 4}
    assert found == {"marac-cases": 12000, "share": 6}


def test_totals_of_thousands_are_compared_in_full() -> None:
    assert "says 3500" in messages(checked("Area,2018\nAshford,1\nSwale,2\nTotal,3.5\n", THOUSANDS), "total-differs")[0]


@pytest.mark.parametrize(("cell", "code"), [("99999999999", "number"), ("0.0001", "count-not-whole")])
def test_what_cannot_be_kept_in_full_is_an_error(cell: str, code: str) -> None:
    assert [found for found, *_ in said(checked(f"Area,2018\nKent,{cell}\n", THOUSANDS), "error")] == [code]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Visits (thousands)", "thousands"),
        ("Cost in £000s", "thousands"),
        ("Cost (000's)", "thousands"),
        ("Per 1,000 people", ""),
        ("Visits", ""),
    ],
)
def test_thousands_are_proposed_where_the_title_says_so(title: str, unit: str) -> None:
    assert proposed(f'"{title}",\n\nArea,2018\nKent,16.5\nSwale,2\n').unit == unit
