"""What somebody sent whose session had ended: kept until they have signed in again, and shown to nobody else."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])

SIGNER = Signer(salt="accounts.unsent")
FIELD = "whose"
KEPT_IN = "unsent"
NEVER_KEPT = (FIELD, "csrfmiddlewaretoken")


def keeps_unsent(view: View) -> View:
    """Have what is sent to this view by somebody who was signed out kept until they are back. Its form has to carry
    `mark_of` them, as the field `whose`."""
    view.keeps_unsent = True  # type: ignore[attr-defined]
    return view


def mark_of(user: User) -> str:
    """What tells whose form it is, in a way that nobody else can write."""
    return SIGNER.sign(str(user.pk))


def keep(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Keep what a form holds in the session of nobody yet; only a form that somebody was given when signed in."""
    if request.method != "POST" or not getattr(view, "keeps_unsent", False):
        return
    try:
        whose = SIGNER.unsign(request.POST.get(FIELD, ""))
    except BadSignature:
        return
    fields = {name: str(value) for name, value in request.POST.items() if name not in NEVER_KEPT}
    request.session[KEPT_IN] = {"whose": whose, "path": request.get_full_path(), "fields": fields}


def take(request: HttpRequest, user: User) -> dict[str, str]:
    """What this person sent to this address while they were signed out, once; nothing where there is nothing. What
    somebody else sent is forgotten."""
    kept = request.session.get(KEPT_IN)
    if request.method != "GET" or kept is None:
        return {}
    if kept["whose"] != str(user.pk):
        del request.session[KEPT_IN]
    if kept["whose"] != str(user.pk) or kept["path"] != request.get_full_path():
        return {}
    del request.session[KEPT_IN]
    fields: dict[str, str] = kept["fields"]
    return fields
