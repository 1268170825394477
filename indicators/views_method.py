"""How figures are recorded and judged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.guards import allow
from accounts.roles import Permission
from indicators.recording_changes import register


@allow(Permission.READ)
def data_breaks(request: HttpRequest) -> HttpResponse:
    """The register of recording changes."""
    return render(request, "indicators/breaks.html", {"changes": register()})
