"""What the indicator pages show, gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from indicators import reasons, words
from indicators.analysis.reading import Reading, read
from indicators.analysis.series import Point, Series
from indicators.charts.chart import Chart, chart_of
from indicators.held import empty_series, main_series, series_of
from indicators.models import Area, Indicator, Observation
from indicators.periods import Period


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in the list: its latest figure for the area it is reported for, and the change or why none."""

    slug: str
    name: str
    counted: str
    area: str
    figure: str
    period: str
    change: str
    tag: str
    kind: str
    source: str
    together: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the table of everything held. `source` is the number of its source in the list below, `pk`
    the key of its own page; None where it was revised just now."""

    pk: int | None
    period: str
    value: str
    note: str
    source: int | None
    extract: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Companion:
    """An indicator that has to be read together with the one shown."""

    slug: str
    name: str
    headline: str


@dataclass(frozen=True, slots=True)
class Page:
    """One indicator in one area. `reason` is '' where the headline says it already, `why` the same in
    sentences; `kind` is how the tag is marked."""

    series: Series
    reading: Reading
    headline: str
    tag: str
    kind: str
    reason: str
    why: tuple[str, ...]
    chart: Chart | None
    stated: tuple[str, ...]
    held: tuple[Held, ...]
    sources: tuple[str, ...]
    companions: tuple[Companion, ...]


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.select_related("source", "area", "owner", "checker", "part_of").prefetch_related(
        "read_together"
    )


def lines_of(listed: Iterable[Indicator]) -> list[IndicatorLine]:
    """The list of indicators, each with its latest figure."""
    listed = list(listed)
    series = main_series(listed)
    return [line_of(indicator, read(series[indicator.slug])) for indicator in listed]


def line_of(indicator: Indicator, reading: Reading) -> IndicatorLine:
    measure, latest = reading.series.measure, reading.latest
    return IndicatorLine(
        slug=indicator.slug,
        name=indicator.name,
        counted=words.unit(measure),
        area=reading.series.place.name,
        figure=words.value_and_marks(latest, measure) if latest else "",
        period=latest.period.label if latest else "",
        change=words.change(reading.comparison, measure) if reading.comparison else "",
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        source=indicator.source.publisher,
        together=tuple(other.name for other in indicator.read_together.all()),
    )


def page_of(indicator: Indicator, area: Area) -> Page:
    """Everything about one indicator in one area, with the indicators it has to be read with."""
    companions = list(indicator.read_together.select_related("area", "source"))
    held = series_of([indicator, *companions], {area, *(c.area for c in companions)})
    series = held.get((indicator.slug, area.code)) or empty_series(indicator, area)
    reading = read(series)
    latest_first = sorted(series.points, key=lambda p: (p.period.end, p.period.months), reverse=True)
    sources = tuple(dict.fromkeys(p.source for p in latest_first if p.source))
    keys = keys_of(indicator, area)
    headline, reason = words.headline(reading), reasons.reason(reading)
    beside = [(c, held.get((c.slug, area.code)) or held.get((c.slug, c.area_id))) for c in companions]
    return Page(
        series=series,
        reading=reading,
        headline=headline,
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        reason="" if reason in headline else reason,
        why=reasons.why(reading),
        chart=chart_of(series),
        stated=tuple(words.stated(change, series.measure) for change in series.stated),
        held=tuple(held_row(keys.get(point.period), series, point, sources) for point in latest_first),
        sources=sources,
        companions=tuple(
            Companion(c.slug, c.name, words.headline(read(s)) if s else f"{c.name}: no figure is held.")
            for c, s in beside
        ),
    )


def keys_of(indicator: Indicator, area: Area) -> dict[Period, int]:
    """The key of each figure held, by its period."""
    rows = Observation.objects.filter(indicator=indicator, area=area, until__isnull=True)
    return {Period(start, end): pk for start, end, pk in rows.values_list("period_start", "period_end", "pk")}


def held_row(pk: int | None, series: Series, point: Point, sources: tuple[str, ...]) -> Held:
    said = [*words.marks(point), words.both_values(series, point), point.note]
    return Held(
        pk=pk,
        period=point.period.label,
        value=words.value(point, series.measure),
        note=". ".join(text[:1].upper() + text[1:].rstrip(".") for text in said if text),
        source=sources.index(point.source) + 1 if point.source else None,
        extract=point.extract,
        line=point.line,
    )


def areas_held(indicator: Indicator) -> tuple[list[Area], bool]:
    """The areas that figures are held for and may be shown, by name; and whether there are others."""
    codes = Observation.objects.filter(indicator=indicator, until__isnull=True).values("area")
    held = list(Area.objects.filter(code__in=codes).order_by("name"))
    shown = [area for area in held if indicator.may_show(area)]
    return shown, len(shown) < len(held)
