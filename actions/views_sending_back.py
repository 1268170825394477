"""Sending the progress of one action back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.forms import SendBackForm
from actions.plan import line_for
from actions.sending_back import send_back_progress
from actions.services import Conflict, entry_for
from actions.views import asked_action, suffix_of
from priorities.states import Refused


@allow(Permission.RUN_REPORTS, "GET", "POST")
def action_send_back(request: HttpRequest, key: str) -> HttpResponse:
    """Say what is to be changed in the progress of an action. The partner sees the reason where they update it."""
    action, cycle = asked_action(request, key)
    entry, page = entry_for(action, cycle), f"{reverse('cycle')}?cycle={cycle.slug}#progress"
    form = SendBackForm(request.POST if request.method == "POST" else None, initial={"version": entry.version})
    if form.is_valid():
        said = form.cleaned_data
        try:
            send_back_progress(
                entry=entry, expected_version=said["version"], reason=said["reason"], actor=person(request)
            )
        except ValidationError as problem:
            form.add_error("reason", problem)
        except Refused as refused:
            form.add_error(None, str(refused))
        except Conflict as conflict:
            form = SendBackForm(initial={"reason": said["reason"], "version": conflict.current.version})
            messages.error(
                request, f"{conflict.current.updated_by_name} has saved it since you read it. Read it again."
            )
        else:
            messages.success(request, f"'{action.title}' was sent back.")
            return redirect(page)
    context = {
        "line": line_for(action, cycle),
        "cycle": cycle,
        "form": form,
        "page": page,
        "suffix": suffix_of(request, cycle),
    }
    return render(request, "actions/send_back.html", context, status=422 if form.errors else 200)
