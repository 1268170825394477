"""Areas of concern: those that a stated rule finds in a report, less those that somebody took away, and those that
somebody added.

The rule: an indicator whose direction is worse where it is agreed which way is better, and an action that its lead
reports as behind or on hold. An indicator shown for context only is none of the priority's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reports.report import Concern, FigureLine, PriorityReport

WORSE = "worse"
STUCK = {"behind": "is behind", "on-hold": "is on hold"}

RULE = (
    "Found by rule: an indicator whose direction is worse where it is agreed which way is better, "
    "and an action that is behind or on hold. The coordinator adds others, and takes away from these, "
    "each with a reason."
)


def found_in(priorities: Iterable[PriorityReport]) -> tuple[Concern, ...]:
    """What the rule finds, in the order of the priorities, figures before actions."""
    return tuple(concern for priority in priorities for concern in found_under(priority))


def found_under(priority: PriorityReport) -> Iterator[Concern]:
    for line in own_lines(priority):
        if line.kind == WORSE:
            text = f"{line.named}: {line.tag[:1].lower()}{line.tag[1:]}. {line.headline}"
            yield Concern(f"reading:{line.slug}", text, priority.title, priority.slug, line.reason)
    for action in priority.actions:
        if action.status in STUCK:
            text = f"‘{action.title}’ {STUCK[action.status]}."
            why = f"Reported {action.updated_by}." if action.updated_by else "As last reported."
            yield Concern(f"action:{action.key}", text, priority.title, priority.slug, why)


def own_lines(priority: PriorityReport) -> tuple[FigureLine, ...]:
    return (*((priority.main,) if priority.main else ()), *priority.supporting)


def settled(
    found: Iterable[Concern], added: Iterable[Concern], away: Mapping[str, str]
) -> tuple[tuple[Concern, ...], tuple[Concern, ...]]:
    """The areas of concern of a report: what people added first, then what the rule found and nobody took away; and
    what somebody did take away, with their reason. `away` holds the reasons by key."""
    rest, gone = [*added], list[Concern]()
    for concern in found:
        if concern.key in away:
            gone.append(replace(concern, why=away[concern.key]))
        else:
            rest.append(concern)
    return tuple(rest), tuple(gone)
