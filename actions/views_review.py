"""What partners have changed, for the coordinator; and the thread of an action."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.forms_action import RemarkForm
from actions.remarks import may_remark, say, thread
from actions.review import changed_since, look_at
from actions.undoing import versions_told
from actions.views import asked_action, refused, suffix_of
from actions.words import moment
from priorities.cycles import open_cycle_for
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
    return render(request, "actions/changes.html", {"cycle": cycle, "changed": changed_since(cycle) if cycle else []})


@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def action_remarks(request: HttpRequest, key: str) -> HttpResponse:
    """The thread of an action, for those who take part in it."""
    action, cycle = asked_action(request, key)
    user = person(request)
    if not may_remark(user, action):
        return refused(request, user, action, cycle)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            say(action=action, cycle=cycle, text=form.cleaned_data["text"], actor=user)
        except ValidationError as problem:
            form.add_error("text", problem)
        else:
            return redirect(f"{request.path}{suffix_of(request, cycle)}")
    context = {
        "action": action,
        "cycle": cycle,
        "remarks": [(remark, moment(remark.at)) for remark in thread(action)],
        "form": form,
        "suffix": suffix_of(request, cycle),
    }
    return render(request, "actions/remarks.html", context, status=422 if form.errors else 200)
