"""Bringing the entries of a folder into the database without overwriting what people have changed since.

The trail of changes remembers what was brought in last. An entry whose file has not changed since is left alone,
whatever became of it; where the file has changed, a field is written only if nobody has edited it in between.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from accounts import audit
from accounts.models import AuditEvent
from accounts.toml_files import CannotLoad, Place

ACTOR = "Agreement files"
KIND = "brought-in"


@dataclass(frozen=True)
class Ref:
    """Another object by what the files call it; looked up only when something is written."""

    model: type[Model]
    lookup: dict[str, Any]

    def __str__(self) -> str:
        return str(next(iter(self.lookup.values())))

    def get(self) -> Model:
        found = self.model._default_manager.filter(**self.lookup).first()
        if found is None:
            raise CannotLoad(f"The {self.model._meta.verbose_name} '{self}' was brought in earlier and is gone.")
        return found


@dataclass(frozen=True)
class Item:
    """One object as the files have it. `lookup` finds it; `many` are links to others, `parts` what belongs to it
    alone, by the name of their relation."""

    where: Place
    key: str
    lookup: dict[str, Any]
    fields: dict[str, Any]
    many: dict[str, list[Ref]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Everything the files say of it, as plain text, numbers and lists."""
        links = {name: sorted(str(ref) for ref in refs) for name, refs in self.many.items()}
        parts = {name: [plain(part) for part in items] for name, items in self.parts.items()}
        return plain(self.fields) | links | parts


@dataclass(frozen=True)
class Change:
    """What has to be written of an item: to a new object, or to the one that was found."""

    item: Item
    thing: Model
    is_new: bool
    wanted: frozenset[str]


def bring_in(model: type[Model], items: Iterable[Item]) -> int:
    """Create and update objects from items, with one audit event for each that changes; how many changed.

    Links are made when all objects are there. Raises CannotLoad, naming file and line, for what the database
    would refuse.
    """
    name = str(model._meta.verbose_name)
    last = last_brought_in(name)
    changes = []
    for item in items:
        change = change_for(model, item, last.get(item.key))
        if change is not None:
            save_fields(change)
            changes.append(change)
    for change in changes:
        save_links(change)
        record(change, name)
    return len(changes)


def last_brought_in(name: str) -> dict[str, dict[str, Any]]:
    """What was brought in last of a sort of object, by key."""
    events = AuditEvent.objects.filter(kind=KIND, object_type=name).order_by("number")
    return {key: json.loads(text)["data"] for key, text in events.values_list("object_key", "text")}


def change_for(model: type[Model], item: Item, last: dict[str, Any] | None) -> Change | None:
    """What to write of an item; None where its files say the same as last time, or people have said otherwise."""
    values = item.values()
    if values == last:
        return None
    lookup = resolved(item.lookup)
    found = model._default_manager.filter(**lookup).first()
    if found is None:
        return Change(item, model(**lookup), True, frozenset(values))
    held = held_values(found, item, last or {})
    wanted = frozenset(
        name for name, value in values.items() if last and name in last and held[name] == last[name] != value
    )
    return Change(item, found, False, wanted) if wanted else None


def save_fields(change: Change) -> None:
    for name in change.wanted & change.item.fields.keys():
        setattr(change.thing, name, resolved_value(change.item.fields[name]))
    checked(change.thing, change.item.where)
    change.thing.save()


def save_links(change: Change) -> None:
    thing, item = change.thing, change.item
    for name in change.wanted & item.many.keys():
        getattr(thing, name).set([ref.get() for ref in item.many[name]])
    for name in change.wanted & item.parts.keys():
        manager = getattr(thing, name)
        manager.all().delete()
        for part in item.parts[name]:
            made = manager.model(**{manager.field.name: thing}, **resolved(part))
            checked(made, item.where)
            made.save()


def record(change: Change, name: str) -> None:
    audit.record(
        actor=ACTOR,
        kind=KIND,
        object_type=name,
        object_key=change.item.key,
        sentence=f"{ACTOR} {'brought in' if change.is_new else 'changed'} the {name} '{change.item.key}'.",
        data=change.item.values(),
    )


def checked(thing: Model, where: Place) -> None:
    try:
        thing.full_clean()
    except ValidationError as problem:
        said = "; ".join(f"{name}: {' '.join(words)}" for name, words in problem.message_dict.items())
        raise CannotLoad(f"{where.path} line {where.line}: {said}") from problem


def held_values(thing: Model, item: Item, last: dict[str, Any]) -> dict[str, Any]:
    """What the database has for everything an item says."""
    values = {name: plain_value(getattr(thing, name)) for name in item.fields}
    for name in item.many:
        values[name] = sorted(name_of(other) for other in getattr(thing, name).all())
    for name, parts in item.parts.items():
        fields: dict[str, Any] = next(iter([*parts, *last.get(name, [])]), {})
        held = getattr(thing, name).order_by("pk")
        values[name] = [{f: plain_value(getattr(part, f)) for f in fields} for part in held]
    return values


def picked(entry: object, names: str) -> dict[str, Any]:
    """The named fields of an entry, for fields of the same name."""
    return {name: getattr(entry, name) for name in names.split()}


def resolved(values: dict[str, Any]) -> dict[str, Any]:
    return {name: resolved_value(value) for name, value in values.items()}


def resolved_value(value: Any) -> Any:
    return value.get() if isinstance(value, Ref) else value


def plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:
    """A value as the audit trail can hold it: objects by name, dates and decimals as text."""
    if isinstance(value, Model):
        return name_of(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | Ref):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    return value


def name_of(thing: Model) -> str:
    """What the files call an object: its slug or key, for an area its code."""
    return str(getattr(thing, "slug", None) or getattr(thing, "key", None) or thing.pk)
