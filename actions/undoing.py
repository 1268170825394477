"""Taking back what one has saved, until the coordinator has looked at it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from actions import also, trail
from actions.entries import Words, carried_to
from actions.models import ProgressEntry, ProgressVersion
from actions.services import Saved, held, write_down
from actions.words import moment
from actions.writers import Writer
from priorities.cycles import hold_open
from priorities.models import ReportingCycle


@dataclass(frozen=True, slots=True)
class LastSave:
    """What somebody saved last and may take back: when, in words, and the version of each action by its key."""

    when: str
    at: datetime
    versions: dict[str, int]

    @property
    def told(self) -> str:
        """The versions as a form sends them back: 'rs1:2 rs2:1'."""
        return " ".join(f"{key}:{version}" for key, version in self.versions.items())


def last_save(by: Writer, cycle: ReportingCycle) -> LastSave | None:
    """What a writer saved last for their partner and may still take back; None where there is nothing."""
    theirs = {"by": by.user} if by.user else {"by": None, "via": by.via, "from_partner": by.partner}
    versions = ProgressVersion.objects.filter(
        **theirs, entry__cycle=cycle, entry__action__lead=by.partner, number=F("entry__version"), undoes__isnull=True
    )
    if not by.reviews:
        versions = versions.filter(number__gt=F("entry__reviewed_version"))
    rows = list(versions.order_by("-at", "entry__action__order").values_list("at", "entry__action__key", "number"))
    if not rows:
        return None
    at = rows[0][0]
    return LastSave(moment(at), at, {key: number for when, key, number in rows if when == at})


def versions_told(text: str) -> dict[str, int]:
    """What LastSave.told says; nothing for what it cannot have said."""
    pairs = (pair.partition(":") for pair in text.split())
    return {key: int(number) for key, _, number in pairs if number.isdecimal() and len(number) < 10}


@transaction.atomic
def undo(*, cycle: ReportingCycle, versions: dict[str, int], by: Writer) -> Saved:
    """Take back the last saved version of some actions, by key, with one event in the trail; outputs, steps, questions
    and links that came with it go back too. The history keeps what was taken back.

    What has been saved again since, was saved by somebody else or has been looked at by the coordinator stands in
    `conflicts` and stays. Raises Refused where the state of the report forbids writing.
    """
    cycle = hold_open(cycle, by.actor)
    saved, now = Saved(), timezone.now()
    for entry in held(versions, cycle):
        last = ProgressVersion.objects.filter(entry=entry, number=versions[entry.action.key]).first()
        if last is None or not can_be_undone(entry, last, by):
            saved.conflicts.append(entry)
            continue
        put_back(entry, last, by, now)
        saved.entries.append(entry)
    if saved.entries:
        trail.undone(saved.entries, by, cycle)
    return saved


def can_be_undone(entry: ProgressEntry, last: ProgressVersion, by: Writer) -> bool:
    """Whether a version is the last one, theirs, and not looked at by anybody but themselves."""
    theirs = last.by_id == by.user.pk if by.user else (last.via, last.from_partner_id) == (by.via, by.partner_key)
    unseen = by.reviews or entry.version > entry.reviewed_version
    return entry.version == last.number and last.undoes is None and theirs and unseen


def put_back(entry: ProgressEntry, last: ProgressVersion, by: Writer, now: datetime) -> None:
    """Make what was said before the last version the next one."""
    before = ProgressVersion.objects.filter(entry=entry, number=last.number - 1).first()
    words = Words.of(before) if before else carried_to([entry.action], entry.cycle).get(entry.action_id, Words())
    also.put_back(last.also)
    write_down(
        entry,
        words,
        nothing_new=before.nothing_new if before else False,
        undone=before.undone if before else True,
        undoes=last.number,
        by=by,
        at=now,
    )
