"""The pages of the spreadsheet, for whoever writes at a desk: to download it, and to see what it would change."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actions.answering import who_form
from actions.desks import Desk
from actions.entries import entries_for
from actions.forms_action import SheetForm
from actions.mine import led_by
from actions.models import ProgressEntry
from actions.sheet import NotRead, read, written
from actions.sheet_preview import preview

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def entries_at(desk: Desk) -> dict[str, ProgressEntry]:
    """The progress of the actions that one may write about at a desk, by key and in the order of the plan."""
    actions = list(led_by(desk.partner, desk.cycle))
    entries = entries_for(actions, desk.cycle)
    return {action.key: entries[action.pk] for action in actions}


def sheet_file(desk: Desk) -> HttpResponse:
    """The spreadsheet, to be filled in."""
    name = f"{desk.partner.slug}-{desk.cycle.slug}.xlsx"
    return HttpResponse(
        written(entries_at(desk).values()),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def sheet_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Download the sheet; upload it; see what it changes. Using it is saving the form of one's actions."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context = {"desk": desk, "cycle": desk.cycle, "form": form}
    if form.is_valid():
        try:
            changes = preview(read(form.cleaned_data["file"].file), entries_at(desk))
        except NotRead as wrong:
            form.add_error("file", ValidationError([str(fault) for fault in wrong.faults]))
        else:
            context |= {
                "changes": changes,
                "conflicts": sum(1 for change in changes if change.theirs is not None),
                "who": who_form(desk),
            }
            return render(request, "actions/sheet_preview.html", context)
    return render(request, "actions/sheet.html", context, status=422 if form.errors else 200)
