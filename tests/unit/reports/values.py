"""Reports for tests, as plain values: one that says little, and parts to put into it."""

from dataclasses import replace
from datetime import date
from typing import Any, get_type_hints

from actions.lines import ActionLine
from priorities.narrative import Narrative
from reports.report import Concern, FigureLine, PriorityReport, Question, Report

STATUSES = ["not-stated", "not-started", "on-track", "behind", "on-hold", "complete", "not-pursued"]


EMPTY: dict[Any, Any] = {str: "", int: 0, bool: False, date | None: None, dict: {}}


def of_kind(kind: Any, /, **said: Any) -> Any:
    """A value of a kind, empty but for what is said."""
    return kind(**({name: EMPTY.get(hint, ()) for name, hint in get_type_hints(kind).items()} | said))


def line(slug: str = "calls", **said: Any) -> FigureLine:
    """Calls in Testshire: 10 in 2018, about as usual."""
    name = slug.replace("-", " ").capitalize()
    return of_kind(
        FigureLine,
        **{
            "slug": slug,
            "name": name,
            "named": f"{name}, Testshire",
            "role": "main",
            "period": "2018",
            "value": "10",
            "tag": "About as usual",
            "kind": "usual",
            "headline": "10 calls in 2018.",
        }
        | said,
    )


def action(key: str = "rs1", status: str = "on-track", **said: Any) -> ActionLine:
    """Teach young drivers, on track."""
    fields = {
        "key": key,
        "title": "Teach young drivers",
        "status": status,
        "status_label": status.replace("-", " ").capitalize(),
        "status_rank": STATUSES.index(status),
    }
    return of_kind(ActionLine, **fields | said)


def priority(slug: str = "road-safety", **said: Any) -> PriorityReport:
    """Road Safety with one figure and one action."""
    fields = {
        "number": 1,
        "slug": slug,
        "title": slug.replace("-", " ").title(),
        "main": line(),
        "together": None,
        "narrative": Narrative("<p>Words.</p>", ""),
        "actions": (action(),),
    }
    return of_kind(PriorityReport, **fields | said)


def question(number: int = 1, **said: Any) -> Question:
    fields = {"number": number, "text": "May we?", "asked_by": "Test Police"}
    return of_kind(Question, **fields | said)


def concern(key: str = "added:1", text: str = "Fewer people come.", **said: Any) -> Concern:
    return of_kind(Concern, **{"key": key, "text": text, "priority": "Road Safety", "slug": "road-safety"} | said)


def report(*priorities: PriorityReport, **said: Any) -> Report:
    """A report of those priorities; of Road Safety where none is given."""
    fields = {
        "slug": "2019-06",
        "title": "June 2019",
        "introduction": Narrative("", ""),
        "priorities": priorities or (priority(),),
    }
    return of_kind(Report, **fields | said)


def main_line(**said: Any) -> Report:
    """A report whose one figure is as said."""
    return report(replace(priority(), main=line(**said)))
