"""What every page needs besides its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from csa_dashboard.navigation import AT_THE_FOOT, items_for


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_name`; `demo`, whether this is the demonstration; `navigation` and
    `at_the_foot`, the items the reader may use."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "navigation": items_for(person, request.path) if person else [],
        "at_the_foot": items_for(person, request.path, AT_THE_FOOT) if person else [],
    }
