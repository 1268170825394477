"""Where a figure comes from: what is held of it, the file and line that gave it, and what was held in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from indicators import words
from indicators.analysis.series import Measure, Point, Series
from indicators.corrected import Corrected, corrected_of
from indicators.extracts.quoting import Quoted, quote
from indicators.held import measure_of, place_of, point_of
from indicators.models import Area, DataChange, Indicator, Observation
from indicators.periods import Period
from indicators.where_from import WhereFrom, of_sum


@dataclass(frozen=True, slots=True)
class Change:
    """When the data changed, who changed it, and whether by taking a file back."""

    at: datetime
    by: str
    took_back: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What is held of a figure, in words."""

    figure: str
    unit: str
    period: str
    span: str
    status: str
    coverage: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Version:
    """One value that is or was held. `replaced` says whether it is no longer; `since` and `until` are None where no
    change is on record."""

    pk: int
    value: str
    file: str
    line: int
    replaced: bool
    since: Change | None
    until: Change | None


@dataclass(frozen=True, slots=True)
class Origin:
    """One figure, with the corrections it was read with and every value held for the same indicator, area and period,
    the latest first. Of a figure that is
    no longer in use, `ended` is the change that ended it, `successor` what that put in its place and `current` what is
    in use now; each None where there is none. `differs` says what its parts add up to where that is another value, and
    `added` leads there."""

    shown: Shown
    quoted: Quoted
    corrected: tuple[Corrected, ...]
    versions: tuple[Version, ...]
    ended: Change | None
    successor: Version | None
    current: Version | None
    differs: str
    added: WhereFrom | None


def origin_of(row: Observation) -> Origin:
    """Where a figure comes from, in four queries however often it was revised, and three more for a table of a
    partner's own."""
    measure, point = measure_of(row.indicator), point_of(row)
    rows = held_within(row.indicator, row.area, row.period)
    same = [other for other in rows if other.period == row.period]
    versions = versions_of(same, measure)
    this = next(version for version in versions if version.pk == row.pk)
    now = series_of_rows(row.indicator, row.area, (other for other in rows if other.until is None))
    published = point if row.until is None else None
    return Origin(
        shown=shown_of(measure, point),
        quoted=quote(row),
        corrected=corrected_of(row),
        versions=versions,
        ended=this.until,
        successor=next((v for v, other in zip(versions, same, strict=True) if other.since == row.until), None),
        current=next((version for version in versions if not version.replaced), None),
        differs=words.both_values(now, published) if published else "",
        added=of_sum(now, published),
    )


def shown_of(measure: Measure, point: Point) -> Shown:
    return Shown(
        figure=words.value_and_marks(point, measure),
        unit=words.unit(measure),
        period=words.capital(point.period.label),
        span=point.period.span,
        status=str(Observation.Status(point.status).label),
        coverage=point.coverage,
        note=point.note,
        source=point.source,
    )


def held_within(indicator: Indicator, area: Area, period: Period) -> list[Observation]:
    """Every figure that is or was held for a period or a part of it, the latest first."""
    rows = Observation.objects.filter(
        indicator=indicator, area=area, period_start__gte=period.start, period_end__lte=period.end
    )
    return list(rows.select_related("edition__source", "extract").order_by("-since", "-pk"))


def series_of_rows(indicator: Indicator, area: Area, rows: Iterable[Observation]) -> Series:
    return Series.of(measure_of(indicator), place_of(area), map(point_of, rows))


def changes_by_number(numbers: Iterable[int | None]) -> dict[int, Change]:
    """The changes on record under some numbers."""
    found = DataChange.objects.filter(number__in={number for number in numbers if number is not None})
    return {change.number: Change(change.at, change.by_name, change.kind == change.Kind.TAKE_BACK) for change in found}


def versions_of(rows: Iterable[Observation], measure: Measure) -> tuple[Version, ...]:
    listed = list(rows)
    changes = changes_by_number(number for row in listed for number in (row.since, row.until))
    return tuple(
        Version(
            pk=row.pk,
            value=words.value_and_marks(point_of(row), measure),
            file=row.extract.original_name,
            line=row.line,
            replaced=row.until is not None,
            since=changes.get(row.since),
            until=changes.get(row.until) if row.until is not None else None,
        )
        for row in listed
    )
