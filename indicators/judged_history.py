"""Who recorded what about how figures are judged, what was changed of it since, and who withdrew it: read from the
trail of changes."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from accounts.bringing_in import KIND as BROUGHT_IN
from accounts.models import AuditEvent
from indicators.judged_facts import KINDS, LABELS, FactLine, Names, key_of, shown

CHANGED = "judging-changed"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A change of something recorded: when, by whom, why, and what it said before and afterwards."""

    at: datetime
    by: str
    why: str
    lines: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Who recorded something and when; the changes since, the latest first; who withdrew it, when and why (None and ''
    where nobody did). `kind` and `pk` stand in its address."""

    kind: str
    pk: int
    by: str
    at: datetime
    versions: tuple[Version, ...]
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_why: str


def records_of(rows: Iterable[Any]) -> dict[int, Record]:
    """The record of each row of one model, by its key; in one query, and one for each sort of name that is told."""
    listed = list(rows)
    versions = versions_of(listed)
    return {
        row.pk: Record(
            kind=KINDS[type(row)],
            pk=row.pk,
            by=row.recorded_by_name,
            at=row.recorded_at,
            versions=versions[name_of(row)],
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by_name,
            withdrawn_why=row.withdrawn_why,
        )
        for row in listed
    }


def versions_of(rows: Iterable[Model]) -> dict[Key, tuple[Version, ...]]:
    """What was changed of each row since it was recorded, the latest first; in one query."""
    models = {name_of(row): type(row) for row in rows}
    found: dict[Key, tuple[Version, ...]] = defaultdict(tuple)
    if not models:
        return found
    wanted = Q(object_type__in={kind for kind, _ in models}, object_key__in={key for _, key in models})
    events: dict[Key, list[AuditEvent]] = defaultdict(list)
    for event in AuditEvent.objects.filter(wanted, kind__in=(BROUGHT_IN, CHANGED)).order_by("number"):
        events[event.object_type, event.object_key].append(event)
    names = Names()
    for key, model in models.items():
        found[key] = tuple(changes(model, events[key], names))[::-1]
    return found


def changes(model: type[Model], events: Iterable[AuditEvent], names: Names) -> Iterable[Version]:
    """The changes among the events of one thing, in their order. A file that says something else changes only what
    nobody had changed before it."""
    brought: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for event in events:
        data = json.loads(event.text)["data"]
        if event.kind == CHANGED:
            was, then = data["was"], data["now"]
        else:
            was = {name: brought[name] for name in data if name in brought and now[name] == brought[name]}
            then = {name: data[name] for name in was}
            brought = data
        now = {**brought, **now, **then}
        differing = [name for name in LABELS[model] if was.get(name) != then.get(name)]
        if differing:
            yield Version(
                event.at,
                event.actor_name,
                data["why"] if event.kind == CHANGED else "",
                tuple(
                    FactLine(LABELS[model][n], shown(model, n, was.get(n), names), shown(model, n, then.get(n), names))
                    for n in differing
                ),
            )


def name_of(row: Model) -> Key:
    """What the trail calls a row."""
    return str(row._meta.verbose_name), key_of(row)
