"""A series as it would be if something else were said about how it is judged."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.analysis.proposals import Said, Value, with_definition, with_said
from indicators.analysis.series import Event, NewStart, Series, Target
from tests.series import INCIDENTS, KENT, change_of_recording, quarters, series

FOR = frozenset({"incidents"})
SAID: list[tuple[str, Value]] = [
    ("breaks", change_of_recording()),
    ("new_starts", NewStart(date(2016, 1, 1), "A new centre", "Ann")),
    ("targets", Target(Decimal(5), 3, date(2018, 4, 1), date(2019, 3, 31))),
    ("events", Event(date(2018, 2, 5), None, "A week of it")),
]


@pytest.mark.parametrize(("name", "value"), SAID)
@pytest.mark.parametrize(("indicators", "area"), [({"others"}, None), ({"incidents"}, "E07000001")])
def test_what_is_for_others_changes_nothing(name: str, value: Value, indicators: set[str], area: str | None) -> None:
    held = series(quarters([1, 2]))

    assert with_said(held, None, Said(value, frozenset(indicators), area)) == held


@pytest.mark.parametrize(("name", "value"), SAID)
@pytest.mark.parametrize("area", [None, KENT.code])
def test_what_is_new_is_added_and_what_is_withdrawn_is_taken_away(name: str, value: Value, area: str | None) -> None:
    held, said = series(quarters([1, 2])), Said(value, FOR, area)

    then = with_said(held, None, said)

    assert then == replace(held, **{name: (value,)})
    assert with_said(then, said, None) == held


def test_of_two_that_say_the_same_one_is_withdrawn() -> None:
    twice = series(quarters([1]), [change_of_recording(), change_of_recording()])

    assert with_said(twice, Said(change_of_recording(), FOR), None).breaks == (change_of_recording(),)


def test_what_is_changed_takes_its_place_in_order_of_time() -> None:
    early, late, later = (change_of_recording(f"{year}-01-01") for year in (2015, 2016, 2017))
    held = series(quarters([1]), [early, late])

    assert with_said(held, Said(early, FOR), Said(later, FOR)).breaks == (late, later)


def test_what_is_no_longer_for_an_indicator_is_withdrawn_from_it_alone() -> None:
    was, now = Said(change_of_recording(), FOR), Said(change_of_recording(), frozenset({"others"}))

    assert with_said(series(quarters([1]), [change_of_recording()]), was, now).breaks == ()


def test_everything_else_said_of_a_series_stays() -> None:
    held = Series.of(
        INCIDENTS,
        KENT,
        quarters([1]),
        [change_of_recording()],
        seasonal=True,
        new_starts=[NewStart(date(2016, 1, 1), "A new centre", "Ann")],
        targets=[Target(Decimal(5), 3, date(2018, 4, 1), date(2019, 3, 31))],
        events=[Event(date(2018, 2, 5), None, "A week of it")],
    )

    assert with_said(held, None, None) == held


def test_a_definition_is_of_one_indicator() -> None:
    held = series(quarters([1]))
    better = replace(INCIDENTS, polarity="lower")

    assert with_definition(held, better, seasonal=True) == replace(held, measure=better, seasonal=True)
    assert with_definition(held, replace(better, slug="others"), seasonal=True) == held
