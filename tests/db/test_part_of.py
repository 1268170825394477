"""What an indicator is a part of: never of itself, and a file is compared with what is held, whichever it brings."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indicators.extracts.current import plan_of
from indicators.held import main_series
from indicators.models import Indicator
from indicators.periods import Period
from tests import held

pytestmark = pytest.mark.django_db

HEADER = "indicator,area_code,period,value\n"
YEAR = Period.of(2018, 1, 12)


@pytest.fixture
def roads() -> tuple[Indicator, Indicator, Indicator]:
    """Casualties, of which some are killed or seriously injured, of which some died."""
    casualties = held.indicator("casualties", frequency=Indicator.Frequency.YEAR)
    serious = held.indicator("serious", frequency=Indicator.Frequency.YEAR, part_of=casualties)
    return casualties, serious, held.indicator("deaths", frequency=Indicator.Frequency.YEAR, part_of=serious)


def warnings(*rows: str) -> list[str]:
    plan = plan_of(io.BytesIO((HEADER + "\n".join(rows)).encode()))
    assert not plan.findings.errors, plan.findings.kept
    return [f"{found.line} {found.code}" for found in plan.findings.of("warning")]


def test_nothing_is_a_part_of_itself(roads: tuple[Indicator, ...]) -> None:
    casualties, serious, deaths = roads

    for whole in (casualties, serious, deaths):
        casualties.part_of = whole
        with pytest.raises(ValidationError, match="would be a part of itself"):
            casualties.full_clean()
    casualties.part_of = None
    deaths.part_of = casualties
    deaths.full_clean()


def test_a_part_has_the_unit_of_its_whole(roads: tuple[Indicator, ...]) -> None:
    share = held.indicator("share", kind=Indicator.Kind.PERCENTAGE, part_of=roads[0])

    with pytest.raises(ValidationError, match="has another unit"):
        share.full_clean()


def test_only_a_part_can_count_the_same_several_times(roads: tuple[Indicator, ...]) -> None:
    casualties, serious, _ = roads
    casualties.multi_coded = serious.multi_coded = True

    serious.full_clean()
    with pytest.raises(ValidationError, match="Only parts of a whole"):
        casualties.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        casualties.save()


def test_a_series_knows_what_it_is_a_part_of_through_others(roads: tuple[Indicator, ...]) -> None:
    for indicator in roads:
        held.held(indicator, YEAR, 5)

    measures = {slug: series.measure for slug, series in main_series(Indicator.objects.select_related("area")).items()}
    assert measures["deaths"].part_of == ("serious", "casualties")
    assert measures["casualties"].part_of == ()


def test_no_area_lies_within_itself() -> None:
    district, county = held.district(), held.county()
    county.parent = district

    with pytest.raises(ValidationError, match="Testshire would lie within itself"):
        county.full_clean()
    district.full_clean()


def test_a_file_with_the_part_alone_is_beside_the_whole_that_is_held(roads: tuple[Indicator, ...]) -> None:
    held.held(roads[0], YEAR, 60)

    assert warnings("deaths,E10000099,2018,61") == ["2 part-above-whole"]
    assert warnings("deaths,E10000099,2018,60") == []


def test_a_file_with_the_whole_alone_is_beside_the_part_that_is_held(roads: tuple[Indicator, ...]) -> None:
    held.held(roads[2], YEAR, 61)

    assert warnings("casualties,E10000099,2018,60") == ["2 part-above-whole"]
    assert warnings("casualties,E10000099,2018,61") == []


def test_a_file_with_a_district_is_beside_the_county_and_the_other_way_round(roads: tuple[Indicator, ...]) -> None:
    district = held.district()
    held.held(roads[0], YEAR, 60)

    assert warnings(f"casualties,{district.code},2018,61") == ["2 districts-above-whole"]

    held.held(roads[1], YEAR, Decimal(61), area=district)
    assert "3 districts-above-whole" in warnings("casualties,E10000099,2018,60", "serious,E10000099,2018,60")


def test_it_is_asked_in_as_few_queries_as_before(
    roads: tuple[Indicator, ...], django_assert_num_queries: object
) -> None:
    held.held(roads[2], YEAR, 61)
    file = io.BytesIO((HEADER + "casualties,E10000099,2018,60").encode())

    with django_assert_num_queries(6):  # type: ignore[operator]
        plan_of(file)
