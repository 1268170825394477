"""Whether everything that was issued is still what was issued."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from accounts import audit
from accounts.models import AuditEvent
from reports.frozen import Unreadable, fingerprint, thaw
from reports.models import Outcome, PublishedReport, Withdrawal

# What every event of a report that was issued tells; the first of them told no names.
ALWAYS_TOLD = ("sha256", "schema", "note")
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
    yield from marks("report-withdrawn", Withdrawal, "reason", "withdrawn")
    yield from marks("report-considered", Outcome, "text", "considered")


def told_by_the_trail(kind: str) -> Said:
    """What the trail of changes says was done with each edition, by the report's name and the edition's number."""
    return {(slug, data["edition"]): data for slug, data in events(kind)}


def events(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The report's name and what else is said of each event of a kind. Events that were altered past reading are left
    out: the trail's own check names them."""
    rows = AuditEvent.objects.filter(kind=kind).order_by("number").values_list("object_key", "text")
    for slug, text in rows:
        try:
            data = json.loads(text)["data"]
        except (ValueError, LookupError, TypeError):
            continue
        if isinstance(data, dict) and "edition" in data:
            yield slug, data


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
    kept = {name: getattr(published, name) for name in (*ALWAYS_TOLD, "prepared_by_name", "issued_by_name")}
    for name, value in (kept | {"issued_at": published.issued_at.isoformat()}).items():
        if (name in said or name in ALWAYS_TOLD) and said.get(name) != value:
            yield f"the trail of changes says another {name} than is kept."


def marks(kind: str, model: type[Withdrawal | Outcome], column: str, what: str) -> Iterator[str]:
    """Where what became of a report afterwards is other than the trail of changes says, with its words."""
    rows = model.objects.values_list("published__cycle__slug", "published__edition", column)
    held, told = Counter(rows), Counter((slug, data["edition"], str(data.get(column))) for slug, data in events(kind))
    for slug, edition, words in sorted(told - held):
        yield f"{slug}, edition {edition}: it was {what} and no mark says so as it was said: {words}"
    for slug, edition, words in sorted(held - told):
        yield f"{slug}, edition {edition}: it was {what} by its mark, not by the trail of changes: {words}"
