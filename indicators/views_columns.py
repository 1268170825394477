"""Any other table: somebody says what its columns are, and sees what it would change."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.guards import allow, person
from accounts.models import Partner
from accounts.roles import Permission
from indicators.extracts.apply import CannotUse
from indicators.extracts.current import register
from indicators.extracts.cutting import Row
from indicators.extracts.findings import CannotRead
from indicators.extracts.formats.mapped_heads import Look
from indicators.extracts.formats.mapped_proposal import propose
from indicators.extracts.naming import awaits_columns, can_be_named, first_rows, remembered, say_columns
from indicators.extracts.reading import as_text
from indicators.extracts.sheets import read_sheet, sheet_names
from indicators.forms_columns import ColumnsForm
from indicators.models import Extract, SupplierMapping

ROWS_SHOWN = 8


@allow(Permission.USE_EXTRACTS, "GET", "POST")
def upload_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns of a table are, and see what it would change."""
    extract = get_object_or_404(Extract, pk=pk)
    if not can_be_named(extract):
        return redirect("upload_detail", pk=pk)
    try:
        look = first_rows(extract)
    except CannotRead as reason:
        return redirect("upload_sheet" if reason.finding.code == "which-sheet" else "upload_detail", pk=pk)
    known = register()
    said = remembered(extract, look) or propose(look, known, extract.original_name)
    form = ColumnsForm(request.POST if request.method == "POST" else None, look=look, register=known, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            say_columns(extract=extract, mapping=form.mapping, actor=person(request))
        except CannotUse as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("upload_detail", pk=pk)
    context = {"extract": extract, "form": form, "shown": shown(look), "suppliers": suppliers()}
    return render(request, "indicators/columns.html", context, status=422 if form.errors else 200)


@allow(Permission.USE_EXTRACTS, "GET", "POST")
def upload_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the sheet of a workbook that is read; back to the file where there is none to choose."""
    extract = get_object_or_404(Extract, pk=pk)
    problem = None
    if request.method == "POST":
        try:
            chosen = read_sheet(extract=extract, sheet=request.POST.get("sheet", ""), actor=person(request))
        except CannotUse as reason:
            problem = reason
        else:
            return redirect("upload_columns" if awaits_columns(chosen) else "upload_detail", pk=chosen.pk)
    sheets = sheet_names(extract)
    if not sheets:
        return redirect("upload_detail", pk=pk)
    context = {"extract": extract, "sheets": sheets, "problems": [("", problem)] if problem else []}
    return render(request, "indicators/sheet.html", context, status=422 if problem else 200)


def shown(look: Look) -> dict[str, object]:
    """The title, the names of the columns and the first rows, each with its line."""
    return {
        "titles": [as_text(row) for row in look.above if filled(row) == 1],
        "above": [row for row in look.above if filled(row) > 1],
        "header": look.header,
        "rows": look.rows[:ROWS_SHOWN],
        "more": len(look.rows) > ROWS_SHOWN,
    }


def filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def suppliers() -> list[str]:
    """Who has sent tables before, and the partners."""
    before = SupplierMapping.objects.values_list("supplier", flat=True)
    return sorted({*before, *Partner.objects.values_list("name", flat=True)})
