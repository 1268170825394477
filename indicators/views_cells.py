"""What is wrong in a file that came in: correcting single cells, and the rows to send back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.extracts.apply import CannotUse
from indicators.extracts.correcting import correct_cell, remove_correction
from indicators.forms_cells import CellForm, id_at
from indicators.models import Extract, ExtractCorrection
from indicators.upload_rows import wrong_rows
from indicators.views_data import to, upload_page


@allow(Permission.USE_EXTRACTS, "POST")
def upload_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one cell of a file otherwise than it stands there."""
    extract = get_object_or_404(Extract, pk=pk)
    form = CellForm(request.POST)
    if form.is_valid() and form.place:
        said = {name: form.cleaned_data[name] for name in ("was", "now", "why")}
        try:
            made = correct_cell(extract=extract, place=form.place, actor=person(request), **said)
        except CannotUse as problem:
            form.add_error("now", str(problem))
        else:
            messages.success(request, f"Line {made.line}, column {made.column} is corrected. The file stays as it is.")
            return to(extract)
    if form.place:
        form.auto_id = id_at(form.place)
    return upload_page(request, extract, given=form)


@allow(Permission.USE_EXTRACTS, "POST")
def upload_uncorrect(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Read one cell of a file as it stands there again."""
    made = get_object_or_404(ExtractCorrection, pk=correction, extract=pk)
    try:
        remove_correction(correction=made, actor=person(request))
    except CannotUse as problem:
        return upload_page(request, made.extract, problem)
    messages.success(request, f"Line {made.line}, column {made.column} is read as it stands in the file again.")
    return to(made.extract)


@allow(Permission.USE_EXTRACTS)
def upload_rows(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows of a file that have errors, as they stand, with what is wrong: for whoever sent it."""
    found = wrong_rows(get_object_or_404(Extract, pk=pk))
    if found is None:
        raise Http404("There are no rows to correct.")
    return StreamingHttpResponse(
        found.lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rows-to-correct-of-upload-{pk}.csv"'},
    )
