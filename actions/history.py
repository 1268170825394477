"""How the account of an action came about."""

from dataclasses import dataclass

from actions.also_words import said_also
from actions.models import Action, ProgressEntry, ProgressVersion
from actions.text import Block, blocks
from actions.words import moment
from actions.writers import credit_of


@dataclass(frozen=True, slots=True)
class Event:
    """One saved version: the report it is for, who and when in words, and what it said then."""

    cycle: str
    number: int
    by: str
    at: str
    status: str
    reason: str
    nothing_new: bool
    undoes: int | None
    also: tuple[str, ...]
    account: tuple[Block, ...]


def history_of(action: Action) -> list[Event]:
    """Every saved version of an action's progress, the latest first, in one query."""
    versions = ProgressVersion.objects.filter(entry__action=action).select_related("entry__cycle", "from_partner")
    return [
        Event(
            cycle=version.entry.cycle.title,
            number=version.number,
            by=credit_of(version),
            at=moment(version.at),
            status=str(ProgressEntry.Status(version.status).label),
            reason=version.reason,
            nothing_new=version.nothing_new,
            undoes=version.undoes,
            also=tuple(sentence for kept in version.also for sentence in said_also(kept)),
            account=blocks(version.text),
        )
        for version in versions.order_by("-at", "-pk")
    ]
