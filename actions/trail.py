"""The sentences by which the trail of changes tells what became of actions."""

from collections.abc import Sequence
from typing import Any

from accounts import audit
from actions.answers import Addition
from actions.models import Action, ProgressEntry
from actions.writers import Writer, credit
from priorities.models import ReportingCycle


def saved(entries: Sequence[ProgressEntry], additions: Sequence[Addition], by: Writer, cycle: ReportingCycle) -> None:
    """One event for one save, whatever number of actions it concerns."""
    name = by.name
    said = [f"{name} {did(entries)} for {cycle}{statuses(entries)}."] if entries else []
    if additions:
        titles = dict(Action.objects.filter(key__in=[each.key for each in additions]).values_list("key", "title"))
        about = ", ".join(f"'{titles[each.key]}'" for each in additions)
        said.append(f"{name} changed what {by.partner} adds to {about} for {cycle}.")
    record("progress-saved" if entries else "contribution-saved", " ".join(said), entries, additions, by, cycle)


def undone(entries: Sequence[ProgressEntry], by: Writer, cycle: ReportingCycle) -> None:
    """One event for one undo."""
    titles = ", ".join(f"'{entry.action}'" for entry in entries)
    record("progress-undone", f"{by.name} took back what was saved of {titles} for {cycle}.", entries, (), by, cycle)


def did(entries: Sequence[ProgressEntry]) -> str:
    if all(entry.nothing_new for entry in entries):
        return f"said that there is nothing new on {named(entries)}"
    return f"updated the progress of {named(entries)}"


def named(entries: Sequence[ProgressEntry]) -> str:
    if len(entries) == 1:
        return f"'{entries[0].action}'"
    return f"{len(entries)} actions: " + ", ".join(
        f"'{entry.action}' ({'nothing new, ' if entry.nothing_new else ''}{status_of(entry)})" for entry in entries
    )


def statuses(entries: Sequence[ProgressEntry]) -> str:
    return f". Status: {status_of(entries[0])}" if len(entries) == 1 else ""


def status_of(entry: ProgressEntry) -> str:
    reason = f" because: {entry.reason}" if entry.reason else ""
    return f"{entry.get_status_display().lower()}{reason}"


def record(
    kind: str,
    sentence: str,
    entries: Sequence[ProgressEntry],
    additions: Sequence[Addition],
    by: Writer,
    cycle: ReportingCycle,
) -> None:
    keys = [entry.action.key for entry in entries] + [each.key for each in additions]
    data: dict[str, Any] = {
        "cycle": cycle.slug,
        "versions": {entry.action.key: entry.version for entry in entries},
        "statuses": {entry.action.key: entry.status for entry in entries},
        "contributions": [each.key for each in additions],
    }
    if by.via and by.user:
        data["from"] = credit(by.name, by.from_partner, by.via)
        sentence = f"{sentence} The words came {data['from']}."
    audit.record(
        actor=by.actor,
        kind=kind,
        object_type="action",
        object_key=", ".join(keys)[:200],
        sentence=sentence,
        data=data,
    )
