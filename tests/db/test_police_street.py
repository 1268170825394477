"""A file of street-level crime, from its bytes to figures that are held."""

import io
from decimal import Decimal

import pytest

from accounts.models import Partner
from indicators.extracts.apply import CannotUse
from indicators.extracts.current import plan_of
from indicators.extracts.in_one_go import use_file
from indicators.models import Area, Indicator, Observation
from tests.plan import partner

pytestmark = pytest.mark.django_db
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


@pytest.fixture
def _places() -> None:
    Area.objects.create(code="E23000032", name="Kent and Medway", kind="force", aliases=["Kent Police"])
    Area.objects.create(code="E07000105", name="Ashford", kind="district")


@pytest.fixture
def police() -> Partner:
    return partner("police", "Test Police", Partner.Kind.POLICE)


def file_of(*months: tuple[str, int], asb: int = 2) -> io.BytesIO:
    """A file with so many burglaries in Ashford in each month, and incidents of anti-social behaviour."""
    lines = [HEADER]
    for month, number in months:
        for kind, times in (("Burglary", number), ("Anti-social behaviour", asb)):
            lines += [f",{month},Kent Police,Kent Police,1,51,On,E01,Ashford 001B,{kind},,"] * times
    return io.BytesIO("\r\n".join(lines).encode())


def use(*months: tuple[str, int]) -> None:
    use_file(source=file_of(*months), original_name="street.csv", actor="the shell")


@pytest.mark.usefixtures("_places", "police")
def test_the_supplier_s_indicators_come_with_the_first_file_and_are_on_no_priority() -> None:
    use(("2018-10", 7))

    made = Indicator.objects.get(slug="street-burglary")
    assert (made.owner.slug, made.source.slug, made.area_id) == ("police", "police-uk", "E23000032")
    assert made.part_of == Indicator.objects.get(slug="street-all-crime")
    assert Indicator.objects.get(slug="street-anti-social-behaviour").part_of is None
    assert set(Indicator.objects.values_list("slug", flat=True)) == {
        "street-all-crime",
        "street-anti-social-behaviour",
        "street-burglary",
    }
    held = Observation.objects.get(indicator=made, area="E07000105", until=None)
    assert (held.value, held.line) == (Decimal(7), 2)


@pytest.mark.usefixtures("_places")
def test_without_a_partner_nothing_is_brought_in() -> None:
    with pytest.raises(CannotUse, match="no partner yet"):
        use(("2018-10", 7))
    assert not Indicator.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.usefixtures("_places", "police")
def test_a_plan_says_how_many_rows_it_has_read() -> None:
    plan = plan_of(file_of(("2018-10", 7)))

    assert (plan.format, plan.rows, len(plan.new)) == ("police_street", 9, 6)
    assert not Indicator.objects.exists()


MONTHS = [(f"2018-{month:02}", 10) for month in (7, 8, 9, 10, 11)]


def statuses(month: int) -> set[tuple[str, str]]:
    open_ = Observation.objects.filter(until=None, period_start__month=month)
    return set(open_.values_list("area", "status"))


@pytest.mark.usefixtures("_places", "police")
def test_a_month_far_below_those_around_it_is_taken_as_incomplete() -> None:
    plan = plan_of(file_of(*MONTHS, ("2018-12", 6)))

    assert {s.key.period.label for s in plan.new if s.figure.status == "incomplete"} == {"December 2018"}
    (found,) = plan.findings.of("warning")
    assert found.code == "incomplete-month"
    assert "6 crimes, 60% of the usual 10 (the middle of the 5 months around it)" in found.message


@pytest.mark.usefixtures("_places", "police")
def test_beside_too_few_months_it_is_only_pointed_out() -> None:
    plan = plan_of(file_of(*MONTHS[:3], ("2018-12", 6)))

    assert {step.figure.status for step in plan.new} == {"final"}
    assert [found.code for found in plan.findings.of("warning")] == ["low-month"]


@pytest.mark.usefixtures("_places", "police")
def test_beside_too_few_months_one_that_is_held_as_incomplete_stays_so() -> None:
    use(*MONTHS[:2], ("2018-12", 6))
    Observation.objects.filter(period_start="2018-12-01").update(status="incomplete")

    plan = plan_of(file_of(("2018-12", 6), asb=3))

    assert {step.figure.status for step in plan.steps} == {"incomplete"}
    assert {step.key.indicator for step in plan.revised} == {"street-anti-social-behaviour"}
    (found,) = plan.findings.of("warning")
    assert found.code == "low-month"
    assert found.message.endswith("It is held as incomplete and stays so.")


@pytest.mark.usefixtures("_places", "police")
def test_seven_in_ten_is_whole() -> None:
    assert not plan_of(file_of(*MONTHS, ("2018-12", 7))).findings.of("warning")


@pytest.mark.usefixtures("_places", "police")
def test_a_later_file_changes_the_status_of_a_month_that_is_held() -> None:
    use(("2018-12", 6))
    assert statuses(12) == {("E23000032", "final"), ("E07000105", "final")}

    plan = plan_of(file_of(*MONTHS))
    assert {step.key.period.label for step in plan.revised} == {"December 2018"}
    assert [found.code for found in plan.findings.of("warning")] == ["month-held"]
    use(*MONTHS)

    assert statuses(12) == {("E23000032", "incomplete"), ("E07000105", "incomplete")}
    assert not plan_of(file_of(*MONTHS)).changes


@pytest.mark.usefixtures("_places", "police")
def test_the_same_rows_with_other_line_ends_change_nothing() -> None:
    use(("2018-12", 6))
    use(*MONTHS)
    lines = file_of(("2018-12", 6)).read().replace(b"\r\n", b"\n")

    assert use_file(source=io.BytesIO(lines), original_name="again.csv", actor="the shell") is None
