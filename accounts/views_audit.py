"""The trail of changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_tables2 import RequestConfig

from accounts.guards import allow
from accounts.roles import Permission
from accounts.tables import TrailTable
from accounts.trail import TrailForm

EVENTS_ON_A_PAGE = 50


@allow(Permission.READ_AUDIT)
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Who changed what and when, in sentences; by person, by what it is about, by time."""
    form = TrailForm(request.GET)
    table = TrailTable(form.events())
    RequestConfig(request, paginate={"per_page": EVENTS_ON_A_PAGE}).configure(table)
    return render(request, "accounts/audit.html", {"form": form, "table": table})
