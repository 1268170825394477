"""What one publication of a source is, and what was read in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

from indicators import words
from indicators.areas import MAY_BE_SHOWN
from indicators.held import measure_of, stated_of
from indicators.models import Indicator, Observation, SourceEdition, StatedChange
from indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Read:
    """How many figures of an indicator in use were read in a publication, for how many areas and which months;
    `area` is the code of the only area, '' where there are several."""

    slug: str
    name: str
    figures: int
    areas: int
    area: str
    span: str


@dataclass(frozen=True, slots=True)
class StatedIn:
    """A change as a publication states it, with the indicator and area it is about."""

    slug: str
    area: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What was read in a publication that may be shown, by the names of the indicators."""

    read: tuple[Read, ...]
    stated: tuple[StatedIn, ...]


def read_in(edition: SourceEdition) -> SourcePage:
    """What figures and stated changes were read in a publication, in three queries."""
    found = Observation.objects.filter(MAY_BE_SHOWN, edition=edition, until__isnull=True).order_by()
    rows = found.values("indicator").annotate(
        figures=Count("pk"),
        areas=Count("area", distinct=True),
        area=Min("area"),
        first=Min("period_start"),
        last=Max("period_end"),
    )
    by_pk = {row["indicator"]: row for row in rows}
    changes = StatedChange.objects.filter(MAY_BE_SHOWN, edition=edition)
    return SourcePage(
        read=tuple(read_of(indicator, by_pk[indicator.pk]) for indicator in Indicator.objects.filter(pk__in=by_pk)),
        stated=tuple(stated_in(changes.select_related("indicator", "area", "edition__source"))),
    )


def read_of(indicator: Indicator, row: Mapping[str, Any]) -> Read:
    return Read(
        slug=indicator.slug,
        name=indicator.name,
        figures=row["figures"],
        areas=row["areas"],
        area=row["area"] if row["areas"] == 1 else "",
        span=Period(row["first"], row["last"]).span,
    )


def stated_in(changes: Iterable[StatedChange]) -> Iterable[StatedIn]:
    for change in changes:
        measure = measure_of(change.indicator)
        yield StatedIn(
            slug=measure.slug,
            area=change.area_id,
            about=words.named(measure.name, change.area.name),
            text=words.stated_alone(stated_of(change), measure),
        )
