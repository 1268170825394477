"""People and partners, for administrators."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_tables2 import RequestConfig

from accounts.forms import PartnerForm, PersonForm
from accounts.guards import allow, person
from accounts.models import Partner, User
from accounts.roles import Permission
from accounts.services import save_partner, save_person
from accounts.tables import PartnerTable, PersonTable

PAGE = {"per_page": 50}


@allow(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account."""
    table = PersonTable(User.objects.select_related("partner"))
    RequestConfig(request, paginate=PAGE).configure(table)
    return render(request, "accounts/people.html", {"table": table})


@allow(Permission.MANAGE_PEOPLE, "GET", "POST")
def person_add(request: HttpRequest) -> HttpResponse:
    """Give somebody an account."""
    return edit_person(request, None)


@allow(Permission.MANAGE_PEOPLE, "GET", "POST")
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what somebody may do, or whether they may sign in."""
    return edit_person(request, get_object_or_404(User, pk=pk))


def edit_person(request: HttpRequest, somebody: User | None) -> HttpResponse:
    name = somebody.name if somebody else ""
    form = PersonForm(request.POST or None, instance=somebody)
    if request.method == "POST" and form.is_valid():
        try:
            changed = save_person(actor=person(request), person=form.instance)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return after_saving(request, form.instance, is_new=somebody is None, changed=changed)
    return render(request, "accounts/person.html", {"form": form, "name": name})


def after_saving(request: HttpRequest, saved: User, *, is_new: bool, changed: bool) -> HttpResponse:
    """Back to the list; whoever changed what they themselves may do signs in again."""
    if is_new:
        said = f"{saved.name} now has an account, and chooses a password with ‘I have forgotten my password’."
    else:
        said = f"{saved.name} is saved." if changed else f"Nothing was changed about {saved.name}."
    if saved.pk == request.user.pk and not request.session.exists(request.session.session_key or ""):
        logout(request)
    messages.success(request, said)
    return redirect("people")


@allow(Permission.MANAGE_PEOPLE)
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner, with how many people act for it."""
    counted = Count("people", filter=Q(people__is_active=True))
    table = PartnerTable(Partner.objects.annotate(active_people=counted).order_by("name", "pk"))
    RequestConfig(request, paginate=PAGE).configure(table)
    return render(request, "accounts/partners.html", {"table": table})


@allow(Permission.MANAGE_PEOPLE, "GET", "POST")
def partner_add(request: HttpRequest) -> HttpResponse:
    """Add an organisation or group."""
    return edit_partner(request, None)


@allow(Permission.MANAGE_PEOPLE, "GET", "POST")
def partner_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said about a partner. Its address stays as it is."""
    return edit_partner(request, get_object_or_404(Partner, slug=slug))


def edit_partner(request: HttpRequest, partner: Partner | None) -> HttpResponse:
    name = partner.name if partner else ""
    form = PartnerForm(request.POST or None, instance=partner)
    if request.method == "POST" and form.is_valid():
        changed = save_partner(actor=person(request), partner=form.instance)
        saved = form.instance.name
        messages.success(request, f"{saved} is saved." if changed else f"Nothing was changed about {saved}.")
        return redirect("partners")
    return render(request, "accounts/partner.html", {"form": form, "name": name})
