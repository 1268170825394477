"""The register of recording changes: after each, figures cannot be compared with those before."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from indicators.judged_history import Record, records_of
from indicators.models import Indicator, SeriesBreak, SourceEdition


@dataclass(frozen=True, slots=True)
class RecordingChange:
    """A change in how something is recorded. `evidence` is an edition by its title or the text given; `indicators`
    are (slug, name), by name; `record` says who recorded it, and who withdrew it."""

    slug: str
    title: str
    kind: str
    date: datetime.date
    first_comparable: datetime.date
    reason: str
    evidence: str
    indicators: tuple[tuple[str, str], ...]
    record: Record


def register() -> list[RecordingChange]:
    """Every recording change, the latest first, those withdrawn with their mark; in a fixed number of queries."""
    return changes_of(SeriesBreak.objects.order_by("-date", "title").prefetch_related("indicators"))


def changes_to(indicator: Indicator) -> list[RecordingChange]:
    """The recording changes of one indicator, the earliest first."""
    return changes_of(indicator.breaks.prefetch_related("indicators"))


def changes_of(breaks: Iterable[SeriesBreak]) -> list[RecordingChange]:
    listed = list(breaks)
    cited = SourceEdition.objects.filter(slug__in=[b.evidence for b in listed]).select_related("source")
    titles = {edition.slug: str(edition) for edition in cited}
    records = records_of(listed)
    return [
        RecordingChange(
            slug=b.slug,
            title=b.title,
            kind=b.get_kind_display(),
            date=b.date,
            first_comparable=b.first_comparable,
            reason=b.reason,
            evidence=titles.get(b.evidence, b.evidence),
            indicators=tuple((i.slug, i.name) for i in b.indicators.all()),
            record=records[b.pk],
        )
        for b in listed
    ]
