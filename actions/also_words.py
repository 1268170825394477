"""In sentences what was saved of an action beside its account."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from actions.words import long_date, quantity

ADDED = {"decision": "Asked for a decision", "link": "Added a web page"}


def said_also(kept: dict[str, Any]) -> Iterator[str]:
    """A change that a version keeps (actions.also), as one sentence for each thing that changed."""
    name, was, now = kept["name"], kept["was"], kept["now"]
    if kept["kind"] in ADDED and was is None:
        yield f"{ADDED[kept['kind']]}: {name}"
    elif kept["kind"] == "output" and was is None:
        by = long_date(date.fromisoformat(now["period_end"]))
        if now["expected"] is not None:
            yield f"Expects {amount(now['expected'])} {now['unit']} by {by}: {name}"
        if now.get("actual") is not None:
            yield f"Came to {amount(now['actual'])} {now['unit']} by {by}: {name}"
    elif kept["kind"] == "output":
        yield from (f"{name}: {what} {amount(value)}, was {amount(was[what])}" for what, value in now.items())
    elif kept["kind"] == "milestone" and was is None:
        yield f"New milestone, due {long_date(date.fromisoformat(now['due']))}: {name}"
    elif kept["kind"] == "milestone":
        yield from step(name, was, now)
    elif kept["kind"] == "contribution":
        yield f"Put into the account: {name}"


def step(name: str, was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    if "done" in now:
        yield f"{name}: done" if now["done"] else f"{name}: not done after all"
    if now.get("due"):
        before = long_date(date.fromisoformat(was["due"])) if was["due"] else was.get("due_text") or "not stated"
        yield f"{name}: now due {long_date(date.fromisoformat(now['due']))}, was {before}"


def amount(text: str | None) -> str:
    """A kept quantity, without its unit; 'not known' for none."""
    return quantity(None if text is None else Decimal(text), unit="", qualifier="exact", name="") or "not known"
