"""What the supplier's last file of the kind gave and this one does not."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.extracts.apply import apply
from indicators.extracts.current import plan_of
from indicators.extracts.formats.mapping import Column, Mapping
from indicators.extracts.naming import say_columns
from indicators.extracts.plan import Plan
from indicators.extracts.storage import path_of
from indicators.models import Extract, Indicator, Observation
from tests import held
from tests.extracts import HEADER, received, use
from tests.plan import someone

pytestmark = pytest.mark.django_db

ROW = "{},E10000099,{}-01-01,{}-12-31,{},final,,\n"


def table(**years: str) -> str:
    """calls="2015 2016" → a row for each of these years."""
    return HEADER + "".join(ROW.format(slug, year, year, 7) for slug, text in years.items() for year in text.split())


@pytest.fixture(autouse=True)
def indicators() -> tuple[Indicator, Indicator]:
    return held.indicator("calls"), held.indicator("visits")


def planned(text: str) -> Plan:
    return plan_of(path_of(received(text, "now.csv").sha256))


def missing(text: str) -> list[str]:
    return [f"{key.indicator} {key.start.year}" for key in planned(text).missing]


def test_nothing_is_missing_of_what_was_never_there() -> None:
    assert missing(table(calls="2015 2016")) == []


def test_what_the_last_file_had_within_the_span_of_this_one_is_missing() -> None:
    use(table(calls="2014 2015 2016 2017 2018"), "first.csv")

    assert missing(table(calls="2015 2017 2019")) == ["calls 2016", "calls 2018"]


def test_other_indicators_are_not_missed() -> None:
    use(table(calls="2015 2016", visits="2015 2016"), "first.csv")

    assert missing(table(calls="2015 2017")) == ["calls 2016"]


def test_what_the_last_file_had_not_is_not_missing_again() -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    use(table(calls="2015 2017 2018"), "second.csv")

    assert missing(table(calls="2015 2017 2019")) == ["calls 2018"]


def test_what_the_last_file_left_unchanged_is_missed_as_well() -> None:
    use(table(calls="2015 2016"), "first.csv")
    use(table(calls="2015 2016 2017"), "second.csv")

    assert missing(table(calls="2015 2017")) == ["calls 2016"]


def test_figures_that_came_in_another_format_are_not_missed() -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    Extract.objects.update(format="another")

    assert missing(table(calls="2015 2017")) == []


NORTH, SOUTH = "E07000098", "E07000097"


def areas(*codes: str, value: int = 7) -> str:
    return HEADER + "".join(f"calls,{code},2015-01-01,2015-12-31,{value},final,,\n" for code in codes)


@pytest.fixture
def _districts() -> None:
    held.district(NORTH, "North")
    held.district(SOUTH, "South")


@pytest.mark.usefixtures("_districts")
def test_what_another_sends_of_other_areas_is_not_missed() -> None:
    use(areas("E10000099", NORTH), "first.csv")

    assert planned(areas(SOUTH)).missing == ()


@pytest.mark.usefixtures("_districts")
def test_an_area_that_the_supplier_left_out_is_missed_though_others_sent_since() -> None:
    use(areas("E10000099", NORTH), "first.csv")
    use(areas(SOUTH), "of the south.csv")

    assert [key.area for key in planned(areas("E10000099", value=8)).missing] == [NORTH]


def test_each_indicator_is_compared_with_the_last_file_that_gave_it() -> None:
    use(table(calls="2015 2016 2017"), "of the police.csv")
    use(table(visits="2015 2016 2017"), "of the council.csv")

    assert missing(table(calls="2015 2017", visits="2015 2017")) == ["calls 2016", "visits 2016"]


TABLE = "Calls of {title},,,\nArea,2015,2016,2017\nTestshire,{cells}\n"


def table_of(supplier: str, title: str, cells: str) -> Extract:
    """A table of a supplier's own, its columns named and its figures used."""
    extract = received(TABLE.format(title=title, cells=cells), f"{title}.csv")
    mapping = Mapping(supplier, "periods", (Column("area", "area"),), indicator="calls")
    plan = say_columns(extract=extract, mapping=mapping, actor="Tests")
    apply(extract=extract, checksum=plan.checksum, actor="Tests")
    return extract


def test_what_another_supplier_sent_in_a_table_of_its_own_is_not_missed() -> None:
    table_of("Fire", "fire", "1,2,3")
    police = received(TABLE.format(title="police", cells="4,,6"), "police.csv")

    def said(supplier: str) -> list[str]:
        mapping = Mapping(supplier, "periods", (Column("area", "area"),), indicator="calls")
        return [key.period.label for key in plan_of(path_of(police.sha256), mapping=mapping.as_dict()).missing]

    assert said("Fire") == ["2016"]
    assert said("Police") == []


def test_a_file_that_has_everything_is_known_by_one_query(django_assert_num_queries: Any) -> None:
    text = table(calls="2015 2016 2017")
    use(text, "first.csv")
    path = path_of(received(text.replace(",7,", ",8,"), "now.csv").sha256)

    with django_assert_num_queries(6):
        assert plan_of(path).missing == ()


def test_it_is_shown_and_changes_nothing_by_itself(client: Client) -> None:
    use(table(calls="2015 2016 2017"), "first.csv")
    client.force_login(someone(Role.ANALYST))
    at = f"/data/uploads/{received(table(calls='2015 2017 2018'), 'now.csv').pk}/"

    said = client.get(at).content.decode()
    use(table(calls="2015 2017 2018"), "now.csv")

    assert "Missing since last time" in said
    assert "Calls</a>, Testshire, 2016</li>" in said
    assert Observation.objects.get(period_end="2016-12-31").until is None
    assert "Missing since last time" not in client.get(at).content.decode()
