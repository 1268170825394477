"""Who stands in for whom, and from when to when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.deputies import end_deputy, name_deputy
from accounts.forms_deputies import DeputyForm
from accounts.guards import allow, person
from accounts.models import Deputy
from accounts.roles import Permission


@allow(Permission.RUN_REPORTS, "GET", "POST")
def deputy_list(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom now or later; and naming another."""
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = name_deputy(actor=person(request), **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{made.deputy.name} stands in for {made.person.name}.")
            return redirect("deputy_list")
    today = timezone.localdate()
    standing = Deputy.objects.filter(ends__gte=today).select_related("person__partner", "deputy__partner")
    context = {"form": form, "deputies": standing.order_by("starts", "pk"), "today": today}
    return render(request, "accounts/deputies.html", context, status=422 if form.errors else 200)


@allow(Permission.RUN_REPORTS, "POST")
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End that somebody stands in for somebody."""
    deputy = get_object_or_404(Deputy.objects.select_related("person", "deputy"), pk=pk)
    end_deputy(deputy=deputy, actor=person(request))
    messages.success(request, f"{deputy.deputy.name} does not stand in for {deputy.person.name} any more.")
    return redirect("deputy_list")
