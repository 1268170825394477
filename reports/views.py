"""The overview and the priority pages: renderings of one report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.tables import PriorityActionTable
from priorities.cycles import cycles, why_closed_to
from priorities.lineage import origins_in
from priorities.models import ReportingCycle
from reports.addresses import Live
from reports.current import report_for
from reports.report import Report


def asked_report(request: HttpRequest) -> tuple[Report, dict[str, Any]]:
    """The report that the address asks for (the latest where it asks for none), and what each of its pages
    needs besides. `may_write` says whether its state and the reader's role let the reader write in it."""
    listed = cycles()
    asked = request.GET.get("cycle")
    cycle = next((each for each in listed if asked in (None, "", each.slug)), None)
    if cycle is None:
        raise Http404("There is no report of that name.")
    suffix = f"?cycle={cycle.slug}" if cycle != listed[0] else ""
    report = report_for(cycle)
    user = person(request)
    may_write = user.may(Permission.WRITE_SUMMARIES) and not why_closed_to(user, cycle)
    context = {"report": report, "cycles": listed, "cycle": cycle, "suffix": suffix, "may_write": may_write}
    return report, context | {"addresses": Live(suffix)}


@allow(Permission.READ)
def overview(request: HttpRequest) -> HttpResponse:
    """What changed, what can be believed and what needs a decision, on one page."""
    try:
        _, context = asked_report(request)
    except Http404:
        if cycles():
            raise
        return render(request, "reports/empty.html")
    return render(request, "reports/overview.html", context)


@allow(Permission.READ)
def priority_list(request: HttpRequest) -> HttpResponse:
    """The priorities of the agreement, each with its sentence."""
    _, context = asked_report(request)
    return render(request, "reports/priority_list.html", context)


@allow(Permission.READ)
def priority_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One priority: figures, context, trends, actions, notes."""
    report, context = asked_report(request)
    priority = report.priority(slug)
    if priority is None:
        return elsewhere(request, slug)
    index = report.priorities.index(priority)
    table = PriorityActionTable(priority.actions, request=request)
    context |= {
        "priority": priority,
        "table": table,
        "origins": origins_in(context["cycle"], slug),
        "before": report.priorities[index - 1] if index else None,
        "after": report.priorities[index + 1] if index + 1 < len(report.priorities) else None,
    }
    return render(request, "reports/priority.html", context)


def elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the last report that has this priority, where the address names none: priorities end with an agreement,
    and their addresses do not."""
    last = ReportingCycle.objects.filter(agreement__priorities__slug=slug).order_by("-period_end", "-pk").first()
    if last is None or request.GET.get("cycle"):
        raise Http404("There is no priority of that name.")
    return redirect(f"{request.path}?cycle={last.slug}")


@allow(Permission.READ)
def introduction(request: HttpRequest) -> HttpResponse:
    """The introduction on recorded crime."""
    _, context = asked_report(request)
    return render(request, "reports/introduction.html", context)
