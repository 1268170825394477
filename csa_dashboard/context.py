"""What every page needs besides its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`demo`: whether this is the demonstration."""
    return {"demo": settings.DEMO}
