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
        guarded = require_http_methods(with_head(methods or ("GET",)))(view)
        guarded.rule = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def anyone(*methods: str) -> Callable[[View], View]:
    """Let everyone use this view, signed in or not."""

    def decorate(view: View) -> View:
        guarded = login_not_required(require_http_methods(with_head(methods or ("GET",)))(view))
        guarded.rule = ANYONE  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def with_head(methods: tuple[str, ...]) -> list[str]:
    return [*methods, "HEAD"] if "GET" in methods else list(methods)


def rule_of(view: Callable[..., Any], *, namespace: str) -> Permission | str | None:
    """The declared rule of a resolved view: a permission, ANYONE, or None where nobody declared one."""
    if namespace == "admin":
        return Permission.ADMINISTER
    declared: Permission | str | None = getattr(view, "rule", None)
    return declared


def person(request: HttpRequest) -> User:
    """Who is signed in. Guarded views always have someone."""
    return actor_of(request.user)
