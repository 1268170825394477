"""Recording how figures are judged: one transaction, one event in the trail."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from accounts.models import AuditEvent, User
from indicators.extracts.apply import lock
from indicators.judged_changes import Change, Row, preview_of
from indicators.judged_facts import LABELS, MANY, key_of, linked_to
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target

NAMES: dict[type[Row], str] = {
    SeriesBreak: "recording change",
    NewStart: "new start of limits",
    Target: "target",
    Event: "event",
    Indicator: "definition",
}
MOVED = "What this changes is no longer what it was when you looked. Check it again."


class CannotRecord(Exception):
    """Nothing was changed; the message says why."""


@transaction.atomic
def record(*, change: Change, seen: str, actor: User) -> AuditEvent:
    """Record a change of how figures are judged; one that is withdrawn stays, with its mark.

    It is worked out again under the lock. Raises CannotRecord, and changes nothing, when what it would do is no longer
    what `seen` stands for, or it does nothing.
    """
    lock()
    fresh = with_what_is_stored(change)
    was, now = fresh.facts()
    if preview_of(fresh).seen != seen:
        raise CannotRecord(MOVED)
    if was == now:
        raise CannotRecord("Nothing in it differs from what is recorded.")
    row = withdraw(fresh, actor) if fresh.now is None else store(fresh, actor)
    did = "withdrew" if fresh.now is None else "recorded" if fresh.was is None else "changed"
    return audit.record(
        actor=actor,
        kind=f"judging-{did}",
        object_type=str(row._meta.verbose_name),
        object_key=key_of(row),
        sentence=f"{actor.name} {did} the {NAMES[fresh.model]} '{row}'. {change.why}".strip(),
        data={"was": was, "now": now, "why": change.why},
    )


def with_what_is_stored(change: Change) -> Change:
    """The change, with what it begins from as it is stored now."""
    if change.was is None:
        return change
    stored = change.model.objects.select_for_update().filter(pk=change.was.pk).first()
    if stored is None or getattr(stored, "withdrawn_at", None):
        raise CannotRecord(MOVED)
    return replace(change, was=stored, linked_was=tuple(linked_to(stored)))


def withdraw(change: Change, actor: User) -> Row:
    """Mark what was recorded as withdrawn."""
    row: Any = change.was
    row.withdrawn_at, row.withdrawn_by_name, row.withdrawn_why = timezone.now(), actor.name, change.why
    row.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_why"])
    return row


def store(change: Change, actor: User) -> Row:
    """Keep something new, or the changed fields of what was there."""
    row: Any = change.now
    if change.was is None:
        row.recorded_by_name, row.recorded_at = actor.name, timezone.now()
        if hasattr(row, "slug"):
            row.slug = free_slug(type(row), row.title)
    try:
        row.full_clean()
    except ValidationError as problem:
        raise CannotRecord(" ".join(problem.messages)) from problem
    fields = [name for name in LABELS[change.model] if name not in MANY]
    row.save(update_fields=None if change.was is None else fields)
    for name in MANY:
        if name in LABELS[change.model]:
            getattr(row, name).set(change.linked_now)
    return row


def free_slug(model: Any, title: str) -> str:
    """The title as part of an address, with a number where another has it already."""
    wanted = slugify(title)[:70].strip("-") or "recorded"
    taken = set(model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{wanted}-{number}") not in taken)
