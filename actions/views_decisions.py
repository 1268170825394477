"""Decisions: what was asked of the governing group, and what it answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.decisions import answer, ask, decisions, withdraw
from actions.forms_decisions import AnswerForm, AskForm, WithdrawForm
from actions.models import Decision
from priorities.cycles import cycle_for, open_cycle_for
from priorities.models import ReportingCycle
from priorities.states import Refused


@allow(Permission.READ)
def decision_list(request: HttpRequest) -> HttpResponse:
    """Every question, the open ones first."""
    listed = list(decisions())
    context = {
        "open": [each for each in listed if each.is_open],
        "settled": [each for each in listed if not each.is_open],
        "may_record": person(request).may(Permission.RECORD_DECISIONS),
    }
    return render(request, "actions/decisions.html", context)


@allow(Permission.RECORD_DECISIONS, "GET", "POST")
def decision_ask(request: HttpRequest) -> HttpResponse:
    """Put a question to the meeting of the report that is open; where none is, the latest says why not."""
    try:
        cycle = open_cycle_for() or cycle_for(None)
    except ReportingCycle.DoesNotExist as missing:
        raise Http404("There is no report yet.") from missing
    form = AskForm(request.POST or None, cycle=cycle, asked_by=cycle.agreement.working_group)
    context = {"form": form, "title": "Ask for a decision", "caption": cycle.title, "button": "Ask"}

    def keep() -> str:
        said = form.cleaned_data
        ask(
            cycle=cycle,
            question=said["question"],
            asked_by=said["asked_by"],
            actor=person(request),
            **form.chosen,  # type: ignore[arg-type]
        )
        return "The question is kept."

    return settle(request, form, keep, context)


@allow(Permission.RECORD_DECISIONS, "GET", "POST")
def decision_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was decided, or put an answer right."""
    decision = get_object_or_404(decisions(), pk=pk)
    form = AnswerForm(request.POST or None, decision=decision)

    def keep() -> str:
        answer(decision=decision, actor=person(request), **form.cleaned_data)
        return "The answer is kept."

    return settle(request, form, keep, about(decision, form, title="What was decided?", button="Save"))


@allow(Permission.RECORD_DECISIONS, "GET", "POST")
def decision_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer ask a question."""
    decision = get_object_or_404(decisions(), pk=pk)
    form = WithdrawForm(request.POST or None)

    def keep() -> str:
        withdraw(decision=decision, why=form.cleaned_data["why"], actor=person(request))
        return "The question is withdrawn."

    return settle(request, form, keep, about(decision, form, title="Withdraw a question", button="Withdraw"))


def about(decision: Decision, form: forms.Form, *, title: str, button: str) -> dict[str, Any]:
    return {"form": form, "decision": decision, "title": title, "button": button, "caption": decision.cycle.title}


def settle(request: HttpRequest, form: forms.Form, keep: Callable[[], str], context: dict[str, Any]) -> HttpResponse:
    """Do what a valid form asks and go back to the list; else show the form with what has to be put right."""
    if request.method == "POST" and form.is_valid():
        try:
            said = keep()
        except (ValidationError, Refused) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, said)
            return redirect("decision_list")
    return render(request, "actions/decision_form.html", context)
