"""What partners have changed since the coordinator last looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.also_words import said_also
from actions.entries import Words, carried_to, waiting_for_review
from actions.marks import Mark, marks
from actions.models import ProgressEntry, ProgressVersion
from actions.services import held
from actions.words import moment
from actions.writers import credit_of
from priorities.cycles import hold_open
from priorities.models import ReportingCycle


@dataclass(frozen=True, slots=True)
class Changed:
    """An action that was saved since somebody looked at it: how often, by whom last, and what is different in words.

    `status` is '' where it stayed; `also` are sentences on outputs, steps, questions and links.
    """

    key: str
    title: str
    priority: str
    partner: str
    version: int
    saved: str
    nothing_new: bool
    undone: bool
    status: str
    marks: tuple[Mark, ...]
    also: tuple[str, ...]

    @property
    def text_is_the_same(self) -> bool:
        return all(mark.kind == "same" for mark in self.marks)


def changed_since(cycle: ReportingCycle) -> list[Changed]:
    """What has been saved for a report since it was last looked at, in the order of the plan and in four queries."""
    entries = list(waiting_for_review(cycle))
    seen = looked_at_before(entries, cycle)
    since: dict[int, list[ProgressVersion]] = {}
    for version in ProgressVersion.objects.filter(entry__in=entries).order_by("number"):
        since.setdefault(version.entry_id, []).append(version)
    return [change_of(entry, seen[entry.pk], since[entry.pk]) for entry in entries]


def looked_at_before(entries: Iterable[ProgressEntry], cycle: ReportingCycle) -> dict[int, Words]:
    """What each entry said when it was last looked at; where nobody has, what was carried over into the report."""
    entries = list(entries)
    fresh = [entry.action for entry in entries if not entry.reviewed_version]
    carried = carried_to(fresh, cycle) if fresh else {}
    numbers = {(entry.pk, entry.reviewed_version) for entry in entries}
    found = {
        version.entry_id: Words.of(version)
        for version in ProgressVersion.objects.filter(entry__in=entries)
        if (version.entry_id, version.number) in numbers
    }
    return {entry.pk: found.get(entry.pk) or carried.get(entry.action_id, Words()) for entry in entries}


def change_of(entry: ProgressEntry, before: Words, versions: list[ProgressVersion]) -> Changed:
    action = entry.action
    new = [version for version in versions if version.number > entry.reviewed_version]
    return Changed(
        key=action.key,
        title=action.title,
        priority=action.priority.title,
        partner=action.lead.name if action.lead else "",
        version=entry.version,
        saved=f"{moment(entry.updated_at)} {credit_of(entry)}",
        nothing_new=entry.nothing_new,
        undone=entry.undone,
        status=status_change(before, entry),
        marks=marks(before.text, entry.text),
        also=also_since(new),
    )


def also_since(versions: Iterable[ProgressVersion]) -> tuple[str, ...]:
    """What was saved beside the account in these versions and not taken back in one of them, a sentence each."""
    versions = list(versions)
    taken_back = {version.undoes for version in versions}
    kept = (change for version in versions if version.number not in taken_back for change in version.also)
    return tuple(sentence for change in kept for sentence in said_also(change))


def status_change(before: Words, entry: ProgressEntry) -> str:
    """'On track, was behind'; '' where it stayed. With the reason where it is not pursued."""
    if (before.status, before.reason) == (entry.status, entry.reason):
        return ""
    was = str(ProgressEntry.Status(before.status).label).lower()
    reason = f" ({entry.reason})" if entry.reason else ""
    return f"{entry.get_status_display()}{reason}, was {was}"


@transaction.atomic
def look_at(*, cycle: ReportingCycle, versions: dict[str, int], actor: User) -> list[ProgressEntry]:
    """Note that somebody has looked at these versions of the progress of some actions, by key, with one event in the
    trail; the entries. What has been saved again since stays to be looked at. Raises Refused where the state of the
    report forbids writing."""
    cycle = hold_open(cycle, actor)
    seen = [
        entry
        for entry in held(versions, cycle)
        if entry.pk and entry.version == versions[entry.action.key] > entry.reviewed_version
    ]
    for entry in seen:
        entry.reviewed_version, entry.reviewed_at = entry.version, timezone.now()
        entry.reviewed_by_name = actor.name
        entry.save(update_fields=["reviewed_version", "reviewed_at", "reviewed_by_name"])
    if seen:
        keys = [entry.action.key for entry in seen]
        audit.record(
            actor=actor,
            kind="progress-looked-at",
            object_type="action",
            object_key=", ".join(keys)[:200],
            sentence=f"{actor.name} looked at the progress of "
            + ", ".join(f"'{entry.action}'" for entry in seen)
            + f" for {cycle}.",
            data={"cycle": cycle.slug, "versions": {entry.action.key: entry.version for entry in seen}},
        )
    return seen
