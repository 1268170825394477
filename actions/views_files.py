"""Files of an action: attaching, removing and reading them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.guards import allow, person
from accounts.roles import Permission
from actions.desks import FROM_THE_FORM
from actions.files import LIMITS, attach, content_type, path_of, remove
from actions.forms_action import FileForm
from actions.models import Action, Attachment
from actions.rules import may_update
from actions.views import asked_action, closed, refused, suffix_of
from actions.writers import Writer, writer
from priorities.cycles import why_closed_to
from priorities.models import ReportingCycle
from priorities.states import Refused


@allow(Permission.UPDATE_ACTIONS, "GET", "POST")
def action_files(request: HttpRequest, key: str) -> HttpResponse:
    """The files of an action: attach one, or remove one."""
    action, cycle = asked_action(request, key)
    user = person(request)
    if not may_update(user, action):
        return refused(request, user, action, cycle)
    if reason := why_closed_to(user, cycle):
        return closed(request, action, cycle, reason)
    if form_of := request.GET.get(FROM_THE_FORM):
        back = f"{reverse('my_actions')}?{urlencode({'partner': form_of})}"
        return files_page(request, action, cycle, writer(user), back, "Back to the form")
    back = reverse("action_detail", args=[action.key]) + suffix_of(request, cycle)
    return files_page(request, action, cycle, writer(user), back)


def files_page(
    request: HttpRequest,
    action: Action,
    cycle: ReportingCycle,
    by: Writer,
    back: str,
    back_text: str = "Back to the action",
) -> HttpResponse:
    """The page of somebody who may attach files; `back` is where they came from."""
    is_new = request.method == "POST" and "remove" not in request.POST
    form = FileForm(request.POST, request.FILES) if is_new else FileForm()
    try:
        if "remove" in request.POST:
            pk = request.POST["remove"]
            remove(attachment=get_object_or_404(action.attachments, pk=pk if pk.isdecimal() else 0), by=by)
            messages.success(request, "The file is removed.")
            return redirect(request.get_full_path())
        if is_new and form.is_valid():
            said = form.cleaned_data
            attach(action=action, cycle=cycle, title=said["title"], upload=said["file"], by=by)
            messages.success(request, "The file is attached.")
            return redirect(request.get_full_path())
    except ValidationError as problem:
        form.add_error("file", problem)
    except Refused as reason:
        messages.error(request, str(reason))
    context = {
        "action": action,
        "cycle": cycle,
        "form": form,
        "files": action.attachments.order_by("pk"),
        "limits": LIMITS,
        "back": back,
        "back_text": back_text,
    }
    return render(request, "actions/files.html", context, status=422 if form.errors else 200)


@allow(Permission.READ)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of an action, to be saved: a browser runs and shows nothing of it."""
    return sent(get_object_or_404(Attachment, pk=pk))


def sent(file: Attachment) -> HttpResponseBase:
    try:
        stream = path_of(file.stored).open("rb")
    except FileNotFoundError as gone:
        raise Http404("The file is gone.") from gone
    kind = content_type(file.original_name)
    response = FileResponse(stream, as_attachment=True, filename=file.original_name, content_type=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
