"""What was saved of an action while somebody was writing about it, and what of a draft is still theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from actions.also import quantities_at
from actions.entries import Words, began_from
from actions.forms_mine import as_text
from actions.models import ProgressEntry, ProgressVersion


@dataclass(frozen=True, slots=True)
class Since:
    """What was saved of an action since a writer began: what they had before them, in words and in quantities of
    outputs where these have been changed, and each change beside the words."""

    words: Words
    quantities: dict[tuple[int, str], Decimal | None] = field(default_factory=dict)
    also: tuple[dict[str, Any], ...] = ()


def versions_since(entry: ProgressEntry, version: str) -> Since:
    """What was saved since the version that a form or a draft tells of."""
    if not version.isdecimal() or len(version) > 9 or int(version) == entry.version:
        return Since(Words.of(entry))
    versions = list(ProgressVersion.objects.filter(entry=entry.pk).order_by("number"))
    taken_back = {each.undoes for each in versions}
    later = [each for each in versions if each.number > int(version) and each.number not in taken_back]
    return Since(
        words=began_from(entry, int(version)),
        quantities=quantities_at(versions, int(version)),
        also=tuple(change for each in later for change in each.also),
    )


def of_this_version(
    entry: ProgressEntry, draft: Mapping[str, str] | None, since: Since
) -> tuple[bool, dict[str, str] | None]:
    """Whether nothing in a draft is about what somebody else has changed since, and the draft as it is to be shown:
    over a later version only what differs from what its writer began from."""
    key = entry.action.key
    if draft is None or f"{key}-version" not in draft:
        return True, None
    said, began = dict(draft), since.words
    version = said.pop(f"{key}-version")
    if version == str(entry.version) or not version.isdecimal():
        return True, said
    for (pk, name), value in since.quantities.items():
        if said.get(place := f"{key}-{name}-{pk}") == as_text(value):
            del said[place]
    typed = Words(said.get(f"{key}-text", ""), said.get(f"{key}-status", began.status), said.get(f"{key}-reason", ""))
    is_about_words = (typed.text.split(), typed.status) != (began.text.split(), began.status)
    if not is_about_words:
        for name in ("text", "status", "reason"):
            said.pop(f"{key}-{name}", None)
    return not is_about_words and not any(f"{key}-{name}-{pk}" in said for pk, name in since.quantities), said
