"""Sending the progress of one action back to those who wrote it, with a reason that they see."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.entries import SAID
from actions.models import Action, ProgressEntry, SentBack
from actions.services import Conflict
from actions.text import tidy
from priorities.cycles import hold_open
from priorities.models import ReportingCycle
from priorities.states import Refused


def waiting(action: Action, cycle: ReportingCycle) -> SentBack | None:
    """Why the progress of an action was sent back, where nothing has been saved since."""
    return SentBack.objects.filter(entry__action=action, entry__cycle=cycle, version=F("entry__version")).first()


@transaction.atomic
def send_back_progress(*, entry: ProgressEntry, expected_version: int, reason: str, actor: User) -> SentBack:
    """Ask for a progress entry to be written again.

    Raises ValidationError without a reason, Refused where the state of the report forbids it or nothing was saved
    yet, and Conflict where the progress has been saved again since it was read.
    """
    reason = tidy(reason)
    if not reason:
        raise ValidationError("Say why, so that they know what to change.")
    hold_open(entry.cycle, actor)
    held = ProgressEntry.objects.select_related("action", "cycle").filter(SAID, pk=entry.pk).first()
    if held is None:
        raise Refused("Nothing has been saved for this report yet, so there is nothing to send back.")
    if held.version != expected_version:
        raise Conflict(held)
    if SentBack.objects.filter(entry=held, version=held.version).exists():
        raise Refused("This has been sent back already, and nothing has been saved since.")
    sent = SentBack.objects.create(
        entry=held, version=held.version, reason=reason, at=timezone.now(), by=actor, by_name=actor.name
    )
    audit.record(
        actor=actor,
        kind="progress-sent-back",
        object_type="action",
        object_key=held.action.key,
        sentence=f"{actor.name} sent the progress of '{held.action}' for {held.cycle} back: {reason}",
        data={"cycle": held.cycle.slug, "version": held.version, "reason": reason},
    )
    return sent
