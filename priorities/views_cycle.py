"""Opening a report, its months and dates, its key messages; and saying that a context summary is still true."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from priorities.cycles import why_closed_to
from priorities.forms_cycle import DatesForm, KeyMessagesForm, dates_of, next_dates
from priorities.key_messages import save_key_messages
from priorities.models import Agreement, ReportingCycle
from priorities.opening import latest_of, open_report, save_dates, unfinished_of
from priorities.states import Refused
from priorities.summaries import Conflict, say_still_true
from priorities.views import asked_summary


def address_of(cycle: ReportingCycle) -> str:
    """Where a report is run."""
    return f"{reverse('cycle')}?cycle={cycle.slug}"


@allow(Permission.RUN_REPORTS, "GET", "POST")
def cycle_open(request: HttpRequest) -> HttpResponse:
    """Open the next report of the agreement that is in force last."""
    agreement = Agreement.objects.first()
    if agreement is None:
        return render(request, "priorities/none.html")
    before = latest_of(agreement)
    form = DatesForm(request.POST if request.method == "POST" else None, initial=next_dates(before))
    if form.is_valid():
        try:
            opened = open_report(agreement=agreement, dates=form.dates, actor=person(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The {opened.title} report is open.")
            return redirect(address_of(opened))
    context = {"form": form, "agreement": agreement, "before": before, "unfinished": unfinished_of(agreement)}
    return render(request, "priorities/cycle_open.html", context, status=422 if form.errors else 200)


@allow(Permission.RUN_REPORTS, "GET", "POST")
def cycle_dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the months and days of a report."""
    cycle = get_object_or_404(ReportingCycle, slug=slug)
    form = DatesForm(request.POST if request.method == "POST" else None, initial=dates_of(cycle))

    def save() -> None:
        save_dates(cycle=cycle, dates=form.dates, actor=person(request))
        messages.success(request, "The months and dates are saved.")

    return edited(request, cycle, form, "priorities/cycle_dates.html", save)


@allow(Permission.RUN_REPORTS, "GET", "POST")
def cycle_messages(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the key messages of a report."""
    cycle = get_object_or_404(ReportingCycle, slug=slug)
    form = KeyMessagesForm(request.POST if request.method == "POST" else None, messages=cycle.key_messages)

    def save() -> None:
        before = form.cleaned_data["before"]
        save_key_messages(cycle=cycle, messages=form.messages, before=before, actor=person(request))
        messages.success(request, "The key messages are saved.")

    return edited(request, cycle, form, "priorities/cycle_messages.html", save)


def edited(
    request: HttpRequest, cycle: ReportingCycle, form: forms.Form, template: str, save: Callable[[], None]
) -> HttpResponse:
    """The form about a report, or what was said in it saved; where the state of the report forbids that, why."""
    context = {"cycle": cycle, "page": address_of(cycle), "form": form}
    if reason := why_closed_to(person(request), cycle):
        about = {"about": "Report", "reason": reason, "written": ""}
        return render(request, "priorities/closed.html", context | about, status=409)
    if form.is_valid():
        try:
            save()
        except Refused as refused:
            cycle.refresh_from_db()
            form.add_error(None, str(refused))
        else:
            return redirect(address_of(cycle))
    return render(request, template, context, status=422 if form.errors else 200)


@allow(Permission.WRITE_SUMMARIES, "POST")
def summary_still_true(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Note that the context summary of a priority, or the introduction, was read and still holds."""
    cycle, priority, _ = asked_summary(request, slug)
    said = request.POST.get("version", "")
    try:
        version = int(said) if said.isascii() and said.isdigit() else -1
        noted = say_still_true(cycle=cycle, priority=priority, version=version, actor=person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    except Conflict as conflict:
        messages.error(request, f"{conflict.current.title} has changed since you read it. Read it again.")
    else:
        messages.success(request, f"Noted: the context summary of {noted.title} is still true.")
    return redirect(f"{address_of(cycle)}#context")
