"""Analysts say how figures are judged: a form, what it would change, then 'Record this change'."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.forms_judging import FORMS, DefinitionForm, JudgingForm, WithdrawForm
from indicators.judged_changes import Change, preview_of
from indicators.judged_facts import linked_to
from indicators.judging import NAMES, CannotRecord, record
from indicators.models import Indicator

ADD = {
    "recording-change": "Record a change in recording",
    "new-start": "Start the limits anew",
    "target": "Set a target",
    "event": "Add an event",
}
HINTS = {
    "recording-change": "Figures before it are then not compared with those after it, and limits begin anew.",
    "new-start": "The usual range is then worked out from this period on. Figures are still compared across it.",
    "target": "How reliably it is met is then told beside the reading.",
    "event": "It is then shown beside the figures. Nothing is computed with it.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: what the page is called, about which indicator, and a hint."""

    title: str
    indicator: Indicator
    hint: str = ""

    @property
    def address(self) -> str:
        """Where they came from, and go back to."""
        return reverse("indicator_detail", kwargs={"slug": self.indicator.slug})


@allow(Permission.JUDGE, "GET", "POST")
def indicator_definition(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit what an indicator is; the figures stay."""
    indicator = get_object_or_404(Indicator, slug=slug)
    form = DefinitionForm(request.POST or None, indicator=indicator, by_name=person(request).name)
    return proposed(request, form, Place("Edit the definition", indicator))


@allow(Permission.JUDGE, "GET", "POST")
def judging_add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Something new about how the figures of an indicator are judged."""
    indicator = get_object_or_404(Indicator, slug=slug)
    form = form_of(kind)(request.POST or None, indicator=indicator, by_name=person(request).name)
    return proposed(request, form, Place(ADD[kind], indicator, HINTS[kind]))


@allow(Permission.JUDGE, "GET", "POST")
def judging_change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Other words for something recorded. What is withdrawn is not found: it stays as it is."""
    row = in_force(kind, pk)
    indicator = come_from(request, row)
    form = form_of(kind)(request.POST or None, indicator=indicator, by_name=person(request).name, row=row)
    return proposed(request, form, Place(f"Change this {NAMES[type(row)]}", indicator, HINTS[kind]))


@allow(Permission.JUDGE, "GET", "POST")
def judging_withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What withdrawing would change; with a reason, it is done. What was recorded stays, with the mark."""
    row = in_force(kind, pk)
    place = Place(f"Withdraw this {NAMES[type(row)]}?", come_from(request, row))
    form = WithdrawForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return recorded(request, form.change(row), place)
        except CannotRecord as refused:
            problem = str(refused)
    preview = preview_of(Change(row, None, tuple(linked_to(row))))
    context = {"form": form, "place": place, "preview": preview, "problem": problem}
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "indicators/judging_withdraw.html", context, status=status)


def proposed(request: HttpRequest, form: JudgingForm, place: Place) -> HttpResponse:
    """The form; once it is filled in, what it would change; and once that was seen, its record."""
    context: dict[str, Any] = {"form": form, "place": place}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "indicators/judging_form.html", context, status=422 if form.errors else 200)
    problem = ""
    if "seen" in request.POST:
        try:
            return recorded(request, form.change, place)
        except CannotRecord as refused:
            problem = str(refused)
    context |= {"preview": preview_of(form.change), "problem": problem}
    return render(request, "indicators/judging_preview.html", context, status=409 if problem else 200)


def recorded(request: HttpRequest, change: Change, place: Place) -> HttpResponse:
    """Record what was seen, and go back to the indicator. Raises CannotRecord."""
    event = record(change=change, seen=request.POST.get("seen", ""), actor=person(request))
    messages.success(request, event.sentence)
    return redirect(f"{place.address}#judged")


def form_of(kind: str) -> type[JudgingForm]:
    if kind not in FORMS:
        raise Http404("There is no such thing to record.")
    return FORMS[kind]


def in_force(kind: str, pk: int) -> Any:
    """Something recorded that nobody has withdrawn."""
    return get_object_or_404(form_of(kind)._meta.model.objects.in_force(), pk=pk)


def come_from(request: HttpRequest, row: Any) -> Indicator:
    """Of the indicators that something is for, the one that the address names; else the first."""
    linked = linked_to(row)
    return next((each for each in linked if each.slug == request.GET.get("from")), linked[0])
