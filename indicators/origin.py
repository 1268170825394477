"""Where a figure comes from: what is held of it, the file and line that gave it, and what was held in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from indicators import words
from indicators.analysis.series import Measure
from indicators.extracts.quoting import Quoted, quote
from indicators.held import measure_of, point_of
from indicators.models import DataChange, Observation


@dataclass(frozen=True, slots=True)
class Change:
    """When the data changed, and who changed it."""

    at: datetime
    by: str


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
    """One figure, with every value held for the same indicator, area and period, the latest first."""

    figure: str
    unit: str
    period: str
    span: str
    status: str
    source: str
    quoted: Quoted
    versions: tuple[Version, ...]


def origin_of(row: Observation) -> Origin:
    """Where a figure comes from, in two queries however often it was revised."""
    measure, point = measure_of(row.indicator), point_of(row)
    return Origin(
        figure=words.value_and_marks(point, measure),
        unit=words.unit(measure),
        period=words.capital(row.period.label),
        span=row.period.span,
        status=row.get_status_display(),
        source=point.source,
        quoted=quote(row.extract, row.line),
        versions=versions_of(same_figure(row), measure),
    )


def same_figure(row: Observation) -> list[Observation]:
    same = Observation.objects.filter(
        indicator=row.indicator_id, area=row.area_id, period_start=row.period_start, period_end=row.period_end
    )
    return list(same.select_related("edition__source", "extract").order_by("-since", "-pk"))


def versions_of(rows: Iterable[Observation], measure: Measure) -> tuple[Version, ...]:
    listed = list(rows)
    numbers = {number for row in listed for number in (row.since, row.until) if number is not None}
    found = DataChange.objects.filter(number__in=numbers).values_list("number", "at", "by_name")
    changes = {number: Change(at, by) for number, at, by in found}
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
