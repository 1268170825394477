"""Reports as they were issued. The main content of these pages is drawn from the frozen text alone; what is known of it
besides, such as a correction, stands around it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response

from accounts.guards import person
from accounts.models import User
from accounts.roles import Permission
from actions.tables import IssuedActionTable, PriorityActionTable
from priorities.cycles import open_cycle_for
from priorities.models import ReportingCycle
from reports import downloads
from reports.addresses import Issued
from reports.current import report_for
from reports.drawn import drawn
from reports.editions import Edition, Later, NotShown, edition_of, report_of, text_of
from reports.links import LinkHasEnded, opened
from reports.models import PublishedReport
from reports.report import FigureLine, Report
from reports.revised import revised

View = Callable[..., HttpResponse]
OK, GONE, UNAVAILABLE = 200, 410, 503
WORK = (Permission.UPDATE_ACTIONS, Permission.WRITE_SUMMARIES, Permission.USE_EXTRACTS, Permission.RUN_REPORTS)
OVERVIEW = "reports/_overview.html"
NO_FIGURE = "There is no figure of that name in this report."
# The version of the pages themselves: when their templates were last changed.
PAGES_OF = max(int(path.stat().st_mtime) for path in (settings.BASE_DIR / "templates").rglob("*.html"))


class NotInEdition(Exception):
    """An edition has no figure of that name."""


@dataclass(frozen=True, slots=True)
class Found:
    """An edition as a reader came to it: `signed_in` says whether they may see more than the report."""

    edition: Edition
    report: Report
    signed_in: bool


# --- the ways to an edition ------------------------------------------------------------------


def by_name(request: HttpRequest, report: str, edition: int | None = None) -> Edition:
    """An edition of a report, the last where none is named."""
    found = edition_of(report, edition)
    if found is None:
        raise Http404("No such report has been issued.")
    return found


def if_public(request: HttpRequest, report: str) -> Edition:
    """The last edition of a report that somebody made public, or the mark that it left when it was withdrawn; nobody is
    told of others."""
    found = edition_of(report)
    if found is not None and found.is_public:
        return found
    withdrawn = [each for each in found.editions if was_public(each)] if found else []
    if not withdrawn:
        raise Http404("No such report is public.")
    return by_name(request, report, withdrawn[0].edition)


def was_public(published: PublishedReport) -> bool:
    """Whether anyone could read this edition until it was withdrawn."""
    return hasattr(published, "withdrawal") and published.withdrawal.was_public


def by_link(request: HttpRequest, token: str) -> Edition:
    """The edition that a link for a meeting was made for. Raises LinkHasEnded."""
    published = opened(request, token)
    if published is None:
        raise Http404("There is no such link.")
    return by_name(request, published.cycle.slug, published.edition)


def page(way: Callable[..., Edition], draw: View, *, is_file: bool = False) -> View:
    """A page of an issued report, or a file, that is come to in that way. One that was withdrawn is only a mark.
    Whoever has it already is told that it is unchanged, without drawing it again."""

    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        part = {name: parts.pop(name) for name in ("priority", "figure") if name in parts}
        try:
            edition = way(request, **parts)
        except LinkHasEnded as ended:
            return render(request, "reports/link_ended.html", {"link": ended.link}, status=GONE)
        signed_in = way is by_name
        if edition.is_withdrawn:
            context = {"edition": edition, "signed_in": signed_in}
            return render(request, "reports/withdrawn.html", context, status=GONE)
        headers = {} if way is by_link else kept(request, edition, way is if_public, is_file)
        known = get_conditional_response(request, headers.get("ETag"), response=HttpResponse(headers=headers))
        if known is not None and known.status_code != OK:
            return known
        try:
            report = report_of(edition.published, signed_in=signed_in)
        except NotShown as problem:
            context = {"edition": edition, "is_later": isinstance(problem, Later)}
            return render(request, "reports/not_shown.html", context, status=UNAVAILABLE)
        try:
            response = draw(request, Found(edition, report, signed_in), **part)
        except NotInEdition:
            if not signed_in or "edition" in parts:
                raise Http404(NO_FIGURE) from None
            return in_an_earlier_edition(request, edition, part["figure"])
        for name, value in headers.items():
            response.headers[name] = value
        return response

    return view


def in_an_earlier_edition(request: HttpRequest, edition: Edition, figure: str) -> HttpResponse:
    """On to the last edition before that has a figure: its address stays when a correction leaves it out."""
    slug = edition.cycle.slug
    rest = request.path.removeprefix(reverse("issued_overview", args=[slug]))
    for earlier in edition.editions[1:]:
        with suppress(NotShown):
            if not hasattr(earlier, "withdrawal") and report_of(earlier).line(figure):
                return redirect(reverse("edition_overview", args=[slug, earlier.edition]) + rest)
    raise Http404(NO_FIGURE)


def kept(request: HttpRequest, edition: Edition, is_public: bool, is_file: bool) -> dict[str, str]:
    """How an answer may be kept by whoever asks each time whether it is still current, and what tells it from another:
    of a file, which comes from the text alone, its SHA-256; of a page also what stands around that text, which is who
    reads it, the state of everything shown, and the version of the pages."""
    tag = edition.published.sha256
    if not is_file:
        tag += f".{edition.state[:16]}.{request.user.pk or 0}.{PAGES_OF}.{len(get_messages(request))}"
    is_everyones = is_public and (is_file or not request.user.is_authenticated)
    return {"ETag": f'"{tag}"', "Cache-Control": f"{'public' if is_everyones else 'private'}, no-cache"}


# --- the pages -------------------------------------------------------------------------------


def draw(request: HttpRequest, found: Found, part: str, heading: str, root: str, **values: Any) -> HttpResponse:
    """One of the pages."""
    shown = getattr(values.get("priority"), "slug", "") or getattr(values.get("line"), "id", "")
    content = {"issued": True, "report": found.report, "addresses": Issued(root)} | values
    key = (found.edition.published.sha256, found.signed_in, root, shown)
    context = {
        "content": drawn(request, part, key, lambda: content),
        "found": found,
        "edition": found.edition,
        "report": found.report,
        "heading": heading,
        "root": root,
        "up": "" if part == OVERVIEW else root,
        "revisions": revisions(found) if found.signed_in else (),
        "may_step": may(request, Permission.ISSUE_REPORTS),
        "may_run": may(request, Permission.RUN_REPORTS),
    }
    return render(request, "reports/issued.html", context | values)


def may(request: HttpRequest, permission: Permission) -> bool:
    return isinstance(request.user, User) and request.user.may(permission)


def revisions(found: Found) -> tuple[Any, ...]:
    """The figures of the report that are others now, by what the last report of all says: it alone shows all that has
    come in."""
    last = ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk")[0]
    return revised(found.report, report_for(last))


def overview(request: HttpRequest, found: Found, root: str = "", **values: Any) -> HttpResponse:
    return draw(request, found, OVERVIEW, f"Community safety in {found.report.place}", root, **values)


def home(request: HttpRequest, report: str) -> HttpResponse:
    """The last report that was issued, as the first page of the site; those who work on the next find its draft."""
    draft = open_cycle_for() if any(person(request).may(permission) for permission in WORK) else None
    first = partial(overview, root=f"reports/{report}/", draft=draft)
    return page(by_name, first)(request, report=report)


def introduction(request: HttpRequest, found: Found) -> HttpResponse:
    return draw(request, found, "reports/_introduction.html", "Introduction", "../")


def priority(request: HttpRequest, found: Found, priority: str) -> HttpResponse:
    context = priority_context(request, found.report, priority, IssuedActionTable)
    return draw(request, found, "reports/_priority.html", context["priority"].title, "../../", **context)


def priority_context(
    request: HttpRequest, report: Report, slug: str, table: type[PriorityActionTable] = PriorityActionTable
) -> dict[str, Any]:
    """What the page of a priority needs, of one that is written as of one that was issued."""
    shown = report.priority(slug)
    if shown is None:
        raise Http404("There is no priority of that name.")
    index = report.priorities.index(shown)
    return {
        "priority": shown,
        "table": table(shown.actions, request=request),
        "before": report.priorities[index - 1] if index else None,
        "after": report.priorities[index + 1] if index + 1 < len(report.priorities) else None,
    }


def figure(request: HttpRequest, found: Found, figure: str) -> HttpResponse:
    """One indicator of the report: what is said of it, its chart, and every figure behind it."""
    line = line_of(found, figure)
    used_in = [each for each in found.report.priorities if line.id in {other.id for other in each.lines}]
    chart = found.report.chart(line.id)
    return draw(
        request, found, "reports/_figure_page.html", line.name, "../../", line=line, chart=chart, used_in=used_in
    )


# --- the files -------------------------------------------------------------------------------


def figure_csv(request: HttpRequest, found: Found, figure: str) -> HttpResponse:
    line = line_of(found, figure)
    name = f"{found.report.slug}-edition-{found.edition.published.edition}-{line.id}.csv"
    return file(downloads.figure_csv(line), "text/csv; charset=utf-8", name)


def figure_json(request: HttpRequest, found: Found, figure: str) -> HttpResponse:
    line, published = line_of(found, figure), found.edition.published
    name = f"{found.report.slug}-edition-{published.edition}-{line.id}.json"
    said = downloads.figure_json(found.report, published.sha256, line)
    return file(said.encode(), "application/json", name)


def text(request: HttpRequest, found: Found) -> HttpResponse:
    """Exactly the bytes that were frozen."""
    name = f"{found.report.slug}-edition-{found.edition.published.edition}.json"
    return file(text_of(found.edition.published).encode(), "application/json", name)


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def line_of(found: Found, figure: str) -> FigureLine:
    line = found.report.line(figure)
    if line is None:
        raise NotInEdition
    return line
