"""Areas of concern: what a person adds to those that the rule finds, or takes away from them, with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from priorities.cycles import hold_open
from priorities.models import AreaOfConcern, Priority, ReportingCycle

LONGEST = 500


@transaction.atomic
def add_concern(*, cycle: ReportingCycle, priority: Priority, text: str, reason: str, actor: User) -> AreaOfConcern:
    """Add an area of concern to a report. Raises ValidationError without text or reason, Refused where the state of
    the report forbids writing."""
    cycle = hold_open(cycle, actor)
    said, why = sentence(text, "what the concern is"), sentence(reason, "why")
    kept = AreaOfConcern.objects.create(
        cycle=cycle, priority=priority, text=said, reason=why, by_name=actor.name, at=timezone.now()
    )
    record(kept, actor, f"{actor.name} added an area of concern under {priority} for {cycle}: {said}")
    return kept


@transaction.atomic
def take_away_concern(
    *, cycle: ReportingCycle, priority: Priority, key: str, text: str, reason: str, actor: User
) -> AreaOfConcern:
    """Take away what the rule found, by its key; `text` is what it said. Twice is once. Raises as
    `add_concern` does."""
    cycle = hold_open(cycle, actor)
    held = AreaOfConcern.objects.filter(cycle=cycle, removes=key).first()
    if held is not None:
        return held
    kept = AreaOfConcern.objects.create(
        cycle=cycle,
        priority=priority,
        text=text,
        removes=key,
        reason=sentence(reason, "why"),
        by_name=actor.name,
        at=timezone.now(),
    )
    record(kept, actor, f"{actor.name} took away an area of concern under {priority} for {cycle}: {text}")
    return kept


@transaction.atomic
def undo_concern(*, concern: AreaOfConcern, actor: User) -> None:
    """Take back what a person said: an addition goes, what was taken away comes back. The trail keeps both."""
    hold_open(concern.cycle, actor)
    did = "counts as an area of concern again" if concern.removes else "is no area of concern after all"
    said = f"{actor.name} said that this {did} under {concern.priority} for {concern.cycle}: {concern.text}"
    record(concern, actor, said)
    concern.delete()


def sentence(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise ValidationError(f"Say {what}.")
    if len(said) > LONGEST:
        raise ValidationError(f"Say {what} in at most {LONGEST} characters; this has {len(said):,}.")
    return said


def record(concern: AreaOfConcern, actor: User, sentence: str) -> None:
    audit.record(
        actor=actor,
        kind="concern-said",
        object_type="area of concern",
        object_key=f"{concern.cycle.slug}/{concern.priority.slug}",
        sentence=sentence,
        data={"text": concern.text, "removes": concern.removes, "reason": concern.reason},
    )
