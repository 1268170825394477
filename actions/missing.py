"""Who is missing: which actions are updated for a report and which are not, by action and by partner; plain values,
gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import F

from accounts.deputies import writers_by_partner
from accounts.models import Partner, User
from actions.entries import ENDED, SAID, carried_to
from actions.models import Action, ProgressEntry, Reminder, SentBack
from priorities.models import ReportingCycle


class Standing(Enum):
    """How an action stands for a report. What is missing comes first; of what was complete or not pursued before,
    nothing is missing."""

    MISSING = "Missing"
    SENT_BACK = "Sent back"
    UPDATED = "Updated"
    ENDED = "Ended before"


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action: how it stands, which partners write its progress, whether one of them leads. `is_pursued` as was last
    said; `reason` says why it was sent back."""

    key: str
    title: str
    priority: str
    priority_number: int
    standing: Standing
    is_pursued: bool
    reason: str
    has_lead: bool
    writers: tuple[int, ...]

    @property
    def is_missing(self) -> bool:
        return self.standing in (Standing.MISSING, Standing.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who updates actions, the partner that they answer for themselves (its id), and the day on which they
    were last reminded of this report."""

    pk: int
    name: str
    email: str
    partner: int | None
    reminded: date | None


@dataclass(frozen=True, slots=True)
class PartnerState:
    """A partner: who updates its actions, and the actions whose progress it writes."""

    pk: int
    slug: str
    name: str
    people: tuple[Writer, ...]
    actions: tuple[ActionState, ...]

    @property
    def missing(self) -> tuple[ActionState, ...]:
        return tuple(action for action in self.actions if action.is_missing)

    @property
    def leads(self) -> tuple[ActionState, ...]:
        """What is missing of the actions that it leads."""
        return tuple(action for action in self.missing if action.has_lead)

    @property
    def shares(self) -> tuple[ActionState, ...]:
        """What is missing of those that nobody leads and that name it."""
        return tuple(action for action in self.missing if not action.has_lead)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The actions of a report, in the order of the plan, and its partners: those that miss most first."""

    actions: tuple[ActionState, ...]
    partners: tuple[PartnerState, ...]

    @property
    def missing(self) -> tuple[ActionState, ...]:
        return tuple(action for action in self.actions if action.is_missing)

    @property
    def wanted(self) -> tuple[ActionState, ...]:
        """Those of which something is to be said, or was."""
        return tuple(action for action in self.actions if action.standing is not Standing.ENDED)

    @property
    def updated(self) -> int:
        return len(self.wanted) - len(self.missing)

    @property
    def nobodys(self) -> tuple[ActionState, ...]:
        """What is missing and names no partner, so that nobody but the coordinator can write it."""
        return tuple(action for action in self.missing if not action.writers)


def completeness(cycle: ReportingCycle, on: date) -> Completeness:
    """How complete the progress of a report is, and who could complete it on that day."""
    plan = Action.objects.filter(priority__agreement=cycle.agreement_id).order_by("priority__number", "order", "key")
    actions = list(plan.select_related("priority", "lead").prefetch_related("partners"))
    saved = dict(ProgressEntry.objects.filter(SAID, cycle=cycle).values_list("action", "status"))
    before = {pk: words.status for pk, words in carried_to(actions, cycle).items()}
    ended = {pk for pk, status in before.items() if status in ENDED}
    dropped = {pk for pk, status in (before | saved).items() if status == ProgressEntry.Status.NOT_PURSUED}
    returned = dict(
        SentBack.objects.filter(entry__cycle=cycle, version=F("entry__version")).values_list("entry__action", "reason")
    )
    states = [
        state_of(
            action,
            standing_of(action.pk, saved, returned, ended),
            is_pursued=action.pk not in dropped,
            reason=returned.get(action.pk, ""),
        )
        for action in actions
    ]
    named = {p.pk: p for action in actions for p in ([action.lead] if action.lead else action.partners.all())}
    return Completeness(tuple(states), tuple(by_partner(named.values(), states, people_of(cycle, on))))


def standing_of(action: int, saved: Container[int], returned: Container[int], ended: Container[int]) -> Standing:
    """How an action (its key) stands."""
    if action in returned:
        return Standing.SENT_BACK
    if action in saved:
        return Standing.UPDATED
    return Standing.ENDED if action in ended else Standing.MISSING


def state_of(action: Action, standing: Standing, *, is_pursued: bool, reason: str) -> ActionState:
    writers = [action.lead.pk] if action.lead else [partner.pk for partner in action.partners.all()]
    return ActionState(
        key=action.key,
        title=action.title,
        priority=action.priority.title,
        priority_number=action.priority.number,
        standing=standing,
        is_pursued=is_pursued,
        reason=reason,
        has_lead=action.lead is not None,
        writers=tuple(writers),
    )


def people_of(cycle: ReportingCycle, on: date) -> dict[int, list[Writer]]:
    """By partner (its id), who updates its actions on a day."""
    reminded: dict[int, date] = {}
    for person, day in Reminder.objects.filter(cycle=cycle, sent_at__isnull=False).values_list("person", "day"):
        reminded[person] = max(day, reminded.get(person, day))

    def writer(user: User) -> Writer:
        return Writer(user.pk, user.name, user.email, user.partner_id, reminded.get(user.pk))

    return {partner: [writer(user) for user in users] for partner, users in writers_by_partner(on).items()}


def by_partner(
    partners: Iterable[Partner], states: Iterable[ActionState], people: dict[int, list[Writer]]
) -> list[PartnerState]:
    own: dict[int, list[ActionState]] = defaultdict(list)
    for state in states:
        for writer in state.writers:
            own[writer].append(state)
    made = [PartnerState(p.pk, p.slug, p.name, tuple(people.get(p.pk, ())), tuple(own[p.pk])) for p in partners]
    return sorted(made, key=lambda partner: (-len(partner.missing), partner.name.casefold()))
