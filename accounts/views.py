"""Pages about the site and its people, and signing in to the demonstration."""

import secrets

from django.contrib.auth import login
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.demo import demo_people
from accounts.directory import directory
from accounts.guards import allow, anyone
from accounts.roles import Permission

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@anyone("POST")
def continue_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo accounts, in demo mode, and go on to the page that was asked for."""
    user = demo_people().filter(email=request.POST.get("continue_as", "").replace("\0", "")).first()
    if user is None:
        raise Http404("There is no demo account of that name.")
    login(request, user, backend=BACKEND)
    wanted = request.POST.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/")


@anyone()
def health(request: HttpRequest) -> HttpResponse:
    """'ok' while the database answers, else 503: for whoever watches over the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@anyone()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use the site, and what to do where that failed."""
    return render(request, "accounts/accessibility.html")


@anyone()
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps about the people who use it."""
    return render(request, "accounts/privacy.html")


@allow(Permission.READ)
def whos_who(request: HttpRequest) -> HttpResponse:
    """Every partner by kind, and who acts for it."""
    return render(request, "accounts/whos_who.html", directory())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own answer to a request it cannot read has no header to go on from."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor session, with a reference that stands beside the failure in the
    log: Django writes the reason of the answer there."""
    reference = secrets.token_hex(4)
    page = render_to_string("500.html", {"reference": reference})
    return HttpResponse(page, status=500, reason=f"Internal Server Error {reference}")
