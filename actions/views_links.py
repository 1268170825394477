"""Links for partners without accounts: for the coordinator who makes them, and for whoever opens one.

A link opens the form of one partner's actions for one report, with the files and threads of these; it signs nobody in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.adapter import client_address
from accounts.guards import allow, anyone, person
from accounts.limits import within
from accounts.roles import Permission
from actions.answering import answered, closed, kept_in_passing, page
from actions.desks import desk_by_link
from actions.forms_action import PartnerLinkForm
from actions.mine import all_of, led_by
from actions.models import Attachment, PartnerLink
from actions.partner_links import count_use, found_by, make_link, revoke_link, why_over
from actions.sheeting import sheet_file, sheet_page
from actions.views_files import files_page, sent
from actions.views_review import remarks_page
from actions.words import moment
from priorities.cycles import open_cycle_for
from priorities.states import Refused

# Nobody guesses a token; whoever tries is slowed down, and so is a link that is used faster than people type.
GUESSES_A_MINUTE, REQUESTS_A_MINUTE = 20, 120

LinkView = Callable[..., HttpResponseBase]


def by_link(view: LinkView) -> LinkView:
    """Find the link of the token in the address. Whoever guesses soon has to wait; what is over says so."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **rest: Any) -> HttpResponseBase:
        link = found_by(token)
        if link is None:
            if not within("unknown-link", client_address(request), most=GUESSES_A_MINUTE):
                return render(request, "429.html", status=429)
            raise Http404("There is no such link.")
        if not within("link", link.token_hash, most=REQUESTS_A_MINUTE):
            return render(request, "429.html", status=429)
        if reason := why_over(link):
            return render(request, "actions/link_over.html", {"link": link, "reason": reason}, status=410)
        return view(request, token, link=link, **rest)

    return guarded


def counted(view: LinkView) -> LinkView:
    """Count what is sent by a link, and nothing else, as use of it."""

    @wraps(view)
    def counting(request: HttpRequest, token: str, link: PartnerLink, **rest: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, token, link=link, **rest)
        with transaction.atomic():
            count_use(link)
            return view(request, token, link=link, **rest)

    return counting


@anyone("GET", "POST")
@by_link
@counted
def link_form(request: HttpRequest, token: str, link: PartnerLink) -> HttpResponse:
    """The form of a partner's actions, for whoever has the link."""
    desk = desk_by_link(link, token)
    if request.method != "POST":
        return page(request, desk)
    try:
        with transaction.atomic():
            return answered(request, desk)
    except Refused as reason:
        return closed(request, desk, reason)


@anyone("POST")
@by_link
def link_draft(request: HttpRequest, token: str, link: PartnerLink) -> HttpResponse:
    """Keep what has been typed so far, for the script of the form."""
    return kept_in_passing(request, desk_by_link(link, token))


@anyone("GET", "POST")
@by_link
@counted
def link_files(request: HttpRequest, token: str, link: PartnerLink, key: str) -> HttpResponse:
    """The files of an action that the partner leads."""
    desk = desk_by_link(link, token)
    action = get_object_or_404(led_by(link.partner, link.cycle), key=key)
    return files_page(request, action, link.cycle, desk.writer, desk.url, back_text="Back to your actions")


@anyone("GET", "POST")
@by_link
@counted
def link_remarks(request: HttpRequest, token: str, link: PartnerLink, key: str) -> HttpResponse:
    """The thread of an action that the partner leads or is named in."""
    desk = desk_by_link(link, token)
    action = get_object_or_404(all_of(link.partner, link.cycle), key=key)
    return remarks_page(request, action, link.cycle, desk.writer, desk.url)


@anyone("GET", "POST")
@by_link
def link_sheet(request: HttpRequest, token: str, link: PartnerLink) -> HttpResponse:
    """Fill in the actions as a spreadsheet: download it, upload it, see what it changes."""
    return sheet_page(request, desk_by_link(link, token))


@anyone("GET")
@by_link
def link_sheet_file(request: HttpRequest, token: str, link: PartnerLink) -> HttpResponse:
    """The spreadsheet of the actions."""
    return sheet_file(desk_by_link(link, token))


@anyone("GET")
@by_link
def link_file(request: HttpRequest, token: str, link: PartnerLink, pk: int) -> HttpResponseBase:
    """A file of an action that the partner leads, to be saved."""
    led = led_by(link.partner, link.cycle).values("pk")
    return sent(get_object_or_404(Attachment, pk=pk, action__in=led))


@allow(Permission.RUN_REPORTS, "GET", "POST")
def partner_links(request: HttpRequest) -> HttpResponse:
    """The links of the open report, and making one. Its address is shown once, on the page that answers."""
    cycle = open_cycle_for()
    if cycle is None:
        return render(request, "actions/links.html", {"cycle": None})
    form = PartnerLinkForm(request.POST if request.method == "POST" else None, cycle=cycle)
    context: dict[str, Any] = {"cycle": cycle, "form": form}
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = make_link(partner=said["partner"], cycle=cycle, last_day=said["last_day"], actor=person(request))
        except ValidationError as problem:
            form.add_error("last_day", problem)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            address = request.build_absolute_uri(reverse("link_form", args=[made.token]))
            return render(request, "actions/link_made.html", {"link": made.link, "cycle": cycle, "address": address})
    links = PartnerLink.objects.filter(cycle=cycle).select_related("partner", "cycle")
    context["links"] = [
        {"link": link, "over": why_over(link), "used": moment(link.last_used_at) if link.last_used_at else ""}
        for link in links
    ]
    return render(request, "actions/links.html", context, status=422 if form.errors else 200)


@allow(Permission.RUN_REPORTS, "POST")
def partner_link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a link at once."""
    link = get_object_or_404(PartnerLink.objects.select_related("partner"), pk=pk)
    if revoke_link(link=link, actor=person(request)):
        messages.success(request, f"The link of {link.partner} opens nothing any more.")
    return redirect("partner_links")
