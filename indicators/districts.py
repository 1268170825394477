"""What is held of one indicator for the districts and unitary authorities that the agreement places on its tile map."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from indicators import words
from indicators.analysis.series import WHOLE, Point, Series
from indicators.areas import MAY_BE_SHOWN
from indicators.charts.multiples import Multiples, of_districts
from indicators.charts.tiles import Spot, TileMap, Whole, tile_map
from indicators.held import Key, measure_of, place_of, series_of
from indicators.models import Area, Indicator, Observation
from indicators.periods import Period

# Areas that districts are parts of and may be set against.
WHOLES = (Area.Kind.FORCE, Area.Kind.COUNTY)


@dataclass(frozen=True, slots=True)
class Districts:
    """One indicator by district: its tile map in one period, its small multiples where there is enough for them, the
    periods one may choose, latest first, what it counts, and what its populations are, '' where none are held."""

    slug: str
    name: str
    map: TileMap
    multiples: Multiples | None
    periods: tuple[str, ...]
    counts: str
    population: str


def indicators_by_district() -> QuerySet[Indicator]:
    """The indicators that hold a figure of a district on the tile map that may be shown, by name."""
    held = Observation.objects.filter(
        MAY_BE_SHOWN, indicator=OuterRef("pk"), until__isnull=True, area__tile_row__isnull=False
    )
    return Indicator.objects.filter(Exists(held)).select_related("area").order_by("name", "pk")


def districts_of(indicator: Indicator, asked: str = "") -> Districts | None:
    """An indicator by district, in the period whose label is asked for, else in the latest that is complete; None where
    nothing is held that may be shown. In a fixed number of queries."""
    known = {area.code: area for area in Area.objects.all()}
    spots = [area for area in known.values() if area.tile_row and area.tile_column and indicator.may_show(area)]
    population = Indicator.objects.filter(slug=indicator.denominator).exclude(slug="").first()
    held = series_of([indicator, *filter(None, [population])], [*spots, indicator.area])
    by_district = [held[indicator.slug, area.code] for area in spots if (indicator.slug, area.code) in held]
    periods = periods_of(by_district)
    if not periods:
        return None
    period = next((p for p in periods if p.label == asked), latest_complete(by_district, periods))
    measure = measure_of(indicator)
    return Districts(
        slug=indicator.slug,
        name=indicator.name,
        map=tile_map(
            measure,
            period,
            [spot_of(area, indicator, population, period, held, known) for area in spots],
            whole_of(indicator, population, period, held),
            measure_of(population) if population else None,
        ),
        multiples=of_districts(by_district),
        periods=tuple(p.label for p in periods),
        counts=words.unit(measure),
        population=population.name if population else "",
    )


def periods_of(by_district: Iterable[Series]) -> list[Period]:
    """The periods of the usual length that any district holds a figure for, the latest first."""
    held = [point.period for series in by_district for point in series.points if point.value is not None]
    lengths = Counter(period.months for period in held)
    usual = max(lengths, key=lambda months: (lengths[months], months), default=0)
    return sorted({period for period in held if period.months == usual}, reverse=True)


def latest_complete(by_district: Iterable[Series], periods: list[Period]) -> Period:
    """The latest period in which no figure is incomplete; where there is none, the latest."""
    unsure = {
        point.period
        for series in by_district
        for point in series.points
        if point.value is not None and point.status not in WHOLE
    }
    return next((period for period in periods if period not in unsure), periods[0])


def spot_of(
    area: Area,
    indicator: Indicator,
    population: Indicator | None,
    period: Period,
    held: dict[Key, Series],
    known: dict[str, Area],
) -> Spot:
    series = held.get((indicator.slug, area.code))
    return Spot(
        place=place_of(area),
        short_name=area.short_name,
        row=area.tile_row or 0,
        column=area.tile_column or 0,
        covered=is_covered(area, indicator.area, known),
        point=series.at(period) if series else None,
        people=population_in(held.get((population.slug, area.code)) if population else None, period),
    )


def is_covered(area: Area, whole: Area, known: dict[str, Area]) -> bool:
    """Whether an indicator that is reported for `whole` is about an area at all: what is reported for a county leaves
    out the unitary authorities beside it."""
    if whole.kind != Area.Kind.COUNTY:
        return True
    above = area.parent_id
    while above and above != whole.code:
        above = known[above].parent_id
    return above == whole.code


def whole_of(
    indicator: Indicator, population: Indicator | None, period: Period, held: dict[Key, Series]
) -> Whole | None:
    """The county or police force area that the indicator is reported for; None for a larger or smaller area."""
    area = indicator.area
    if area.kind not in WHOLES:
        return None
    series = held.get((indicator.slug, area.code))
    people = population_in(held.get((population.slug, area.code)) if population else None, period)
    return Whole(place_of(area), series.at(period) if series else None, people)


def population_in(series: Series | None, period: Period) -> Point | None:
    """The latest population whose own period had begun by the end of a period."""
    begun = [point for point in series.points if point.period.start <= period.end] if series else []
    return begun[-1] if begun else None
