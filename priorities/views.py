"""Writing context summaries, and the acronyms of the agreement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from priorities import narrative
from priorities.cycles import cycle_for, why_closed_to
from priorities.forms import SummaryForm
from priorities.models import Acronym, ContextSummary, Priority, ReportingCycle
from priorities.states import Refused
from priorities.summaries import Conflict, citations_in, figures_in, save_summary, summary_of


def asked_summary(request: HttpRequest, slug: str | None) -> tuple[ReportingCycle, Priority | None, ContextSummary]:
    try:
        cycle = cycle_for(request.GET.get("cycle") or None)
    except ReportingCycle.DoesNotExist as missing:
        raise Http404("There is no report of that name.") from missing
    priority = get_object_or_404(Priority, agreement=cycle.agreement, slug=slug) if slug else None
    return cycle, priority, summary_of(cycle, priority)


@allow(Permission.WRITE_SUMMARIES, "GET", "POST")
def summary_edit(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Write the context summary of a priority, or the introduction: preview, save, or settle two versions."""
    cycle, priority, summary = asked_summary(request, slug)
    page = reverse("priority_detail", args=[slug]) if slug else reverse("introduction")
    context: dict[str, Any] = {"cycle": cycle, "priority": priority, "summary": summary, "page": page}
    if reason := why_closed_to(person(request), cycle):
        return closed(request, context, reason)
    if request.method != "POST":
        context["form"] = SummaryForm(initial={"text": summary.text, "version": summary.version})
        return render(request, "priorities/summary_edit.html", context)
    form = SummaryForm(request.POST)
    context["form"] = form
    if not form.is_valid() or "preview" in request.POST:
        context["preview"] = preview(form.data.get("text", ""))
        return render(request, "priorities/summary_edit.html", context, status=200 if form.is_valid() else 422)
    try:
        save_summary(
            cycle=cycle,
            priority=priority,
            text=form.cleaned_data["text"],
            expected_version=form.cleaned_data["version"],
            actor=person(request),
        )
    except Conflict as conflict:
        context |= {"theirs": conflict.current, "form": restarted(form, conflict.current)}
        return render(request, "priorities/summary_edit.html", context, status=409)
    except Refused as refused:
        return closed(request, context, str(refused))
    messages.success(request, "The context summary is saved.")
    return redirect(f"{page}?cycle={cycle.slug}" if request.GET.get("cycle") else page)


def closed(request: HttpRequest, context: dict[str, Any], reason: str) -> HttpResponse:
    """Why nothing can be written in the report now. What was written is shown, to be copied."""
    context |= {"about": context["summary"].title, "reason": reason, "written": request.POST.get("text", "")}
    return render(request, "priorities/closed.html", context, status=409)


def restarted(form: SummaryForm, current: ContextSummary) -> SummaryForm:
    """The writer's own text, to be saved over the version that came in between."""
    return SummaryForm(initial={"text": form.cleaned_data["text"], "version": current.version})


def preview(text: str) -> narrative.Narrative:
    return narrative.render(text, figures=figures_in([text]), citations=citations_in([text]), doc_id="preview")


@allow(Permission.READ)
def summary_versions(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Every version of a context summary, with who wrote it and when."""
    cycle, priority, summary = asked_summary(request, slug)
    versions = summary.versions.all() if summary.pk else []
    context = {"cycle": cycle, "priority": priority, "summary": summary, "versions": versions}
    return render(request, "priorities/summary_versions.html", context)


@allow(Permission.READ)
def acronyms(request: HttpRequest) -> HttpResponse:
    """Short forms and what they stand for."""
    return render(request, "priorities/acronyms.html", {"acronyms": Acronym.objects.all()})
