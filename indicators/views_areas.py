"""The areas, and everything held about one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.guards import allow
from accounts.roles import Permission
from indicators.areas import areas_by_kind, everything_about
from indicators.models import Area


@allow(Permission.READ)
def area_list(request: HttpRequest) -> HttpResponse:
    """Every area that figures may be about."""
    return render(request, "indicators/area_list.html", {"groups": areas_by_kind()})


@allow(Permission.READ)
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Everything held about one area; where that is little, it says so."""
    area = get_object_or_404(Area.objects.select_related("parent"), code=code)
    context = {"area": area, "page": everything_about(area), "parts": area.parts.order_by("name")}
    return render(request, "indicators/area.html", context)
