"""The list of reports, and what is done with one: issue, correct, enter what the meeting made of it, make public,
withdraw, links for the meeting."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from priorities.cycles import cycles
from priorities.models import ReportingCycle
from priorities.states import Refused, Step, allows
from reports import checklist, publishing
from reports.corrections import corrected
from reports.current import report_for
from reports.editions import Edition, NotShown, edition_of, editions_of, report_of
from reports.forms import NoteForm, OutcomeForm, WithdrawForm
from reports.frozen import CannotFreeze, fingerprint, freeze, thaw
from reports.models import MeetingLink, MeetingLinkOpening
from reports.report import Report

FORMS: dict[str, type[forms.Form]] = {"correct": NoteForm, "withdraw": WithdrawForm, "outcome": OutcomeForm}
OPENINGS_SHOWN = 50
NEW_LINK = "new meeting link"


@allow(Permission.READ)
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report: those that were issued with their editions, and those that are being prepared."""
    listed = cycles()
    editions: dict[int, list[Any]] = {}
    for published in editions_of(listed):
        editions.setdefault(published.cycle_id, []).append(published)
    rows = [{"cycle": cycle, "editions": editions.get(cycle.pk, [])} for cycle in listed]
    user = person(request)
    context = {
        "rows": rows,
        "may_step": user.may(Permission.ISSUE_REPORTS),
        "may_run": user.may(Permission.RUN_REPORTS),
    }
    return render(request, "reports/report_list.html", context)


@allow(Permission.ISSUE_REPORTS)
def report_steps(request: HttpRequest, report: str) -> HttpResponse:
    """What can be done with a report now, and what stands in the way."""
    return steps_page(request, get_object_or_404(ReportingCycle.objects.select_related("agreement__area"), slug=report))


def steps_page(request: HttpRequest, cycle: ReportingCycle, refused: forms.Form | None = None) -> HttpResponse:
    """That page; with the form, or the plain button, that could not be carried out."""
    user, edition = person(request), edition_of(cycle.slug)
    can = {step.name.lower(): allows(cycle.state, step, correcting=cycle.is_correcting) for step in Step}
    issuing = can["issue"] or can["issue_correction"]
    links = MeetingLink.objects.filter(published__cycle=cycle).select_related("published").defer("published__payload")
    people = Count("openings", filter=Q(openings__by=MeetingLinkOpening.By.BROWSER))
    context = {
        "cycle": cycle,
        "edition": edition,
        "stands": edition is not None and not edition.is_withdrawn,
        "can": can,
        "issuing": issuing,
        "to_issue": to_issue(cycle, user, edition) if issuing else None,
        "may_run": user.may(Permission.RUN_REPORTS),
        "forms": {name: refused if isinstance(refused, form) else form() for name, form in FORMS.items()},
        "form": refused,
        "links": links.annotate(opened=people, asked=Count("openings")).order_by("-made_at", "-pk"),
        "openings": openings_of(cycle),
        "new_link": new_link(request, cycle),
    }
    return render(request, "reports/steps.html", context, status=422 if refused else 200)


def to_issue(cycle: ReportingCycle, user: Any, edition: Edition | None) -> dict[str, Any]:
    """What would be frozen, under the name by which it is asked for, what stands in the way, and what it says otherwise
    than the edition before."""
    report = report_for(cycle)
    _, prepared_by = checklist.preparer(cycle)
    warnings = tuple(checklist.warnings(cycle, report))
    try:
        text = freeze(report)
    except CannotFreeze as problem:
        errors = [*checklist.errors(cycle, user), str(problem)]
        return {"report": report, "prepared_by": prepared_by, "errors": errors, "warnings": warnings, **counts(report)}
    return {
        "report": report,
        "prepared_by": prepared_by,
        "errors": publishing.why_not_issued(cycle, report, fingerprint(text), user),
        "warnings": warnings,
        "expected": fingerprint(text),
        "corrected": other_than(edition, text) if edition else (),
        **counts(report),
    }


def other_than(edition: Edition, text: str) -> tuple[str, ...]:
    """What a text says otherwise than an edition, both as they are read back."""
    try:
        return corrected(report_of(edition.published), thaw(text))
    except NotShown:
        return ()


def counts(report: Report) -> dict[str, int]:
    """How much a report holds."""
    actions = [action for priority in report.priorities for action in priority.actions]
    return {
        "actions": len(actions),
        "updated": sum(action.is_updated for action in actions),
        "figures": sum(len(line.values) for line in report.lines),
        "indicators": len(report.lines),
        "charts": sum(len(priority.charts) for priority in report.priorities),
        "summaries": sum(bool(p.narrative.body) for p in report.priorities),
    }


def openings_of(cycle: ReportingCycle) -> list[MeetingLinkOpening]:
    """The last times that a link to the report was opened."""
    found = MeetingLinkOpening.objects.filter(link__published__cycle=cycle).select_related("link")
    return list(found[:OPENINGS_SHOWN])


def new_link(request: HttpRequest, cycle: ReportingCycle) -> str:
    """The whole address of the link that was just made, once: nobody can find it out later."""
    report, token = request.session.pop(NEW_LINK, ("", ""))
    return request.build_absolute_uri(reverse("meeting_overview", args=[token])) if report == cycle.slug else ""


# --- what is done ----------------------------------------------------------------------------

Act = Callable[[ReportingCycle, forms.Form], str]


def done(request: HttpRequest, report: str, act: Act, form: type[forms.Form] = forms.Form) -> HttpResponse:
    """Do it and go back to the page, which says so; where it cannot be done, the page says why and keeps what was
    written."""
    cycle = get_object_or_404(ReportingCycle.objects.select_related("agreement__area"), slug=report)
    filled = form(request.POST)
    if filled.is_valid():
        try:
            messages.success(request, act(cycle, filled))
        except (Refused, ValidationError, CannotFreeze) as refused:
            sentences = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            filled.add_error(None, sentences)
        else:
            return redirect("report_steps", report)
    return steps_page(request, cycle, filled)


@allow(Permission.ISSUE_REPORTS, "POST")
def report_issue(request: HttpRequest, report: str) -> HttpResponse:
    """Issue what was on the page: its first edition, or a correction."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        freeze_it = publishing.issue_correction if cycle.is_correcting else publishing.issue
        issued = freeze_it(cycle=cycle, actor=person(request), expected=request.POST.get("expected", "-"))
        request.session[NEW_LINK] = (report, issued.token)
        return f"Edition {issued.published.edition} of the report {cycle.title} is issued."

    return done(request, report, act)


@allow(Permission.RUN_REPORTS, "POST")
def report_correct(request: HttpRequest, report: str) -> HttpResponse:
    """Begin to prepare a correction."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.prepare_correction(cycle=cycle, actor=person(request), **form.cleaned_data)
        return f"The correction of the report {cycle.title} can be written. Somebody else issues it."

    return done(request, report, act, NoteForm)


@allow(Permission.RUN_REPORTS, "POST")
def report_correct_not(request: HttpRequest, report: str) -> HttpResponse:
    """Leave what was issued as it is."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.drop_correction(cycle=cycle, actor=person(request))
        return f"The report {cycle.title} stays as it was issued."

    return done(request, report, act)


@allow(Permission.RUN_REPORTS, "POST")
def report_outcome(request: HttpRequest, report: str) -> HttpResponse:
    """Say what the meeting made of a report."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.enter_outcome(cycle=cycle, actor=person(request), **form.cleaned_data)
        return f"What the meeting made of the report {cycle.title} is entered."

    return done(request, report, act, OutcomeForm)


@allow(Permission.RUN_REPORTS, "POST")
def report_publish(request: HttpRequest, report: str) -> HttpResponse:
    """Make a report public."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.make_public(cycle=cycle, actor=person(request))
        return f"The report {cycle.title} is public."

    return done(request, report, act)


@allow(Permission.RUN_REPORTS, "POST")
def report_withdraw(request: HttpRequest, report: str) -> HttpResponse:
    """Withdraw the last edition of a report."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.withdraw(cycle=cycle, actor=person(request), reason=form.cleaned_data["why"])
        return f"The report {cycle.title} is withdrawn."

    return done(request, report, act, WithdrawForm)


@allow(Permission.RUN_REPORTS, "POST")
def report_link(request: HttpRequest, report: str) -> HttpResponse:
    """Make another link for the meeting."""

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        request.session[NEW_LINK] = (report, publishing.make_link(cycle=cycle, actor=person(request)))
        return "The link is made."

    return done(request, report, act)


@allow(Permission.RUN_REPORTS, "POST")
def report_link_end(request: HttpRequest, report: str, link: int) -> HttpResponse:
    """End a link."""
    found = get_object_or_404(MeetingLink, pk=link, published__cycle__slug=report)

    def act(cycle: ReportingCycle, form: forms.Form) -> str:
        publishing.revoke_link(link=found, actor=person(request))
        return "The link is ended. Nobody can read the report by it any more."

    return done(request, report, act)
