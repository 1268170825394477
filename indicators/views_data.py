"""Data: the files of figures that came in, and how one comes in, is checked and used."""

import csv

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.extracts import apply as applying
from indicators.extracts.apply import TO_CHECK, CannotUse, SmallNumbersNotChecked, earlier_use, plan_for, receive
from indicators.extracts.correcting import can_be_corrected
from indicators.extracts.formats import native
from indicators.extracts.naming import awaits_columns, can_be_named
from indicators.extracts.plan import Plan
from indicators.extracts.storage import too_large
from indicators.extracts.taking_back import last_use
from indicators.forms_cells import CellForm
from indicators.forms_data import UploadForm
from indicators.incoming import gone_on, was_too_large
from indicators.models import DataChange, Extract
from indicators.tables_data import ExtractTable, extracts
from indicators.upload_cells import corrected_cells, has_rows_to_correct, problems_of, wrong_cells
from indicators.upload_csv import changes_csv
from indicators.uploads import page_of

ROWS_ON_A_PAGE = 50
TEMPLATE_NAME = "figures-template.csv"


@allow(Permission.READ_DATA)
def data(request: HttpRequest) -> HttpResponse:
    """Every file that came in, the latest first, and what became of it."""
    table = ExtractTable(extracts(), request=request)
    RequestConfig(request, paginate={"per_page": ROWS_ON_A_PAGE}).configure(table)
    context = {"table": table, "may_upload": person(request).may(Permission.USE_EXTRACTS)}
    return render(request, "indicators/data.html", context)


@allow(Permission.USE_EXTRACTS, "GET", "POST")
def data_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file. Whatever it holds, its page says what that is."""
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if was_too_large(request):
            form.fields["file"].error_messages["required"] = too_large()
        if form.is_valid():
            file = form.cleaned_data["file"]
            extract = receive(source=file, original_name=file.name, actor=person(request))
            next_page = "upload_columns" if awaits_columns(extract) else "upload_detail"
            return gone_on(request, redirect(next_page, pk=extract.pk))
    context = {"form": form, "megabytes": settings.MAX_UPLOAD_BYTES // 1024**2}
    return render(request, "indicators/upload.html", context, status=422 if form.errors else 200)


@allow(Permission.READ_DATA)
def data_template(request: HttpRequest) -> HttpResponse:
    """A file with the header alone, to begin from."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{TEMPLATE_NAME}"'
    csv.writer(response).writerow(native.COLUMNS)
    return response


@allow(Permission.READ_DATA)
def upload_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its errors, or what it changes; afterwards, what it changed, when and by whom."""
    extract = get_object_or_404(Extract, pk=pk)
    return upload_page(request, extract)


def upload_page(
    request: HttpRequest, extract: Extract, problem: CannotUse | None = None, given: CellForm | None = None
) -> HttpResponse:
    """The page of a file; with the reason why it could not be used, or `given` as the correction of a cell, when that
    was tried."""
    plan = plan_to_check(extract)
    page = page_of(extract, plan)
    corrections = list(extract.corrections.all())
    may_use = person(request).may(Permission.USE_EXTRACTS)
    cells = wrong_cells(extract, page.errors, corrections, given) if may_use else ()
    problems = problems_of(page.errors, cells, given)
    used = last_use(extract)
    changes = extract.changes.filter(kind=DataChange.Kind.TAKE_BACK) if plan else extract.changes.none()
    before = earlier_use(extract.sha256, extract.sheet, extract.rows_sha256) if plan else None
    context = {
        "extract": extract,
        "page": page,
        "cells": cells,
        "problems": problems,
        "some_in_file_only": not all(box for box, _ in problems),
        "has_rows_to_correct": may_use and has_rows_to_correct(page),
        "corrections": corrected_cells(corrections, plan),
        "may_correct": may_use and can_be_corrected(extract),
        "to_check": plan is not None,
        "used": used,
        "taken_back": changes.first(),
        "before": before,
        "problem": problem,
        "unticked": isinstance(problem, SmallNumbersNotChecked),
        "has_small_numbers": plan is not None and plan.findings.has_small_numbers,
        "may_use": may_use,
        "columns_open": can_be_named(extract),
    }
    return render(request, "indicators/upload_detail.html", context, status=409 if problem else 422 if given else 200)


def plan_to_check(extract: Extract) -> Plan | None:
    """What an extract would change as things stand; None for one that is decided on, or cannot be used."""
    return plan_for(extract) if extract.state in TO_CHECK else None


@allow(Permission.READ_DATA)
def upload_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure that a file changes, or changed, as CSV."""
    extract = get_object_or_404(Extract, pk=pk)
    return HttpResponse(
        changes_csv(extract, plan_to_check(extract)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="changes-of-upload-{extract.pk}.csv"'},
    )


@allow(Permission.USE_EXTRACTS, "POST")
def upload_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a file's figures: those that were on the page, which the form names by their checksum."""
    extract = get_object_or_404(Extract, pk=pk)
    try:
        change = applying.apply(
            extract=extract,
            checksum=request.POST.get("checksum", ""),
            actor=person(request),
            small_numbers_checked="small_numbers" in request.POST,
        )
    except CannotUse as problem:
        return upload_page(request, extract, problem)
    counts = f"{change.new} new, {change.revised} revised, {change.unchanged} unchanged"
    messages.success(request, f"The figures of {extract.original_name} are in use: {counts}.")
    return to(extract)


@allow(Permission.USE_EXTRACTS, "POST")
def upload_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide not to use a file. Its bytes stay."""
    extract = get_object_or_404(Extract, pk=pk)
    try:
        applying.discard(extract=extract, actor=person(request))
    except CannotUse as problem:
        return upload_page(request, extract, problem)
    messages.success(request, f"{extract.original_name} is not used. Nothing has changed.")
    return redirect("data")


def to(extract: Extract) -> HttpResponseRedirect:
    return redirect("upload_detail", pk=extract.pk)
