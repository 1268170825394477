"""The action plan: the list, one action, and updating its progress."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django_tables2 import RequestConfig

from accounts.guards import allow, person
from accounts.models import User
from accounts.roles import Permission
from accounts.unsent import keeps_unsent, mark_of, take
from actions.forms import FilterForm, ProgressForm
from actions.forms_mine import ViaForm
from actions.history import history_of
from actions.leads import first_named, why_not_lead
from actions.lines import ActionLine
from actions.mine import Led, alone
from actions.models import Action, Contribution, ProgressEntry
from actions.plan import chosen, line_for, plan_for
from actions.remarks import may_remark
from actions.rules import may_update, partners_to_enter_for, reason_for_refusal, writers_of
from actions.sending_back import waiting
from actions.services import Conflict, entry_for, save_progress
from actions.tables import ActionTable
from actions.text import blocks
from actions.words import moment
from actions.writers import Writer
from priorities.cycles import cycle_for, cycles, cycles_of, why_closed_to
from priorities.models import ReportingCycle
from priorities.states import Refused

ROWS_ON_A_PAGE = 100


def asked_cycle(request: HttpRequest) -> ReportingCycle:
    """The report that the address names, or the latest."""
    try:
        return cycle_for(request.GET.get("cycle") or None)
    except ReportingCycle.DoesNotExist as missing:
        raise Http404("There is no report of that name.") from missing


def asked_action(request: HttpRequest, key: str) -> tuple[Action, ReportingCycle]:
    """The action of that key and the report it is shown for: the one that the address names, else the latest, or where
    that is of another agreement, the latest of the action's own, as if the address had named it."""
    cycle = asked_cycle(request)
    actions = Action.objects.select_related("priority", "lead", "continues__priority__agreement")
    action = get_object_or_404(actions.prefetch_related("partners"), key=key)
    if action.priority.agreement_id != cycle.agreement_id and not request.GET.get("cycle"):
        cycle = cycles_of(action.priority.agreement_id).first() or cycle
        request.GET = QueryDict(f"cycle={cycle.slug}")
    if action.priority.agreement_id != cycle.agreement_id:
        raise Http404("The action is of another agreement than the report.")
    return action, cycle


def suffix_of(request: HttpRequest, cycle: ReportingCycle) -> str:
    """What keeps an address on the report that was asked for."""
    return f"?cycle={cycle.slug}" if request.GET.get("cycle") else ""


@allow(Permission.READ)
def action_list(request: HttpRequest) -> HttpResponse:
    """Every action of the agreement, filtered and sorted."""
    listed = cycles()
    if not listed:
        return render(request, "actions/none.html")
    cycle, user = asked_cycle(request), person(request)
    lines = plan_for(None, cycle)
    form = FilterForm(request.GET, lines=lines, own=user.partner.name if user.partner else "")
    shown = matching(lines, form, user)
    table = ActionTable(shown, request=request)
    RequestConfig(request, paginate={"per_page": ROWS_ON_A_PAGE}).configure(table)
    context = {
        "cycle": cycle,
        "cycles": listed,
        "form": form,
        "table": table,
        "shown": len(shown),
        "total": len(lines),
        "updated": sum(1 for line in shown if line.is_updated),
        "suffix": suffix_of(request, cycle),
    }
    return render(request, "actions/list.html", context)


def matching(lines: list[ActionLine], form: FilterForm, user: User) -> list[ActionLine]:
    """The lines that the form asks for. What it asks for that does not exist counts for nothing."""
    form.is_valid()
    said = form.cleaned_data
    return chosen(
        lines,
        priority=said.get("priority", ""),
        partner=said.get("partner", ""),
        status=said.get("status", ""),
        own=user.partner.slug if said.get("mine") and user.partner else "",
    )


@allow(Permission.READ)
def action_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One action: who, what has happened, what it delivered, and how its account came about."""
    action, cycle = asked_action(request, key)
    user = person(request)
    context = {
        "cycle": cycle,
        "line": line_for(action, cycle),
        "history": history_of(action),
        "continues": action.continues,
        "carried_on": Action.objects.filter(continues=action).select_related("priority__agreement").first(),
        "may_update": may_update(user, action),
        "closed": why_closed_to(user, cycle),
        "may_lead": user.may(Permission.UPDATE_ANY_ACTION) or not why_not_lead(user, action, first_named(user, action)),
        "may_remark": may_remark(user, action),
        "contributions": Contribution.objects.filter(action=action, cycle=cycle).select_related("partner"),
        "links": action.links.order_by("pk"),
        "files": action.attachments.order_by("pk"),
        "sent_back": waiting(action, cycle),
        "suffix": suffix_of(request, cycle),
    }
    return render(request, "actions/detail.html", context)


@keeps_unsent
@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def action_update(request: HttpRequest, key: str) -> HttpResponse:
    """Write what has happened on an action. Whoever saves second is shown both texts."""
    action, cycle = asked_action(request, key)
    user = person(request)
    if not may_update(user, action):
        return refused(request, user, action, cycle)
    if reason := why_closed_to(user, cycle):
        return closed(request, action, cycle, reason)
    entry, among = entry_for(action, cycle), partners_to_enter_for(user, action, cycle)
    posted: Mapping[str, str] | None = request.POST if request.method == "POST" else None
    if typed := take(request, user):
        messages.info(request, "You had been signed out, so nothing was saved. What you typed is in the boxes.")
        posted = typed
    form = ProgressForm(posted, entry=entry)
    who = ViaForm(posted, partners=among, via=ViaForm.TIDIED) if among else None
    part = alone(action, cycle, data=posted) if cycle.is_open else None
    if posted is None:
        return update_page(request, entry, form, who, part)
    beside = part.form if part and part.form.is_bound else None
    is_whole = all(each is None or each.is_valid() for each in (form, who, beside))
    if typed or not is_whole:
        return update_page(request, entry, form, who, part, status=200 if typed else 422)
    said = form.cleaned_data
    try:
        save_progress(
            action=action,
            cycle=cycle,
            text=said["text"],
            status=said["status"],
            reason=said["reason"],
            nothing_new=said["nothing_new"],
            expected_version=said["version"],
            actor=Writer(user.name, user, who.partner, who.answer) if who else user,
            beside=beside.answer if beside else None,
        )
    except Conflict as conflict:
        theirs = conflict.current
        yours = {name: said[name] for name in ("text", "status", "reason", "nothing_new")}
        form = ProgressForm(entry=theirs, **yours)
        return update_page(request, theirs, form, who, part, status=409, theirs=theirs)
    except Refused as reason:
        return closed(request, action, cycle, str(reason))
    return saved(request, action, cycle)


def update_page(
    request: HttpRequest,
    entry: ProgressEntry,
    form: ProgressForm,
    who: ViaForm | None = None,
    part: Led | None = None,
    *,
    status: int = 200,
    theirs: ProgressEntry | None = None,
) -> HttpResponse:
    """The form; with what somebody else saved in between, where there is such a thing."""
    context = {
        "action": entry.action,
        "cycle": entry.cycle,
        "entry": entry,
        "sent_back": waiting(entry.action, entry.cycle),
        "form": form,
        "who": who,
        "whose": mark_of(person(request)),
        "part": part,
        "problems": [problem for each in (form, who, part and part.form) if each for problem in each.problems],
        "version": form.began_from,
        "suffix": suffix_of(request, entry.cycle),
        "theirs": theirs,
        "their_account": blocks(theirs.text) if theirs else (),
        "their_time": moment(theirs.updated_at) if theirs and theirs.version else "",
    }
    return render(request, "actions/update.html", context, status=status)


def refused(request: HttpRequest, user: User, action: Action, cycle: ReportingCycle) -> HttpResponse:
    """Why this person may not update this action, and who may."""
    context = {
        "action": action,
        "reason": reason_for_refusal(user, action),
        "writers": [name for _, name in writers_of(action)],
        "suffix": suffix_of(request, cycle),
    }
    return render(request, "actions/refused.html", context, status=403)


def closed(request: HttpRequest, action: Action, cycle: ReportingCycle, reason: str) -> HttpResponse:
    """Why nothing can be written in the report now. What was written is shown, to be copied."""
    context = {
        "about": action.title,
        "cycle": cycle,
        "reason": reason,
        "written": request.POST.get("text", ""),
        "page": f"{reverse('action_detail', args=[action.key])}{suffix_of(request, cycle)}",
    }
    return render(request, "priorities/closed.html", context, status=409)


def saved(request: HttpRequest, action: Action, cycle: ReportingCycle) -> HttpResponse:
    """Back to the action, with a link to its priority."""
    suffix = suffix_of(request, cycle)
    page = reverse("action_detail", args=[action.key])
    messages.success(
        request,
        format_html(
            'The progress is saved. <a class="govuk-notification-banner__link" href="{}">View {}</a>',
            f"{reverse('priority_detail', args=[action.priority.slug])}{suffix}#actions",
            action.priority.title,
        ),
    )
    return redirect(f"{page}{suffix}")
