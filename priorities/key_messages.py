"""Key messages: what the coordinator says first, in a report's own words."""

from collections.abc import Sequence

from django.db import transaction

from accounts import audit
from accounts.models import User
from priorities.cycles import hold_open
from priorities.models import ReportingCycle
from priorities.states import Refused

MOST = 3
LONGEST = 60
CHARACTERS = 1_000


def faults(messages: Sequence[str]) -> list[str]:
    """What must be put right before key messages can be kept, a sentence each."""
    found = ["there are at most three key messages"] if len(messages) > MOST else []
    for number, message in enumerate(messages, start=1):
        if len(message.split()) > LONGEST:
            found.append(f"key message {number} has more than {LONGEST} words")
    return found


@transaction.atomic
def save_key_messages(
    *, cycle: ReportingCycle, messages: Sequence[str], before: Sequence[str], actor: User
) -> ReportingCycle:
    """Keep the key messages of a report. Raises Refused where its state forbids it, and where somebody has saved
    others than `before`, which the writer began from."""
    held = hold_open(cycle, actor)
    kept = [" ".join(message.split()) for message in messages if message.strip()]
    if held.key_messages == kept:
        return held
    if held.key_messages != list(before):
        raise Refused("Somebody else saved key messages while you were writing. Theirs are below.")
    held.key_messages = kept
    held.save(update_fields=["key_messages"])
    audit.record(
        actor=actor,
        kind="key-messages-saved",
        object_type="report",
        object_key=held.slug,
        sentence=f"{actor.name} wrote the key messages of the {held.title} report.",
        data={"messages": kept},
    )
    return held
