"""What somebody sends to an address of the site, for tests that walk all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from accounts.roles import Role
from tests.addresses import World

WHOEVER = "Whoever posts"


@dataclass(frozen=True)
class Sent:
    """The fields of a form; and what stands in the address where that is not what tests/addresses.py puts there."""

    data: dict[str, Any] = field(default_factory=dict)
    at: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """A POST to the address of that name, by somebody of a role or by a stranger. `ready` makes the world ready, with
    the browser of whoever posts, and says what is sent. `why` tells what it does, or why that is nothing of record.
    `status` is that of the answer, `actor` the name in the trail."""

    name: str
    by: Role | None
    ready: Callable[[World, Client], Sent]
    why: str = ""
    status: int = 302
    actor: str = WHOEVER

    def __str__(self) -> str:
        return f"{self.name} {self.why}".strip()


def says(**data: Any) -> Callable[[World, Client], Sent]:
    """Nothing to make ready: these fields."""
    return lambda world, browser: Sent(data)
