"""What is held now, for planning: the only reader of models here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from indicators.extracts import formats
from indicators.extracts.checking import Checked, check
from indicators.extracts.corrections import Correction
from indicators.extracts.findings import LIMIT, CannotRead, Finding, Findings
from indicators.extracts.formats.mapped import ID as MAPPED
from indicators.extracts.formats.mapped import Mapped
from indicators.extracts.formats.mapping import Mapping as SaidColumns
from indicators.extracts.known_columns import known_columns, known_sheet
from indicators.extracts.personal import first_of
from indicators.extracts.plan import Held, Plan, digest_of, plan
from indicators.extracts.reading import Table, read
from indicators.extracts.register import KnownArea, KnownIndicator, Register
from indicators.extracts.rows import CheckedRow, Figure, Key
from indicators.extracts.storage import open_kept
from indicators.extracts.supplied import Supplied
from indicators.extracts.workbook import sheets_of
from indicators.models import Area, Extract, Indicator, Observation, SourceEdition
from indicators.periods import Period


def plan_of(
    source: Path | BinaryIO,
    *,
    format: str = "",
    sheet: str = "",
    mapping: Mapping[str, Any] | None = None,
    corrections: Sequence[Correction] = (),
) -> Plan:
    """What using a file would change as things stand, in six queries, read in the format of this ID or in the one
    that its columns show; `mapping` is what they were said to be, where they show none, as that is kept; `corrections`
    are those of single cells. A file that cannot be read is a plan that holds the error and nothing else."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return plan_of(file, format=format, sheet=sheet, mapping=mapping, corrections=corrections)
    read_from = None
    try:
        table = table_in(source, sheet, corrections)
        read_from = table.sheet
        format_, checked = checked_of(table, format, mapping)
    except CannotRead as reason:
        return refused(reason.finding, read_from)
    checked.findings.name_columns(table.header.cells, table.header.line)
    checked.findings.extend(table.notes)
    before = held(checked.rows)
    made = plan(
        checked.rows,
        before,
        checked.findings,
        read=checked.read,
        format=format_.ID,
        rows_sha256=checked.rows_sha256,
        corrections=corrections,
        header=table.header.line,
    )
    said = format_.mapping.as_dict() if isinstance(format_, Mapped) else {}
    gone = missing({row.key for row in checked.rows}, len(before), format_.ID, said.get("supplier", ""))
    return replace(
        made, mapping=said, missing=gone, outside=checked.outside, sheet=table.sheet, notes=tuple(table.about)
    )


def checked_of(table: Table, format: str, mapping: Mapping[str, Any] | None) -> tuple[formats.Format, Checked]:
    """The format of a table, and its rows against the register and what is held. Raises CannotRead."""
    format_, known, checked = rows_of(table, format, mapping)
    checked.rows_sha256 = digest_of(checked.rows)
    format_.settle(checked, known, held_of)
    return format_, checked


def rows_of(
    table: Table, format: str, mapping: Mapping[str, Any] | None, *, most: int = LIMIT
) -> tuple[formats.Format, Register, Checked]:
    """The format of a table, the register, and the rows as the table alone gives them, with so many findings of each
    severity at most. Raises CannotRead."""
    format_ = Mapped(SaidColumns.of(mapping)) if mapping else format_of(table, format)
    known = register(format_.supplied())
    return format_, known, check(format_.rows(table, known), known, header=table.header.line, most=most)


def as_kept(extract: Extract) -> dict[str, Any]:
    """How plan_of is to read an extract: as it was when it came in, or as was said since."""
    how = {"format": extract.format, "sheet": extract.sheet, "mapping": extract.mapping}
    return {**how, "corrections": corrections_of(extract)}


def corrections_of(extract: Extract) -> tuple[Correction, ...]:
    """In one query."""
    rows = extract.corrections.values_list("line", "column", "was", "now")
    return tuple(Correction(*row) for row in rows)


def table_in(source: BinaryIO, sheet: str, corrections: Sequence[Correction] = ()) -> Table:
    """The table of a file; where its sheets hold several, the only one whose columns were named before."""
    try:
        return read(source, is_header=formats.is_header, sheet=sheet, corrections=corrections)
    except CannotRead as reason:
        if reason.finding.code != "which-sheet":
            raise
        known = known_sheet(source)
        if not known:
            raise CannotRead(private_in_a_sheet(source) or reason.finding) from reason
        return read(source, is_header=formats.is_header, sheet=known)


def private_in_a_sheet(source: BinaryIO) -> Finding | None:
    """The first of a person's details in any sheet of a workbook of which nobody has yet said which is meant."""
    for name in sheets_of(source):
        try:
            found = first_of(read(source, is_header=formats.is_header, sheet=name), Names())
        except CannotRead:
            continue  # A sheet without a table; one that cannot be read has no cells that could be looked at.
        if found:
            return found
    return None


def format_of(table: Table, format: str) -> formats.Format:
    """The format of this ID, or the one that the columns of a table show. Raises CannotRead where they show none and
    nobody has said what they are."""
    named = formats.BY_ID[format] if format and format != MAPPED else None
    if format:
        found = named if named and named.detect(table.header.cells) else None
    else:
        found = formats.recognise(table.header.cells)
    if found is not None:
        return found
    if not named and (said := known_columns(table)):
        return Mapped(said)
    unknown = formats.not_of(named, table.header) if named else formats.unrecognised(table.header)
    private = first_of(table, Names()) if unknown.code == "unknown-format" else None
    raise CannotRead(private or unknown)


class Names:
    """Whether a text names an area or an indicator; nothing is asked of the database before a text is."""

    @cached_property
    def register(self) -> Register:
        return register()

    def __call__(self, text: str) -> bool:
        return self.register.names(text)


def refused(finding: Finding, sheet: str | None = None) -> Plan:
    findings = Findings()
    findings.add(finding)
    return Plan(findings=findings, sheet=sheet)


def register(supplied: Iterable[Supplied] = ()) -> Register:
    """Indicators, areas and editions, in three queries; and indicators that come with a supplier's format."""
    coming = {indicator.slug: indicator.known for indicator in supplied}
    there = Indicator.objects.all()
    slugs = {indicator.pk: indicator.slug for indicator in there}
    return Register(
        indicators=(
            *(known_indicator(indicator, slugs) for indicator in there),
            *(indicator for slug, indicator in coming.items() if slug not in slugs.values()),
        ),
        areas=tuple(
            KnownArea(a.code, a.name, tuple(a.aliases), a.is_below_county, a.kind, a.parent_id or "")
            for a in Area.objects.all()
        ),
        editions=frozenset(SourceEdition.objects.values_list("slug", flat=True)),
    )


def known_indicator(indicator: Indicator, slugs: Mapping[int, str]) -> KnownIndicator:
    return KnownIndicator(
        indicator.slug,
        indicator.name,
        indicator.short_name,
        indicator.kind,
        sheltered=indicator.sensitivity != Indicator.Sensitivity.OPEN,
        area=indicator.area_id,
        frequency=indicator.frequency,
        part_of=slugs[indicator.part_of_id] if indicator.part_of_id else "",
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


def held_of(slugs: Set[str], periods: Set[Period] | None) -> dict[Key, Held]:
    """The open figures of some indicators, of these periods or of all, in one query."""
    found = Observation.objects.filter(until__isnull=True, indicator__slug__in=slugs).order_by()
    if periods is not None:
        found = found.filter(
            period_start__gte=min(period.start for period in periods),
            period_end__lte=max(period.end for period in periods),
        )
    pairs = map(held_under, found.values_list(*FIELDS).iterator())
    return {key: value for key, value in pairs if periods is None or key.period in periods}


def missing(keys: Set[Key], held: int, format: str, supplier: str) -> tuple[Key, ...]:
    """What the supplier's last file of this format had within the span of these keys, and they have not, where it is
    still held. The last file is that of each indicator and area, so that what others send stays apart; a table of a
    partner's own names its `supplier`. `held` counts what is held under the keys: one query where that is all."""
    if not keys:
        return ()
    near = Observation.objects.filter(
        until__isnull=True,
        indicator__slug__in={key.indicator for key in keys},
        period_start__gte=min(key.start for key in keys),
        period_end__lte=max(key.end for key in keys),
    ).order_by("since")
    if near.count() == held:
        return ()
    alike = near.filter(extract__format=format)
    if supplier:
        alike = alike.filter(extract__mapping__supplier=supplier)
    given = [(Key(*row), number) for *row, number in alike.values_list(*FIELDS[:4], "extract")]
    last = {key[:2]: number for key, number in given}
    lately = {last[key[:2]] for key in keys if key[:2] in last}
    gone: dict[int, set[Key]] = defaultdict(set)
    for key in {key for key, _ in given} - keys:
        if (number := last[key[:2]]) in lately:
            gone[number].add(key)
    files = Extract.objects.filter(pk__in=gone)
    return tuple(sorted(key for extract in files for key in gone[extract.pk] & keys_of(extract)))


def keys_of(extract: Extract) -> set[Key]:
    """What a file gives figures of, as it is read now; nothing where it cannot be read any more."""
    with suppress(FileNotFoundError, CannotRead), open_kept(extract.sha256) as file:
        table = table_in(file, extract.sheet, corrections_of(extract))
        _, _, checked = rows_of(table, extract.format, extract.mapping)
        return {row.key for row in checked.rows}
    return set()


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
