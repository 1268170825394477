"""What changed between two reports."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.changes import changes
from reports.report import Report, Value
from tests.unit.reports.values import (
    STATUSES,
    action,
    concern,
    line,
    main_line,
    of_kind,
    priority,
    question,
    report,
)


def texts(before: Report, now: Report) -> list[str]:
    return [change.text for change in changes(before, now)]


def test_nothing_changed_between_a_report_and_itself() -> None:
    assert changes(report(), report()) == ()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            {"tag": "About as usual"},
            {"tag": "More, worse", "headline": "19 calls in 2018."},
            ["Calls, Testshire: now ‘more, worse’, was ‘about as usual’. 19 calls in 2018."],
        ),
        (
            {"period": "2017", "value": "12"},
            {"marks": ("provisional",)},
            ["Calls, Testshire: 10 (provisional) in 2018; the last report had 12 for 2017."],
        ),
        ({"value": "", "period": ""}, {}, ["Calls, Testshire: 10 in 2018, the first figure held."]),
        ({"value": "12"}, {}, ["Calls, Testshire, 2018: revised from 12 to 10."]),
        (
            {"value": "12", "marks": ("provisional",)},
            {"marks": ("estimated",)},
            ["Calls, Testshire, 2018: revised from 12 to 10 (estimated)."],
        ),
        ({"marks": ("provisional",)}, {}, ["Calls, Testshire, 2018: 10 is now final."]),
        ({}, {"marks": ("incomplete",)}, ["Calls, Testshire, 2018: 10 is now incomplete."]),
        ({}, {"value": "", "period": ""}, ["Calls, Testshire: the figure of 2018, 10, is no longer held."]),
        ({"value": "", "period": ""}, {"value": "", "period": ""}, []),
    ],
)
def test_a_figure_that_is_another_says_what_it_was(was: dict[str, Any], now: dict[str, Any], said: list[str]) -> None:
    assert texts(main_line(**was), main_line(**now)) == said


def test_indicators_come_and_go() -> None:
    one, other = report(replace(priority(), supporting=(line("visits"),))), report()

    assert texts(other, one) == ["New indicator: Visits, Testshire, 10, 2018."]
    assert texts(one, other) == ["Visits, Testshire is no longer shown under Road Safety."]
    assert texts(other, report(replace(priority(), context_only=(line("visits", value=""),)))) == [
        "New indicator: Visits, Testshire."
    ]


def test_a_figure_that_serves_two_priorities_is_told_once() -> None:
    both = [replace(priority(slug), main=line(value=value)) for slug in ("road-safety", "hate") for value in ("10",)]
    revised = [replace(each, main=line(value="11")) for each in both]

    assert texts(report(*both), report(*revised)) == ["Calls, Testshire, 2018: revised from 10 to 11."]


def held(*values: tuple[int, str]) -> tuple[Value, ...]:
    """What is held of calls: years with their figures."""
    return tuple(
        of_kind(Value, period=str(year), start=date(year, 1, 1), end=date(year, 12, 31), text=text, value=Decimal(text))
        for year, text in values
    )


def test_revisions_of_earlier_periods_are_told_and_where_they_are_many_counted() -> None:
    was = main_line(values=held((2018, "10"), (2017, "9"), (2016, "8")))
    one = main_line(values=held((2018, "10"), (2017, "7"), (2016, "8"), (2015, "5")))
    two = main_line(values=held((2018, "10"), (2017, "7"), (2016, "6")))

    assert texts(was, one) == ["Calls, Testshire, 2017: revised from 9 to 7."]
    assert texts(was, two) == ["Calls, Testshire: 2 figures of earlier periods were revised."]


def test_what_was_the_latest_figure_and_was_revised_since_is_told_beside_the_new_one() -> None:
    was = main_line(period="2017", value="9", values=held((2017, "9")))
    now = main_line(values=held((2018, "10"), (2017, "7")))

    assert texts(was, now) == [
        "Calls, Testshire: 10 in 2018; the last report had 9 for 2017.",
        "Calls, Testshire, 2017: revised from 9 to 7.",
    ]


def test_a_figure_that_only_became_final_is_not_revised() -> None:
    was, now = held((2018, "10"), (2017, "9")), held((2018, "10"), (2017, "9"))
    provisional = (was[0], replace(was[1], text="9 (provisional)", status="provisional"))

    assert texts(main_line(values=provisional), main_line(values=now)) == []


def test_a_status_says_what_it_was() -> None:
    behind = report(replace(priority(), actions=(action(status="behind"),)))

    [change] = changes(report(), behind)

    assert change.text == "‘Teach young drivers’ is now behind; it was on track."
    assert (change.slug, change.priority, change.anchor) == ("road-safety", "Road Safety", "actions")


def test_a_first_status_says_that_there_was_none() -> None:
    none = report(replace(priority(), actions=(action(status="not-stated"),)))

    assert texts(none, report()) == ["‘Teach young drivers’ is now on track; no status was stated before."]
    assert texts(none, report(replace(priority(), actions=()))) == ["No longer in the plan: ‘Teach young drivers’."]


def test_actions_come_and_go() -> None:
    none = report(replace(priority(), actions=()))
    ended = report(replace(priority(), actions=(action(status="complete"),)))

    assert texts(none, report()) == ["New action: ‘Teach young drivers’."]
    assert texts(report(), none) == ["No longer in the plan: ‘Teach young drivers’. Its last status was on track."]
    assert texts(ended, none) == ["No longer in the plan: ‘Teach young drivers’."]


def test_a_decision_is_told_when_it_is_asked_and_when_it_is_answered() -> None:
    none, asked = report(), report(questions=(question(),))
    answered = report(questions=(question(answer="Yes.", since="March 2019"),))

    assert texts(none, asked) == ["Test Police asks for a decision: May we?"]
    assert texts(asked, answered) == ["Decided: May we? Yes."]
    assert texts(none, answered) == ["Decided: May we? Yes."]
    assert texts(answered, answered) == []
    assert texts(none, report(questions=(question(since="March 2019"),))) == []


def test_a_decision_that_was_put_right_or_is_no_longer_asked_is_told() -> None:
    none, asked = report(), report(questions=(question(slug="road-safety"),))
    answered, righted = report(questions=(question(answer="Yes."),)), report(questions=(question(answer="No."),))

    assert texts(answered, righted) == ["The answer was put right: May we? No. It was: Yes."]
    assert texts(asked, none) == ["No longer asked for a decision: May we?"]
    assert texts(answered, none) == []


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ({"slug": "road-safety", "priority": "Road Safety"}, ("road-safety", "Road Safety", "")),
        ({}, ("", "Decisions", "decisions")),
        ({"slug": "of-the-year-before", "priority": "Old"}, ("", "Decisions", "decisions")),
        ({"answer": "Yes."}, ("", "Decisions", "decided")),
    ],
)
def test_a_decision_leads_to_its_priority_or_to_where_decisions_stand(
    said: dict[str, str], leads_to: tuple[str, str, str]
) -> None:
    [change] = changes(report(), report(questions=(question(**said),)))

    assert (change.slug, change.priority, change.anchor) == leads_to


def test_an_action_that_a_new_agreement_carries_on_is_neither_new_nor_gone() -> None:
    was = report(concerns=(concern("action:rs1"),))
    carried = replace(priority(), actions=(action("rs1-2", "behind", continues="rs1"), action("rs2")))
    now = report(carried, concerns=(concern("action:rs1-2"),))

    assert texts(was, now) == [
        "‘Teach young drivers’ is now behind; it was on track.",
        "New action: ‘Teach young drivers’.",
    ]


def test_priorities_come_and_go() -> None:
    both = report(priority(), priority("hate", main=None, actions=(), lineage="It came out of Road Safety."))

    assert texts(report(), both) == ["New priority: Hate. It came out of Road Safety."]
    assert texts(both, report()) == ["Hate is no longer a priority of its own."]


def test_what_leaves_with_its_priority_leads_to_the_priorities_that_there_are() -> None:
    left = {"slug": "hate", "priority": "Hate"}
    both = report(
        priority(),
        priority("hate", main=line("visits"), actions=(action("ha1"),)),
        concerns=(concern(**left),),
        questions=(question(**left),),
    )

    gone = changes(both, report())

    assert [change.kind for change in gone] == ["priority", "decision", "concern", "action", "figure"]
    assert {(change.slug, change.priority, change.anchor) for change in gone} == {("", "Priorities", "priorities")}


def test_areas_of_concern_come_and_go_by_key_not_by_their_words() -> None:
    one, reworded = report(concerns=(concern(),)), report(concerns=(concern(text="Fewer still come."),))

    assert texts(report(), one) == ["New area of concern: Fewer people come."]
    assert texts(one, report()) == ["No longer an area of concern: Fewer people come."]
    assert texts(one, reworded) == []


def test_readings_come_before_decisions_and_figures_last() -> None:
    now = report(
        replace(priority(), main=line(tag="More, worse", value="19"), actions=(action(status="behind"),)),
        priority("hate", main=None, actions=()),
        concerns=(concern(),),
        questions=(question(),),
    )

    kinds = [change.kind for change in changes(report(), now)]

    assert kinds == ["priority", "reading", "decision", "concern", "status", "figure"]
    assert [change.kind for change in now.changes] == []


def test_a_busy_reader_gets_six_and_the_rest_behind_them() -> None:
    many = tuple(concern(f"added:{number}", f"Number {number}.") for number in range(9))
    told = replace(report(), changes=changes(report(), report(concerns=many)))

    assert len(told.changes_first) == 6
    assert (*told.changes_first, *told.changes_more) == told.changes


some = st.builds(
    lambda value, tag, status: report(
        replace(priority(), main=line(value=value, tag=tag), actions=(action(status=status),))
    ),
    st.sampled_from(["", "10", "11"]),
    st.sampled_from(["Fewer", "More"]),
    st.sampled_from(STATUSES),
)


@given(some, some)
def test_there_is_a_change_exactly_where_the_two_differ(before: Report, now: Report) -> None:
    assert (changes(before, now) == ()) == (before == now)
