"""What people have typed and not saved yet. Nobody else sees a draft, so keeping one is no change that the trail
tells of; it would also say that everything shown had changed, at every pause in somebody's typing."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Partner, User
from actions.models import Draft, PartnerLink
from priorities.models import ReportingCycle

FIELD = re.compile(r"(?P<key>[-\w]{1,20})-(?P<name>[a-z_]{1,20}(-\d{1,18})?)|via|name")


class NewerDraft(Exception):
    """Another device has kept a draft since; `current` is what it kept."""

    def __init__(self, current: Draft) -> None:
        super().__init__(f"The draft is now number {current.number}.")
        self.current = current


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose draft it is: a person's or a link's, for which partner's actions in which report."""

    holder: User | PartnerLink
    partner: Partner
    cycle: ReportingCycle

    @property
    def key(self) -> str:
        """What a browser tells it by from those of others at the same device."""
        return f"{'person' if isinstance(self.holder, User) else 'link'}-{self.holder.pk}"

    @property
    def lookup(self) -> dict[str, Any]:
        holder = "user" if isinstance(self.holder, User) else "link"
        return {holder: self.holder, "partner": self.partner, "cycle": self.cycle}

    def lock(self) -> None:
        """Until the transaction ends, let nobody else keep a draft of the same person or link."""
        model = User if isinstance(self.holder, User) else PartnerLink
        model._default_manager.select_for_update(no_key=True).get(pk=self.holder.pk)


def draft_of(owner: Owner) -> Draft | None:
    """The draft that is kept, or None."""
    return Draft.objects.filter(**owner.lookup).first()


@transaction.atomic
def keep_draft(*, owner: Owner, fields: Mapping[str, str], began_from: int) -> Draft:
    """Keep what was typed, by field. Raises NewerDraft, keeping nothing, where a draft was kept since the one of the
    number that the writer began from (0: there was none)."""
    owner.lock()
    held = draft_of(owner)
    if held and held.number != began_from:
        raise NewerDraft(held)
    draft, now = held or Draft(**owner.lookup, number=0), timezone.now()
    draft.fields = {name: value for name, value in fields.items() if FIELD.fullmatch(name)}
    draft.number, draft.at = max(draft.number + 1, int(now.timestamp() * 1000)), now
    draft.save()
    return draft


@transaction.atomic
def settle_draft(*, owner: Owner, began_from: int, unsaved: Collection[str], fields: Mapping[str, str]) -> None:
    """After a save, keep of the draft only the actions that could not be saved, by key. A newer draft of another
    device stays as it is."""
    held = draft_of(owner)
    if held and held.number != began_from:
        return
    if held:
        held.delete()
    left = {name: value for name, value in fields.items() if key_of(name) in unsaved}
    if left:
        keep_draft(owner=owner, fields=left, began_from=0)


def discard_draft(*, owner: Owner, number: int) -> None:
    """Forget a draft, if it is still the one of that number."""
    Draft.objects.filter(**owner.lookup, number=number).delete()


def key_of(field: str) -> str:
    """The action that a field is about."""
    found = FIELD.fullmatch(field)
    return (found["key"] or "") if found else ""
