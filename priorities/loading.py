"""The agreement, its reports, priorities and abbreviations, from the files of its folder."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from accounts.bringing_in import Item, Ref, bring_in, picked
from accounts.toml_files import Mistakes, Place, TomlFile, check_name, check_once
from indicators.loading import Definitions
from indicators.loading_refs import area, check_period, indicator
from priorities import key_messages
from priorities.entries import (
    AcronymEntry,
    AgreementEntry,
    ConcernEntry,
    CycleEntry,
    DecisionEntry,
    PriorityEntry,
    SummaryText,
)
from priorities.models import Acronym, Agreement, AreaOfConcern, Priority, PriorityIndicator, ReportingCycle
from priorities.states import State

INTRODUCTION = "introduction"
ELSEWHERE = "choose another name, or a database of its own for this agreement"


@dataclass(frozen=True)
class Plan:
    """What a folder says about an agreement: everything but its actions."""

    agreement: AgreementEntry | None
    cycles: list[CycleEntry]
    acronyms: list[AcronymEntry]
    priorities: list[PriorityEntry]
    summaries: list[SummaryText]

    @property
    def priority_slugs(self) -> set[str]:
        return {entry.slug for entry in self.priorities}


def read_plan(folder: Path, known: Definitions, mistakes: Mistakes) -> Plan:
    """The agreement of a folder, checked against the areas and indicators that are known."""
    file = TomlFile(folder / "agreement.toml", ["agreement", "cycles", "acronyms"], mistakes)
    plan = Plan(
        agreement=file.entry("agreement", AgreementEntry),
        cycles=file.entries("cycles", CycleEntry),
        acronyms=file.entries("acronyms", AcronymEntry),
        priorities=TomlFile(folder / "priorities.toml", ["priorities"], mistakes).entries("priorities", PriorityEntry),
        summaries=read_summaries(folder / "summaries", mistakes),
    )
    if plan.agreement:
        check_name(plan.agreement.where, "area", plan.agreement.area, known.area_codes, "an area", mistakes)
    check_once(plan.acronyms, "short", mistakes)
    check_cycles(plan, mistakes)
    check_priorities(plan, known.indicator_slugs, mistakes)
    return plan


def read_summaries(folder: Path, mistakes: Mistakes) -> list[SummaryText]:
    found = []
    for path in sorted(folder.glob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as problem:
            mistakes.add(Place(path), f"it cannot be read as UTF-8 text ({problem})")
        else:
            found.append(SummaryText(path, "" if path.stem == INTRODUCTION else path.stem, text))
    return found


def check_cycles(plan: Plan, mistakes: Mistakes) -> None:
    check_once(plan.cycles, "slug", mistakes)
    if not plan.cycles and plan.agreement:
        mistakes.add(plan.agreement.where, "an agreement needs at least one report: [[cycles]]")
    for cycle in plan.cycles:
        check_period(cycle.where, cycle.period_start, cycle.period_end, "period_start", mistakes)
        for fault in key_messages.faults(cycle.key_messages):
            mistakes.add(cycle.where, fault, "key_messages")
        if cycle.state != State.DRAFT and not cycle.checked_by:
            mistakes.add(cycle.where, "checked_by is missing: who checked it, if it is no draft?", "state")
        named: list[ConcernEntry | DecisionEntry] = [*cycle.concerns, *cycle.decisions]
        for entry in named:
            check_name(entry.where, "priority", entry.priority, plan.priority_slugs, "a priority", mistakes)


def check_priorities(plan: Plan, indicators: Collection[str], mistakes: Mistakes) -> None:
    check_once(plan.priorities, "slug", mistakes)
    check_once(plan.priorities, "number", mistakes)
    for entry in plan.priorities:
        check_once(entry.indicators, "indicator", mistakes)
        for use in entry.indicators:
            check_name(use.where, "indicator", use.indicator, indicators, "an indicator", mistakes)
        check_once(entry.origins, "priority", mistakes)
        for origin in entry.origins:
            check_name(origin.where, "priority", origin.priority, plan.priority_slugs, "a priority", mistakes)
            if origin.priority == entry.slug:
                mistakes.add(origin.where, f"'{entry.slug}' cannot come from itself", "priority")
        main = [use for use in entry.indicators if use.role == PriorityIndicator.Role.MAIN]
        if len(main) > 1:
            mistakes.add(main[1].where, f"'{entry.slug}' has a main indicator already", "role")
        if not main and not entry.no_indicator_reason:
            mistakes.add(entry.where, f"'{entry.slug}' needs a main indicator or a no_indicator_reason")
    for summary in plan.summaries:
        where = Place(summary.path)
        check_name(where, "the name", summary.priority, plan.priority_slugs, "'introduction' or a priority", mistakes)


def load_plan(plan: Plan) -> int:
    """Bring the agreement, its reports and its priorities in; how many objects changed. Raises CannotLoad where
    another agreement has a report of the same name."""
    if plan.agreement is None:
        return 0
    name = plan.agreement.slug
    refuse_reports_of_others(plan.cycles, name)
    concerns = [(cycle, entry) for cycle in plan.cycles for entry in cycle.concerns]
    return sum(
        (
            bring_in(Agreement, [agreement_item(plan.agreement)]),
            bring_in(ReportingCycle, [cycle_item(entry, name) for entry in plan.cycles]),
            bring_in(Priority, [priority_item(entry, name) for entry in plan.priorities]),
            bring_in(AreaOfConcern, [concern_item(cycle, entry, name) for cycle, entry in concerns]),
            bring_in(Acronym, [acronym_item(entry) for entry in plan.acronyms]),
        )
    )


def refuse_reports_of_others(cycles: list[CycleEntry], agreement: str) -> None:
    """A report is known by its name alone, in addresses too."""
    mistakes = Mistakes()
    theirs = ReportingCycle.objects.exclude(agreement__slug=agreement)
    others = dict(theirs.values_list("slug", "agreement__name"))
    for cycle in cycles:
        if cycle.slug in others:
            mistakes.add(cycle.where, f"'{cycle.slug}' is a report of {others[cycle.slug]}; {ELSEWHERE}", "slug")
    mistakes.refuse()


def agreement_item(entry: AgreementEntry) -> Item:
    fields = picked(entry, "name partnership starts ends working_group governing_group caution url")
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields | {"area": area(entry.area)})


def cycle_item(entry: CycleEntry, agreement: str) -> Item:
    fields = picked(entry, "title period_start period_end progress_to due data_due meeting")
    fields |= {"key_messages": list(entry.key_messages), "agreement": Ref(Agreement, {"slug": agreement})}
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields)


def priority_item(entry: PriorityEntry, agreement: str) -> Item:
    uses = [{"indicator": indicator(use.indicator), "role": use.role, "order": use.order} for use in entry.indicators]
    origins = [
        {"from_priority": priority(origin.priority, agreement), "kind": origin.kind, "note": origin.note}
        for origin in entry.origins
    ]
    return Item(
        where=entry.where,
        key=f"{agreement}/{entry.slug}",
        lookup={"slug": entry.slug, "agreement": Ref(Agreement, {"slug": agreement})},
        fields=picked(entry, "number title summary no_indicator_reason caution lineage"),
        parts={"uses": uses, "origins": origins},
    )


def concern_item(cycle: CycleEntry, entry: ConcernEntry, agreement: str) -> Item:
    number = cycle.concerns.index(entry) + 1
    lookup = {"cycle": cycle_ref(cycle.slug), "priority": priority(entry.priority, agreement), "text": entry.text}
    return Item(entry.where, f"{cycle.slug}/{number}", lookup, {})


def acronym_item(entry: AcronymEntry) -> Item:
    return Item(entry.where, entry.short, {"short": entry.short}, picked(entry, "long meaning"))


def cycle_ref(slug: str) -> Ref:
    """A report by its slug."""
    return Ref(ReportingCycle, {"slug": slug})


def priority(slug: str, agreement: str) -> Ref:
    """A priority of an agreement by its slug."""
    return Ref(Priority, {"slug": slug, "agreement__slug": agreement})
