"""Whether everything that was issued is still what was issued."""

import json
from collections.abc import Iterator
from typing import Any

from accounts import audit
from accounts.models import AuditEvent
from reports.frozen import Unreadable, fingerprint, thaw
from reports.models import PublishedReport, Withdrawal

Said = dict[tuple[str, int], dict[str, Any]]


def faults() -> Iterator[str]:
    """What is wrong with what was issued, a sentence each; nothing where every edition is in place, unaltered and
    readable, and is the one that the trail of changes says was issued."""
    yield from audit.faults()
    said = told_by_the_trail("report-issued")
    held = PublishedReport.objects.select_related("cycle").order_by("cycle__period_end", "edition")
    for published in held.iterator(chunk_size=10):
        key = (published.cycle.slug, published.edition)
        for fault in (*faults_of(published), *against_the_trail(published, said.pop(key, None))):
            yield f"{published}: {fault}"
    for slug, edition in sorted(said):
        yield f"{slug}, edition {edition}: it was issued and is no longer there."
    yield from withdrawals()


def told_by_the_trail(kind: str) -> Said:
    """What the trail of changes says was done with each edition, by the report's name and the edition's number. Events
    that were altered past reading are left out: the trail's own check names them."""
    found: Said = {}
    for slug, text in AuditEvent.objects.filter(kind=kind).order_by("number").values_list("object_key", "text"):
        try:
            data = json.loads(text)["data"]
            found[slug, data["edition"]] = data
        except (ValueError, LookupError, TypeError):
            continue
    return found


def faults_of(published: PublishedReport) -> Iterator[str]:
    """What is wrong with an edition by itself."""
    if fingerprint(published.payload) != published.sha256:
        yield "the text has another SHA-256 than was issued."
    try:
        report = thaw(published.payload)
    except Unreadable as problem:
        yield f"the text cannot be read. {problem}"
        return
    if report.slug != published.cycle.slug:
        yield f"the text is of the report {report.slug}."


def against_the_trail(published: PublishedReport, said: dict[str, Any] | None) -> Iterator[str]:
    """Where an edition differs from what the trail of changes says was issued."""
    if said is None:
        yield "the trail of changes does not say that it was issued."
        return
    for name in ("sha256", "schema", "note"):
        if said.get(name) != getattr(published, name):
            yield f"the trail of changes says another {name} than is kept."


def withdrawals() -> Iterator[str]:
    """Marks that came or went without the trail of changes."""
    told = set(told_by_the_trail("report-withdrawn"))
    held = set(Withdrawal.objects.values_list("published__cycle__slug", "published__edition"))
    for slug, edition in sorted(told ^ held):
        what = "and no mark says so" if (slug, edition) in told else "by its mark, not by the trail of changes"
        yield f"{slug}, edition {edition}: it was withdrawn {what}."
