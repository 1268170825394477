"""Deny by default, sessions that end, and what browsers are told to keep to themselves."""

import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from accounts import unsent
from accounts.guards import ANYONE, rule_of
from accounts.models import User

Respond = Callable[[HttpRequest], HttpResponse]


# Only what is one's own: no other site may embed a page or a file, none is told where a reader came from, and
# none of a device's senses is asked for.
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class Headers:
    """Adds these headers to every answer, and keeps all but static files out of the stores of browsers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class DenyByDefault:
    """Refuses a view without a declared rule, and a person whose role does not hold the permission it names;
    sends people who are not signed in to the sign-in page. Demo mode, which asks for no password, answers this
    machine only, whatever address the server was told to listen on."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMO and not is_from_this_machine(request):
            return HttpResponseForbidden("The demonstration answers this machine only.\n", content_type="text/plain")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = rule_of(view, namespace=match.namespace) if match else None
        if rule == ANYONE:
            return None
        if rule is not None and not request.user.is_authenticated:
            unsent.keep(request, view)
            return redirect_to_login(request.get_full_path())
        if rule is None or not isinstance(request.user, User) or not request.user.may(rule):  # type: ignore[arg-type]
            raise PermissionDenied
        return None


def is_from_this_machine(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class SessionLifetime:
    """Signs people out eight hours after they signed in, however busy they were, before what they ask for is answered;
    and whenever a session is ended, has the browser forget the pages that it keeps, so that going back shows nothing.
    Whoever signs out has it forget what they have typed as well; a session that ends by itself leaves that to whoever
    comes back."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_signed_in(request):
            return self.get_response(request)
        if is_over(request.session.setdefault("started", int(time.time()))):
            logout(request)
            response = self.get_response(request)
            response.headers["Clear-Site-Data"] = '"cache"'
            return response
        response = self.get_response(request)
        if not is_signed_in(request):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def is_over(started: int) -> bool:
    return time.time() - started > settings.SESSION_ABSOLUTE_AGE.total_seconds()


def is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated
