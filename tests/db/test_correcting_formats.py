"""A cell is corrected in a file of every format, and known to the figures read from it. Figures are illustrative."""

from dataclasses import replace
from typing import Any

import pytest

from indicators.corrected import corrected_of
from indicators.extracts.current import register
from indicators.extracts.cutting import CellPlace
from indicators.extracts.formats.mapped_proposal import propose
from indicators.extracts.naming import first_rows, say_columns
from indicators.extracts.sheets import read_sheet
from indicators.models import Area, Extract, Indicator, Observation
from tests import held
from tests.db.test_correcting import correct, received, said_of, used, values
from tests.plan import partner
from tests.unit.extracts.books import row, xlsx
from tests.unit.extracts.partners import ONE_STOP_SHOPS, SCAMS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


def test_a_cell_of_a_sheet_is_corrected_by_its_own_line() -> None:
    names = row(2, "indicator", "area_code", "period", "value")
    book = xlsx({"Cover": row(1, "Calls"), "Oct": names + row(4, "calls", "E10000099", "Oct 2018", "7O")})
    extract = correct(received(book, "book.xlsx"), "70", "7O", CellPlace(4, 4))

    used(extract)

    assert values() == [("Testshire", "October 2018", 70)]
    assert said_of(extract) == {(4, 4): [["calls", "E10000099", "2018-10-01", "2018-10-31"]]}


def test_another_sheet_is_an_upload_of_its_own_once_a_cell_is_corrected() -> None:
    names = row(1, "indicator", "area_code", "period", "value")
    sheets = {
        month: names + row(2, "calls", "E10000099", f"{month} 2018", value)
        for month, value in (("Oct", "7O"), ("Nov", 8))
    }
    first = read_sheet(extract=received(xlsx(sheets), "book.xlsx"), sheet="Oct", actor="Ana")
    correct(first, "70", "7O", CellPlace(2, 4))

    second = read_sheet(extract=first, sheet="Nov", actor="Ana")

    assert second.pk != first.pk
    assert (second.sheet, second.corrections.count(), second.state) == ("Nov", 0, "preview")
    assert used(first).sheet == "Oct"


STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)


def street(*kinds: str) -> str:
    return STREET + "".join(f",2018-10,Kent Police,Kent Police,1,51,On,E01,Ashford 001B,{kind},,\n" for kind in kinds)


@pytest.fixture
def _kent() -> None:
    Area.objects.create(code="E23000032", name="Kent and Medway", kind="force", aliases=["Kent Police"])
    Area.objects.create(code="E07000105", name="Ashford", kind="district")
    partner("police", "Test Police", "police")


@pytest.mark.usefixtures("_kent")
def test_a_row_of_a_street_file_is_counted_as_corrected() -> None:
    extract = received(street("Burglary", "Burgalry", "Robbery", "Burgalry"), "street.csv")
    (error,) = (finding for finding in extract.findings if finding["severity"] == "error")
    assert (error["line"], error["column"]) == (3, 10)
    assert error["message"].endswith("So says 1 more row.")

    for line in (3, 5):
        correct(extract, "Burglary", "Burgalry", CellPlace(line, 10))
    used(extract)

    of_ashford = {row.indicator_id: int(row.value or 0) for row in Observation.objects.filter(area="E07000105")}
    slugs = dict(Indicator.objects.values_list("pk", "slug"))
    assert {slugs[pk]: value for pk, value in of_ashford.items()} == {
        "street-burglary": 3,
        "street-robbery": 1,
        "street-all-crime": 4,
    }
    for line in (3, 5):
        assert {(slug, area) for slug, area, *_ in said_of(extract)[line, 10]} == {
            (slug, area) for slug in ("street-burglary", "street-all-crime") for area in ("E07000105", "E23000032")
        }


def named(table: str, **said: Any) -> Extract:
    """A table of a partner's own, of which somebody has said what its columns are."""
    extract = received(table, "table.csv")
    look = first_rows(extract)
    mapping = propose(look, register(), extract.original_name)
    say_columns(extract=extract, mapping=replace(mapping, supplier="Test", **said), actor="Ana")
    extract.refresh_from_db()
    return extract


def test_a_cell_of_a_partner_s_own_table_is_read_as_corrected_and_concerns_its_figure_alone() -> None:
    for number, name in enumerate(("Ashford", "Swale")):
        held.district(f"E0700000{number}", name)
    Area.objects.create(code="E07000009", name="Shepway", kind="district")
    held.indicator("scam-visits", name="Visits to victims of scams", short_name="Scam visits")
    extract = named(SCAMS.replace(" [note 1]", ""), signs=())
    assert extract.state == "refused"

    correct(extract, "0", "-", CellPlace(5, 2))
    assert extract.state == "preview"
    used(extract)

    assert [value for _, _, value in values(area__name="Swale")] == [0, 2, 3]
    assert said_of(extract) == {(5, 2): [["scam-visits", "E07000001", "2018-04-01", "2018-06-30"]]}


def test_a_corrected_part_concerns_the_sum() -> None:
    held.indicator("shop-visitors", name="Visitors to One Stop Shops", short_name="One Stop Shop visitors")
    extract = named(ONE_STOP_SHOPS.replace("Canterbury,4", "Canterbury,4?"), area="E10000099", parts=True)
    assert extract.state == "refused"

    correct(extract, "4", "4?", CellPlace(6, 2))
    used(extract)

    assert [value for *_, value in values()] == [34, 33, 41]
    assert said_of(extract) == {(6, 2): [["shop-visitors", "E10000099", "2018-04-01", "2018-04-30"]]}


@pytest.mark.parametrize(("sensitivity", "shown"), [("open", True), ("standard", False)])
def test_what_stood_in_a_part_is_printed_beside_the_sum_only_of_an_open_indicator(
    sensitivity: str, shown: bool
) -> None:
    said = {"name": "Visitors to One Stop Shops", "short_name": "One Stop Shop visitors", "sensitivity": sensitivity}
    held.indicator("shop-visitors", **said)
    extract = named(ONE_STOP_SHOPS.replace("Canterbury,4", "Canterbury,4?"), area="E10000099", parts=True)
    used(correct(extract, "4", "4?", CellPlace(6, 2)))

    april, may, _ = Observation.objects.order_by("period_start")

    assert [(cell.was, cell.now, cell.shown) for cell in corrected_of(april)] == [("4?", "4", shown)]
    assert corrected_of(may) == ()
