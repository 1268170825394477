"""/data/uploads/<id>/columns/: two figures of each period side by side, and thousands. All figures are illustrative."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from indicators.models import Indicator, Observation
from tests import held
from tests.plan import someone
from tests.unit.extracts.books import row, xlsx
from tests.web.test_data import text_of, use
from tests.web.test_data_columns import columns, previewed, proposed

pytestmark = pytest.mark.django_db

TABLE = """\
Cases heard at MARACs and repeat cases (illustrative figures),,,,
District,2017/18,,2018/19,
,Number,Percentage,Number,Percentage
Ashford,10,5%,12,6%
Swale,4,2.5%,5,..
"""
BOOK = xlsx(
    {
        "Cases": row(1, "Cases heard at MARACs and repeat cases (illustrative figures)")
        + row(2, "District", "2017/18", None, "2018/19")
        + row(3, None, "Number", "Percentage", "Number", "Percentage")
        + row(4, "Ashford", 10, "5%", 12, "6%")
        + row(5, "Swale", 4, "2.5%", 5, "..")
    }
)


@pytest.fixture
def analyst(client: Client) -> Client:
    held.indicator("cases", name="Cases heard at MARACs", short_name="MARAC cases", frequency=Indicator.Frequency.YEAR)
    held.indicator("repeat", name="Share of repeat cases", kind="percentage", frequency=Indicator.Frequency.YEAR)
    held.district("E07000001", "Ashford")
    held.district("E07000002", "Swale")
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


@pytest.mark.parametrize("table", [TABLE, BOOK], ids=["csv", "xlsx"])
def test_number_and_percentage_are_said_to_be_two_indicators(analyst: Client, table: str | bytes) -> None:
    at = columns(analyst, table)
    assert "“Number” counts" in text_of(analyst.get(at))
    assert "“Percentage” counts" in text_of(analyst.get(at))

    use(analyst, previewed(analyst, at, measure_0="cases", measure_1="repeat", indicator=""))

    found = {
        (figure.indicator.slug, figure.area.name, figure.period_end.year): figure.value
        for figure in Observation.objects.select_related("indicator", "area")
    }
    assert [found["cases", "Ashford", year] for year in (2018, 2019)] == [10, 12]
    assert [found["repeat", "Ashford", year] for year in (2018, 2019)] == [5, 6]
    assert (found["repeat", "Swale", 2019], len(found)) == (None, 8)


def test_one_of_them_can_be_left_out(analyst: Client) -> None:
    use(analyst, previewed(analyst, columns(analyst, TABLE), measure_0="cases", measure_1="out"))

    assert set(Observation.objects.values_list("indicator__slug", flat=True)) == {"cases"}


def test_what_is_not_said_of_one_is_asked_at_its_select(analyst: Client) -> None:
    at = columns(analyst, TABLE)

    response = analyst.post(at, {**proposed(analyst, at), "supplier": "P", "measure_1": ""})

    assert response.status_code == 422
    assert "Say what “Percentage” counts, or that it is left out." in text_of(response)
    assert 'href="#id_measure_1"' in response.content.decode()


def test_the_next_table_with_one_year_more_is_known(analyst: Client) -> None:
    previewed(analyst, columns(analyst, TABLE), measure_0="cases", measure_1="repeat")
    more = (",", ",2019/20,", ",Number,Percentage", ",7,1%", ",8,2%")
    longer = "\n".join(line + end for line, end in zip(TABLE.splitlines(), more, strict=True))

    file = analyst.post("/data/upload/", {"file": SimpleUploadedFile("next.csv", longer.encode())}).url

    assert not file.endswith("/columns/")
    use(analyst, file)
    assert Observation.objects.get(indicator__slug="cases", area="E07000002", period_end__year=2020).value == 8


def test_figures_in_thousands_are_written_out(analyst: Client) -> None:
    table = "Cases heard at MARACs (thousands),,\nDistrict,2017/18,2018/19\nAshford,16.5,17\nSwale,1,2\n"
    at = columns(analyst, table)
    assert proposed(analyst, at)["unit"] == "thousands"

    preview = previewed(analyst, at, indicator="cases")

    assert "The figures were taken in thousands: 16.5 is 16,500." in text_of(analyst.get(preview))
    use(analyst, preview)
    assert Observation.objects.get(area="E07000001", period_end__year=2018).value == 16500


# --- signs and words that somebody has to explain

SIGNS = "Cases heard at MARACs,,\nDistrict,2017/18,2018/19\nAshford,<5,12p\nSwale,Closed,7\n"


def test_signs_words_and_letters_beside_numbers_are_asked_about(analyst: Client) -> None:
    at = columns(analyst, SIGNS)
    said = text_of(analyst.get(at))
    assert "“<5” means" in said
    assert "“Closed” means" in said
    assert "“p” beside a number means" in said

    use(analyst, previewed(analyst, at, indicator="cases"))

    found = {(figure.line, figure.period_end.year): figure for figure in Observation.objects.all()}
    assert (found[3, 2018].value, found[3, 2018].status) == (None, "suppressed")
    assert (found[3, 2019].value, found[3, 2019].status) == (12, "provisional")
    assert (found[4, 2018].value, found[4, 2018].status) == (None, "not_available")


def test_a_sign_that_is_not_explained_is_an_error_at_its_cell(analyst: Client) -> None:
    preview = previewed(analyst, columns(analyst, SIGNS), indicator="cases", sign_2="")

    said = text_of(analyst.get(preview))
    assert "Line 4, column 2 (2017/18)" in said
    assert "“Closed” can mean several things. Say which where it says what the columns are." in said


def test_a_table_of_which_all_is_left_out_is_asked_about(analyst: Client) -> None:
    at = columns(analyst, TABLE)

    response = analyst.post(at, {**proposed(analyst, at), "supplier": "P", "measure_0": "out", "measure_1": "out"})

    assert response.status_code == 422
    assert "Say what at least one of them counts." in text_of(response)
