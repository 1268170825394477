"""Which report a page is about, and what its state allows."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Permission
from priorities.models import Agreement, ReportingCycle
from priorities.states import Refused, State, Step, after, why_not_edited


def cycles_of(agreement: int) -> QuerySet[ReportingCycle]:
    """The reports of an agreement (by its key), the latest first."""
    found = ReportingCycle.objects.filter(agreement=agreement).select_related("agreement__area")
    return found.order_by("-period_end", "-pk")


def cycles() -> list[ReportingCycle]:
    """Every report of every agreement, the latest first."""
    return list(ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk"))


def cycle_for(slug: str | None) -> ReportingCycle:
    """The report of that name, or the latest. Raises ReportingCycle.DoesNotExist where there is none."""
    found = ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk")
    if slug is not None:
        found = found.filter(slug=slug)
    first = found.first()
    if first is None:
        raise ReportingCycle.DoesNotExist(f"There is no report '{slug}'." if slug else "There is no report yet.")
    return first


def running_cycle(slug: str | None) -> ReportingCycle | None:
    """The report of that name; without a name the one that is being made, and where none is, the latest. None where
    there is none."""
    found = ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk")
    if slug is not None:
        return found.filter(slug=slug).first()
    return found.filter(state__in=(State.DRAFT, State.CHECKED)).first() or found.first()


def open_cycle_for(agreement: Agreement | None = None) -> ReportingCycle | None:
    """The latest report that everyone may still write in, of an agreement or of all; None where there is none."""
    found = ReportingCycle.objects.select_related("agreement__area").filter(state=State.DRAFT)
    if agreement is not None:
        found = found.filter(agreement=agreement)
    return found.order_by("-period_end", "-pk").first()


def why_closed_to(actor: User | str, cycle: ReportingCycle) -> str:
    """Why somebody cannot write in a report now, in a sentence; '' where its state lets them."""
    runs = isinstance(actor, User) and actor.may(Permission.RUN_REPORTS)
    return why_not_edited(cycle.state, correcting=cycle.is_correcting, runs_reports=runs)


def locked(cycle: ReportingCycle) -> ReportingCycle:
    """The report as it is now, held until the transaction ends: whoever writes in a report and whoever changes its
    state wait for one another. Take it before anything else is locked."""
    return ReportingCycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)


def hold_open(cycle: ReportingCycle, actor: User | str) -> ReportingCycle:
    """The locked report, for somebody who is about to write in it. Raises Refused where its state forbids that."""
    held = locked(cycle)
    if reason := why_closed_to(actor, held):
        raise Refused(reason)
    return held


def move(cycle: ReportingCycle, step: Step) -> ReportingCycle:
    """The locked report in the state that a step leads to, not yet saved. Raises Refused."""
    held = locked(cycle)
    held.state = after(held.state, step, correcting=held.is_correcting)
    return held
