"""The form of all the actions of a partner, for whoever writes at a desk: showing it, and doing what a button asks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Partner
from accounts.unsent import mark_of
from actions.copies import send_copy
from actions.desks import Desk, partners_for
from actions.drafts import NewerDraft, discard_draft, draft_of, keep_draft, settle_draft
from actions.forms_action import NameForm
from actions.forms_mine import ViaForm
from actions.mine import Mine, mine, problems_of
from actions.models import Draft
from actions.services import Saved, save_answers
from actions.undoing import last_save, undo, versions_told
from actions.words import clock, moment
from actions.writers import Writer
from priorities.states import Refused

Problems = list[tuple[str, str]]


def page(
    request: HttpRequest,
    desk: Desk,
    *,
    parts: Mine | None = None,
    who: ViaForm | NameForm | None = None,
    draft: Draft | None = None,
    problems: Problems | None = None,
    newer: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form. Without `parts` it holds what is kept, and what a draft says over it. `newer` is a draft of another
    device that has not been put into the boxes."""
    draft = draft or (None if parts else draft_of(desk.owner))
    said = draft.fields if draft else {}
    parts = parts or mine(desk.partner, desk.cycle, draft=said)
    last = last_save(desk.writer, desk.cycle)
    number = number_of(request.POST) if problems else draft.number if draft else 0
    context = {
        "desk": desk,
        "cycle": desk.cycle,
        "mine": parts,
        "who": who or who_form(desk, draft=said),
        "problems": problems or [],
        "draft": draft if draft and draft.pk else None,
        "draft_time": moment(draft.at) if draft else "",
        "draft_number": number,
        "newer": newer,
        "newer_time": moment(newer.at) if newer else "",
        "last": last,
        "conflicts": [part for part in parts.parts if part.theirs],
        "unsaved": status != 200,
        "saved_at": int(last.at.timestamp() * 1000) if last else 0,
        "now": int(timezone.now().timestamp() * 1000),
        "partners": choices(desk),
        "whose": mark_of(desk.writer.user) if desk.writer.user else "",
    }
    return render(request, "actions/mine.html", context, status=status)


def choices(desk: Desk) -> list[Partner]:
    """The partners one may write for, where there is a choice."""
    offered = list(partners_for(desk.writer.user, desk.cycle)) if desk.writer.user else []
    return offered if len(offered) > 1 else []


def answered(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do what the button asks that was pressed."""
    fields = {name: str(value) for name, value in request.POST.items()}
    if "draft" in fields:
        return drafted(request, desk, fields)
    if "discard" in fields:
        discard_draft(owner=desk.owner, number=number_of(fields))
        messages.success(request, "Your draft is gone. The boxes hold what is saved.")
        return redirect(desk.url)
    if "undo" in fields:
        return undone(request, desk, fields["undo"])
    if "files" in fields:
        return to_files(request, desk, fields["files"])
    return save(request, desk, fields)


def to_files(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Go to the files of an action, without losing what was typed."""
    if key not in {part.key for part in mine(desk.partner, desk.cycle).led}:
        raise Http404("There is no such action here.")
    try:
        keep_what_was_typed(desk, request.POST.dict())
    except NewerDraft:
        messages.warning(request, "A newer draft of another device is kept. Look at it first.")
        return redirect(desk.url)
    return redirect(desk.files_url(key))


def keep_what_was_typed(desk: Desk, fields: Mapping[str, str]) -> None:
    """Before leaving the form for something else: keep a draft of it, if anything was typed. Raises NewerDraft."""
    if any(part.form.has_changed() for part in mine(desk.partner, desk.cycle, data=fields).parts):
        keep_draft(owner=desk.owner, fields=fields, began_from=number_of(fields))


def brought_back(request: HttpRequest, desk: Desk, fields: Mapping[str, str]) -> HttpResponse:
    """The form with what somebody sent after their session had ended, now that they are back: as a draft."""
    try:
        keep_what_was_typed(desk, fields)
    except NewerDraft as found:
        return beside_the_newer(request, desk, fields, found.current)
    messages.info(request, "You had been signed out, so nothing was saved. What you typed is in the boxes.")
    return page(request, desk)


def beside_the_newer(request: HttpRequest, desk: Desk, fields: Mapping[str, str], newer: Draft) -> HttpResponse:
    """The form with what was typed here, where another device has kept a draft since: both are offered."""
    typed = Draft(fields=dict(fields), at=timezone.now(), number=newer.number)
    return page(request, desk, draft=typed, newer=newer, status=409)


def number_of(fields: Mapping[str, str]) -> int:
    """The draft that a form began from; 0 for none."""
    number = fields.get("draft_number", "")
    return int(number) if number.isdecimal() and len(number) < 18 else 0


def drafted(request: HttpRequest, desk: Desk, fields: Mapping[str, str]) -> HttpResponse:
    """Keep a draft because somebody pressed the button. Where another device kept one since, both are offered."""
    try:
        keep_draft(owner=desk.owner, fields=fields, began_from=number_of(fields))
    except NewerDraft as found:
        return beside_the_newer(request, desk, fields, found.current)
    messages.success(request, "Your draft is kept. Nobody else sees it until you save.")
    return redirect(desk.url)


def kept_in_passing(request: HttpRequest, desk: Desk) -> JsonResponse:
    """Keep a draft while somebody types, for the script that asks: its number and time, or those of the newer one."""
    fields = {name: str(value) for name, value in request.POST.items()}
    try:
        draft = keep_draft(owner=desk.owner, fields=fields, began_from=number_of(fields))
    except NewerDraft as found:
        return JsonResponse({"number": found.current.number, "at": clock(found.current.at)}, status=409)
    return JsonResponse({"number": draft.number, "at": clock(draft.at)})


def undone(request: HttpRequest, desk: Desk, told: str) -> HttpResponse:
    saved = undo(cycle=desk.cycle, versions=versions_told(told), by=desk.writer)
    if saved.entries:
        messages.success(request, f"{counted(len(saved.entries))} taken back. The history keeps what you had written.")
    if saved.conflicts or not saved.entries:
        messages.warning(request, "What has been saved again or looked at since cannot be taken back.")
    return redirect(desk.url)


def save(request: HttpRequest, desk: Desk, fields: Mapping[str, str]) -> HttpResponse:
    """Save everything that was written: all that can be, or, where something has to be put right, nothing."""
    parts = mine(desk.partner, desk.cycle, data=request.POST)
    who = who_form(desk, data=request.POST)
    bound = [part for part in parts.parts if part.form.is_bound]
    problems = problems_of(bound) + (who.problems if who else [])
    if problems:
        return page(request, desk, parts=parts, who=who, problems=problems, status=422)
    try:
        saved = save_answers(
            cycle=desk.cycle,
            answers=[part.form.answer for part in parts.led if part.form.is_bound],
            additions=[part.form.answer for part in parts.named if part.form.is_bound],
            by=writer_of(desk, who),
        )
    except ValidationError as wrong:
        return page(request, desk, parts=parts, who=who, problems=[("", text) for text in wrong.messages], status=422)
    unsaved = saved.unsaved
    settle_draft(owner=desk.owner, began_from=number_of(fields), unsaved=unsaved, fields=fields)
    tell(request, desk, saved)
    return page(request, desk, status=409) if unsaved else redirect(desk.url)


def who_form(desk: Desk, **said: Any) -> ViaForm | NameForm | None:
    """What has to be known besides: whose words the coordinator enters, or the name of who came by a link."""
    if desk.enters_for_others:
        return ViaForm(partners=[desk.partner], **said)
    return None if desk.writer.user else NameForm(**said)


def writer_of(desk: Desk, who: ViaForm | NameForm | None) -> Writer:
    """Who writes, by what a valid form says of them."""
    if isinstance(who, ViaForm):
        return replace(desk.writer, via=who.answer)
    if isinstance(who, NameForm):
        return who.named(desk.writer)
    return desk.writer


def tell(request: HttpRequest, desk: Desk, saved: Saved) -> None:
    """Say what was saved, and mail a copy to who asked for one."""
    if not (saved.entries or saved.additions):
        if not (saved.conflicts or saved.addition_conflicts):
            messages.info(request, "Nothing was changed, so nothing is saved.")
        return
    messages.success(request, told(desk, saved))
    user = desk.writer.user
    if "copy" in request.POST and user:
        sent = send_copy(to=user, saved=saved, partner=desk.partner, cycle=desk.cycle)
        messages.info(request, f"A copy is on its way to {user.email}." if sent else "The copy could not be mailed.")


def told(desk: Desk, saved: Saved) -> SafeString:
    """'4 actions updated for June 2019. View Road Safety'."""
    said = []
    if saved.entries:
        said.append(f"{counted(len(saved.entries))} updated for {desk.cycle}.")
    if saved.additions:
        said.append(f"{counted(len(saved.additions))} added to for the lead.")
    if desk.writer.user is None:
        return format_html("{}", " ".join(said))
    priorities = {entry.action.priority.slug: entry.action.priority.title for entry in saved.entries}
    links = (
        (f"{reverse('priority_detail', args=[slug])}?cycle={desk.cycle.slug}#actions", title)
        for slug, title in priorities.items()
    )
    shown = format_html_join(", ", '<a class="govuk-notification-banner__link" href="{}">View {}</a>', links)
    return format_html("{} {}", " ".join(said), shown)


def counted(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


def closed(request: HttpRequest, desk: Desk, reason: Refused) -> HttpResponse:
    """Why nothing can be written in the report now. What was written is shown, to be copied."""
    written = [value for name, value in request.POST.items() if name.endswith(("-text", "-addition")) and value]
    context = {
        "about": desk.partner.name,
        "cycle": desk.cycle,
        "reason": str(reason),
        "written": "\n\n\n".join(str(each) for each in written),
        "page": desk.url,
    }
    return render(request, "priorities/closed.html", context, status=409)
