"""Figures one at a time: typed, or pasted from a spreadsheet. They come in as a file of their own."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.extracts.apply import receive
from indicators.extracts.dates import in_words
from indicators.forms_typed import FigureForm, RowsForm


@allow(Permission.USE_EXTRACTS, "GET", "POST")
def data_add(request: HttpRequest) -> HttpResponse:
    """Type a figure or paste some. What they change is shown before anything does."""
    figure, rows = FigureForm(), RowsForm()
    form: FigureForm | RowsForm = figure
    if request.method == "POST":
        if "rows" in request.POST:
            form = rows = RowsForm(request.POST)
        else:
            form = figure = FigureForm(request.POST)
        if form.is_valid():
            by = person(request)
            name = f"Typed by {by.name}, {in_words(timezone.localdate())}.csv"
            return redirect("upload_detail", pk=receive(source=io.BytesIO(form.csv), original_name=name, actor=by).pk)
    context = {"form": form, "figure": figure, "rows": rows}
    return render(request, "indicators/add.html", context, status=422 if form.errors else 200)
