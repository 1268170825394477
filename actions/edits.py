"""What the coordinator changed in the words of a partner, as the partner sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Partner, User
from accounts.roles import Permission
from actions.entries import Words, carried_to
from actions.marks import Mark, marks
from actions.models import ProgressEntry, ProgressVersion
from actions.review import also_since, status_change
from actions.words import moment
from actions.writers import credit_of
from priorities.models import ReportingCycle


@dataclass(frozen=True, slots=True)
class Edit:
    """When and by whom, in words, and what became of the partner's own text; `status` is '' where it stayed, `also`
    are sentences on outputs, steps, questions and links."""

    told: str
    marks: tuple[Mark, ...]
    status: str = ""
    also: tuple[str, ...] = ()

    @property
    def text_is_the_same(self) -> bool:
        return all(mark.kind == "same" for mark in self.marks)


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
        since = [each for each in reversed(versions) if own is None or each.number > own.number]
        edit = Edit(
            told=f"{moment(versions[0].at)} {credit_of(versions[0])}",
            marks=marks(before.text, kept[key].text),
            status=status_change(before, kept[key]),
            also=also_since(since),
        )
        if edit.status or edit.also or not edit.text_is_the_same:
            told[key] = edit
    return told


def is_of_coordinator(user: User | None, partner: Partner) -> bool:
    return user is not None and user.may(Permission.UPDATE_ANY_ACTION) and user.partner_id != partner.pk
