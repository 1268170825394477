"""My actions: one form for everything that one's partner leads or is named in; and who leads an action."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from accounts.unsent import keeps_unsent
from accounts.unsent import take as take_unsent
from actions.answering import answered, brought_back, closed, keep_what_was_typed, kept_in_passing, page
from actions.desks import Desk, desk_of, partners_for
from actions.drafts import NewerDraft
from actions.forms_action import LeadForm
from actions.leads import CannotTake, first_named, give, take, why_not_lead
from actions.models import Action
from actions.sheeting import sheet_file, sheet_page
from priorities.cycles import cycles, open_cycle_for
from priorities.states import Refused


@keeps_unsent
@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def my_actions(request: HttpRequest) -> HttpResponse:
    """Write about everything one's partner leads or is named in, and save it at once."""
    desk = desk_of(request)
    if desk is None:
        return nowhere(request)
    if request.method != "POST":
        typed = take_unsent(request, person(request))
        return brought_back(request, desk, typed) if typed else page(request, desk)
    try:
        return took(request, desk) if "take" in request.POST else answered(request, desk)
    except Refused as reason:
        return closed(request, desk, reason)


def nowhere(request: HttpRequest) -> HttpResponse:
    """There is nothing to write in: no report is open, or the coordinator has yet to say for whom."""
    cycle = open_cycle_for()
    may_choose = cycle is not None and person(request).may(Permission.UPDATE_ANY_ACTION)
    context = {
        "cycle": cycle,
        "partners": partners_for(person(request), cycle) if cycle and may_choose else (),
        "latest": next(iter(cycles()), None),
    }
    return render(request, "actions/mine_none.html", context)


@allow(Permission.UPDATE_ACTIONS, "POST")
def my_actions_draft(request: HttpRequest) -> HttpResponse:
    """Keep what has been typed so far, for the script of the page."""
    desk = desk_of(request)
    if desk is None:
        return JsonResponse({}, status=409)
    return kept_in_passing(request, desk)


@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def my_actions_sheet(request: HttpRequest) -> HttpResponse:
    """Fill in one's actions as a spreadsheet: download it, upload it, see what it changes."""
    desk = desk_of(request)
    return nowhere(request) if desk is None else sheet_page(request, desk)


@allow(Permission.UPDATE_ACTIONS)
def my_actions_sheet_file(request: HttpRequest) -> HttpResponse:
    """The spreadsheet of one's actions."""
    desk = desk_of(request)
    return nowhere(request) if desk is None else sheet_file(desk)


def took(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the lead of an action from within the form, without losing what was typed in it."""
    action = get_object_or_404(Action, key=request.POST["take"], priority__agreement=desk.cycle.agreement)
    try:
        keep_what_was_typed(desk, request.POST.dict())
        take(action=action, lead=desk.partner, actor=person(request))
    except NewerDraft:
        messages.warning(request, "A newer draft of another device is kept. Look at it first.")
    except CannotTake as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, f"{desk.partner} now leads '{action}'.")
    return redirect(desk.url)


@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def action_lead(request: HttpRequest, key: str) -> HttpResponse:
    """Take the lead of an action that has none; the coordinator gives it to any partner."""
    actions = Action.objects.select_related("priority", "lead").prefetch_related("partners")
    action, user = get_object_or_404(actions, key=key), person(request)
    gives = user.may(Permission.UPDATE_ANY_ACTION)
    lead = first_named(user, action)
    reason = "" if gives else why_not_lead(user, action, lead)
    form = LeadForm(request.POST if request.method == "POST" and gives else None, action=action)
    if request.method == "POST" and not reason and (not gives or form.is_valid()):
        try:
            if gives:
                give(action=action, lead=form.cleaned_data["lead"], actor=user)
            else:
                take(action=action, lead=lead, actor=user)
        except CannotTake as found:
            reason = str(found)
        else:
            messages.success(request, "It is kept who leads this action.")
            return redirect("action_detail", key=key)
    context = {"action": action, "form": form, "gives": gives, "reason": reason, "partner": lead}
    status = 409 if reason else 422 if form.errors else 200
    return render(request, "actions/lead.html", context, status=status)
