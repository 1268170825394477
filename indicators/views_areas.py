"""The areas, and everything held about one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.guards import allow
from accounts.roles import Permission
from indicators.areas import areas_by_kind, everything_about
from indicators.districts import districts_of, indicators_by_district
from indicators.models import Area, Indicator


@allow(Permission.READ)
def area_list(request: HttpRequest) -> HttpResponse:
    """Every area that figures may be about, and one indicator by district."""
    by_district = list(indicators_by_district())
    chosen = chosen_of(request, by_district)
    context = {
        "groups": areas_by_kind(),
        "by_district": by_district,
        "indicator": chosen,
        "districts": districts_of(chosen, request.GET.get("period", "")) if chosen else None,
    }
    return render(request, "indicators/area_list.html", context)


def chosen_of(request: HttpRequest, by_district: list[Indicator]) -> Indicator | None:
    """The indicator that the address names, else the first. One that holds nothing by district is not found."""
    slug = request.GET.get("indicator")
    if not slug:
        return by_district[0] if by_district else None
    found = {indicator.slug: indicator for indicator in by_district}.get(slug)
    if found is None:
        raise Http404("Nothing is held by district under that name.")
    return found


@allow(Permission.READ)
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everything held about one area; where that is little, it says so."""
    area = get_object_or_404(Area.objects.select_related("parent"), code=code)
    context = {"area": area, "page": everything_about(area), "parts": area.parts.order_by("name")}
    return render(request, "indicators/area.html", context)
