"""The report as it stands, and the list of all reports: each made once for each state of what it shows."""

from dataclasses import replace

from django.db.models import OuterRef, Subquery

from accounts import audit
from priorities.cycles import cycles
from priorities.models import ReportingCycle
from reports.build import build
from reports.changes import changes
from reports.editions import NotShown, report_of
from reports.models import PublishedReport
from reports.once import once
from reports.report import Report


def report_for(cycle: ReportingCycle) -> Report:
    """The report of a cycle, with what changed since the one before."""
    return report_at(audit.state(), cycle)


def report_at(state: str, cycle: ReportingCycle) -> Report:
    """The same in the state of everything shown that `audit.state` has just told. Whatever changes writes an audit
    event, so the end of that chain names that state: one cheap query, right with several processes."""
    return once(("report", cycle.pk), state, lambda: complete(cycle))


def cycles_at(state: str) -> list[ReportingCycle]:
    """Every report of every agreement, the latest first, in that state. They are shared: nobody may change them."""
    return once("cycles", state, cycles)


def complete(cycle: ReportingCycle) -> Report:
    """The report of a cycle as it stands; without what changed where the one before cannot be shown."""
    report = build(cycle)
    try:
        before = report_before(cycle)
    except NotShown:
        before = None
    if before is None:
        return report
    return replace(report, changed_since=before.title, changes=changes(before, report))


def report_before(cycle: ReportingCycle) -> Report | None:
    """The report that readers had before this one, in its last edition; None where none was issued. One that was
    withdrawn is passed over: what it said is not said again. Raises NotShown."""
    last = PublishedReport.objects.filter(cycle=OuterRef("cycle")).order_by("-edition").values("edition")[:1]
    standing = PublishedReport.objects.filter(edition=Subquery(last), withdrawal=None)
    earlier = standing.filter(cycle__period_end__lt=cycle.period_end)
    issued = earlier.order_by("-cycle__period_end", "-cycle").select_related("cycle").defer("payload").first()
    return report_of(issued) if issued else None
