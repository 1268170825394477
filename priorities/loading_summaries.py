"""Context summaries from the Markdown files of an agreement's folder."""

from collections.abc import Iterable

from accounts.bringing_in import ACTOR
from accounts.toml_files import CannotLoad, Mistakes
from priorities.entries import CycleEntry, SummaryText
from priorities.loading import Plan
from priorities.models import ContextSummary, ContextSummaryVersion, Priority, ReportingCycle
from priorities.states import Refused
from priorities.summaries import faults, figures_in, save_summary, tidy


def load_summaries(plan: Plan) -> int:
    """Keep the context summaries as versions for the latest report; how many changed.

    A summary that somebody has edited since its file was last read stays as it is. Raises CannotLoad for a live figure
    that stands for nothing, here or in a key message, or a note that nobody knows, when all figures are there, and for
    a text that was changed when its report is no longer open.
    """
    if plan.agreement is None or not plan.cycles:
        return 0
    refuse_unknown_figures(plan.cycles)
    latest = max(plan.cycles, key=lambda entry: entry.period_end)
    cycle = ReportingCycle.objects.get(slug=latest.slug)
    priorities = {p.slug: p for p in Priority.objects.filter(agreement=cycle.agreement_id)}
    return sum(load_summary(summary, cycle, priorities.get(summary.priority)) for summary in plan.summaries)


def refuse_unknown_figures(cycles: Iterable[CycleEntry]) -> None:
    """Raise CannotLoad where a live figure in a key message stands for nothing."""
    mistakes = Mistakes()
    for cycle in cycles:
        for figure in figures_in(cycle.key_messages).values():
            if figure.fault:
                mistakes.add(cycle.where, f"[[{figure.reference}]]: {figure.fault}", "key_messages")
    mistakes.refuse()


def load_summary(summary: SummaryText, cycle: ReportingCycle, about: Priority | None) -> bool:
    held = ContextSummary.objects.filter(cycle=cycle, priority=about).first()
    last = ContextSummaryVersion.objects.filter(summary=held, by=None, by_name=ACTOR).first() if held else None
    version = held.version if held else 0
    if version != (last.number if last else 0) or (last and last.text == tidy(summary.text)):
        return False
    found = [f"{summary.path} line {line_of(summary.text, fault)}: {fault}" for fault in faults(summary.text)]
    if found:
        raise CannotLoad("\n".join(found))
    try:
        save_summary(cycle=cycle, priority=about, text=summary.text, expected_version=version, actor=ACTOR)
    except Refused as refused:
        raise CannotLoad(f"{summary.path} line 1: {refused}") from refused
    return True


def line_of(text: str, fault: str) -> int:
    """The line that holds the reference a fault begins with; 1 where it begins with none."""
    name = fault.split(": ", 1)[0]
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, start=1) if name in line), 1)
