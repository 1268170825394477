"""How sign-in behaves: accounts are made by an administrator, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name: their email address is enough."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person, or None: somebody who may not sign in gets the answer of somebody who is not known."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is their password; wrong ones count towards the lock."""
        return self.authenticate(self.request, email=user.email, password=password) == user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


def client_address(request: HttpRequest) -> str:
    """The network address that failed sign-ins are counted under, by the rules for our own proxy; '' where the
    request came without one."""
    try:
        address: str = AccountAdapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""
    return address


def name_typed(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The email address that somebody tried to sign in with, however they wrote it."""
    said = credentials or {}
    return str(said.get("email") or said.get("username") or request.POST.get("login", "")).strip().lower()[:254]
