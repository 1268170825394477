"""Which figures of a report that was issued are others now."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.report import Value
from reports.revised import Revision, revised
from tests.unit.reports.values import main_line, of_kind, priority, report


def value(text: str = "47", year: int = 2018, **said: Any) -> Value:
    days = {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    return of_kind(Value, **{"period": str(year), "text": text, "value": Decimal(47)} | days | said)


def told(*now: Value) -> list[tuple[str, str]]:
    found = revised(main_line(values=(value(),)), main_line(values=now))
    return [(each.was, each.now) for each in found]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ((value(),), []),
        ((value("49", value=Decimal(49)),), [("47", "49")]),
        ((value("about 47", qualifier="about"),), [("47", "about 47")]),
        ((value("47 to 50", value_to=Decimal(50)),), [("47", "47 to 50")]),
        ((value("withheld", value=None, status="withheld"),), [("47", "withheld")]),
        ((), [("47", "")]),
        ((value("47 (provisional)", status="provisional"),), []),
        ((value(), value("51", 2019, value=Decimal(51))), []),
    ],
)
def test_another_number_is_a_revision_and_another_mark_is_none(
    now: tuple[Value, ...], said: list[tuple[str, str]]
) -> None:
    assert told(*now) == said


def test_it_says_of_what_and_when() -> None:
    [found] = revised(main_line(values=(value(),)), main_line(values=(value("49", value=Decimal(49)),)))

    assert found == Revision("calls", "", "Calls, Testshire", "2018", "47", "49")


def test_an_indicator_that_is_shown_no_longer_is_not_told() -> None:
    assert revised(main_line(values=(value(),)), report(priority(main=None))) == ()
