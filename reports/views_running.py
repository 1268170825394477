"""The page on which a report is run: how far it has come, what is missing, and the steps that it can take."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.missing import completeness
from actions.reminders import schedule_in_words, texts_of
from actions.text import LONGEST
from priorities.cycles import cycles, running_cycle, why_closed_to
from priorities.models import ReportingCycle
from priorities.states import Refused, State, Step, allows
from priorities.views_cycle import address_of
from reports.checklist import checklist
from reports.current import report_for
from reports.matrix import matrix_of
from reports.running import check_report, send_back_report
from reports.standing import standing_of


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        help_text="Everybody who writes in the report sees this.",
        error_messages={"required": "Say why, so that they know what to change."},
    )


@allow(Permission.RUN_REPORTS)
def running(request: HttpRequest) -> HttpResponse:
    """How far a report has come: what is missing first, and what can be done next."""
    asked, user = request.GET.get("cycle") or None, person(request)
    cycle = running_cycle(asked)
    if cycle is None and asked:
        raise Http404("There is no report of that name.")
    if cycle is None:
        return render(request, "reports/cycle_none.html")
    standing, report = standing_of(cycle, timezone.localdate()), report_for(cycle)
    context = {
        "cycle": cycle,
        "cycles": cycles(),
        "report": report,
        "standing": standing,
        "matrix": matrix_of(standing.progress),
        "schedule": schedule_in_words(),
        "closed": why_closed_to(user, cycle),
        "checklist": checklist(cycle, report) if cycle.is_open else [],
        "may_check": allows(cycle.state, Step.CHECK),
        "may_send_back": allows(cycle.state, Step.SEND_BACK),
        "may_open_next": cycle.state not in (State.DRAFT, State.CHECKED),
    }
    return render(request, "reports/cycle.html", context)


@allow(Permission.RUN_REPORTS)
def reminders(request: HttpRequest, slug: str) -> HttpResponse:
    """For each partner that something is missing from, a text to paste."""
    cycle, today = get_object_or_404(ReportingCycle, slug=slug), timezone.localdate()
    texts = texts_of(cycle, completeness(cycle, today), sender=person(request).name, on=today)
    return render(request, "reports/cycle_reminders.html", {"cycle": cycle, "page": address_of(cycle), "texts": texts})


@allow(Permission.RUN_REPORTS, "POST")
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark a report as checked."""
    cycle = get_object_or_404(ReportingCycle, slug=slug)
    try:
        check_report(cycle=cycle, actor=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The {cycle.title} report is checked. Somebody else issues it now.")
    return redirect(address_of(cycle))


@allow(Permission.RUN_REPORTS, "GET", "POST")
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a checked report again, with a reason."""
    cycle = get_object_or_404(ReportingCycle, slug=slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            send_back_report(cycle=cycle, reason=form.cleaned_data["reason"], actor=person(request))
        except (Refused, ValidationError) as refused:
            form.add_error(None, refused.messages if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, f"The {cycle.title} report is open again.")
            return redirect(address_of(cycle))
    context = {"cycle": cycle, "page": address_of(cycle), "form": form}
    return render(request, "reports/cycle_send_back.html", context, status=422 if form.errors else 200)
