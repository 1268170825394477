"""Which promises fell due."""

from datetime import date
from decimal import Decimal

from actions.models import Milestone, Output
from actions.promises import Promise, fell_due
from priorities.models import ReportingCycle

MARCH = ReportingCycle(title="March 2019", progress_to=date(2019, 3, 31))


def test_what_is_done_answered_or_later_is_no_promise_that_fell_due() -> None:
    milestones = [
        Milestone(title="Done", due=date(2019, 3, 1), done=True),
        Milestone(title="Later", due_text="April 2019"),
        Milestone(title="Of no day", due_text="when it suits"),
    ]
    outputs = [
        Output(name="Answered", expected=Decimal(3), actual=Decimal(0), period_end=date(2019, 3, 1)),
        Output(name="Still running", expected=Decimal(3), period_end=date(2019, 4, 1)),
        Output(name="Never expected", actual=Decimal(3), period_end=date(2019, 3, 1)),
    ]

    assert fell_due(milestones, outputs, MARCH) == []


def test_what_fell_due_is_listed_the_longest_overdue_first() -> None:
    milestones = [
        Milestone(pk=3, title="Draft goes to the board", due=date(2019, 3, 31)),
        Milestone(pk=4, title="Site goes live", due_text="January 2019"),
    ]
    outputs = [
        Output(
            pk=1,
            name="Pupils",
            unit="pupils",
            expected=Decimal(1500),
            period_start=date(2019, 3, 1),
            period_end=date(2019, 3, 15),
        ),
        Output(pk=2, name="Handed out", unit="leaflets", expected=Decimal(90)),
    ]

    assert fell_due(milestones, outputs, MARCH) == [
        Promise("milestone", 4, "Site goes live", date(2019, 1, 31)),
        Promise("output", 1, "Pupils", date(2019, 3, 15), "1,500", "1 to 15 March 2019"),
        Promise("milestone", 3, "Draft goes to the board", date(2019, 3, 31)),
        Promise("output", 2, "Handed out", None, "90 leaflets"),
    ]
