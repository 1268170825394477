"""The site's addresses, and beside them the pages that ours are measured against."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts.guards import allow
from accounts.roles import Permission
from indicators.analysis.reading import read
from indicators.charts import chart
from reports import once, views


@cache
def filler(size: int) -> bytes:
    return b"x" * size


@allow(Permission.READ)
def bare(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as asked for, behind the same middleware: the session and the person, and nothing else."""
    request.user.is_active  # noqa: B018  The person is read from the database when first asked for.
    return HttpResponse(filler(size))


@allow(Permission.READ)
def naive(request: HttpRequest, slug: str) -> Any:
    """The page of a priority as it would be without anything held ready: every figure, reading and chart made for
    this one reader."""
    for held in (read, chart.drawn):
        held.cache_clear()
    once.BUILT.clear()
    return views.priority_detail(request, slug)


urlpatterns = [
    path("bench/bare/<int:size>/", bare),
    path("bench/naive/<slug:slug>/", naive),
    path("", include("csa_dashboard.urls")),
]
