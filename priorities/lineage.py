"""Where a priority came from, in words and with the way there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from priorities.models import Priority, PriorityLineage, ReportingCycle

Kind = PriorityLineage.Kind
SAYS = {
    Kind.CARRIED_ON: "Carried on from the {place}.",
    Kind.RENAMED: "It was called {title} in the {place}.",
    Kind.SPLIT: "It came out of {title}{of_place}.",
    Kind.MERGED: "It took in {title}{of_place}.",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """A priority that another came from: a sentence, its title and slug, and the last report that shows it ('' where
    none does)."""

    sentence: str
    title: str
    slug: str
    report: str


def origins_of(priorities: Iterable[Priority]) -> dict[int, list[Origin]]:
    """Where each of these priorities came from, by its key; in one query."""
    last = ReportingCycle.objects.filter(agreement=OuterRef("from_priority__agreement")).order_by("-period_end", "-pk")
    rows = PriorityLineage.objects.filter(to_priority__in=priorities).select_related(
        "to_priority", "from_priority__agreement"
    )
    found: dict[int, list[Origin]] = defaultdict(list)
    for row in rows.annotate(report=Subquery(last.values("slug")[:1])).order_by("from_priority__number", "pk"):
        before = row.from_priority
        found[row.to_priority_id].append(Origin(sentence(row), before.title, before.slug, row.report or ""))
    return found


def in_words(origins: Iterable[Origin]) -> str:
    """What is said of where a priority came from; a note about several of its origins once."""
    return " ".join(dict.fromkeys(origin.sentence for origin in origins))


def sentence(row: PriorityLineage) -> str:
    """What is said of where a priority came from: the note, else a sentence for its kind."""
    before = row.from_priority
    place = "" if before.agreement_id == row.to_priority.agreement_id else before.agreement.name
    said = SAYS[Kind(row.kind)] if place or row.kind in (Kind.SPLIT, Kind.MERGED) else "It was {title} before."
    return row.note or said.format(title=before.title, place=place, of_place=f" of the {place}" if place else "")


def origins_in(cycle: ReportingCycle, slug: str) -> list[Origin]:
    """Where the priority of that name of a report's agreement came from."""
    return next(iter(origins_of(Priority.objects.filter(agreement=cycle.agreement_id, slug=slug)).values()), [])
