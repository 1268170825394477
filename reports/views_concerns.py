"""The areas of concern of the open report: what the rule finds, what people add to it and take away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from priorities.concerns import add_concern, take_away_concern, undo_concern
from priorities.cycles import cycle_for, open_cycle_for, why_closed_to
from priorities.models import AreaOfConcern, Priority, ReportingCycle
from priorities.states import Refused
from reports.concerns import RULE
from reports.current import report_for
from reports.forms import ConcernForm, ReasonForm


@allow(Permission.WRITE_SUMMARIES, "GET", "POST")
def concerns(request: HttpRequest) -> HttpResponse:
    """What counts as an area of concern, and a form to add one."""
    cycle = asked_cycle(request)
    form = ConcernForm(request.POST or None, priorities=Priority.objects.filter(agreement=cycle.agreement_id))
    if request.method == "POST" and form.is_valid():
        try:
            add_concern(cycle=cycle, actor=person(request), **form.cleaned_data)
        except (ValidationError, Refused) as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, "The area of concern is added.")
            return redirect(address_of(cycle))
    report = report_for(cycle)
    found = [concern for concern in report.concerns if not concern.is_added]
    rows = cycle.concerns.select_related("priority")
    context = {
        "cycle": cycle,
        "form": form,
        "rule": RULE,
        "closed": why_closed_to(person(request), cycle),
        "found": found,
        "added": [row for row in rows if not row.removes],
        "taken_away": [row for row in rows if row.removes],
    }
    return render(request, "reports/concerns.html", context)


@allow(Permission.WRITE_SUMMARIES, "GET", "POST")
def concern_take_away(request: HttpRequest, key: str) -> HttpResponse:
    """Take away what the rule found, with a reason."""
    cycle = asked_cycle(request)
    concern = next((each for each in report_for(cycle).concerns if each.key == key), None)
    if concern is None or concern.is_added:
        raise Http404("The rule finds no such area of concern.")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        priority = get_object_or_404(Priority, agreement=cycle.agreement_id, slug=concern.slug)
        try:
            take_away_concern(
                cycle=cycle,
                priority=priority,
                key=key,
                text=concern.text,
                reason=form.cleaned_data["reason"],
                actor=person(request),
            )
        except (ValidationError, Refused) as refused:
            form.add_error(None, said(refused))
        else:
            messages.success(request, "It is taken away.")
            return redirect(address_of(cycle))
    return render(
        request,
        "reports/concern_take_away.html",
        {"form": form, "concern": concern, "cycle": cycle, "back": address_of(cycle)},
    )


@allow(Permission.WRITE_SUMMARIES, "POST")
def concern_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a person said."""
    concern = get_object_or_404(AreaOfConcern.objects.select_related("cycle", "priority"), pk=pk)
    try:
        undo_concern(concern=concern, actor=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is as it was before.")
    return redirect(address_of(concern.cycle))


def asked_cycle(request: HttpRequest) -> ReportingCycle:
    """The report that the address names, such as one that is being corrected; without a name the open one, and where
    none is open, the latest, which then says why nothing can be changed."""
    named = request.GET.get("cycle")
    try:
        return cycle_for(named) if named else open_cycle_for() or cycle_for(None)
    except ReportingCycle.DoesNotExist as missing:
        raise Http404("There is no report yet.") from missing


def address_of(cycle: ReportingCycle) -> str:
    """Where the areas of concern of a report are."""
    return f"{reverse('concerns')}?cycle={cycle.slug}"


def said(refused: ValidationError | Refused) -> ValidationError | str:
    return refused if isinstance(refused, ValidationError) else str(refused)
