"""Indicators: the list, one of them, and its figures as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django_tables2 import RequestConfig

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators import words
from indicators.districts import districts_of
from indicators.downloads import csv_of, file_name
from indicators.forms import FindForm
from indicators.held import measure_of, series_of
from indicators.judged_history import name_of, versions_of
from indicators.judged_page import judged_of
from indicators.models import Area, Indicator
from indicators.pages import areas_held, indicators, lines_of, page_of
from indicators.tables import IndicatorTable


@allow(Permission.READ)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator with its latest figure."""
    form = FindForm(request.GET, lines=lines_of(indicators()))
    found = form.found()
    table = IndicatorTable(found)
    RequestConfig(request, paginate=False).configure(table)
    context = {"form": form, "table": table, "found": len(found), "total": len(form.lines)}
    return render(request, "indicators/list.html", context)


@allow(Permission.READ)
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator: what it is, what can be said of it in one area, and every figure held there."""
    indicator = get_object_or_404(indicators(), slug=slug)
    area = asked_area(request, indicator) or indicator.area
    areas, hidden = areas_held(indicator)
    page = page_of(indicator, area)
    context = {
        "indicator": indicator,
        "area": area,
        "areas": areas,
        "hidden": hidden,
        "better": words.better(measure_of(indicator)),
        "unit": words.unit(measure_of(indicator)),
        "page": page,
        "judged": judged_of(indicator, area, page.reading),
        "versions": versions_of([indicator])[name_of(indicator)],
        "may_judge": person(request).may(Permission.JUDGE),
        "districts": districts_of(indicator),
    }
    return render(request, "indicators/detail.html", context)


@allow(Permission.READ)
def indicator_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of one indicator as CSV: for one area, or for all that may be shown."""
    indicator = get_object_or_404(indicators(), slug=slug)
    area = asked_area(request, indicator)
    held = series_of([indicator], [area] if area else None)
    series = [held[key] for key in sorted(held)]
    name = file_name(series, indicator.slug, slugify(area.name) if area else "all-areas")
    return HttpResponse(
        csv_of(series),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked_area(request: HttpRequest, indicator: Indicator) -> Area | None:
    """The area that the address names. One that does not exist, or that the indicator may not be shown for,
    is not found."""
    code = request.GET.get("area")
    if not code:
        return None
    area = {area.code: area for area in Area.objects.all()}.get(code)
    if area is None or not indicator.may_show(area):
        raise Http404("There is no such area here.")
    return area
