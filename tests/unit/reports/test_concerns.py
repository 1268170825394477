"""Which areas of concern the rule finds, and what people make of them."""

from dataclasses import replace

import pytest

from reports.concerns import found_in, settled
from tests.unit.reports.values import STATUSES, action, concern, line, priority


def test_a_figure_that_is_agreed_to_be_worse_is_a_concern() -> None:
    worse = line(tag="More, worse", kind="worse", reason="Above its usual range.")

    [found] = found_in([replace(priority(), main=worse, actions=())])

    assert found.key == "reading:calls"
    assert found.text == "Calls, Testshire: more, worse. 10 calls in 2018."
    assert found.why == "Above its usual range."


@pytest.mark.parametrize("kind", ["better", "change", "usual", "none"])
def test_no_other_direction_is_one(kind: str) -> None:
    assert found_in([replace(priority(), main=line(kind=kind), actions=())]) == ()


def test_context_is_no_concern_but_a_supporting_figure_is() -> None:
    worse = line("visits", kind="worse")

    assert found_in([replace(priority(), context_only=(worse,), actions=())]) == ()
    assert [c.key for c in found_in([replace(priority(), main=None, supporting=(worse,), actions=())])] == [
        "reading:visits"
    ]


@pytest.mark.parametrize("status", STATUSES)
def test_an_action_is_one_where_it_is_behind_or_on_hold(status: str) -> None:
    found = found_in([replace(priority(), actions=(action(status=status, updated_by="by Police member"),))])

    assert [c.text for c in found] == {
        "behind": ["‘Teach young drivers’ is behind."],
        "on-hold": ["‘Teach young drivers’ is on hold."],
    }.get(status, [])
    assert all(c.why == "Reported by Police member." for c in found)


def test_an_action_that_nobody_updated_says_so() -> None:
    [found] = found_in([replace(priority(), actions=(action(status="behind"),))])

    assert found.why == "As last reported."


def test_what_people_add_comes_first_and_what_they_take_away_is_told_apart_with_their_reason() -> None:
    found = (concern("reading:calls", why="Above its usual range."), concern("action:rs1"))

    kept, away = settled(found, [concern("added:1")], {"reading:calls": "Counted twice.", "reading:gone": "No."})

    assert [c.key for c in kept] == ["added:1", "action:rs1"]
    assert [(c.key, c.why) for c in away] == [("reading:calls", "Counted twice.")]
    assert [c.is_added for c in kept] == [True, False]
