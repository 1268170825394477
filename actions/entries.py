"""The progress that is kept of actions, and what it began from."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from actions.models import Action, ProgressEntry, ProgressVersion
from priorities.models import ReportingCycle

SAID = Q(version__gt=0, undone=False)
# Nobody goes on with an action of these.
ENDED = (ProgressEntry.Status.COMPLETE, ProgressEntry.Status.NOT_PURSUED)


@dataclass(frozen=True, slots=True)
class Words:
    """What was said of an action at some moment."""

    text: str = ""
    status: str = ProgressEntry.Status.NOT_STATED
    reason: str = ""

    @classmethod
    def of(cls, said: ProgressEntry | ProgressVersion | None) -> "Words":
        return cls(said.text, said.status, said.reason) if said else cls()


def entry_for(action: Action, cycle: ReportingCycle) -> ProgressEntry:
    """The progress of an action for a report. Where nobody has saved any, one at version 0, not yet kept, that
    carries over the text and status of the report before."""
    return entries_for([action], cycle)[action.pk]


def entries_for(actions: Collection[Action], cycle: ReportingCycle) -> dict[int, ProgressEntry]:
    """The same for many actions, by the key of the action, in two queries."""
    own = ProgressEntry.objects.filter(action__in=actions, cycle=cycle).select_related("from_partner")
    entries = {entry.action_id: entry for entry in own}
    missing = [action for action in actions if action.pk not in entries]
    words = carried_to(missing, cycle)
    for action in missing:
        said = words.get(action.pk, Words())
        entries[action.pk] = ProgressEntry(
            action=action, cycle=cycle, text=said.text, status=said.status, reason=said.reason
        )
    for action in actions:
        entries[action.pk].action, entries[action.pk].cycle = action, cycle
    return entries


def carried_to(actions: Collection[Action], cycle: ReportingCycle) -> dict[int, Words]:
    """What the last report before this one said of each action, by its key; where none did, of the action of the
    agreement before that it continues, or of the one that this continues: a whole year may pass in silence. Nothing
    where none was said."""
    before = ProgressEntry.objects.filter(SAID, cycle__period_end__lt=cycle.period_end)
    latest = before.filter(action=OuterRef("action")).order_by("-cycle__period_end", "-cycle_id").values("pk")[:1]
    lines = {action.pk: (first, action.continues_id, action.pk) for action, first in with_first(actions)}
    keys = {key for line in lines.values() for key in line} - {None}
    said = {entry.action_id: Words.of(entry) for entry in before.filter(action__in=keys, pk=Subquery(latest))}
    return {action: said[key] for action, line in lines.items() for key in line if key in said}


def with_first(actions: Collection[Action]) -> list[tuple[Action, int | None]]:
    """Each action with the key of the one two agreements before, where it carries one on."""
    before = {action.continues_id for action in actions if action.continues_id}
    rows = Action.objects.filter(pk__in=before, continues__isnull=False).order_by() if before else Action.objects.none()
    firsts = dict(rows.values_list("pk", "continues"))
    return [(action, firsts.get(action.continues_id or 0)) for action in actions]


def began_from(entry: ProgressEntry, version: int) -> Words:
    """What a writer had before them who began from a version of an entry, which may have been saved again since."""
    if version == entry.version:
        return Words.of(entry)
    if version == 0:
        return carried_to([entry.action], entry.cycle).get(entry.action_id, Words())
    return Words.of(ProgressVersion.objects.filter(entry=entry, number=version).first())


def waiting_for_review(cycle: ReportingCycle) -> QuerySet[ProgressEntry]:
    """What has been saved since the coordinator last looked at it, in the order of the plan."""
    changed = ProgressEntry.objects.filter(cycle=cycle, version__gt=F("reviewed_version"))
    return changed.select_related("action__priority", "action__lead", "cycle", "from_partner").order_by(
        "action__priority__number", "action__order", "action__key"
    )
