"""What the indicator pages show, gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from indicators import reasons, words
from indicators.analysis.reading import Reading, read
from indicators.analysis.series import Point, Series
from indicators.charts.beside import Beside, side_by_side
from indicators.charts.strands import Strands, strands_of
from indicators.held import empty_series, main_series, series_of
from indicators.models import Area, Indicator, Observation
from indicators.where_from import (
    Quotation,
    WhereFrom,
    of_earlier,
    of_edition,
    of_headline,
    of_sum,
    quoted,
    quoted_for,
    where_from,
)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in the list: its latest figure for the area it is reported for, and the change or why none; where no
    figure is held, the change that a source states. `where` and `against` lead to where the figure and the one it is
    compared with come from."""

    slug: str
    name: str
    counted: str
    area: str
    value: str
    marks: tuple[str, ...]
    period: str
    change: str
    quoted: Quotation | None
    tag: str
    kind: str
    source: str
    together: tuple[str, ...]
    where: WhereFrom | None
    against: WhereFrom | None


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the table of everything held. `source` is the number of its source in the list below, and leads to it;
    `where` leads to where the figure comes from, `added` to the parts of a sum that differs from it."""

    period: str
    value: str
    note: str
    source: WhereFrom | None
    extract: str
    line: int | None
    where: WhereFrom | None
    added: WhereFrom | None


@dataclass(frozen=True, slots=True)
class Page:
    """One indicator in one area. `links` lead from the figures of the headline to where they come from. `reason` is
    '' where the headline says it already, `why` the same in sentences; `kind` is how the tag is marked. `beside` is
    its chart with those it has to be read together with, `strands` its parts in which one event may be counted several
    times."""

    series: Series
    reading: Reading
    headline: str
    links: tuple[WhereFrom | None, ...]
    tag: str
    kind: str
    reason: str
    why: tuple[str, ...]
    beside: Beside
    strands: Strands | None
    stated: tuple[Quotation, ...]
    held: tuple[Held, ...]
    sources: tuple[WhereFrom, ...]


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
        value=words.value(latest, measure) if latest else "",
        marks=words.marks(latest) if latest else (),
        period=latest.period.label if latest else "",
        change=words.change(reading.comparison, measure) if reading.comparison else "",
        quoted=None if latest else quoted_for(reading.series, None),
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        source=indicator.source.publisher,
        together=tuple(other.name for other in indicator.read_together.all()),
        where=where_from(measure, reading.series.place, latest),
        against=of_earlier(reading.series, reading.comparison),
    )


def page_of(indicator: Indicator, area: Area) -> Page:
    """Everything about one indicator in one area, with the indicators it has to be read with."""
    companions = list(indicator.read_together.select_related("area", "source"))
    parts = list(indicator.parts.filter(multi_coded=True).select_related("area"))
    held = series_of([indicator, *companions, *parts], {area, *(c.area for c in companions)})
    series = held.get((indicator.slug, area.code)) or empty_series(indicator, area)
    reading = read(series)
    latest_first = sorted(series.points, key=lambda p: (p.period.end, p.period.months), reverse=True)
    editions = {p.source: p.edition for p in latest_first if p.source}
    sources = tuple(editions)
    headline, reason = words.headline(reading), reasons.reason(reading)
    together = [
        held.get((c.slug, area.code)) or held.get((c.slug, c.area_id)) or empty_series(c, area) for c in companions
    ]
    notes = (each.read_together_note for each in (indicator, *companions))
    return Page(
        series=series,
        reading=reading,
        headline=headline,
        links=of_headline(reading),
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        reason="" if reason in headline else reason,
        why=reasons.why(reading),
        beside=side_by_side([series, *together], note=next(filter(None, notes), "")),
        strands=strands_of(series, [held[part.slug, area.code] for part in parts if (part.slug, area.code) in held]),
        stated=tuple(quoted(change, series.measure) for change in series.stated),
        held=tuple(held_row(series, point, sources) for point in latest_first),
        sources=tuple(of_edition(source, edition) for source, edition in editions.items()),
    )


def held_row(series: Series, point: Point, sources: tuple[str, ...]) -> Held:
    number = str(sources.index(point.source) + 1) if point.source else ""
    said = [*words.marks(point), words.both_values(series, point), point.note]
    return Held(
        period=words.capital(point.period.label),
        value=words.value(point, series.measure),
        note=". ".join(text[:1].upper() + text[1:].rstrip(".") for text in said if text),
        source=of_edition(number, point.edition, f"Source {number}: {point.source}") if number else None,
        extract=point.extract,
        line=point.line,
        where=where_from(series.measure, series.place, point),
        added=of_sum(series, point),
    )


def areas_held(indicator: Indicator) -> tuple[list[Area], bool]:
    """The areas that figures are held for and may be shown, by name; and whether there are others."""
    codes = Observation.objects.filter(indicator=indicator, until__isnull=True).values("area")
    held = list(Area.objects.filter(code__in=codes).order_by("name"))
    shown = [area for area in held if indicator.may_show(area)]
    return shown, len(shown) < len(held)
