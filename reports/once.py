"""What is made once for each state of everything shown."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Thing = TypeVar("Thing")
# By what it is: the state that it was made in, and the thing.
BUILT: dict[Hashable, tuple[str, Any]] = {}


def once(what: Hashable, state: str, make: Callable[[], Thing]) -> Thing:
    """A thing as it is in the state that `audit.state` has just told: made then, and again once that has changed. It is
    shared between readers, so nobody may change it."""
    held = BUILT.get(what)
    if held is None or held[0] != state:
        held = BUILT[what] = (state, make())
    thing: Thing = held[1]
    return thing
