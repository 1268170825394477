"""Where a figure comes from."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.added_up import added_up
from indicators.models import Indicator, Observation, SourceEdition
from indicators.origin import origin_of
from indicators.periods import Period, last_day
from indicators.sources import read_in
from indicators.views import asked_area

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@allow(Permission.READ)
def observation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure, the file and line it was read from, and what was held before and after it. A figure of an area that
    its indicator may not be shown for is not found."""
    held = Observation.objects.select_related("indicator", "area", "edition__source", "extract")
    figure = get_object_or_404(held, pk=pk)
    if not figure.indicator.may_show(figure.area):
        raise Http404("There is no such figure here.")
    context = {
        "held": figure,
        "indicator": figure.indicator,
        "area": figure.area,
        "origin": origin_of(figure),
        "may_read_data": person(request).may(Permission.READ_DATA),
    }
    return render(request, "indicators/origin.html", context)


@allow(Permission.READ)
def indicator_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The figure of an indicator for any area and period: the sum of its parts, or else the page of the one held for
    exactly that period. Where there is neither, the answer says so."""
    indicator = get_object_or_404(Indicator.objects.select_related("area"), slug=slug)
    area = asked_area(request, indicator) or indicator.area
    period = asked_period(request)
    total, published = added_up(indicator, area, period) if period else (None, None)
    context = {"indicator": indicator, "area": area, "period": period, "total": total}
    if total is not None:
        return render(request, "indicators/added_up.html", context)
    if published is not None and published.key is not None:
        return redirect("observation_detail", published.key)
    return render(request, "indicators/no_figure.html", context, status=404)


@allow(Permission.READ)
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One publication of a source: what it is, and what was read in it."""
    edition = get_object_or_404(SourceEdition.objects.select_related("source"), slug=slug)
    return render(request, "indicators/source.html", {"edition": edition, "page": read_in(edition)})


def asked_period(request: HttpRequest) -> Period | None:
    """The period from one month to another, as 2018-02; None where the address does not name one."""
    first, last = (MONTH.fullmatch(request.GET.get(name, "")) for name in ("from", "to"))
    if not first or not last:
        return None
    try:
        return Period(date(int(first[1]), int(first[2]), 1), last_day(int(last[1]), int(last[2])))
    except ValueError:
        return None
