"""Saving progress without losing anybody's words."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.models import Action, ProgressEntry, ProgressVersion
from actions.text import tidy
from priorities.cycles import hold_open
from priorities.models import ReportingCycle


class Conflict(Exception):
    """Somebody saved this progress in between; `current` is what they saved."""

    def __init__(self, current: ProgressEntry) -> None:
        super().__init__(f"The progress of {current.action.key} is now at version {current.version}.")
        self.current = current


def entry_for(action: Action, cycle: ReportingCycle) -> ProgressEntry:
    """The progress of an action for a report. Where nobody has saved any, one at version 0, not yet kept, that
    carries over the text and status of the report before."""
    found = ProgressEntry.objects.filter(action=action, cycle=cycle).first()
    if found:
        return found
    earlier = (
        ProgressEntry.objects.filter(action=action, version__gt=0, cycle__period_end__lt=cycle.period_end)
        .order_by("-cycle__period_end", "-cycle_id")
        .first()
    )
    text, status = (earlier.text, earlier.status) if earlier else ("", ProgressEntry.Status.NOT_STATED)
    return ProgressEntry(action=action, cycle=cycle, text=text, status=status)


@transaction.atomic
def save_progress(
    *,
    action: Action,
    cycle: ReportingCycle,
    text: str,
    status: str,
    nothing_new: bool,
    expected_version: int,
    actor: User | str,
) -> ProgressEntry:
    """Keep the running account and status of an action for a report, as a new version.

    `nothing_new` keeps the last text, whatever `text` says, and counts as an update. What is the same as
    before makes no version. Raises ValidationError for a text or status that cannot be kept, Refused where the
    state of the report forbids writing, and Conflict, keeping nothing, where somebody saved since
    `expected_version`.
    """
    if status not in ProgressEntry.Status.values:
        raise ValidationError(f"'{status}' is not a status. Choose one of those offered.")
    cycle = hold_open(cycle, actor)
    entry = entry_for(action, cycle)
    text = entry.text if nothing_new else tidy(text)
    if entry.version and (entry.text, entry.status, entry.nothing_new) == (text, status, nothing_new):
        return entry
    if entry.version != expected_version:
        raise Conflict(entry)
    name = actor.name if isinstance(actor, User) else actor
    now, number = timezone.now(), expected_version + 1
    saved, _ = ProgressEntry.objects.get_or_create(
        action=action, cycle=cycle, defaults={"updated_at": now, "updated_by_name": name}
    )
    changed = ProgressEntry.objects.filter(pk=saved.pk, version=expected_version).update(
        text=text,
        status=status,
        nothing_new=nothing_new,
        version=number,
        updated_at=now,
        updated_by_name=name,
    )
    saved.refresh_from_db()
    if not changed:
        raise Conflict(saved)
    write_down(saved, actor=actor, name=name)
    return saved


def write_down(entry: ProgressEntry, *, actor: User | str, name: str) -> None:
    """Keep what was saved as a version, and say so in the trail of changes."""
    ProgressVersion.objects.create(
        entry=entry,
        number=entry.version,
        text=entry.text,
        status=entry.status,
        nothing_new=entry.nothing_new,
        at=entry.updated_at,
        by=actor if isinstance(actor, User) else None,
        by_name=name,
    )
    did = "said that there is nothing new on" if entry.nothing_new else "updated the progress of"
    status = entry.get_status_display().lower()
    audit.record(
        actor=actor,
        kind="progress-saved",
        object_type="action",
        object_key=entry.action.key,
        sentence=f"{name} {did} '{entry.action}' for {entry.cycle}. Status: {status}.",
        data={"cycle": entry.cycle.slug, "version": entry.version, "status": entry.status},
    )
