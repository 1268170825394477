"""The trail of changes: one chained event for each, written in the transaction of the change itself.

The chain's head is locked until that transaction ends, so the order of events is the order of commits and
the last number is the version of everything shown.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AuditEvent, AuditHead, User

SHOWN = ("number", "actor", "actor_name", "kind", "object_type", "object_key", "sentence")


@transaction.atomic
def record(
    *,
    actor: User | str,
    kind: str,
    object_type: str,
    object_key: str,
    sentence: str,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one event to the end of the chain.

    `actor` is a person, or the name of the command that acts. `data` holds text, whole numbers, booleans,
    lists and dicts of these: no floating-point numbers, whose text differs between systems.
    """
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
    number, at = head.number + 1, timezone.now()
    email, name = (actor.email, actor.name) if isinstance(actor, User) else (actor, actor)
    said = {
        "number": number,
        "at": at.isoformat(),
        "actor": email,
        "actor_name": name,
        "kind": kind,
        "object_type": object_type,
        "object_key": object_key,
        "sentence": sentence,
    }
    text = json.dumps(said | {"data": data or {}}, sort_keys=True, ensure_ascii=False, allow_nan=False)
    event = AuditEvent.objects.create(**(said | {"at": at}), text=text, hash=chained(head.hash, text))
    head.number, head.hash = number, event.hash
    head.save(update_fields=["number", "hash"])
    return event


def chained(previous_hash: str, text: str) -> str:
    """SHA-256, in hexadecimal, of the previous event's hash, a line feed and this event's text."""
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def version() -> int:
    """The number of the last change to anything shown; 0 before the first."""
    return AuditHead.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def state() -> str:
    """The hash at the end of the chain, which names the state of everything shown; empty before the first
    change. Unlike the number it never comes back after a transaction that was undone."""
    # Every page asks for it. Making the query takes twice as long as the query itself.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT hash FROM {AuditHead._meta.db_table} WHERE id = 1")  # noqa: S608  A name of ours.
        head: tuple[str] | None = cursor.fetchone()
    return head[0] if head else ""


def faults() -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing when every event is in place and unaltered."""
    previous, expected = "", 1
    for event in AuditEvent.objects.order_by("number").iterator():
        if event.number != expected:
            yield f"Event {expected} is missing: the next one present is {event.number}."
        if event.hash != chained(previous, event.text):
            yield f"Event {event.number} does not follow from the one before it."
        elif not agrees(event):
            yield f"Event {event.number} says something else than was recorded."
        previous, expected = event.hash, event.number + 1
    if version() != expected - 1:
        yield f"The chain should end at event {version()} but ends at {expected - 1}."


def agrees(event: AuditEvent) -> bool:
    """Whether the columns of an event say what its hashed text says."""
    said = json.loads(event.text)
    return all(said.get(name) == getattr(event, name) for name in SHOWN) and said["at"] == event.at.isoformat()


def actor_of(user: User | AnonymousUser) -> User:
    """The signed-in person, for a view that requires one."""
    if not isinstance(user, User):
        raise TypeError("A change needs a signed-in person.")
    return user
