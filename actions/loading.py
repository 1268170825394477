"""The action plan and its progress, from `actions.toml` of an agreement's folder."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError

from accounts.bringing_in import ACTOR, Item, bring_in, picked
from accounts.loading import partner
from accounts.toml_files import CannotLoad, Mistakes, Place, TomlFile, check_name, check_once
from actions.models import Action, Decision, ProgressEntry, ProgressVersion
from actions.services import save_progress
from actions.text import tidy
from indicators.loading_refs import edition
from indicators.models import Observation
from priorities.loading import ELSEWHERE, Plan, cycle_ref, priority
from priorities.models import ReportingCycle
from priorities.states import Refused


@dataclass(frozen=True)
class MilestoneEntry:
    """A table `[[actions.milestones]]`."""

    where: Place
    title: str
    due: date | None = None
    due_text: str = ""
    done: bool = False


@dataclass(frozen=True)
class OutputEntry:
    """A table `[[actions.outputs]]`."""

    where: Place
    name: str
    unit: str
    expected: Decimal | None = None
    actual: Decimal | None = None
    qualifier: str = field(default="exact", metadata={"choices": Observation.Qualifier.values})
    period_start: date | None = None
    period_end: date | None = None
    edition: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProgressText:
    """A table `[actions.progress."2019-03"]`."""

    where: Place
    text: str
    status: str = field(default="not-stated", metadata={"choices": ProgressEntry.Status.values})


@dataclass(frozen=True)
class ActionEntry:
    """A table `[[actions]]`."""

    where: Place
    key: str
    priority: str
    title: str
    lead: str = ""
    partners: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    milestones: tuple[MilestoneEntry, ...] = ()
    outputs: tuple[OutputEntry, ...] = ()
    progress: dict[str, ProgressText] = field(default_factory=dict)


def read_actions(
    folder: Path, plan: Plan, partners: Collection[str], editions: Collection[str], mistakes: Mistakes
) -> list[ActionEntry]:
    """The actions of a folder, checked against its priorities, reports, partners and editions."""
    actions = TomlFile(folder / "actions.toml", ["actions"], mistakes).entries("actions", ActionEntry)
    check_once(actions, "key", mistakes)
    cycles = {cycle.slug for cycle in plan.cycles}
    for action in actions:
        check_name(action.where, "priority", action.priority, plan.priority_slugs, "a priority", mistakes)
        check_name(action.where, "lead", action.lead, partners, "a partner", mistakes)
        for slug in action.partners:
            check_name(action.where, "partners", slug, partners, "a partner", mistakes)
        for slug in action.supports:
            check_name(action.where, "supports", slug, plan.priority_slugs, "a priority", mistakes)
        for cycle, progress in action.progress.items():
            check_name(progress.where, "progress", cycle, cycles, "a report", mistakes)
        for output in action.outputs:
            check_output(output, editions, mistakes)
    return actions


def check_output(output: OutputEntry, editions: Collection[str], mistakes: Mistakes) -> None:
    check_name(output.where, "edition", output.edition, editions, "an edition", mistakes)
    if output.expected is None and output.actual is None:
        mistakes.add(output.where, "an output needs an expected or an actual quantity")
    if output.period_start and output.period_end and output.period_end < output.period_start:
        mistakes.add(output.where, "period_end is before period_start", "period_end")


def load_actions(actions: list[ActionEntry], plan: Plan) -> int:
    """Bring the actions, their progress and the decisions asked for in; how many changed."""
    if plan.agreement is None:
        return 0
    agreement = plan.agreement.slug
    refuse_actions_of_others(actions, agreement)
    changed = bring_in(Action, [action_item(entry, order, agreement) for order, entry in enumerate(actions, start=1)])
    changed += bring_in(Decision, decision_items(plan, agreement))
    return changed + load_progress(actions)


def refuse_actions_of_others(actions: list[ActionEntry], agreement: str) -> None:
    """An action is known by its key alone, in addresses too."""
    mistakes = Mistakes()
    theirs = Action.objects.exclude(priority__agreement__slug=agreement)
    others = dict(theirs.values_list("key", "priority__agreement__name"))
    for action in actions:
        if action.key in others:
            mistakes.add(action.where, f"'{action.key}' is an action of {others[action.key]}; {ELSEWHERE}", "key")
    mistakes.refuse()


def action_item(entry: ActionEntry, order: int, agreement: str) -> Item:
    return Item(
        where=entry.where,
        key=entry.key,
        lookup={"key": entry.key},
        fields={
            "title": entry.title,
            "order": order,
            "priority": priority(entry.priority, agreement),
            "lead": partner(entry.lead) if entry.lead else None,
        },
        many={
            "partners": [partner(slug) for slug in entry.partners],
            "supports": [priority(slug, agreement) for slug in entry.supports],
        },
        parts={
            "milestones": [picked(milestone, "title due due_text done") for milestone in entry.milestones],
            "outputs": [
                picked(output, "name unit expected actual qualifier period_start period_end note")
                | {"edition": edition(output.edition) if output.edition else None}
                for output in entry.outputs
            ],
        },
    )


def decision_items(plan: Plan, agreement: str) -> Iterator[Item]:
    for cycle in plan.cycles:
        for number, entry in enumerate(cycle.decisions, start=1):
            yield Item(
                where=entry.where,
                key=f"{cycle.slug}/{number}",
                lookup={"cycle": cycle_ref(cycle.slug), "question": entry.question},
                fields={
                    "asked_by": entry.asked_by,
                    "priority": priority(entry.priority, agreement) if entry.priority else None,
                },
            )


def load_progress(actions: list[ActionEntry]) -> int:
    """Keep progress as versions; how many entries changed. What somebody has edited since stays as it is."""
    cycles = {cycle.slug: cycle for cycle in ReportingCycle.objects.all()}
    held = Action.objects.in_bulk([entry.key for entry in actions], field_name="key")
    last: dict[tuple[str, str], ProgressVersion] = {
        (version.entry.action.key, version.entry.cycle.slug): version
        for version in ProgressVersion.objects.filter(by=None, by_name=ACTOR)
        .select_related("entry__action", "entry__cycle")
        .order_by("number")
    }
    return sum(
        load_entry(held[entry.key], cycles[slug], progress, last.get((entry.key, slug)))
        for entry in actions
        if entry.key in held
        for slug, progress in entry.progress.items()
    )


def load_entry(action: Action, cycle: ReportingCycle, progress: ProgressText, last: ProgressVersion | None) -> bool:
    found = ProgressEntry.objects.filter(action=action, cycle=cycle).first()
    version = found.version if found else 0
    try:
        said_before = last is not None and (last.text, last.status) == (tidy(progress.text), progress.status)
        if said_before or version != (last.number if last else 0):
            return False
        save_progress(
            action=action,
            cycle=cycle,
            text=progress.text,
            status=progress.status,
            nothing_new=False,
            expected_version=version,
            actor=ACTOR,
        )
    except (ValidationError, Refused) as problem:
        said = " ".join(problem.messages) if isinstance(problem, ValidationError) else problem
        raise CannotLoad(f"{progress.where.path} line {progress.where.line_of('text')}: {said}") from problem
    return True
