"""The main content of pages, drawn once for each state of what it shows: whoever comes to what is current waits for no
template."""

from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

HELD: dict[Hashable, SafeString] = {}
HELD_AT_ONCE = 200


def drawn(request: HttpRequest, template: str, key: Hashable, context: Callable[[], dict[str, Any]]) -> SafeString:
    """What the template says, as it was drawn for that key before, else drawn now from what `context` returns.

    The key names everything that the content depends on: what it is about, the state of that, and what differs between
    readers. What is meant for one reader alone has no place in it.
    """
    at = (template, key)
    held = HELD.get(at)
    if held is None:
        held = render_to_string(template, context(), request)
        while len(HELD) >= HELD_AT_ONCE:
            HELD.pop(next(iter(HELD)), None)
        HELD[at] = held
    return held
