"""What is held now, for planning: the only reader of models here."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from indicators.extracts import formats
from indicators.extracts.checking import check
from indicators.extracts.findings import CannotRead, Finding, Findings
from indicators.extracts.plan import Held, Plan, plan
from indicators.extracts.reading import read
from indicators.extracts.register import KnownArea, KnownIndicator, Register
from indicators.extracts.rows import CheckedRow, Figure, Key
from indicators.models import Area, Indicator, Observation, SourceEdition


def plan_of(source: Path | BinaryIO, *, format: str = "", sheet: str = "") -> Plan:
    """What using a file would change as things stand, in four queries, read in the format of this ID or in the one
    that its columns show. A file that cannot be read is a plan that holds the error and nothing else."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return plan_of(file, format=format, sheet=sheet)
    try:
        table = read(source, is_header=formats.is_header, sheet=sheet)
        format_ = formats.BY_ID[format] if format else formats.recognise(table.header.cells)
        if format_ is None:
            return refused(formats.unrecognised(table.header))
        known = register()
        checked = check(format_.rows(table, known), known, header=table.header.line)
    except CannotRead as reason:
        return refused(reason.finding)
    checked.findings.name_columns(table.header.cells, table.header.line)
    checked.findings.extend(table.notes)
    return plan(checked.rows, held(checked.rows), checked.findings, read=checked.read, format=format_.ID)


def refused(finding: Finding) -> Plan:
    findings = Findings()
    findings.add(finding)
    return Plan(findings=findings)


def register() -> Register:
    """Indicators, areas and editions, in three queries."""
    return Register(
        indicators=tuple(
            KnownIndicator(i.slug, i.name, i.short_name, i.kind, i.sensitivity != Indicator.Sensitivity.OPEN)
            for i in Indicator.objects.all()
        ),
        areas=tuple(KnownArea(a.code, a.name, tuple(a.aliases), a.is_below_county) for a in Area.objects.all()),
        editions=frozenset(SourceEdition.objects.values_list("slug", flat=True)),
    )


def held(rows: Iterable[CheckedRow]) -> dict[Key, Held]:
    """The open figures under the keys of these rows, in one query."""
    keys = {row.key for row in rows}
    if not keys:
        return {}
    found = Observation.objects.filter(
        until__isnull=True,
        indicator__slug__in={key.indicator for key in keys},
        area__in={key.area for key in keys},
        period_start__gte=min(key.start for key in keys),
        period_end__lte=max(key.end for key in keys),
    ).order_by()
    return {key: value for key, value in map(held_under, found.values_list(*FIELDS).iterator()) if key in keys}


FIELDS = (
    "indicator__slug",
    "area",
    "period_start",
    "period_end",
    "pk",
    "value",
    "value_to",
    "qualifier",
    "status",
    "coverage",
    "note",
    "edition__slug",
)


def held_under(row: tuple[Any, ...]) -> tuple[Key, Held]:
    """A row of the database in these fields, as a key and what is held under it."""
    *key, pk, value, value_to, qualifier, status, coverage, note, edition = row
    return Key(*key), Held(pk, Figure(value, value_to, qualifier, status, coverage, note, edition or ""))
