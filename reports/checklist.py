"""What stands in the way of issuing a report, and what its coordinator should know before it is issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actions.entries import ENDED
from indicators.currency_lines import currency_lines
from indicators.models import Extract
from priorities.models import ContextSummary, Priority, ReportingCycle
from priorities.summaries import faults_in
from reports.concerns import WORSE, own_lines
from reports.report import PriorityReport, Report

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, and the page where it is put right ('' for none)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Errors stand in the way of issuing; warnings inform."""

    errors: tuple[Item, ...]
    warnings: tuple[Item, ...]


def checklist(cycle: ReportingCycle, report: Report, issuer: User | None = None) -> Checklist:
    """What is to be done about a report. Whether the one who issues it prepared it is asked where `issuer` is given."""
    return Checklist(tuple(in_the_way(cycle, issuer)), tuple(warnings(cycle, report)))


def in_the_way(cycle: ReportingCycle, issuer: User | None) -> Iterator[Item]:
    yield from prepared_it(cycle, issuer) if issuer else ()
    yield from unresolved(cycle)
    yield from waiting()


def warnings(cycle: ReportingCycle, report: Report) -> Iterator[Item]:
    """What one should know before a report is issued."""
    yield from silent(report)
    yield from unlooked(cycle)
    yield from provisional(cycle, report)
    yield from unattended(report)


def errors(cycle: ReportingCycle, issuer: User | None = None) -> list[str]:
    """Why this person cannot issue this report now, a sentence each; nothing where they can."""
    return [item.text for item in in_the_way(cycle, issuer)]


def preparer(cycle: ReportingCycle) -> tuple[User | None, str]:
    """Who prepared what is to be issued, and their name: whoever prepares the correction, else whoever marked the
    report as checked. Nobody where they have no account."""
    if cycle.is_correcting:
        return cycle.correction_by, cycle.correction_by_name
    return cycle.checked_by, cycle.checked_by_name


def prepared_it(cycle: ReportingCycle, issuer: User) -> tuple[Item, ...]:
    prepared_by, name = preparer(cycle)
    is_preparer = prepared_by == issuer if prepared_by else name == issuer.name
    return (Item("You prepared this report. Somebody else has to issue it.", ""),) if is_preparer else ()


def unresolved(cycle: ReportingCycle) -> Iterator[Item]:
    """Summaries that are empty; summaries and key messages that hold a figure or a note that stands for nothing."""
    texts: dict[int | None, str] = dict(ContextSummary.objects.filter(cycle=cycle).values_list("priority", "text"))
    priorities = list(Priority.objects.filter(agreement=cycle.agreement_id).order_by("number"))
    listed: list[Priority | None] = [None, *priorities]
    said = [texts.get(priority.pk if priority else None, "") for priority in listed]
    faults = faults_in([*said, *cycle.key_messages])
    for priority, text, own in zip(listed, said, faults, strict=False):
        title, page = priority.title if priority else "Introduction", editor_of(cycle, priority)
        if not text.strip():
            yield Item(f"{title}: the context summary is empty.", page)
        yield from (Item(f"{title}: {fault}", page) for fault in own)
    for number, own in enumerate(faults[len(said) :], start=1):
        page = reverse("cycle_messages", args=[cycle.slug])
        yield from (Item(f"Key message {number}: {fault}", page) for fault in own)


def editor_of(cycle: ReportingCycle, priority: Priority | None) -> str:
    page = reverse("summary_edit", args=[priority.slug]) if priority else reverse("introduction_edit")
    return f"{page}?cycle={cycle.slug}"


def page_of(report: Report, priority: PriorityReport, anchor: str = "") -> str:
    return f"{reverse('priority_detail', args=[priority.slug])}?cycle={report.slug}{anchor}"


def waiting() -> Iterator[Item]:
    """Files that somebody uploaded and nobody has used or discarded."""
    rows = Extract.objects.filter(state=Extract.State.PREVIEW).order_by("pk")
    for pk, name in rows.values_list("pk", "original_name"):
        text = f"The file {name} waits in its preview. Use its figures or discard it."
        yield Item(text, reverse("upload_detail", args=[pk]))


def silent(report: Report) -> Iterator[Item]:
    """Priorities with actions that nobody has updated for this report."""
    for priority in report.priorities:
        late = [action for action in priority.actions if not action.is_updated and action.status not in ENDED]
        if late:
            names = ", ".join(f"‘{action.title}’" for action in late[:MOST_NAMES])
            more = f" and {len(late) - MOST_NAMES} more" if len(late) > MOST_NAMES else ""
            text = f"{priority.title}: no progress this time on {names}{more}."
            yield Item(text, page_of(report, priority, "#actions"))


def unlooked(cycle: ReportingCycle) -> Iterator[Item]:
    """Summaries that came from the report before and that nobody has looked at since."""
    for summary in ContextSummary.objects.filter(cycle=cycle, looked_at=None).select_related("priority"):
        if summary.text.strip():
            text = f"{summary.title}: nobody has looked at the context summary this time."
            yield Item(text, editor_of(cycle, summary.priority))


def provisional(cycle: ReportingCycle, report: Report) -> Iterator[Item]:
    """Indicators of the report with provisional figures that should be final by its meeting."""
    shown = {line.slug for priority in report.priorities for line in (*own_lines(priority), *priority.context_only)}
    for line in currency_lines(by_when(cycle)):
        if line.provisional and line.slug in shown:
            yield Item(f"{line.name}: {line.provisional}", reverse("data_currency"))


def by_when(cycle: ReportingCycle) -> date:
    return cycle.meeting or timezone.localdate()


def unattended(report: Report) -> Iterator[Item]:
    """Indicators that are worse while no action of the priority, nor one that supports it, goes on."""
    for priority in report.priorities:
        if not any(action.status not in ENDED for action in (*priority.actions, *report.supporters(priority))):
            for line in own_lines(priority):
                if line.kind == WORSE:
                    text = f"{line.named} is worse, and {priority.title} has no action that goes on."
                    yield Item(text, page_of(report, priority))
