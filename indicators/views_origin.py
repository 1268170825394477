"""Where a figure comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.models import Observation
from indicators.origin import origin_of


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
        "origin": origin_of(figure),
        "may_read_data": person(request).may(Permission.READ_DATA),
    }
    return render(request, "indicators/origin.html", context)
