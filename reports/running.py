"""Marking a report as checked, and sending it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.text import tidy
from priorities.cycles import move
from priorities.models import ReportingCycle
from priorities.states import Refused, Step
from reports import checklist


@transaction.atomic
def check_report(*, cycle: ReportingCycle, actor: User) -> ReportingCycle:
    """Mark a report as checked: `actor` prepared it, and somebody else issues it. Raises Refused where its state or
    what is wrong with it forbids that, with all of it."""
    held = move(cycle, Step.CHECK)
    if faults := checklist.errors(held):
        raise Refused(" ".join(faults))
    held.checked_by, held.checked_by_name, held.checked_at = actor, actor.name, timezone.now()
    held.sent_back_reason = held.sent_back_by_name = ""
    held.save()
    note(held, "report-checked", f"{actor.name} marked the {held.title} report as checked.", actor)
    return held


@transaction.atomic
def send_back_report(*, cycle: ReportingCycle, reason: str, actor: User) -> ReportingCycle:
    """Open a checked report again, with a reason that everybody who writes in it sees. Raises ValidationError without
    a reason, and Refused where the state of the report forbids it."""
    reason = tidy(reason)
    if not reason:
        raise ValidationError("Say why, so that they know what to change.")
    held = move(cycle, Step.SEND_BACK)
    held.checked_by, held.checked_by_name, held.checked_at = None, "", None
    held.sent_back_reason, held.sent_back_by_name = reason, actor.name
    held.save()
    note(held, "report-sent-back", f"{actor.name} sent the {held.title} report back: {reason}", actor)
    return held


def note(about: ReportingCycle, kind: str, sentence: str, actor: User) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        object_type="report",
        object_key=about.slug,
        sentence=sentence,
        data={"state": about.state},
    )
