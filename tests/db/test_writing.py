"""Rows written in bulk are the rows that the models write, and obey the same rules."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from indicators.extracts.plan import Step
from indicators.extracts.rows import Figure, Key
from indicators.extracts.writing import close_figures, open_figures
from indicators.models import DataChange, Indicator, Observation, SourceEdition
from tests import held

pytestmark = pytest.mark.django_db

STRANGE = "A\ttab, a\nnew line, a\r, a back\\slash, \\N, “quotes”, 100 %s and a 😀"
FIGURES = [
    Figure(Decimal(0)),
    Figure(Decimal("-1234567.8901")),
    Figure(Decimal("12.50"), Decimal("13.5"), qualifier="range", status="estimated"),
    Figure(None, status="suppressed", note=STRANGE),
    Figure(Decimal(99999999999), qualifier="about", coverage=STRANGE[:40], edition="returns-2019"),
]


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def change() -> DataChange:
    return DataChange.objects.create(number=7, kind="use", extract=held.extract(), at=timezone.now(), by_name="Tests")


def step(figure: Figure, year: int = 2018, line: int = 2, area: str = "E10000099") -> Step:
    return Step(Key("calls", area, date(year, 1, 1), date(year, 12, 31)), line, figure)


def rows() -> list[dict[str, Any]]:
    found = Observation.objects.order_by("period_start").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


def by_the_model(each: Step, change: DataChange) -> None:
    edition = SourceEdition.objects.filter(slug=each.figure.edition).first()
    Observation.objects.create(
        indicator=Indicator.objects.get(slug=each.key.indicator),
        area_id=each.key.area,
        period_start=each.key.start,
        period_end=each.key.end,
        value=each.figure.value,
        value_to=each.figure.value_to,
        qualifier=each.figure.qualifier,
        status=each.figure.status,
        coverage=each.figure.coverage,
        note=each.figure.note,
        edition=edition,
        extract=change.extract,
        line=each.line,
        since=change.number,
    )


# --- what may not be


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: [step(Figure(None))],
        lambda: [step(Figure(Decimal(1), status="suppressed"))],
        lambda: [step(Figure(Decimal(2), Decimal(1), qualifier="range"))],
        lambda: [step(Figure(Decimal(1))), step(Figure(Decimal(2)))],
        lambda: [step(Figure(Decimal(1)), area="E10000000")],
    ],
    ids=["no value and no reason", "a value and a reason", "an upside-down range", "two open", "no such area"],
)
def test_the_rules_of_the_table_hold(wrong: Callable[[], list[Step]], change: DataChange) -> None:
    def written() -> None:
        with transaction.atomic():
            open_figures(wrong(), change)
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        written()

    assert rows() == []


# --- what is


def test_they_are_equal_to_the_rows_of_the_models(change: DataChange) -> None:
    steps = [step(figure, 2000 + at, at + 2) for at, figure in enumerate(FIGURES)]
    for each in steps:
        by_the_model(each, change)
    expected = rows()
    Observation.objects.all().delete()

    open_figures(steps, change)

    assert rows() == expected
    assert [row["note"] for row in rows()][3] == STRANGE


def test_many_are_opened_and_closed_in_a_statement_each(change: DataChange, django_assert_max_num_queries: Any) -> None:
    steps = [step(Figure(Decimal(at)), 1000 + at, at) for at in range(3000)]
    with django_assert_max_num_queries(3):
        open_figures(steps, change)
    pks = list(Observation.objects.filter(value__gte=1000).values_list("pk", flat=True))
    later = DataChange(number=8)

    with django_assert_max_num_queries(1):
        close_figures(pks, later)

    assert (len(pks), Observation.objects.filter(until=8).count()) == (2000, 2000)
    assert Observation.objects.filter(until=None).count() == 1000


def test_what_is_closed_already_stays_as_it_was(change: DataChange) -> None:
    open_figures([step(Figure(Decimal(1)))], change)
    pks = [Observation.objects.get().pk]
    close_figures(pks, DataChange(number=8))

    close_figures(pks, DataChange(number=9))

    assert Observation.objects.get().until == 8
