"""Decisions: asking the governing group, and keeping what it answered."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.models import Action, Decision
from actions.text import tidy
from priorities.cycles import hold_open
from priorities.models import Priority, ReportingCycle

LONGEST = 2_000


def decisions() -> QuerySet[Decision]:
    """Every question with what a page shows beside it, those of the latest report first."""
    return Decision.objects.select_related("cycle__agreement", "priority", "action").order_by(
        "-cycle__period_end", "pk"
    )


def put_to(cycle: ReportingCycle) -> QuerySet[Decision]:
    """What a report puts to its meeting: its own questions, earlier ones that are still open, and what became of
    those of the report before. The agreement that its own follows counts as well."""
    both = (cycle.agreement_id, cycle.agreement.follows_id)
    earlier = ReportingCycle.objects.filter(agreement__in=both, period_end__lt=cycle.period_end)
    before = earlier.order_by("-period_end", "-pk").values("pk")[:1]
    wanted = Q(cycle=cycle) | Q(cycle__in=before) | Q(cycle__in=earlier, answer="")
    rows = Decision.objects.filter(wanted, withdrawn="")
    return rows.select_related("priority", "cycle").order_by("cycle__period_end", "pk")


@transaction.atomic
def ask(
    *,
    cycle: ReportingCycle,
    question: str,
    asked_by: str,
    actor: User,
    priority: Priority | None = None,
    action: Action | None = None,
) -> Decision:
    """Put a question to the meeting of a report. `asked_by` is a partner or person, in words; a question about an
    action belongs to the action's priority. Raises ValidationError for an empty or too long question, and Refused
    where the state of the report forbids writing."""
    question, cycle = words_of(question, "a question"), hold_open(cycle, actor)
    if action is not None:
        priority = action.priority
    decision = Decision.objects.create(
        cycle=cycle,
        priority=priority,
        action=action,
        question=question,
        asked_by=words_of(asked_by, "who asks", longest=200),
        asked_on=timezone.localdate(),
    )
    about = f" on '{action}'" if action else f" on {priority}" if priority else ""
    record(decision, actor, "decision-asked", f"{actor.name} asked for a decision{about}, for {cycle}: {question}")
    return decision


@transaction.atomic
def answer(
    *, decision: Decision, answer: str, answered_on: date, actor: User, meeting: str = "", minute: str = ""
) -> Decision:
    """Keep what was decided, on which day, at which meeting, and where it is minuted. An answer that is there
    already is put right: the trail keeps both. Raises ValidationError where it was withdrawn, says nothing or lies in
    the future."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.withdrawn:
        raise ValidationError("This question was withdrawn, so it has no answer.")
    if answered_on > timezone.localdate():
        raise ValidationError("The day of the answer lies in the future.")
    was = {"answer": held.answer, "meeting": held.meeting, "minute": held.minute}
    held.answer = words_of(answer, "an answer")
    held.answered_on, held.meeting, held.minute = answered_on, meeting.strip(), minute.strip()
    held.save(update_fields=["answer", "answered_on", "meeting", "minute"])
    did = "put right the answer to" if was["answer"] else "recorded the answer to"
    record(held, actor, "decision-answered", f"{actor.name} {did} '{held.question}': {held.answer}", was=was)
    return held


@transaction.atomic
def withdraw(*, decision: Decision, why: str, actor: User) -> Decision:
    """No longer ask a question; it stays readable with the reason. Raises ValidationError once it is answered."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if not held.is_open:
        raise ValidationError("Only a question that is still open can be withdrawn.")
    held.withdrawn = words_of(why, "a reason")
    held.save(update_fields=["withdrawn"])
    record(held, actor, "decision-withdrawn", f"{actor.name} withdrew '{held.question}': {held.withdrawn}")
    return held


def words_of(text: str, what: str, longest: int = LONGEST) -> str:
    """The text, tidied. ValidationError where it says nothing or goes on too long."""
    said = tidy(text).strip()
    if not said:
        raise ValidationError(f"Write {what}.")
    if len(said) > longest:
        raise ValidationError(f"Write {what} in at most {longest:,} characters; this has {len(said):,}.")
    return said


def record(decision: Decision, actor: User, kind: str, sentence: str, was: dict[str, str] | None = None) -> None:
    data = {
        "report": decision.cycle.slug,
        "answered_on": decision.answered_on.isoformat() if decision.answered_on else "",
        "meeting": decision.meeting,
        "minute": decision.minute,
    }
    audit.record(
        actor=actor,
        kind=kind,
        object_type="decision",
        object_key=str(decision.pk),
        sentence=sentence,
        data=data | ({"was": was} if was else {}),
    )
