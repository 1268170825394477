"""Search over priorities, indicators and actions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guards import allow
from accounts.roles import Permission
from priorities.cycles import cycle_for
from priorities.models import ReportingCycle
from reports.search import LONGEST, search


@allow(Permission.READ)
def search_page(request: HttpRequest) -> HttpResponse:
    """What holds every word that was asked for."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    try:
        groups = search(query, cycle_for(request.GET.get("cycle") or None)) if query else []
    except ReportingCycle.DoesNotExist as missing:
        raise Http404("There is no report to search.") from missing
    found = sum(len(group.results) for group in groups)
    context = {"query": query, "groups": groups, "found": found, "longest": LONGEST}
    return render(request, "reports/search.html", context)
