"""The overview and the priority pages: renderings of one report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import audit
from accounts.guards import allow, person
from accounts.models import User
from accounts.roles import Permission
from priorities.cycles import why_closed_to
from priorities.lineage import origins_in
from priorities.models import ReportingCycle
from priorities.states import State
from reports.addresses import Live
from reports.current import cycles_at, report_at
from reports.drawn import drawn
from reports.editions import latest_report
from reports.models import PublishedReport
from reports.report import Report
from reports.views_issued import home, priority_context

AROUND = "reports/_live_around.html"
WRITTEN = (State.DRAFT, State.CHECKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """The report that an address asks for, among all of them, the state of everything shown, and who asks."""

    state: str
    cycles: list[ReportingCycle]
    cycle: ReportingCycle
    user: User

    def issued_instead(self, page: str) -> HttpResponse | None:
        """The way to that page of the report where it was issued; None for a report that is still written, and for
        those who write while a correction is prepared."""
        cycle = self.cycle
        is_written = cycle.state in WRITTEN or (cycle.is_correcting and self.user.may(Permission.WRITE_SUMMARIES))
        if is_written or not PublishedReport.objects.filter(cycle=cycle).exists():
            return None
        return redirect(reverse("issued_overview", args=[cycle.slug]) + page)

    @property
    def report(self) -> Report:
        return report_at(self.state, self.cycle)

    def page(
        self,
        request: HttpRequest,
        template: str,
        part: str,
        slug: str = "",
        more: Callable[[], dict[str, Any]] = dict,
    ) -> HttpResponse:
        """A page of the report as it stands: `part` is its main content, on the priority `slug`, for which `more` finds
        what else it needs. `may_write` says whether the state of the report and their role let them write in it."""
        suffix = f"?cycle={self.cycle.slug}" if self.cycle != self.cycles[0] else ""
        may_write = self.user.may(Permission.WRITE_SUMMARIES) and not why_closed_to(self.user, self.cycle)
        context = {
            "report": self.report,
            "priority": self.report.priority(slug),
            "cycles": self.cycles,
            "cycle": self.cycle,
            "suffix": suffix,
            "addresses": Live(suffix),
            "may_write": may_write,
        }
        key = (self.state, self.cycle.pk, slug, suffix, may_write)
        around = drawn(request, AROUND, (part, *key), lambda: context)
        content = drawn(request, part, key, lambda: context | more())
        return render(request, template, context | {"around": around, "content": content})


def asked(request: HttpRequest) -> Asked:
    """What the address asks for among all reports: the latest where it names none."""
    state, wanted = audit.state(), request.GET.get("cycle")
    listed = cycles_at(state)
    cycle = next((each for each in listed if wanted in (None, "", each.slug)), None)
    if cycle is None:
        raise Http404("There is no report of that name.")
    return Asked(state, listed, cycle, person(request))


@allow(Permission.READ)
def overview(request: HttpRequest) -> HttpResponse:
    """What changed, what can be believed and what needs a decision, on one page: of the last report that was issued,
    before there is one of the latest that is written."""
    named = request.GET.get("cycle")
    if not named and (issued := latest_report()):
        return home(request, issued)
    if not named and not ReportingCycle.objects.exists():
        return render(request, "reports/empty.html")
    found = asked(request)
    return found.issued_instead("") or found.page(request, "reports/overview.html", "reports/_overview.html")


@allow(Permission.READ)
def priority_list(request: HttpRequest) -> HttpResponse:
    """The priorities of the agreement, each with its sentence."""
    found = asked(request)
    page = "reports/priority_list.html", "reports/_priority_list.html"
    return found.issued_instead("#priorities") or found.page(request, *page)


@allow(Permission.READ)
def priority_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One priority: figures, context, trends, actions, notes."""
    found = asked(request)
    report = found.report
    if report.priority(slug) is None:
        return elsewhere(request, slug)
    if issued := found.issued_instead(f"priorities/{slug}/"):
        return issued

    def more() -> dict[str, Any]:
        return priority_context(request, report, slug) | {"origins": origins_in(found.cycle, slug)}

    return found.page(request, "reports/priority.html", "reports/_priority.html", slug, more)


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
    found = asked(request)
    page = "reports/introduction.html", "reports/_introduction.html"
    return found.issued_instead("introduction/") or found.page(request, *page)
