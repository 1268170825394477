"""What is held about places: the list of areas, and everything about one."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from indicators import words
from indicators.analysis.series import Measure, Series
from indicators.held import series_of
from indicators.models import Area, Indicator, Observation, StatedChange
from indicators.where_from import Quotation, WhereFrom, quoted, where_from

LITTLE = 3
ENOUGH = 13
KINDS = {
    Area.Kind.NATION: "Nations",
    Area.Kind.REGION: "Regions",
    Area.Kind.FORCE: "Police force areas",
    Area.Kind.COUNTY: "Counties",
    Area.Kind.UNITARY: "Unitary authorities",
    Area.Kind.DISTRICT: "Districts",
    Area.Kind.CSP: "Community safety partnership areas",
}
# `Indicator.may_show`, for a query of figures or stated changes.
MAY_BE_SHOWN = Q(indicator__sensitivity=Indicator.Sensitivity.OPEN) | ~Q(area__kind__in=Area.BELOW_COUNTY)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area in the list, with the number of indicators that hold something about it and may be shown."""

    code: str
    name: str
    indicators: int


@dataclass(frozen=True, slots=True)
class HeldLine:
    """An indicator as held for one area: its latest figure in words, and how many periods there are.
    `figure` is '' where only changes stated by a source are held; `where` leads to where it comes from."""

    slug: str
    name: str
    counts: str
    figure: str
    period: str
    periods: int
    since: str
    stated: tuple[Quotation, ...]
    together: tuple[str, ...]
    where: WhereFrom | None


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything held about one area. `withheld` counts indicators that may not be shown for it; `known` is
    how many indicators there are in all."""

    held: tuple[HeldLine, ...]
    withheld: int
    known: int

    @property
    def is_little(self) -> bool:
        """Whether a reader should be told that there is hardly anything."""
        return len(self.held) <= LITTLE

    @property
    def is_short(self) -> bool:
        """Whether no series is long enough for a direction, which takes 13 figures."""
        return all(line.periods < ENOUGH for line in self.held)


def areas_by_kind() -> list[tuple[str, list[AreaLine]]]:
    """Every area under the name of its kind, the largest kinds first; in three queries."""
    held = Observation.objects.filter(MAY_BE_SHOWN, until__isnull=True).order_by().values_list("area", "indicator")
    stated = StatedChange.objects.filter(MAY_BE_SHOWN).order_by().values_list("area", "indicator")
    counts = Counter(area for area, _ in {*held.distinct(), *stated.distinct()})
    areas = list(Area.objects.order_by("name", "code"))
    groups = [
        (title, [AreaLine(a.code, a.name, counts[a.code]) for a in areas if a.kind == kind])
        for kind, title in KINDS.items()
    ]
    return [(title, lines) for title, lines in groups if lines]


def everything_about(area: Area) -> AreaPage:
    """What is held about one area, by the names of the indicators; in a fixed number of queries."""
    something = Q(observations__area=area, observations__until__isnull=True) | Q(stated_changes__area=area)
    found = Indicator.objects.filter(something).distinct().order_by("name", "pk")
    indicators = list(found.prefetch_related("read_together"))
    shown = [indicator for indicator in indicators if indicator.may_show(area)]
    series = series_of(shown, [area])
    return AreaPage(
        held=tuple(held_line(indicator, series[indicator.slug, area.code]) for indicator in shown),
        withheld=len(indicators) - len(shown),
        known=Indicator.objects.count(),
    )


def held_line(indicator: Indicator, series: Series) -> HeldLine:
    latest, measure = series.latest(), series.measure
    return HeldLine(
        slug=measure.slug,
        name=measure.name,
        counts=counted(measure),
        figure=words.value_and_marks(latest, measure) if latest else "",
        period=latest.period.label if latest else "",
        periods=len(series.points),
        since=series.points[0].period.label if len(series.points) > 1 else "",
        stated=tuple(quoted(change, measure) for change in series.stated),
        together=tuple(other.name for other in indicator.read_together.all()),
        where=where_from(measure, series.place, latest),
    )


def counted(measure: Measure) -> str:
    """What follows a figure that carries its own sign: 'offences', 'of clients', nothing after pounds."""
    if measure.kind == "percentage":
        return f"of {measure.counted_plural}"
    return "" if measure.kind == "money" else words.unit(measure)
