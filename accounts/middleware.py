"""Deny by default, and sessions that end."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from accounts.guards import ANYONE, rule_of
from accounts.models import User

Respond = Callable[[HttpRequest], HttpResponse]


class DenyByDefault:
    """Refuses a view without a declared rule, and a person whose role does not hold the permission it names."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        rule = rule_of(view, namespace=match.namespace) if match else None
        if rule == ANYONE or (rule is not None and not request.user.is_authenticated):
            return  # LoginRequiredMiddleware sends people who are not signed in to the sign-in page.
        if rule is None or not isinstance(request.user, User) or not request.user.may(rule):  # type: ignore[arg-type]
            raise PermissionDenied


class SessionLifetime:
    """Signs people out eight hours after they signed in, however busy they were."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            started = request.session.setdefault("started", int(time.time()))
            if time.time() - started > settings.SESSION_ABSOLUTE_AGE.total_seconds():
                logout(request)
                return redirect(settings.LOGIN_URL)
        return self.get_response(request)
