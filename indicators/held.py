"""What is held, read from the database as plain series: the one place where pages get their figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from indicators.analysis.series import Break, Event, Measure, NewStart, Place, Point, Series, Stated, Target
from indicators.models import Area, Indicator, Observation, SeriesBreak, StatedChange
from indicators.models import Event as EventRow
from indicators.models import NewStart as NewStartRow
from indicators.models import Target as TargetRow
from indicators.periods import Period

Key = tuple[str, str]


def series_of(indicators: Iterable[Indicator], areas: Iterable[Area] | None = None) -> dict[Key, Series]:
    """The series of some indicators by (slug, area code), in nine queries however many there are.

    Without `areas`, for every area that something is held for. Areas that an indicator may not be shown for
    are left out.
    """
    by_id = {indicator.pk: indicator for indicator in indicators}
    wanted = Q(indicator__in=by_id)
    if areas is not None:
        wanted &= Q(area__in=[area.pk for area in areas])
    points: dict[tuple[int, str], list[Point]] = defaultdict(list)
    places: dict[str, Area] = {}
    rows = Observation.objects.filter(wanted, until__isnull=True)
    for row in rows.select_related("area", "edition__source", "extract"):
        places[row.area_id] = row.area
        points[row.indicator_id, row.area_id].append(point_of(row))
    stated = stated_by_key(wanted, places)
    breaks, events = breaks_by_indicator(by_id), events_by_indicator(by_id)
    new_starts, targets = new_starts_by_indicator(by_id), targets_by_key(by_id)
    wholes = wholes_of(by_id)
    return {
        (by_id[pk].slug, code): Series.of(
            measure_of(by_id[pk], wholes[pk]),
            place_of(places[code]),
            points[pk, code],
            breaks[pk],
            stated[pk, code],
            seasonal=by_id[pk].seasonal,
            new_starts=[start for area, start in new_starts[pk] if area in (None, code)],
            targets=targets[pk, code],
            events=events[pk],
        )
        for pk, code in {*points, *stated}
        if by_id[pk].may_show(places[code])
    }


def empty_series(indicator: Indicator, area: Area) -> Series:
    """The series of an indicator in an area that nothing is held for."""
    return Series(measure_of(indicator), place_of(area), seasonal=indicator.seasonal)


def main_series(indicators: Iterable[Indicator]) -> dict[str, Series]:
    """The series of each indicator for the area it is reported for, by slug; empty ones included."""
    listed = list(indicators)
    held = series_of(listed, {indicator.area for indicator in listed})
    return {i.slug: held.get((i.slug, i.area_id)) or empty_series(i, i.area) for i in listed}


def stated_by_key(wanted: Q, places: dict[str, Area]) -> dict[tuple[int, str], list[Stated]]:
    found: dict[tuple[int, str], list[Stated]] = defaultdict(list)
    for change in StatedChange.objects.filter(wanted).select_related("area", "edition__source"):
        places.setdefault(change.area_id, change.area)
        found[change.indicator_id, change.area_id].append(stated_of(change))
    return found


def stated_of(row: StatedChange) -> Stated:
    return Stated(
        row.period,
        row.against,
        row.percent,
        row.absolute,
        row.qualifier,
        row.words,
        str(row.edition),
        row.note,
        row.edition.source.publisher,
        row.edition.slug,
    )


def breaks_by_indicator(by_id: dict[int, Indicator]) -> dict[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    links = SeriesBreak.indicators.through.objects.filter(indicator__in=by_id, seriesbreak__withdrawn_at__isnull=True)
    for link in links.select_related("seriesbreak"):
        found[link.indicator_id].append(break_of(link.seriesbreak))
    return found


def events_by_indicator(by_id: dict[int, Indicator]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    links = EventRow.indicators.through.objects.filter(indicator__in=by_id, event__withdrawn_at__isnull=True)
    for link in links.select_related("event"):
        found[link.indicator_id].append(event_of(link.event))
    return found


def new_starts_by_indicator(by_id: dict[int, Indicator]) -> dict[int, list[tuple[str | None, NewStart]]]:
    """New starts, each with its area; None for every area."""
    found: dict[int, list[tuple[str | None, NewStart]]] = defaultdict(list)
    for row in NewStartRow.objects.in_force().filter(indicator__in=by_id):
        found[row.indicator_id].append((row.area_id, new_start_of(row)))
    return found


def targets_by_key(by_id: dict[int, Indicator]) -> dict[tuple[int, str], list[Target]]:
    found: dict[tuple[int, str], list[Target]] = defaultdict(list)
    for row in TargetRow.objects.in_force().filter(indicator__in=by_id):
        found[row.indicator_id, row.area_id].append(target_of(row))
    return found


def break_of(row: SeriesBreak) -> Break:
    return Break(row.date, row.first_comparable, row.title, row.reason, row.kind, row.evidence)


def event_of(row: EventRow) -> Event:
    return Event(row.starts, row.ends, row.title, row.kind, row.evidence)


def new_start_of(row: NewStartRow) -> NewStart:
    return NewStart(row.date, row.reason, row.recorded_by_name)


def target_of(row: TargetRow) -> Target:
    return Target(row.value, row.months, row.period_start, row.period_end, row.tolerance, row.reason)


def wholes_of(indicators: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The slugs of what each indicator is a part of, of what that is a part of, and so on."""
    listed = {pk: (slug, above) for pk, slug, above in Indicator.objects.values_list("pk", "slug", "part_of")}
    return {pk: tuple(slugs_above(pk, listed)) for pk in indicators}


def slugs_above(pk: int, listed: Mapping[int, tuple[str, int | None]]) -> Iterator[str]:
    met = {pk}
    _, above = listed[pk]
    while above is not None and above not in met:
        met.add(above)
        slug, above = listed[above]
        yield slug


def point_of(row: Observation) -> Point:
    return Point(
        Period(row.period_start, row.period_end),
        row.value,
        row.value_to,
        row.qualifier,
        row.status,
        row.coverage,
        row.note,
        str(row.edition) if row.edition else "",
        extract=row.extract.original_name,
        line=row.line,
        key=row.pk,
        edition=row.edition.slug if row.edition else "",
    )


def measure_of(indicator: Indicator, wholes: tuple[str, ...] = ()) -> Measure:
    """An indicator as charts and words need it. `wholes` are the slugs of what it is a part of."""
    return Measure(
        indicator.slug,
        indicator.name,
        indicator.short_name,
        indicator.counted,
        indicator.counted_plural,
        indicator.kind,
        indicator.per,
        indicator.decimals,
        indicator.polarity,
        indicator.final_expected,
        wholes,
        indicator.multi_coded,
    )


def place_of(area: Area) -> Place:
    return Place(area.code, area.name)
