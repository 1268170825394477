"""Districts side by side, on /areas/ and on the page of an indicator."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import Area, Indicator
from tests.held import county, held, indicator
from tests.plan import someone
from tests.series import month, year

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = month(2018, 10), month(2018, 11), month(2018, 12)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


@pytest.fixture
def places() -> dict[str, Area]:
    """Two districts of Testshire side by side, and a unitary authority beside it."""
    made = [
        place("E07000091", "Testford", Area.Kind.DISTRICT, county(), column=1),
        place("E07000092", "Testham", Area.Kind.DISTRICT, county(), column=2),
        place("E06000091", "Testway", Area.Kind.UNITARY, None, column=3),
    ]
    return {area.name: area for area in made}


def place(code: str, name: str, kind: str, parent: Area | None, *, column: int) -> Area:
    return Area.objects.create(
        code=code, name=name, short_name=name[-3:], kind=kind, parent=parent, tile_row=1, tile_column=column
    )


def force() -> Area:
    return Area.objects.create(code="E23000091", name="Test Force", kind=Area.Kind.FORCE)


def text_of(response: Any) -> str:
    plain = re.sub(r"<script.*?</script>|<select.*?</select>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(plain))


# --- who may not ------------------------------------------------------------------------------


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/areas/?indicator=calls").status_code == 302


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_what_may_not_be_shown_of_districts_is_nowhere(
    reader: Client, places: dict[str, Area], sensitivity: str
) -> None:
    secret = indicator("calls", sensitivity=sensitivity)
    for area in places.values():
        held(secret, NOVEMBER, 4321, area=area)

    assert reader.get("/areas/?indicator=calls").status_code == 404
    for address in ("/areas/", "/indicators/calls/"):
        response = reader.get(address)
        assert "4,321" not in response.content.decode()
        assert "csa-tile" not in text_of(response)
        assert 'class="csa-tiles' not in response.content.decode()


def test_a_population_that_may_not_be_shown_is_not_used(reader: Client, places: dict[str, Area]) -> None:
    people = indicator("residents", sensitivity="standard", counted_plural="residents")
    calls = indicator("calls", denominator="residents")
    for area in (county(), places["Testford"]):
        held(calls, NOVEMBER, 500, area=area)
        held(people, year(2018), 100_000, area=area)

    assert "No populations are held" in text_of(reader.get("/areas/"))


# --- what is shown ----------------------------------------------------------------------------


def test_where_nothing_is_held_by_district_there_is_no_map(reader: Client, places: dict[str, Area]) -> None:
    held(indicator("calls"), NOVEMBER, 5)

    assert "Districts side by side" not in text_of(reader.get("/areas/"))
    assert 'id="districts"' not in reader.get("/indicators/calls/").content.decode()


@pytest.mark.parametrize("address", ["/areas/", "/areas/?indicator=calls", "/indicators/calls/"])
def test_every_district_has_a_tile_with_its_figure_under_the_period(
    reader: Client, places: dict[str, Area], address: str
) -> None:
    calls = indicator("calls", area=force())
    held(calls, NOVEMBER, 30)
    held(calls, NOVEMBER, 12, area=places["Testford"])
    held(calls, NOVEMBER, 11, area=places["Testway"])

    said = text_of(reader.get(address))

    assert "Calls, November 2018 Calls in each district Testford ord 12 Testham ham Not held Testway way 11" in said
    assert "Not located in any of these, or located in Testham: 7 of 30 calls in Test Force." in said
    assert "1 Testford 12 2 Testway 11 – Testham Not held" in said
    assert "No populations are held, so districts are ranked by their numbers alone" in said


def test_what_is_reported_for_a_county_does_not_cover_the_unitary_beside_it(
    reader: Client, places: dict[str, Area]
) -> None:
    calls = indicator("calls")
    held(calls, NOVEMBER, 12, area=places["Testford"])

    assert "Testway way Not covered" in text_of(reader.get("/areas/"))


def test_an_indicator_of_a_nation_is_not_set_against_it(reader: Client, places: dict[str, Area]) -> None:
    nation = Area.objects.create(code="E92000091", name="Testland", kind=Area.Kind.NATION)
    calls = indicator("calls", area=nation)
    held(calls, NOVEMBER, 9_000)
    held(calls, NOVEMBER, 12, area=places["Testway"])

    said = text_of(reader.get("/areas/"))

    assert "Testway way 12" in said
    assert "Testland" not in said.partition("Districts side by side")[2].partition("Nations")[0]


def test_the_latest_complete_period_is_shown_and_another_may_be_chosen(reader: Client, places: dict[str, Area]) -> None:
    calls = indicator("calls")
    held(calls, OCTOBER, 1, area=places["Testford"])
    held(calls, NOVEMBER, 2, area=places["Testford"])
    held(calls, DECEMBER, 3, area=places["Testford"], status="incomplete")

    assert "Calls, November 2018" in text_of(reader.get("/areas/"))
    assert "Calls, October 2018" in text_of(reader.get("/areas/?period=October+2018"))
    assert "Calls, December 2018 Calls in each district, incomplete" in text_of(
        reader.get("/areas/?indicator=calls&period=December+2018")
    )


@pytest.mark.parametrize("period", ["", "nonsense", "December 1999", "é\0"])
def test_a_period_that_is_not_held_gives_the_latest(reader: Client, places: dict[str, Area], period: str) -> None:
    held(indicator("calls"), NOVEMBER, 2, area=places["Testford"])

    assert "Calls, November 2018" in text_of(reader.get("/areas/", {"period": period}))


def test_where_no_period_is_complete_the_latest_is_shown(reader: Client, places: dict[str, Area]) -> None:
    held(indicator("calls"), NOVEMBER, 2, area=places["Testford"], status="incomplete")

    assert "Calls, November 2018 Calls in each district, incomplete" in text_of(reader.get("/areas/"))


@pytest.mark.parametrize("slug", ["nothing-of-the-kind", "é", "visits"])
def test_an_indicator_that_holds_nothing_by_district_is_not_found(
    reader: Client, places: dict[str, Area], slug: str
) -> None:
    held(indicator("calls"), NOVEMBER, 2, area=places["Testford"])
    held(indicator("visits"), NOVEMBER, 2)

    assert reader.get("/areas/", {"indicator": slug}).status_code == 404


def test_what_has_to_be_read_together_is_named_beside_it(reader: Client, places: dict[str, Area]) -> None:
    calls = indicator("calls")
    calls.read_together.add(indicator("visits"))
    held(calls, NOVEMBER, 2, area=places["Testford"])

    assert re.search(r"Read together with Visits ?\.", text_of(reader.get("/areas/")))


def test_with_populations_districts_are_set_against_the_whole(reader: Client, places: dict[str, Area]) -> None:
    people = indicator("residents", counted_plural="residents")
    calls = indicator("calls", denominator="residents")
    for area, number, population in (
        (county(), 800, 120_000),
        (places["Testford"], 500, 100_000),
        (places["Testham"], 300, 20_000),
    ):
        held(calls, NOVEMBER, number, area=area)
        held(people, year(2017), 1, area=area)
        held(people, year(2018), population, area=area)
        held(people, year(2019), 1, area=area)

    page = reader.get("/areas/")
    said = text_of(page)

    assert "Ranked by rate for 1,000 of residents." in said
    assert "Rank District Calls Rate (95% interval) Against Testshire" in said
    assert "– Testway Not covered – –" in said
    # On a phone each district is a block, in which every figure carries the head of its column.
    assert page.content.decode().count('role="cell" data-label="Against Testshire"') == 3
    assert "1 Testham 300 for 20,000 residents 15.00 13.35 to 16.80 Higher (99.8%)" in said
    assert "2 Testford 500 for 100,000 residents 5.00 4.57 to 5.46 Lower (99.8%)" in said


@pytest.mark.parametrize("address", ["/areas/", "/indicators/calls/"])
def test_many_figures_take_as_many_queries_as_few(
    reader: Client, places: dict[str, Area], address: str, django_assert_num_queries: Any
) -> None:
    calls = indicator("calls")
    held(calls, NOVEMBER, 2, area=places["Testford"])
    reader.get(address)
    with django_assert_num_queries(40, exact=False) as few:
        reader.get(address)
    for number in range(24):
        for area in places.values():
            held(calls, month(2015 + number // 12, 1 + number % 12), 2, area=area)
    other: list[Indicator] = [indicator(f"more-{number}") for number in range(10)]
    for each in other:
        held(each, NOVEMBER, 2, area=places["Testham"])

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(address)


def test_with_five_months_of_each_there_is_a_small_picture_of_every_district(
    reader: Client, places: dict[str, Area]
) -> None:
    calls = indicator("calls")
    for area in (places["Testford"], places["Testham"]):
        for number in range(1, 6):
            held(calls, month(2018, number), 10 * number, area=area)

    said = text_of(reader.get("/indicators/calls/"))

    assert "Calls by district, January 2018 to May 2018 Calls, every picture from 0 to 50." in said
    assert "Testford 50 in May 2018 From 10 to 50 Testham 50 in May 2018 From 10 to 50" in said
