"""Promises that fell due: milestones past their time that are not done, and outputs that were expected by now of which
nobody has said what they came to. It asks no database; what is due is decided by actions.due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.due import falls_due, milestone_is_due, output_is_due
from actions.models import Milestone, Output
from actions.words import quantity, when
from priorities.models import ReportingCycle


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that was to be there. `kind` is 'milestone' or 'output', `pk` its key, `by` the day where there is
    one. Of an output `expected` says how much and `period` when, in words, '' where that is not stated."""

    kind: str
    pk: int
    what: str
    by: date | None
    expected: str = ""
    period: str = ""


def fell_due(milestones: Iterable[Milestone], outputs: Iterable[Output], cycle: ReportingCycle) -> list[Promise]:
    """What fell due by the end of what a report covers and has not been answered, the longest overdue first."""
    found = [
        Promise("milestone", milestone.pk, milestone.title, falls_due(milestone))
        for milestone in milestones
        if milestone_is_due(milestone, cycle)
    ]
    found += [promised(output) for output in outputs if output_is_due(output, cycle)]
    return sorted(found, key=lambda promise: (promise.by or date.max, promise.kind, promise.pk))


def promised(output: Output) -> Promise:
    start, end = output.period_start, output.period_end
    expected = quantity(output.expected, unit=output.unit, qualifier=output.qualifier, name=output.name)
    return Promise("output", output.pk, output.name, end or start, expected, when(start, end) if start or end else "")
