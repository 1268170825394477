"""What the coordinator changed in the words of a partner, as the partner sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Partner, User
from accounts.roles import Permission
from actions.entries import Words, carried_to
from actions.marks import Mark, marks
from actions.models import ProgressEntry, ProgressVersion
from actions.words import moment
from actions.writers import credit_of
from priorities.models import ReportingCycle


@dataclass(frozen=True, slots=True)
class Edit:
    """When and by whom, in words, and what became of the partner's own text."""

    told: str
    marks: tuple[Mark, ...]


def edits_of(entries: Iterable[ProgressEntry], partner: Partner, cycle: ReportingCycle) -> dict[int, Edit]:
    """By entry (its key): what the coordinator last changed in it since the partner wrote it; in two queries."""
    kept = {entry.pk: entry for entry in entries if entry.version}
    found: dict[int, list[ProgressVersion]] = {}
    for version in (
        ProgressVersion.objects.filter(entry__in=kept).select_related("by", "from_partner").order_by("-number")
    ):
        found.setdefault(version.entry_id, []).append(version)
    edited = {key: versions for key, versions in found.items() if is_of_coordinator(versions[0].by, partner)}
    carried = carried_to([kept[key].action for key in edited], cycle) if edited else {}
    told = {}
    for key, versions in edited.items():
        own = next((each for each in versions if not is_of_coordinator(each.by, partner)), None)
        before = Words.of(own) if own else carried.get(kept[key].action_id, Words())
        if before.text.split() != kept[key].text.split():
            told[key] = Edit(f"{moment(versions[0].at)} {credit_of(versions[0])}", marks(before.text, kept[key].text))
    return told


def is_of_coordinator(user: User | None, partner: Partner) -> bool:
    return user is not None and user.may(Permission.UPDATE_ANY_ACTION) and user.partner_id != partner.pk
