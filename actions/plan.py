"""The action plan as pages show it: plain values, gathered in a fixed number of queries."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.bringing_in import ACTOR
from accounts.models import Partner
from actions.entries import SAID
from actions.lines import ActionLine, MilestoneLine, OutputLine
from actions.models import Action, Milestone, Output, ProgressEntry
from actions.text import blocks
from actions.words import local_date, long_date, quantity, when
from actions.writers import credit_of
from priorities.models import Priority, ReportingCycle

NOT_STATED = "Not stated"


def plan_for(priority: Priority | None, cycle: ReportingCycle) -> list[ActionLine]:
    """The actions of a priority, or of the whole agreement, as a report shows them; in the order of the plan."""
    home = Q(priority=priority) if priority else Q(priority__agreement=cycle.agreement_id)
    actions = list(with_everything(Action.objects.filter(home), cycle))
    latest = {getattr(action, "latest_entry", None) for action in actions} - {None}
    entries = kept_entries(latest)
    return [line_of(action, entries.get(getattr(action, "latest_entry", None)), cycle) for action in actions]


def line_for(action: Action, cycle: ReportingCycle) -> ActionLine:
    """One action as a report shows it."""
    found = with_everything(Action.objects.filter(pk=action.pk), cycle).get()
    entries = ProgressEntry.objects.select_related("cycle", "from_partner").in_bulk(
        [getattr(found, "latest_entry", None)]
    )
    return line_of(found, next(iter(entries.values()), None), cycle)


def kept_entries(keys: Iterable[int | None]) -> dict[int | None, ProgressEntry]:
    kept = ProgressEntry.objects.select_related("cycle", "from_partner").filter(pk__in=[key for key in keys if key])
    return {entry.pk: entry for entry in kept}


def updated_counts(cycle: ReportingCycle) -> dict[int, tuple[int, int]]:
    """How many actions of each priority have been updated for a report, of how many: {priority id: (5, 6)}."""
    done = Q(progress__cycle=cycle, progress__version__gt=0, progress__undone=False)
    rows = (
        Action.objects.filter(priority__agreement=cycle.agreement_id)
        .order_by()
        .values_list("priority_id")
        .annotate(updated=Count("pk", filter=done, distinct=True), total=Count("pk", distinct=True))
    )
    return {priority: (updated, total) for priority, updated, total in rows}


def with_everything(actions: QuerySet[Action], cycle: ReportingCycle) -> QuerySet[Action]:
    """Actions with all that a line shows, and the last progress up to a report as `latest_entry` (its key)."""
    own = Q(action=OuterRef("pk")) | Q(action=OuterRef("continues")) | Q(action=OuterRef("continues__continues"))
    entries = ProgressEntry.objects.filter(SAID, own).filter(Q(cycle=cycle) | Q(cycle__period_end__lt=cycle.period_end))
    latest = entries.order_by("-cycle__period_end", "-cycle_id").values("pk")[:1]
    return (
        actions.select_related("priority", "lead", "continues")
        .prefetch_related(
            Prefetch("partners", Partner.objects.order_by("name", "pk")),
            Prefetch("supports", Priority.objects.order_by("number")),
            Prefetch("outputs", Output.objects.select_related("edition__source").order_by("pk")),
            Prefetch("milestones", Milestone.objects.order_by(F("due").asc(nulls_last=True), "pk")),
        )
        .annotate(latest_entry=Subquery(latest))
    )


def line_of(action: Action, entry: ProgressEntry | None, cycle: ReportingCycle) -> ActionLine:
    status = ProgressEntry.Status(entry.status if entry else ProgressEntry.Status.NOT_STATED)
    current = entry if entry and entry.cycle_id == cycle.pk else None
    on = local_date(current.updated_at) if current else None
    from_files = current is not None and current.updated_by_name == ACTOR
    partners = list(action.partners.all())
    text = entry.text if entry else ""
    return ActionLine(
        key=action.key,
        continues=action.continues.key if action.continues else "",
        title=action.title,
        priority=action.priority.title,
        priority_slug=action.priority.slug,
        priority_number=action.priority.number,
        supports=tuple(priority.title for priority in action.supports.all()),
        lead=action.lead.name if action.lead else NOT_STATED,
        lead_slug=action.lead.slug if action.lead else "",
        partners=tuple(partner.name for partner in partners),
        partner_slugs=tuple(partner.slug for partner in partners),
        status=status.value,
        status_label=str(status.label),
        status_rank=ProgressEntry.Status.values.index(status),
        reason=entry.reason if entry else "",
        progress=text,
        account=blocks(text),
        is_updated=current is not None,
        nothing_new=current.nothing_new if current else False,
        carried_from=entry.cycle.title if entry and not current else "",
        updated_on=on,
        updated=f"For {cycle.title}" if from_files else long_date(on) if on else "",
        updated_by="" if from_files or not current else credit_of(current),
        outputs=tuple(output_line(output) for output in action.outputs.all()),
        milestones=tuple(milestone_line(milestone) for milestone in action.milestones.all()),
    )


def output_line(output: Output) -> OutputLine:
    def said(value: Decimal | None) -> str:
        return quantity(value, unit=output.unit, qualifier=output.qualifier, name=output.name)

    return OutputLine(
        name=output.name,
        expected=said(output.expected),
        actual=said(output.actual),
        period=when(output.period_start, output.period_end),
        note=output.note,
        source=str(output.edition) if output.edition else "",
    )


def milestone_line(milestone: Milestone) -> MilestoneLine:
    due = long_date(milestone.due) if milestone.due else milestone.due_text or "no date stated"
    return MilestoneLine(milestone.title, due, milestone.done)


def chosen(
    lines: Iterable[ActionLine], *, priority: str = "", partner: str = "", status: str = "", own: str = ""
) -> list[ActionLine]:
    """The lines of one priority, of one partner (leading or named), with one status; `own` is one's own
    partner. Each by its slug; '' for all."""
    return [
        line
        for line in lines
        if priority in ("", line.priority_slug)
        and status in ("", line.status)
        and all(wanted in ("", line.lead_slug, *line.partner_slugs) for wanted in (partner, own))
    ]
