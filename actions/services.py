"""Saving progress without losing anybody's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from actions import also, trail
from actions.answers import Addition, Answer
from actions.contributing import AdditionConflict, add
from actions.entries import Words, began_from, entries_for, entry_for
from actions.models import Action, Contribution, ProgressEntry, ProgressVersion
from actions.text import tidy
from actions.writers import Writer, writer
from priorities.cycles import hold_open
from priorities.models import ReportingCycle

__all__ = ["Conflict", "Saved", "entry_for", "save_answers", "save_progress"]

WHY_NOT = "Say why it is not pursued."


class Conflict(Exception):
    """Somebody saved this progress in between; `current` is what they saved."""

    def __init__(self, current: ProgressEntry) -> None:
        super().__init__(f"The progress of {current.action.key} is now at version {current.version}.")
        self.current = current


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the answers of one save. What is in none of these was left as it is."""

    entries: list[ProgressEntry] = field(default_factory=list)
    conflicts: list[ProgressEntry] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    addition_conflicts: list[Contribution] = field(default_factory=list)

    @property
    def unsaved(self) -> set[str]:
        """The actions, by key, of which somebody else saved something in between."""
        return {entry.action.key for entry in self.conflicts} | {each.action.key for each in self.addition_conflicts}


@transaction.atomic
def save_progress(
    *,
    action: Action,
    cycle: ReportingCycle,
    text: str,
    status: str,
    nothing_new: bool,
    expected_version: int,
    actor: User | str | Writer,
    reason: str = "",
    beside: Answer | None = None,
) -> ProgressEntry:
    """Keep the running account and status of an action for a report, as a new version.

    `nothing_new` keeps the last text, whatever `text` says, and counts as an update. What is the same as before makes
    no version. `beside` says what comes with it, such as outputs and milestones. Raises ValidationError for a text or
    status that cannot be kept, Refused where the state of the report forbids writing, and Conflict, keeping nothing,
    where somebody saved since `expected_version`.
    """
    by = writer(actor)
    cycle = hold_open(cycle, by.actor)
    entry = held([action.key], cycle)[0]
    said = Words(entry.text if nothing_new else tidy(text), checked(status), reason_for(status, reason))
    is_same = (Words.of(entry), entry.nothing_new) == (said, nothing_new)
    if entry.version and not entry.undone and is_same and not (beside and also.is_more_than_words(beside)):
        return entry
    if entry.version != expected_version:
        raise Conflict(entry)
    now, kept = timezone.now(), []
    if beside:
        said = with_taken_over(said, entry, beside)
        kept = also.keep(also.Saving(action, cycle, by, now), beside)
    write_down(entry, said, nothing_new=nothing_new and said.text == entry.text, by=by, at=now, kept=kept)
    trail.saved([entry], [], by, cycle)
    return entry


@transaction.atomic
def save_answers(
    *, cycle: ReportingCycle, answers: Sequence[Answer], by: Writer, additions: Sequence[Addition] = ()
) -> Saved:
    """Keep what somebody says of several actions in one save, with one event in the trail.

    An answer that changes nothing of what the writer began from is left alone. Where somebody else has saved since,
    nothing of that answer is kept and the entry stands in `conflicts`; the others are saved. Raises ValidationError for
    a text or status that cannot be kept, and Refused where the state of the report forbids writing; both keep nothing.
    """
    cycle = hold_open(cycle, by.actor)
    saved, now = Saved(), timezone.now()
    entries = {entry.action.key: entry for entry in held([answer.key for answer in answers], cycle)}
    for answer in answers:
        entry = entries[answer.key]
        began = began_from(entry, answer.expected_version)
        said = words_of(answer, began)
        new_tick = answer.nothing_new and not (entry.nothing_new and entry.version)
        if said == began and not new_tick and not also.is_more_than_words(answer):
            continue
        if entry.version != answer.expected_version:
            saved.conflicts.append(entry)
        elif save_answer(entry, answer, said, by, now):
            saved.entries.append(entry)
    for addition in additions:
        try:
            if add(addition, cycle=cycle, by=by, at=now):
                saved.additions.append(addition)
        except AdditionConflict as conflict:
            saved.addition_conflicts.append(conflict.current)
    if saved.entries or saved.additions:
        trail.saved(saved.entries, saved.additions, by, cycle)
    return saved


def save_answer(entry: ProgressEntry, answer: Answer, said: Words, by: Writer, now: datetime) -> bool:
    """Keep one answer whose version is right; whether anything changed."""
    said = with_taken_over(said, entry, answer)
    kept = also.keep(also.Saving(entry.action, entry.cycle, by, now), answer)
    tick = answer.nothing_new and said.text == entry.text
    if not kept and said == Words.of(entry) and not tick:
        return False
    write_down(entry, said, nothing_new=tick, by=by, at=now, kept=kept)
    return True


def with_taken_over(said: Words, entry: ProgressEntry, answer: Answer) -> Words:
    """These words with the contributions that an answer takes over, a paragraph each."""
    joined = [said.text, *(each.text for each in also.to_take_over(entry.action, entry.cycle, answer.take_over))]
    return Words(tidy("\n\n".join(part for part in joined if part)), said.status, said.reason)


def held(keys: Iterable[str], cycle: ReportingCycle) -> list[ProgressEntry]:
    """The entries of actions, which nobody else can save until the transaction ends. Everyone takes them in the same
    order, so that nobody waits for somebody who waits for them."""
    locked = Action.objects.select_for_update(of=("self",), no_key=True).filter(key__in=keys)
    actions = list(locked.select_related("priority", "lead").order_by("pk"))
    return list(entries_for(actions, cycle).values())


def words_of(answer: Answer, began: Words) -> Words:
    """What an answer comes to for somebody who began from these words: what is left empty stays."""
    text = "" if answer.nothing_new else tidy(answer.text)
    status = checked(answer.status) if answer.status else began.status
    return Words(text or began.text, status, reason_for(status, answer.reason or began.reason))


def checked(status: str) -> str:
    if status not in ProgressEntry.Status.values:
        raise ValidationError(f"'{status}' is not a status. Choose one of those offered.")
    return status


def reason_for(status: str, reason: str) -> str:
    """The reason that belongs to a status: only what is not pursued has one, and needs it."""
    if status != ProgressEntry.Status.NOT_PURSUED:
        return ""
    if not (said := tidy(reason, longest=500)):
        raise ValidationError(WHY_NOT)
    return said


def write_down(
    entry: ProgressEntry,
    said: Words,
    *,
    nothing_new: bool,
    by: Writer,
    at: datetime,
    kept: Sequence[also.Kept] = (),
    undoes: int | None = None,
    undone: bool = False,
) -> None:
    """Keep what was said as the next version of an entry, and as a version that is never altered."""
    entry.text, entry.status, entry.reason = said.text, said.status, said.reason
    entry.nothing_new, entry.undone, entry.version = nothing_new, undone, entry.version + 1
    entry.updated_at, entry.updated_by_name = at, by.name
    entry.from_partner, entry.via = by.from_partner, by.via
    if by.reviews:
        entry.reviewed_version, entry.reviewed_at, entry.reviewed_by_name = entry.version, at, by.name
    entry.save()
    ProgressVersion.objects.create(
        entry=entry,
        number=entry.version,
        text=entry.text,
        status=entry.status,
        reason=entry.reason,
        nothing_new=entry.nothing_new,
        undone=entry.undone,
        undoes=undoes,
        also=list(kept),
        from_partner=by.from_partner,
        via=by.via,
        at=at,
        by=by.user,
        by_name=by.name,
    )
