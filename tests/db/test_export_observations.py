"""manage.py export_observations, and what was held at an earlier moment."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from indicators.extracts.as_of import observations_as_of
from indicators.models import Area, DataChange
from indicators.periods import Period
from tests.held import district, extract, held, indicator

pytestmark = pytest.mark.django_db

AUTUMN, WINTER = Period.of(2018, 10, 3), Period.of(2019, 1, 3)
AT = datetime(2019, 4, 1, 12, tzinfo=UTC)
FIRST_LINE = "indicator,area_code,period_start,period_end,value,value_to,qualifier,status,coverage,extract,line"
HEADER = FIRST_LINE.split(",")


@pytest.fixture
def testford() -> Area:
    """Change 1 adds autumn for two areas, 2 revises it for one and adds winter, 3 closes winter."""
    area, visits, calls = district(), indicator("visits"), indicator("calls")
    for number in (1, 2, 3):
        at = AT + timedelta(days=number)
        DataChange.objects.create(number=number, kind="use", extract=extract(), at=at, by_name="Tests")
    held(visits, AUTUMN, "12.50", value_to=13, qualifier="range")
    held(calls, AUTUMN, 700, until=2)
    held(calls, AUTUMN, 80, area=area)
    held(calls, AUTUMN, 712, since=2, line=3)
    held(calls, WINTER, None, status="suppressed", since=2, until=3, coverage="All, but one")
    return area


def told(*arguments: str) -> str:
    said = StringIO()
    call_command("export_observations", *arguments, stdout=said)
    return said.getvalue()


def rows(*arguments: str) -> list[list[str]]:
    return list(csv.reader(told(*arguments).splitlines()))


# --- what is refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--indicator", "cals"], "“cals” is not an indicator"),
        (["--area", "Testford"], "“Testford” is not the code of an area"),
        (["--as-of", "4"], "no change 4: the last is 3"),
        (["--as-of", "yesterday"], "“yesterday” is not the number of a change"),
        (["--format", "xlsx"], "invalid choice"),
    ],
)
def test_wrong_usage_is_named(testford: Area, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        told(*arguments)

    assert refused.value.returncode in (1, 2)


# --- what is exported


def test_every_figure_held_is_there_in_order_with_its_file_and_line(testford: Area) -> None:
    number = str(extract().pk)

    assert rows() == [
        HEADER,
        ["calls", "E07000099", "2018-10-01", "2018-12-31", "80", "", "exact", "final", "", number, "2"],
        ["calls", "E10000099", "2018-10-01", "2018-12-31", "712", "", "exact", "final", "", number, "3"],
        ["visits", "E10000099", "2018-10-01", "2018-12-31", "12.5", "13", "range", "final", "", number, "2"],
    ]


def test_as_json_it_says_the_same(testford: Area) -> None:
    figures = json.loads(told("--format", "json", "--indicator", "calls", "--as-of", "2"))

    assert [list(figure) for figure in figures] == [HEADER] * 3
    assert [figure["value"] for figure in figures] == ["80", "712", None]
    assert (figures[2]["coverage"], figures[2]["line"]) == ("All, but one", 2)


def test_where_nothing_is_held_there_is_a_header_or_an_empty_list() -> None:
    assert rows() == [HEADER]
    assert json.loads(told("--format", "json")) == []


def test_one_area_or_one_indicator_alone(testford: Area) -> None:
    assert [row[0] for row in rows("--indicator", "visits")] == ["indicator", "visits"]
    assert [row[1] for row in rows("--area", "E07000099")] == ["area_code", "E07000099"]


# --- what was held


@pytest.mark.parametrize(
    ("moment", "values"),
    [
        ("0", []),
        ("1", ["80", "700", "12.5"]),
        ("2", ["80", "712", "", "12.5"]),
        ("3", ["80", "712", "12.5"]),
        ("2019-04-01", []),
        ("2019-04-02", ["80", "700", "12.5"]),
        ("2019-04-02T12:59", []),
        ("2019-04-02T13:00", ["80", "700", "12.5"]),
        ("2019-04-02T12:00:00+00:00", ["80", "700", "12.5"]),
        ("2019-04-03T18:00:00Z", ["80", "712", "", "12.5"]),
        ("2100-01-01", ["80", "712", "12.5"]),
    ],
)
def test_what_stood_at_a_change_or_a_time(testford: Area, moment: str, values: list[str]) -> None:
    assert [row[4] for row in rows("--as-of", moment)][1:] == values


@pytest.mark.parametrize("moment", [2, AT + timedelta(days=2)], ids=["a change", "a time"])
def test_it_is_one_query(testford: Area, django_assert_num_queries: Any, moment: Any) -> None:
    with django_assert_num_queries(1):
        assert len(observations_as_of(moment)) == 4


def test_now_is_what_is_held(testford: Area) -> None:
    open_now = {figure.pk for figure in observations_as_of(timezone.now())}

    assert open_now == set(observations_as_of(3).filter(until=None).values_list("pk", flat=True))
