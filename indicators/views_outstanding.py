"""What is outstanding: how current each indicator is, and what to ask its supplier for."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import get_valid_filename

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.analysis.currency import Standing
from indicators.asking import requests
from indicators.asking_texts import file_name, mail, template_csv
from indicators.currency_lines import currency_lines
from indicators.extracts.storage import open_kept
from indicators.forms_currency import CurrencyForm
from indicators.models import Extract
from indicators.tables_currency import groups


@allow(Permission.READ_DATA)
def data_currency(request: HttpRequest) -> HttpResponse:
    """Every indicator: its latest period, the next one, whether that is late, and what should be final by now."""
    form = CurrencyForm(request.GET, lines=currency_lines(timezone.localdate()))
    found = form.found()
    context = {
        "form": form,
        "groups": groups(found, request),
        "found": len(found),
        "total": len(form.lines),
        "overdue": form.count(Standing.OVERDUE),
        "silent": form.count(Standing.SILENT),
    }
    return render(request, "indicators/currency.html", context)


@allow(Permission.READ_DATA)
def data_requests(request: HttpRequest) -> HttpResponse:
    """What is due from each supplier, in which layout, and what to write to them."""
    by, site = person(request), settings.SITE_NAME
    made = requests(timezone.localdate())
    context = {
        "requests": [(each, mail(each, site, by.name)) for each in made if each.asked],
        "waiting": [each for each in made if not each.asked],
        "may_download": by.may(Permission.USE_EXTRACTS),
    }
    return render(request, "indicators/requests.html", context)


@allow(Permission.READ_DATA)
def data_request_template(request: HttpRequest, slug: str) -> HttpResponse:
    """A file for one supplier to fill in: indicator, area and period of every figure that is asked for."""
    found = next((each for each in requests(timezone.localdate()) if each.slug == slug and each.asked), None)
    if found is None:
        raise Http404
    return HttpResponse(
        template_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name(found)}"'},
    )


@allow(Permission.USE_EXTRACTS)
def upload_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file as it came in, byte for byte, to be saved and never shown."""
    extract = get_object_or_404(Extract, pk=pk)
    try:
        kept = open_kept(extract.sha256)
    except FileNotFoundError:
        raise Http404 from None
    name = get_valid_filename(f"upload-{extract.pk}-{extract.original_name}")
    return FileResponse(kept, as_attachment=True, filename=name, content_type="application/octet-stream")
