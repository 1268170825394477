"""The actions of one partner as its people write about them: those it leads, and those it is named in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.bringing_in import ACTOR
from accounts.models import Partner
from actions.also_words import said_also
from actions.due import milestone_is_due, milestone_is_shown, output_is_due
from actions.edits import Edit, edits_of
from actions.entries import entries_for
from actions.forms_mine import AdditionForm, AnswerForm
from actions.models import (
    Action,
    Attachment,
    Contribution,
    Decision,
    Link,
    Milestone,
    Output,
    ProgressEntry,
    Remark,
    SentBack,
)
from actions.since import of_this_version, versions_since
from actions.text import Block, blocks
from actions.words import long_date, moment, quantity, when
from actions.writers import credit_of
from priorities.models import ReportingCycle

WORRYING = (ProgressEntry.Status.BEHIND, ProgressEntry.Status.ON_HOLD)


@dataclass(frozen=True, slots=True)
class OutputAsked:
    """An output with its fields: what it is, in words, and whether its actual quantity is due."""

    name: str
    expected: str
    period: str
    is_due: bool
    actual_field: Any
    expected_field: Any


@dataclass(frozen=True, slots=True)
class StepAsked:
    """A dated step with its fields; one that is done has a field to say that it is not."""

    title: str
    due: str
    is_due: bool
    is_done: bool
    fields: tuple[Any, ...]


@dataclass(slots=True)
class Led:
    """An action that the partner leads: its entry, its form, and what stands beside the form. `theirs` is what
    somebody else saved while this was being written, `theirs_also` what they changed beside the account."""

    action: Action
    entry: ProgressEntry
    form: AnswerForm
    contributions: list[Contribution]
    questions: list[Decision] = field(default_factory=list)
    sent_back: SentBack | None = None
    edit: Edit | None = None
    theirs: ProgressEntry | None = None
    theirs_also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.action.key

    @property
    def is_updated(self) -> bool:
        return self.entry.version > 0 and not self.entry.undone

    @property
    def updated(self) -> str:
        """When and by whom: '18 March 2019 at 10:42 by Ann'; what came with the agreement's files has no day."""
        if self.entry.updated_by_name == ACTOR:
            return "with the agreement’s files"
        return f"{moment(self.entry.updated_at)} {credit_of(self.entry)}"

    @property
    def their_account(self) -> tuple[Block, ...]:
        return blocks(self.theirs.text) if self.theirs else ()

    @property
    def their_time(self) -> str:
        return moment(self.theirs.updated_at) if self.theirs else ""

    @property
    def outputs(self) -> list[OutputAsked]:
        return [
            OutputAsked(
                name=each.name,
                expected=quantity(each.expected, unit=each.unit, qualifier=each.qualifier, name=each.name),
                period=when(each.period_start, each.period_end) if each.period_start or each.period_end else "",
                is_due=output_is_due(each, self.entry.cycle),
                actual_field=self.form[f"actual-{each.pk}"],
                expected_field=self.form[f"expected-{each.pk}"],
            )
            for each in self.form.outputs
        ]

    @property
    def steps(self) -> list[StepAsked]:
        return [
            StepAsked(
                title=each.title,
                due=(long_date(each.due) if each.due else each.due_text) or "no date stated",
                is_due=milestone_is_due(each, self.entry.cycle),
                is_done=each.done,
                fields=tuple(
                    self.form[f"{name}-{each.pk}"] for name in (("reopen",) if each.done else ("done", "due"))
                ),
            )
            for each in self.form.milestones
        ]

    @property
    def offered(self) -> list[tuple[Contribution, Any, str]]:
        """What partners added, with the field that takes it over and when it was written."""
        return [(each, self.form[f"take-{each.pk}"], moment(each.at)) for each in self.contributions]

    @property
    def asks_for_a_decision(self) -> bool:
        """Whether a question to the governing group lies near: the action is behind or on hold, or one is open."""
        return self.entry.status in WORRYING or bool(self.questions)

    @property
    def more_is_open(self) -> bool:
        """Whether what stands under 'More' has to be seen: something was typed there, or is wrong there."""
        names = [name for name in self.form.fields if name.startswith(("output_", "milestone_", "link_"))]
        names += [] if self.asks_for_a_decision else ["question"]
        wrong = [f"{kind}-{each.pk}" for each in self.form.outputs for kind in ("actual", "expected")]
        wrong += [f"due-{each.pk}" for each in self.form.milestones]
        typed = self.form.errors if self.form.is_bound else {}
        return any(name in typed for name in [*names, *wrong]) or any(self.form[name].value() for name in names)


@dataclass(slots=True)
class Named:
    """An action that the partner is named in, with the form of what it adds for the lead."""

    action: Action
    entry: ProgressEntry
    form: AdditionForm
    held: Contribution | None
    theirs: Contribution | None = None

    @property
    def key(self) -> str:
        return self.action.key

    @property
    def account(self) -> tuple[Block, ...]:
        return blocks(self.entry.text)


@dataclass(slots=True)
class Mine:
    """Everything that one partner writes about in a report."""

    partner: Partner
    cycle: ReportingCycle
    led: list[Led] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)

    @property
    def parts(self) -> list[Led | Named]:
        return [*self.led, *self.named]

    @property
    def named_is_open(self) -> bool:
        """Whether what is folded has to be seen: something was typed there, or cannot be saved."""
        return not self.led or any(
            each.theirs or (each.form.is_bound and each.form.errors) or each.form.is_draft for each in self.named
        )

    @property
    def updated(self) -> int:
        return sum(1 for each in self.led if each.is_updated)


def mine(
    partner: Partner,
    cycle: ReportingCycle,
    *,
    data: Mapping[str, Any] | None = None,
    draft: Mapping[str, str] | None = None,
) -> Mine:
    """The actions of a partner in the order of the plan, with their forms: bound to `data` where that has them, else
    beginning with what a draft says. In a fixed number of queries."""
    led, named = list(led_by(partner, cycle)), list(named_for(partner, cycle))
    entries = entries_for([*led, *named], cycle)
    questions: dict[int | None, list[Decision]] = {}
    for decision in Decision.objects.filter(action__in=led, answer="", withdrawn="").order_by("pk"):
        questions.setdefault(decision.action_id, []).append(decision)
    sent = {each.entry.action_id: each for each in sent_back(cycle, led)}
    own = {each.action_id: each for each in Contribution.objects.filter(action__in=named, cycle=cycle, partner=partner)}
    edits = edits_of((entries[action.pk] for action in led), partner, cycle)
    parts = [led_with(action, entries[action.pk], data, draft) for action in led]
    for part in parts:
        part.questions, part.sent_back = questions.get(part.action.pk, []), sent.get(part.action.pk)
        part.edit = edits.get(part.entry.pk)
    added = [named_with(action, entries[action.pk], own.get(action.pk), data, draft) for action in named]
    return Mine(partner, cycle, led=parts, named=added)


def sent_back(cycle: ReportingCycle, actions: list[Action]) -> QuerySet[SentBack]:
    """What was sent back of some actions and not saved since."""
    found = SentBack.objects.filter(entry__cycle=cycle, entry__action__in=actions, version=F("entry__version"))
    return found.select_related("entry")


def led_by(partner: Partner, cycle: ReportingCycle) -> QuerySet[Action]:
    """The actions that a partner leads, with what was promised of them: expected outputs, steps to be taken."""
    return with_promises(in_order(Action.objects.filter(lead=partner), cycle), cycle)


def alone(action: Action, cycle: ReportingCycle, *, data: Mapping[str, Any] | None = None) -> Led:
    """One action as its lead has it on the form of all, whoever leads it."""
    found = with_promises(Action.objects.filter(pk=action.pk).select_related("priority", "lead"), cycle).get()
    part = led_with(found, entries_for([found], cycle)[found.pk], data, None)
    part.questions = list(Decision.objects.filter(action=found, answer="", withdrawn="").order_by("pk"))
    return part


def with_promises(actions: QuerySet[Action], cycle: ReportingCycle) -> QuerySet[Action]:
    contributions = Contribution.objects.filter(cycle=cycle).select_related("partner")
    outputs = Output.objects.filter(
        Q(actual__isnull=True)
        | Q(period_end__gte=cycle.period_start)
        | Q(period_end__isnull=True, expected__isnull=False)
    )
    return actions.prefetch_related(
        Prefetch("outputs", outputs.order_by("pk")),
        Prefetch("milestones", Milestone.objects.order_by("done", F("due").asc(nulls_last=True), "pk")),
        Prefetch("contributions", contributions.order_by("partner__name")),
        Prefetch("links", Link.objects.order_by("pk")),
        Prefetch("attachments", Attachment.objects.order_by("pk")),
    )


def named_for(partner: Partner, cycle: ReportingCycle) -> QuerySet[Action]:
    """The actions that name a partner and that another leads, or nobody."""
    return in_order(Action.objects.filter(names(partner)).exclude(lead=partner), cycle)


def all_of(partner: Partner, cycle: ReportingCycle) -> QuerySet[Action]:
    """The actions that a partner leads or is named in."""
    return Action.objects.filter(Q(lead=partner) | Q(names(partner)), priority__agreement=cycle.agreement_id)


def names(partner: Partner) -> Exists:
    return Exists(Action.partners.through.objects.filter(action=OuterRef("pk"), partner=partner))


def in_order(actions: QuerySet[Action], cycle: ReportingCycle) -> QuerySet[Action]:
    last = Remark.objects.filter(action=OuterRef("pk")).order_by("-at", "-pk").values("by_name")[:1]
    found = actions.filter(priority__agreement=cycle.agreement_id).select_related("priority", "lead")
    found = found.annotate(remark_count=Count("remarks"), last_remark_by=Subquery(last))
    return found.order_by("priority__number", "order", "key")


def led_with(
    action: Action,
    entry: ProgressEntry,
    data: Mapping[str, Any] | None,
    draft: Mapping[str, str] | None,
) -> Led:
    contributions = [each for each in action.contributions.all() if not each.taken_over]
    bound = data if data is not None and f"{action.key}-version" in data else None
    since = versions_since(entry, (bound or draft or {}).get(f"{action.key}-version", ""))
    began, draft = of_this_version(entry, draft, since)
    form = AnswerForm(
        bound,
        entry=entry,
        outputs=list(action.outputs.all()),
        milestones=[each for each in action.milestones.all() if milestone_is_shown(each, entry.cycle)],
        contributions=contributions,
        draft=draft,
        began=since.quantities,
    )
    also = tuple(sentence for each in since.also for sentence in said_also(each))
    return Led(action, entry, form, contributions, theirs=None if began else entry, theirs_also=also)


def named_with(
    action: Action,
    entry: ProgressEntry,
    held: Contribution | None,
    data: Mapping[str, Any] | None,
    draft: Mapping[str, str] | None,
) -> Named:
    bound = data if data is not None and f"{action.key}-addition_version" in data else None
    began, draft = True, dict(draft or {})
    if held and f"{action.key}-addition_version" in draft:
        began = draft.pop(f"{action.key}-addition_version") == str(held.version)
        began = began or draft.get(f"{action.key}-addition", "").split() == held.text.split()
    form = AdditionForm(bound, key=action.key, held=held, draft=draft)
    return Named(action, entry, form, held, theirs=None if began else held)


def problems_of(parts: Iterable[Led | Named]) -> list[tuple[str, str]]:
    """What has to be put right in the whole form, each with the action it is about."""
    return [(place, f"{part.action}: {message}") for part in parts for place, message in part.form.problems]
