"""A new agreement year: its priorities, and where each came from. What is carried is read from the agreement before;
what changes stands in a file."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.models import Partner
from accounts.toml_files import Mistakes, Place, TomlFile, check_name, check_once
from indicators.models import Indicator
from priorities.models import Agreement, Priority, PriorityIndicator, PriorityLineage

Kind = PriorityLineage.Kind
Role = PriorityIndicator.Role


@dataclass(frozen=True)
class YearEntry:
    """The table `[agreement]`: what is left out is as in the agreement that it follows."""

    where: Place
    slug: str
    name: str
    follows: str
    starts: date
    ends: date
    working_group: str = ""
    governing_group: str = ""
    caution: str = ""
    url: str = ""


@dataclass(frozen=True)
class NextEntry:
    """A table `[[priorities]]`: a priority of the new year. `origins` are priorities of the agreement before, `actions`
    keys of its actions that carry on with this one; `indicators`, the main one first, replace those of its origins."""

    where: Place
    slug: str
    number: int
    title: str
    origins: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    summary: str = ""
    note: str = ""
    indicators: tuple[str, ...] = ()
    no_indicator_reason: str = ""


@dataclass(frozen=True)
class NewActionEntry:
    """A table `[[actions]]`: an action that the agreement before had not. It has one home, `priority`."""

    where: Place
    key: str
    priority: str
    title: str
    lead: str = ""
    partners: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearPlan:
    """A new agreement year as its file has it, and the agreement that it follows."""

    agreement: YearEntry
    priorities: list[NextEntry]
    new_actions: list[NewActionEntry]
    before: Agreement

    @property
    def earlier(self) -> dict[str, Priority]:
        """The priorities of the agreement before, by slug."""
        return {priority.slug: priority for priority in self.before.priorities.all()}


def read_year(path: Path, actions: Mapping[str, str], indicators: Iterable[str]) -> YearPlan:
    """The new year of a file, checked. `actions` are the keys of the agreements' actions, each with the slug of its
    agreement. Raises CannotLoad with every mistake, each with its line."""
    mistakes = Mistakes()
    file = TomlFile(path, ["agreement", "priorities", "actions"], mistakes)
    agreement, priorities = file.entry("agreement", YearEntry), file.entries("priorities", NextEntry)
    new_actions = file.entries("actions", NewActionEntry)
    mistakes.refuse()
    before = Agreement.objects.filter(slug=agreement.follows).first() if agreement else None
    if agreement is None or before is None:
        mistakes.add(agreement.where if agreement else Place(path), "'follows' is no agreement that is held", "follows")
        mistakes.refuse()
        raise AssertionError("refuse() raises where there is a mistake")
    plan = YearPlan(agreement, priorities, new_actions, before)
    check_agreement(plan, mistakes)
    of_before = [key for key, slug in actions.items() if slug == before.slug]
    check_priorities(plan, of_before, list(indicators), mistakes)
    check_new_actions(plan, actions, mistakes)
    mistakes.refuse()
    return plan


def check_agreement(plan: YearPlan, mistakes: Mistakes) -> None:
    said, before = plan.agreement, plan.before
    if Agreement.objects.filter(slug=said.slug).exists():
        mistakes.add(said.where, f"there is an agreement '{said.slug}' already", "slug")
    if Agreement.objects.filter(follows=before).exists():
        mistakes.add(said.where, f"another agreement follows {before.name} already", "follows")
    if said.ends <= said.starts:
        mistakes.add(said.where, "ends is not after starts", "ends")
    if said.starts <= before.starts:
        mistakes.add(said.where, f"starts is not after {before.name} starts, {before.starts}", "starts")
    if not plan.priorities:
        mistakes.add(said.where, "an agreement needs at least one priority: [[priorities]]")


def check_priorities(plan: YearPlan, actions: list[str], indicators: list[str], mistakes: Mistakes) -> None:
    check_once(plan.priorities, "slug", mistakes)
    check_once(plan.priorities, "number", mistakes)
    check_numbers(plan.priorities, mistakes)
    how, earlier = kinds(plan.priorities, {}), set(plan.earlier)
    named = Counter(key for entry in plan.priorities for key in entry.actions)
    for entry in plan.priorities:
        for slug in entry.origins:
            check_name(entry.where, "origins", slug, earlier, "a priority of the agreement before", mistakes)
        for key in entry.actions:
            check_name(entry.where, "actions", key, actions, "an action of the agreement before", mistakes)
            if named[key] > 1:
                mistakes.add(entry.where, f"the action '{key}' has one home: it stands in several lists", "actions")
        for slug in entry.indicators:
            check_name(entry.where, "indicators", slug, indicators, "an indicator", mistakes)
        if not entry.origins and not entry.summary:
            mistakes.add(entry.where, f"'{entry.slug}' comes from no earlier priority: it needs a summary")
        from_others = [kind for (new, _), kind in how.items() if new == entry.slug and kind != Kind.SPLIT]
        if not from_others and not entry.indicators and not entry.no_indicator_reason:
            mistakes.add(entry.where, f"'{entry.slug}' needs indicators or a no_indicator_reason")


def check_new_actions(plan: YearPlan, held: Mapping[str, str], mistakes: Mistakes) -> None:
    check_once(plan.new_actions, "key", mistakes)
    homes = {entry.slug for entry in plan.priorities}
    partners = set(Partner.objects.values_list("slug", flat=True))
    for entry in plan.new_actions:
        if entry.key in held:
            mistakes.add(
                entry.where, f"there is an action '{entry.key}' already: a new one has a key of its own", "key"
            )
        for name, longest in (("key", 20), ("title", 300)):
            if len(getattr(entry, name)) > longest:
                mistakes.add(entry.where, f"{name} has more than {longest} characters", name)
        check_name(entry.where, "priority", entry.priority, homes, "a priority of this agreement", mistakes)
        check_name(entry.where, "lead", entry.lead, partners, "a partner", mistakes)
        for slug in entry.partners:
            check_name(entry.where, "partners", slug, partners, "a partner", mistakes)
        for slug in entry.supports:
            check_name(entry.where, "supports", slug, homes - {entry.priority}, "another priority", mistakes)


def check_numbers(priorities: Iterable[NextEntry], mistakes: Mistakes) -> None:
    """Priorities are numbered from 1 without a gap: a page says 'Priority 3 of 7'."""
    listed = list(priorities)
    for entry in listed:
        if not 1 <= entry.number <= len(listed):
            mistakes.add(entry.where, f"number is {entry.number}: expected 1 to {len(listed)}", "number")


def kinds(priorities: Iterable[NextEntry], titles: Mapping[str, str]) -> dict[tuple[str, str], PriorityLineage.Kind]:
    """How each priority came from each of its origins, as pairs (new, earlier) of slugs; `titles` are the earlier ones.

    What comes from several took them in. Of several that come from one, the one that keeps its slug carries it on and
    the others came out of it.
    """
    listed = list(priorities)
    successors: dict[str, list[str]] = defaultdict(list)
    for entry in listed:
        for slug in entry.origins:
            successors[slug].append(entry.slug)
    return {
        (entry.slug, slug): kind_of(entry, slug, successors[slug], titles) for entry in listed for slug in entry.origins
    }


def kind_of(entry: NextEntry, slug: str, successors: list[str], titles: Mapping[str, str]) -> PriorityLineage.Kind:
    if len(entry.origins) > 1:
        return Kind.MERGED
    if len(successors) > 1 and entry.slug != slug:
        return Kind.SPLIT
    return Kind.CARRIED_ON if entry.title == titles.get(slug) else Kind.RENAMED


def begin_year(plan: YearPlan) -> dict[str, Priority]:
    """Make the agreement, its priorities, their indicators and their lineage; the new priorities by slug. Called within
    a transaction, which also writes the trail."""
    before, said = plan.before, plan.agreement
    agreement = Agreement.objects.create(
        slug=said.slug,
        name=said.name,
        partnership=before.partnership,
        area=before.area,
        starts=said.starts,
        ends=said.ends,
        working_group=said.working_group or before.working_group,
        governing_group=said.governing_group or before.governing_group,
        caution=said.caution or before.caution,
        url=said.url,
        follows=before,
    )
    earlier = plan.earlier
    how = kinds(plan.priorities, {slug: priority.title for slug, priority in earlier.items()})
    made = {entry.slug: make_priority(entry, agreement, earlier) for entry in plan.priorities}
    PriorityLineage.objects.bulk_create(
        PriorityLineage(to_priority=made[new], from_priority=earlier[old], kind=kind, note=note_of(plan, new))
        for (new, old), kind in how.items()
    )
    return made


def note_of(plan: YearPlan, slug: str) -> str:
    return next(entry.note for entry in plan.priorities if entry.slug == slug)


def make_priority(entry: NextEntry, agreement: Agreement, earlier: Mapping[str, Priority]) -> Priority:
    origins = [earlier[slug] for slug in entry.origins]
    first, uses = next(iter(origins), None), uses_of(entry, origins)
    made = Priority.objects.create(
        agreement=agreement,
        slug=entry.slug,
        number=entry.number,
        title=entry.title,
        summary=entry.summary or (first.summary if first else ""),
        no_indicator_reason=entry.no_indicator_reason or (first.no_indicator_reason if first and not uses else ""),
        caution=first.caution if first else "",
    )
    PriorityIndicator.objects.bulk_create(
        PriorityIndicator(priority=made, indicator_id=indicator, role=role, order=order)
        for order, (indicator, role) in enumerate(uses, start=1)
    )
    return made


def uses_of(entry: NextEntry, origins: list[Priority]) -> list[tuple[int, str]]:
    """The indicators of a new priority by key, each with its role: those that its file names, else those of its
    origins, of which the first main one stays so."""
    if entry.indicators:
        held = Indicator.objects.in_bulk(entry.indicators, field_name="slug")
        roles = [Role.MAIN, *[Role.SUPPORTING] * (len(entry.indicators) - 1)]
        return [(held[slug].pk, role) for slug, role in zip(entry.indicators, roles, strict=True)]
    found: dict[int, str] = {}
    for use in (use for origin in origins for use in origin.uses.all()) if not entry.no_indicator_reason else ():
        takes_place = use.role == Role.MAIN and Role.MAIN in found.values()
        found.setdefault(use.indicator_id, Role.SUPPORTING if takes_place else use.role)
    return list(found.items())
