"""Taking a used extract back: what that changes, then doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.guards import allow, person
from accounts.roles import Permission
from indicators.extracts.taking_back import CannotTakeBack, take_back
from indicators.models import Extract
from indicators.take_back_lines import take_back_page


@allow(Permission.USE_EXTRACTS, "GET", "POST")
def upload_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change, or what stands in the way; on confirmation, it is done."""
    extract = get_object_or_404(Extract, pk=pk)
    problem: CannotTakeBack | None = None
    if request.method == "POST":
        try:
            change = take_back(extract=extract, actor=person(request))
        except CannotTakeBack as refused:
            problem = refused
        else:
            stand = "1 earlier figure stands" if change.revised == 1 else f"{change.revised} earlier figures stand"
            messages.success(request, f"{extract.original_name} is taken back: {stand} again.")
            return redirect("upload_detail", pk=extract.pk)
    context = {"extract": extract, "page": take_back_page(extract), "problem": problem}
    return render(request, "indicators/take_back.html", context, status=409 if problem else 200)
