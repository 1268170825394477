"""Every view says who may use it: `@allow(Permission.…)` or `@anyone`. One that says nothing is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from accounts.audit import actor_of
from accounts.models import User
from accounts.roles import Permission

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"


def allow(permission: Permission, *methods: str) -> Callable[[View], View]:
    """Let people whose role holds `permission` use this view, by the given methods (GET when none is named)."""

    def decorate(view: View) -> View:
        return declare(view, permission, methods or ("GET",))

    return decorate


def anyone(*methods: str) -> Callable[[View], View]:
    """Let everyone use this view, signed in or not."""

    def decorate(view: View) -> View:
        return login_not_required(declare(view, ANYONE, methods or ("GET",)))

    return decorate


def declare(view: View, rule: Permission | str, methods: tuple[str, ...]) -> View:
    """The view with its rule and its methods written on it; HEAD comes with GET."""
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)
    guarded = require_http_methods(allowed)(view)
    guarded.rule, guarded.methods = rule, allowed  # type: ignore[attr-defined]
    return guarded


def rule_of(view: Callable[..., Any], *, namespace: str) -> Permission | str | None:
    """The declared rule of a resolved view: a permission, ANYONE, or None where nobody declared one."""
    if namespace == "admin":
        return Permission.ADMINISTER
    declared: Permission | str | None = getattr(view, "rule", None)
    return declared


def person(request: HttpRequest) -> User:
    """Who is signed in. Guarded views always have someone."""
    return actor_of(request.user)
