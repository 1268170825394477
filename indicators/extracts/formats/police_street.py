"""Street-level crime of data.police.uk: one row a crime, counted by month, area and crime type.

The district is the name of the LSOA without its code. Rows without a place, or with one outside the force's area, count
for the force only. Rows are never taken for duplicates: incidents of anti-social behaviour have no number, and equal
ones are published as such. https://data.police.uk/about/#columns
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from indicators.extracts import written
from indicators.extracts.cells import shown
from indicators.extracts.checking import Checked
from indicators.extracts.cutting import CellPlace, Cells, Row
from indicators.extracts.findings import Finding
from indicators.extracts.formats import whole_months
from indicators.extracts.formats.columns import columns_named
from indicators.extracts.formats.held import HeldOf
from indicators.extracts.reading import Table
from indicators.extracts.register import KnownArea, Register
from indicators.extracts.rows import Figure, Tally, TidyRow
from indicators.extracts.supplied import Supplied

ID = "police_street"
TITLE = "Street-level crime (data.police.uk)"
DEFINED: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "police_street.toml").read_text("utf-8"))
TYPES: Mapping[str, Mapping[str, Any]] = {kind["name"]: kind for kind in DEFINED["types"]}
TOTAL: str = DEFINED["total"]["slug"]

REQUIRED = ("crime id", "month", "reported by", "falls within", "lsoa code", "lsoa name", "crime type")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
LSOA = re.compile(r"(.+) [0-9]{3}[A-Z]")
NOWHERE = ""
# So many numbers of crimes are remembered to tell those that are there twice.
REMEMBERED = 500_000


def supplied() -> tuple[Supplied, ...]:
    """The indicators of this supplier: one for all crime, and one for each crime type."""
    shared = DEFINED["indicators"]
    return tuple(
        Supplied(
            slug=kind["slug"],
            name=kind.get("long_name") or f"{kind['name']} at street level",
            short_name=kind["name"],
            definition=kind.get("definition") or shared["definition"].format(name=kind["name"]),
            counted=kind.get("counted", "crime"),
            counted_plural=kind.get("counted_plural", "crimes"),
            part_of=TOTAL if kind.get("crime", True) and kind["slug"] != TOTAL else "",
            polarity=shared["polarity"],
            seasonal=shared["seasonal"],
            caveat=shared["caveat"],
            owner_kind=shared["owner_kind"],
            source=DEFINED["source"],
        )
        for kind in (DEFINED["total"], *TYPES.values())
    )


def detect(header: Sequence[str]) -> bool:
    return columns_named(header).keys() >= set(REQUIRED)


def settle(checked: Checked, register: Register, held_of: HeldOf) -> None:
    """Take months as incomplete that are, beside those held; and those held that now are seen to be."""
    areas = {row.key.area for row in checked.rows}
    known = {force["area"]: frozenset(force.get("districts", ())) for force in DEFINED["forces"]}
    below = frozenset(area.code for area in register.areas if area.below_county)
    codes = [
        area.code for area in register.areas if area.code in areas and (area.kind == "force" or area.code in known)
    ]
    forces = {code: known.get(code, below) | {code} for code in codes}
    if forces:
        slugs = {one.slug for one in supplied()}
        whole_months.settle(
            checked, TOTAL, forces, held_of({TOTAL}, None), lambda periods: held_of(slugs, frozenset(periods))
        )


class Cell(NamedTuple):
    """What rows are counted by, in the words of the file; `district` is empty where there is no place."""

    month: str
    force: str
    district: str
    kind: str


@dataclass(slots=True)
class Counts:
    """How many rows there are of each cell, the line of the first, and what of them somebody has corrected."""

    rows: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    first: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    corrected: dict[tuple[str, str, str, str], tuple[CellPlace, ...]] = field(default_factory=dict)
    read: int = 0
    twice: int = 0


class Districts(dict[str, str]):
    """The district in the name of an LSOA: 'Medway' of 'Medway 015A'. Worked out once for each."""

    def __missing__(self, name: str) -> str:
        found = LSOA.fullmatch(name.strip())
        self[name] = found[1] if found else name.strip()
        return self[name]


def rows(table: Table, register: Register) -> Iterator[TidyRow | Finding | Tally]:
    """A TidyRow for each month, area and crime type, with the line of its first row."""
    counts = Counts()
    yield from counted(table, counts)
    columns = {name.replace(" ", "_"): at for name, at in columns_named(table.header.cells).items()}
    yield from Places(register, counts, columns).tidy()
    if counts.twice:
        said = f"The number of a crime is there again in {counts.twice:,} rows. Every row is counted."
        yield Finding(None, None, "crime-twice", said, "note")


def counted(table: Table, counts: Counts) -> Iterator[Finding]:
    """Count the rows of a table, whole blocks at a time; what cannot be read is a finding."""
    limit = settings.MAX_STREET_ROWS
    counter = RowCounter(table, counts)
    for piece in table.pieces:
        if isinstance(piece, Finding):
            counts.read += 1
            yield piece
        else:
            counter.count(piece if isinstance(piece, Cells) else Cells(piece.line, list(piece.cells), len(piece.cells)))
            if isinstance(piece, Row) and piece.corrected:
                counter.note(piece)
        if counts.read > limit:
            yield Finding(None, None, "too-many-rows", f"There are more than {limit:,} rows. Split the file.")
            return


class RowCounter:
    """Counts rows, and the numbers of crimes that are there again."""

    def __init__(self, table: Table, counts: Counts) -> None:
        self.columns = columns_named(table.header.cells)
        self.counts = counts
        self.districts = Districts()
        self.seen: set[int] = set()

    def cells(self, rows: Cells) -> list[tuple[str, str, str, str]]:
        """What each row is counted by."""
        month, force, lsoa, kind = (
            rows.column(self.columns[name]) for name in ("month", "falls within", "lsoa name", "crime type")
        )
        return list(zip(month, force, map(self.districts.__getitem__, lsoa), kind, strict=True))

    def note(self, row: Row) -> None:
        """Keep what of a row somebody has corrected, with what it is counted by."""
        (cell,) = self.cells(Cells(row.line, list(row.cells), len(row.cells)))
        self.counts.corrected[cell] = (*self.counts.corrected.get(cell, ()), *row.places)

    def count(self, rows: Cells) -> None:
        """Count some rows."""
        cells = self.cells(rows)
        found = Counter(cells)
        if new := found.keys() - self.counts.rows.keys():
            firsts = dict(zip(reversed(cells), range(rows.line + len(cells) - 1, rows.line - 1, -1), strict=True))
            for cell in new:
                self.counts.rows[cell] = 0
                self.counts.first[cell] = firsts[cell]
        for cell, number in found.items():
            self.counts.rows[cell] += number
        self.counts.read += len(cells)
        self.count_again(rows.column(self.columns["crime id"]))

    def count_again(self, numbers: Sequence[str]) -> None:
        """Count the numbers that are there again, as far as they are remembered."""
        hashes = list(map(hash, filter(None, numbers)))
        fresh = set(hashes)
        self.counts.twice += len(hashes) - len(fresh - self.seen)
        if len(self.seen) > REMEMBERED:
            self.seen.clear()
        self.seen |= fresh


@dataclass(slots=True)
class Places:
    """Counts with the areas that they belong to. `columns` are those of the file, for findings."""

    register: Register
    counts: Counts
    columns: Mapping[str, int]
    # By area code, month and crime type: how many, and the line of the first.
    totals: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    lines: dict[tuple[str, str, str], int] = field(default_factory=dict)
    corrected: dict[tuple[str, str, str], tuple[CellPlace, ...]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unplaced: int = 0
    of_others: int = 0

    def tidy(self) -> Iterator[TidyRow | Finding | Tally]:
        """The figures of each area, month and type, after whatever is wrong with the rows."""
        forces = {name: self.force(name) for name in {cell[1] for cell in self.counts.rows}}
        for words, number in self.counts.rows.items():
            cell = Cell(*words)
            force = forces[cell.force]
            mistake = self.mistake(cell)
            if mistake:
                yield mistake
            elif force is None:
                self.of_others += number
            else:
                self.place(cell, force, number)
        yield from self.told(forces)
        yield Tally(self.counts.read, sum(self.elsewhere.values()) + self.of_others)
        yield from self.figures()

    def force(self, name: str) -> KnownArea | None:
        """The area of a force: as the TOML has it, else the force area of that name."""
        code = next((force["area"] for force in DEFINED["forces"] if force["name"] == name), "")
        short = re.sub(r" (?:police(?: service)?|constabulary|metropolitan police)$", "", name.strip().casefold())
        found = [self.register.area_codes.get(code), *map(self.register.area, (name.strip(), short))]
        return next((area for area in found if area and (area.code == code or area.kind == "force")), None)

    def mistake(self, cell: Cell) -> Finding | None:
        """What is wrong with the rows of a cell."""
        line = self.counts.first[cell]
        if not MONTH.fullmatch(cell.month):
            said = f"{shown(cell.month)} is not a month written as 2018-04."
            return Finding(line, self.columns["month"], "period", said + self.like_it(cell))
        if cell.kind not in TYPES:
            said = f"{shown(cell.kind)} is not a known crime type."
            return Finding(line, self.columns["crime_type"], "unknown-crime-type", said + self.like_it(cell))
        return None

    def like_it(self, cell: Cell) -> str:
        """How many more rows there are of the same month, district and type of crime."""
        more = self.counts.rows[cell] - 1
        return "" if more == 0 else " So says 1 more row." if more == 1 else f" So say {more:,} more rows."

    def place(self, cell: Cell, force: KnownArea, number: int) -> None:
        """Count a cell for its force and, where it lies in one of its districts, for that."""
        areas = [force.code]
        if cell.district == NOWHERE:
            self.unplaced += number
        elif district := self.district(cell.district, cell.force):
            areas.append(district.code)
        else:
            self.elsewhere[cell.district] += number
        line = self.counts.first[cell]
        kinds = [TYPES[cell.kind]["slug"]] + [TOTAL] * TYPES[cell.kind].get("crime", True)
        self.kinds[cell.month].update(kinds)
        for area in areas:
            for kind in kinds:
                key = (area, cell.month, kind)
                self.totals[key] += number
                self.lines[key] = min(line, self.lines.get(key, line))
                if cell in self.counts.corrected:
                    self.corrected[key] = (*self.corrected.get(key, ()), *self.counts.corrected[cell])

    def district(self, name: str, force: str) -> KnownArea | None:
        """The district of this name within the force's area; None elsewhere."""
        found = self.register.area(name)
        within = next((known.get("districts") for known in DEFINED["forces"] if known["name"] == force), None)
        if found is None or not found.below_county or (within is not None and found.code not in within):
            return None
        return found

    def told(self, forces: Mapping[str, KnownArea | None]) -> Iterator[Finding]:
        """What the reader of the figures has to know of the rows that are in no district."""
        strangers = sorted(name for name, area in forces.items() if area is None)
        if strangers:
            said = f"{', '.join(map(shown, strangers[:5]))}: no such police force area is known here."
            severity: Any = "error" if len(strangers) == len(forces) else "warning"
            yield Finding(None, self.columns["falls_within"], "unknown-force", said, severity)
        if self.unplaced or self.elsewhere:
            names = ", ".join(sorted(self.elsewhere, key=lambda name: -self.elsewhere[name])[:5])
            away = f", {sum(self.elsewhere.values()):,} lie outside it ({names})" if names else ""
            said = f"{self.unplaced:,} rows have no place{away}: they count for the police force area only."
            yield Finding(None, None, "not-located", said, "note")

    def figures(self) -> Iterator[TidyRow]:
        """A figure for each area of a month and each type of the month: where there are no rows, there were none."""
        firsts: dict[tuple[str, str], int] = {}
        for (area, month, _), line in self.lines.items():
            firsts[area, month] = min(line, firsts.get((area, month), line))
        for (area, month), first in sorted(firsts.items(), key=lambda item: (item[0][1], item[0][0])):
            period = written.read(month).period
            for kind in sorted(self.kinds[month]):
                key = (area, month, kind)
                figure = Figure(Decimal(self.totals.get(key, 0)))
                line, corrected = self.lines.get(key, first), self.corrected.get(key, ())
                yield TidyRow(line, kind, area, "", period, figure, self.columns, corrected=corrected)
