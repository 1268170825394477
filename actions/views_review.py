"""What partners have changed, for the coordinator; and the thread of an action."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.contributing import without_a_lead
from actions.forms_action import NameForm, RemarkForm
from actions.models import Action
from actions.remarks import may_remark, say, thread, unanswered
from actions.review import changed_since, look_at
from actions.undoing import versions_told
from actions.views import asked_action, refused
from actions.words import moment
from actions.writers import Writer, writer
from priorities.cycles import open_cycle_for
from priorities.models import ReportingCycle
from priorities.states import Refused


@allow(Permission.UPDATE_ANY_ACTION, "GET", "POST")
def progress_changes(request: HttpRequest) -> HttpResponse:
    """Everything that was saved since the coordinator last looked at it, word by word; and that they have."""
    cycle = open_cycle_for()
    if request.method == "POST" and cycle is not None:
        try:
            seen = look_at(cycle=cycle, versions=versions_told(request.POST.get("seen", "")), actor=person(request))
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            if not seen:
                messages.info(request, "It has been saved again since. Look at it once more.")
        return redirect("progress_changes")
    context = {
        "cycle": cycle,
        "changed": changed_since(cycle) if cycle else [],
        "added": [(each, moment(each.at)) for each in without_a_lead(cycle)] if cycle else [],
        "threads": [(remark, moment(remark.at)) for remark in unanswered(cycle)] if cycle else [],
    }
    return render(request, "actions/changes.html", context)


@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def action_remarks(request: HttpRequest, key: str) -> HttpResponse:
    """The thread of an action, for those who take part in it."""
    action, cycle = asked_action(request, key)
    user = person(request)
    if not may_remark(user, action):
        return refused(request, user, action, cycle)
    return remarks_page(request, action, cycle, writer(user))


def remarks_page(
    request: HttpRequest, action: Action, cycle: ReportingCycle, by: Writer, back: str = ""
) -> HttpResponse:
    """The thread for somebody who takes part in it. Who has not signed in says their name, and came from `back`."""
    posted = request.POST if request.method == "POST" else None
    form, who = RemarkForm(posted), None if by.user else NameForm(posted)
    problems: list[tuple[str, str]] = []
    if posted is not None and all([form.is_valid(), who is None or who.is_valid()]):
        try:
            say(action=action, cycle=cycle, text=form.cleaned_data["text"], by=who.named(by) if who else by)
        except ValidationError as problem:
            form.add_error("text", problem)
        else:
            return redirect(request.get_full_path())
    if posted is not None:
        problems = form.problems + (who.problems if who else [])
    context = {
        "action": action,
        "cycle": cycle,
        "remarks": [(remark, moment(remark.at)) for remark in thread(action)],
        "form": form,
        "who": who,
        "problems": problems,
        "back": back,
    }
    return render(request, "actions/remarks.html", context, status=422 if problems else 200)
