"""What a correction says otherwise than the edition before it."""

from dataclasses import replace

import pytest

from indicators.charts.beside import Beside, Side
from indicators.charts.chart import Chart
from priorities.narrative import Narrative
from reports.corrections import corrected
from reports.report import KeyMessage, Report
from tests.unit.reports.values import action, line, main_line, of_kind, priority, question, report


def test_a_report_says_nothing_otherwise_than_itself() -> None:
    assert corrected(report(), report()) == ()


def test_a_report_with_a_chart_says_nothing_otherwise_than_itself() -> None:
    one, same = (
        report(replace(priority(), trends=(Beside((of_kind(Side, chart=of_kind(Chart, slug="calls")),)),)))
        for _ in range(2)
    )

    assert corrected(one, same) == ()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (report(meeting="28 March 2019"), "Meeting: 28 March 2019, was not stated."),
        (report(progress_to="31 May 2019"), "Progress to: 31 May 2019, was not stated."),
        (report(key_messages=(KeyMessage("More."),)), "Key messages: another text."),
        (report(introduction=Narrative("<p>More.</p>", "")), "Introduction: another text."),
        (report(replace(priority(), narrative=Narrative("<p>More.</p>", ""))), "Road Safety: another context summary."),
        (
            report(replace(priority(), actions=(action(progress="Begun."),))),
            "‘Teach young drivers’: something else is said of it.",
        ),
        (main_line(value="12"), "Calls, Testshire, 2018: revised from 10 to 12."),
        (report(questions=(question(),)), "Test Police asks for a decision: May we?"),
        (report(replace(priority(), caution="Mind.")), "Road Safety: something else on its page."),
        (main_line(caveat="Mind."), "Road Safety: something else on its page."),
        (report(caution="Mind."), "Something else on the overview."),
    ],
)
def test_whatever_is_other_is_told_in_one_sentence(now: Report, said: str) -> None:
    assert corrected(report(), now) == (said,)


def test_where_only_links_lead_elsewhere_the_words_are_the_same() -> None:
    one, other = (
        report(replace(priority(), narrative=Narrative(f'<p><a href="/{number}/">47</a> died.</p>', "")))
        for number in (1, 2)
    )

    assert corrected(one, other) == ("Road Safety: something else on its page.",)


def test_a_new_priority_is_told_once() -> None:
    assert corrected(report(), report(priority(), priority("hate", main=line("visits"), actions=()))) == (
        "New priority: Hate.",
        "New indicator: Visits, Testshire, 10, 2018.",
    )
