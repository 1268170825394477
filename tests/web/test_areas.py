"""/areas/ and /areas/<code>/"""

import html
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Partner
from accounts.roles import Role
from indicators.models import Area, Extract, Indicator, Observation, Source, SourceEdition, StatedChange
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


@pytest.fixture
def county() -> Area:
    return Area.objects.create(code="E10000099", name="Testshire", kind=Area.Kind.COUNTY)


@pytest.fixture
def district(county: Area) -> Area:
    return Area.objects.create(
        code="E07000099", name="Testford", kind=Area.Kind.DISTRICT, parent=county, aliases=["Oldford"]
    )


@pytest.fixture
def edition() -> SourceEdition:
    source = Source.objects.create(slug="police", publisher="Test Police", name="Returns", kind=Source.Kind.MANAGEMENT)
    return SourceEdition.objects.create(slug="returns-2019", source=source, title="Returns 2019")


def indicator(edition: SourceEdition, area: Area, slug: str, sensitivity: str) -> Indicator:
    owner = Partner.objects.filter(slug="owner").first() or partner("owner", "Owner")
    return Indicator.objects.create(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        short_name=slug,
        definition="What it is.",
        counted="incident",
        counted_plural="incidents",
        frequency=Indicator.Frequency.YEAR,
        polarity=Indicator.Polarity.NEITHER,
        source=edition.source,
        area=area,
        sensitivity=sensitivity,
        owner=owner,
        checker=owner,
        next_review=date(2020, 1, 1),
    )


def held(indicator: Indicator, area: Area, year: int, value: int, **more: Any) -> Observation:
    extract, _ = Extract.objects.get_or_create(
        sha256="0" * 64, defaults={"original_name": "test.csv", "format": "native", "size": 1, "state": "used"}
    )
    return Observation.objects.create(
        indicator=indicator,
        area=area,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        value=Decimal(value),
        extract=extract,
        line=2,
        since=1,
        **more,
    )


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


@pytest.mark.parametrize("address", ["/areas/", "/areas/E07000099/"])
def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client, district: Area, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_what_is_not_open_is_not_shown_below_county_but_counted(
    reader: Client, county: Area, district: Area, edition: SourceEdition, sensitivity: str
) -> None:
    secret = indicator(edition, county, "secret-incidents", sensitivity)
    held(secret, district, 2018, 4321)

    said = text_of(reader.get("/areas/E07000099/"))

    assert "Secret incidents" not in said
    assert "4,321" not in said
    assert "1 indicator holds figures about Testford that are not shown" in said
    assert "can be small enough to point to people" in said
    assert "Testford Nothing held" in text_of(reader.get("/areas/"))


def test_at_the_county_and_above_everything_is_shown(reader: Client, county: Area, edition: SourceEdition) -> None:
    held(indicator(edition, county, "high-incidents", "high"), county, 2018, 4321)

    said = text_of(reader.get("/areas/E10000099/"))

    assert "4,321 incidents" in said
    assert "not shown" not in said


def test_each_indicator_is_shown_with_its_latest_figure_period_and_how_much_is_held(
    reader: Client, county: Area, district: Area, edition: SourceEdition
) -> None:
    calls = indicator(edition, county, "open-calls", "open")
    held(calls, district, 2017, 1500)
    held(calls, district, 2018, 1234, status="provisional")
    held(calls, county, 2018, 99999)

    response = reader.get("/areas/E07000099/")
    said = text_of(response)

    assert "1,234 (provisional) incidents 2018 2 periods, from 2017" in said
    assert "99,999" not in said
    assert 'href="/indicators/open-calls/?area=E07000099"' in response.content.decode()
    assert "Files also call it Oldford." in said


def test_a_percentage_says_of_what(reader: Client, county: Area, edition: SourceEdition) -> None:
    share = indicator(edition, county, "share-of-clients", "open")
    Indicator.objects.filter(pk=share.pk).update(kind=Indicator.Kind.PERCENTAGE, counted_plural="clients")
    held(share, county, 2018, 31)

    assert "31% of clients 2018 1 period" in text_of(reader.get("/areas/E10000099/"))


def test_where_little_is_held_the_page_says_so(
    reader: Client, county: Area, district: Area, edition: SourceEdition
) -> None:
    held(indicator(edition, county, "open-calls", "open"), district, 2018, 5)
    indicator(edition, county, "other-calls", "open")

    assert "Little is held about Testford alone: 1 of 2 indicators." in text_of(reader.get("/areas/E07000099/"))


def test_where_nothing_is_held_the_page_says_so(reader: Client, district: Area) -> None:
    assert "Nothing is held about Testford alone." in text_of(reader.get("/areas/E07000099/"))


def test_a_change_that_a_source_states_is_shown_without_a_figure(
    reader: Client, county: Area, edition: SourceEdition
) -> None:
    StatedChange.objects.create(
        indicator=indicator(edition, county, "all-crime", "open"),
        area=county,
        period_start=date(2018, 1, 1),
        period_end=date(2018, 12, 31),
        against_start=date(2017, 1, 1),
        against_end=date(2017, 12, 31),
        percent=Decimal("17.1"),
        edition=edition,
    )

    assert "+17.1% on 2017, as stated by Test Police, Returns 2019" in text_of(reader.get("/areas/E10000099/"))


def test_indicators_to_be_read_together_say_so(reader: Client, county: Area, edition: SourceEdition) -> None:
    first = indicator(edition, county, "asb-reports", "open")
    first.read_together.add(indicator(edition, county, "public-order", "open"))
    held(first, county, 2018, 5)

    assert "Read together with Public order" in text_of(reader.get("/areas/E10000099/"))


def test_the_list_groups_areas_by_kind_and_counts_what_they_hold(
    reader: Client, county: Area, district: Area, edition: SourceEdition
) -> None:
    held(indicator(edition, county, "open-calls", "open"), county, 2018, 5)

    said = text_of(reader.get("/areas/"))

    assert "Counties Testshire 1 indicator Districts Testford Nothing held" in said


@pytest.mark.parametrize("code", ["E99999999", "nonsense", "é"])
def test_an_area_that_does_not_exist_is_not_found(reader: Client, code: str) -> None:
    assert reader.get(f"/areas/{code}/").status_code == 404


def test_three_hundred_figures_take_as_many_queries_as_three(
    reader: Client, county: Area, edition: SourceEdition, django_assert_num_queries: Any
) -> None:
    calls = indicator(edition, county, "open-calls", "open")
    held(calls, county, 1800, 5)
    reader.get("/areas/E10000099/")
    with django_assert_num_queries(20, exact=False) as few:
        reader.get("/areas/E10000099/")
    for year in range(1801, 1950):
        held(calls, county, year, 5)
    for number in range(150):
        held(indicator(edition, county, f"more-{number}", "open"), county, 2018, 5)

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get("/areas/E10000099/")
