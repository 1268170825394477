"""What every page needs besides its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from csa_dashboard.navigation import items_for


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_name`; `demo`, whether this is the demonstration; `navigation`, the items the reader may use."""
    user = getattr(request, "user", None)
    navigation = items_for(user, request.path) if isinstance(user, User) else []
    return {"site_name": settings.SITE_NAME, "demo": settings.DEMO, "navigation": navigation}
