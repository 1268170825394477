"""The report of tests/plan.py on its way to a meeting: Chris, a coordinator, has checked it; Gale, of the governing
group, issues it."""

from dataclasses import dataclass
from typing import Any

from accounts.models import AuditEvent, User
from accounts.roles import Role
from priorities.models import ContextSummary, ReportingCycle
from priorities.states import State
from reports.models import PublishedReport
from reports.publishing import enter_outcome, issue, issue_correction, make_public, prepare_correction
from tests.plan import Plan, draw_plan, put, someone, write_up


@dataclass(frozen=True)
class Office:
    """The two officers and the report."""

    plan: Plan
    chris: User
    gale: User
    report: ReportingCycle

    def issue(self) -> PublishedReport:
        return issue(cycle=self.report, actor=self.gale).published

    def correct(self, note: str = "A wrong sum.") -> PublishedReport:
        """The next edition, which says in its introduction that it is one."""
        prepare_correction(cycle=self.report, actor=self.chris, note=note)
        before = PublishedReport.objects.filter(cycle=self.report).count()
        ContextSummary.objects.filter(cycle=self.report, priority=None).update(text=f"Corrected {before} times.")
        return issue_correction(cycle=self.report, actor=self.gale).published

    def publish(self) -> None:
        """Considered and made public."""
        enter_outcome(cycle=self.report, actor=self.chris, text="Noted, with thanks.", minute="12/19")
        make_public(cycle=self.report, actor=self.chris)


def open_office(plan: Plan | None = None, report: ReportingCycle | None = None) -> Office:
    """A report, that of March 2019 unless another is named, written and checked by Chris."""
    plan = plan or draw_plan()
    report = report or plan.march
    write_up(plan, report)
    chris, gale = someone(Role.COORDINATOR, name="Chris"), someone(Role.GOVERNING_GROUP, name="Gale")
    return Office(plan, chris, gale, put(report, State.CHECKED, checked_by=chris))


def events() -> list[str]:
    """The kinds of what has happened, in order."""
    return list(AuditEvent.objects.order_by("number").values_list("kind", flat=True))


def state_of(cycle: ReportingCycle) -> str:
    return ReportingCycle.objects.get(pk=cycle.pk).state


def columns(published: PublishedReport) -> dict[str, Any]:
    """Every column of an edition but its key."""
    return {f.attname: getattr(published, f.attname) for f in published._meta.fields if f.name != "id"}
