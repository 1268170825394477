"""What is outstanding: how current each indicator is, and what to ask its supplier for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from accounts.guards import allow
from accounts.roles import Permission
from indicators.analysis.currency import Standing
from indicators.currency_lines import currency_lines
from indicators.forms_currency import CurrencyForm
from indicators.tables_currency import CurrencyTable


@allow(Permission.READ_DATA)
def data_currency(request: HttpRequest) -> HttpResponse:
    """Every indicator: its latest period, the next one, whether that is late, and what should be final by now."""
    form = CurrencyForm(request.GET, lines=currency_lines(timezone.localdate()))
    found = form.found()
    table = CurrencyTable(found, request=request)
    RequestConfig(request, paginate=False).configure(table)
    context = {
        "form": form,
        "table": table,
        "found": len(found),
        "total": len(form.lines),
        "overdue": form.count(Standing.OVERDUE),
        "silent": form.count(Standing.SILENT),
    }
    return render(request, "indicators/currency.html", context)
