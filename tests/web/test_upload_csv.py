"""/data/uploads/<id>/changes.csv: every figure that a file changes, before its use and after it."""

import csv
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import Area, Indicator
from tests import held
from tests.plan import someone
from tests.web.test_data import HEADER, address, use

pytestmark = pytest.mark.django_db

OLD = HEADER + "calls,E10000099,2018-10-01,2018-12-31,700,final,\n"
TWO = HEADER + (
    "calls,E10000099,2018-10-01,2018-12-31,750,provisional,\ncalls,E10000099,2019-01-01,2019-03-31,1200,final,\n"
)


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls", name="=Calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def rows(client: Client, page: str) -> list[dict[str, str]]:
    response = client.get(f"{page}changes.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; ")
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))


def test_those_who_may_not_see_data_do_not_get_it(analyst: Client) -> None:
    page = address(analyst, TWO)
    analyst.logout()
    assert analyst.get(f"{page}changes.csv").status_code == 302

    analyst.force_login(someone(Role.GOVERNING_GROUP, name="Gus"))

    assert analyst.get(f"{page}changes.csv").status_code == 403


def test_every_change_is_there_before_and_after_use(analyst: Client) -> None:
    use(analyst, address(analyst, OLD))
    page = address(analyst, TWO)

    before = rows(analyst, page)
    use(analyst, page)

    assert [
        (r["Line"], r["What happens"], r["Old value"], r["Old status"], r["New value"], r["New status"]) for r in before
    ] == [("2", "revised", "700", "final", "750", "provisional"), ("3", "new", "", "", "1200", "final")]
    assert before[0]["Period"] == "October to December 2018"
    assert rows(analyst, page) == before


def test_a_name_is_never_run_as_a_formula(analyst: Client) -> None:
    assert rows(analyst, address(analyst, TWO))[0]["Indicator"] == "'=Calls"


def test_what_may_not_be_shown_below_county_is_not_in_it(analyst: Client, calls: Indicator) -> None:
    Area.objects.create(code="E07000999", name="A district", kind="district")
    Indicator.objects.update(sensitivity="standard")

    (row,) = rows(analyst, address(analyst, HEADER + "calls,E07000999,2018-10-01,2018-12-31,4,final,\n"))

    assert row["New value"] == "not shown below county"
    assert "4" not in row.values()


def test_a_file_with_errors_changes_nothing(analyst: Client) -> None:
    assert rows(analyst, address(analyst, HEADER + "calls,nowhere,2018-10-01,2018-12-31,4,final,\n")) == []


def test_queries_do_not_grow_with_the_file(analyst: Client, django_assert_max_num_queries: Any) -> None:
    """Three of them are for what was corrected, for the supplier's last file and for what figures are a part of."""
    asked = set()
    for count in (3, 90):
        lines = [f"calls,E10000099,20{year:02}-01-01,20{year:02}-01-31,{count},final,\n" for year in range(count)]
        page = address(analyst, HEADER + "".join(lines))
        with django_assert_max_num_queries(15) as queries:
            assert len(rows(analyst, page)) == count
        asked.add(len(queries))

    assert len(asked) == 1
