"""What using a file would change. Pure: the same rows and the same figures held give the same plan."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from indicators.extracts.corrections import Correction
from indicators.extracts.cutting import CellPlace
from indicators.extracts.findings import Findings
from indicators.extracts.rows import CheckedRow, Figure, Key

ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Held:
    """The open figure under a key, and the number of its row in the database."""

    pk: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of the file beside what is held under its key."""

    key: Key
    line: int
    figure: Figure
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`new`, `revised` and `unchanged` are in the order of the file. `missing` are keys that the supplier's
    last file of the kind had and this one has not; nothing happens to them. `mapping` is what its columns were said to
    be, as that is kept. `corrected` has for each cell that somebody has corrected the keys of the figures read from it,
    or None where it stands in the header or above, so that every figure was. `outside` counts lines of other areas.
    `checksum` stands for all that changes, and for the corrections: what is seen under it is what is used."""

    new: tuple[Step, ...] = ()
    revised: tuple[Step, ...] = ()
    unchanged: tuple[Step, ...] = ()
    missing: tuple[Key, ...] = ()
    findings: Findings = field(default_factory=Findings)
    rows: int = 0
    outside: int = 0
    sheet: str | None = None
    notes: tuple[str, ...] = ()
    format: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    corrected: Mapping[CellPlace, tuple[Key, ...] | None] = field(default_factory=dict)
    rows_sha256: str = ""
    checksum: str = ""

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.revised)

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.new, *self.revised, *self.unchanged)

    @property
    def is_usable(self) -> bool:
        """Whether nothing is wrong and something would change."""
        return not self.findings.errors and self.changes > 0


def plan(
    rows: Iterable[CheckedRow],
    held: Mapping[Key, Held],
    findings: Findings,
    *,
    read: int,
    format: str,
    rows_sha256: str | None = None,
    corrections: Iterable[Correction] = (),
    header: int = 1,
    **about: Any,
) -> Plan:
    """Each row as new, revised or unchanged beside what is held. `rows_sha256` is that of the figures as the file gives
    them, where what is held changed how they are taken; `corrections` are those that the rows were read with, under a
    header on line `header`; `about` is more that the plan carries."""
    new: list[Step] = []
    revised: list[Step] = []
    unchanged: list[Step] = []
    read_from: dict[CellPlace, list[Key]] = defaultdict(list)
    for row in rows:
        for place in row.corrected:
            read_from[place].append(row.key)
        now = held.get(row.key)
        step = Step(row.key, row.line, row.figure, now)
        (new if now is None else unchanged if row.figure.says_same_as(now.figure) else revised).append(step)
    lines = sorted((said(step), against(step)) for step in (*new, *revised, *unchanged))
    made = sorted(corrections)
    return Plan(
        new=tuple(new),
        revised=tuple(revised),
        unchanged=tuple(unchanged),
        findings=findings,
        rows=read,
        format=format,
        rows_sha256=digest(line for line, _ in lines) if rows_sha256 is None else rows_sha256,
        corrected={c.place: None if c.line <= header else tuple(read_from[c.place]) for c in made},
        checksum=digest([*(line + held for line, held in lines), *(as_text([str(part) for part in c]) for c in made)]),
        **about,
    )


def said(step: Step) -> str:
    """What the file says, as a line of text: where and how it is written there leaves no trace."""
    indicator, area, start, end = step.key
    return as_text([indicator, area, start.isoformat(), end.isoformat(), *step.figure.canonical()])


def digest_of(rows: Iterable[CheckedRow]) -> str:
    """The SHA-256 of what rows say, in whichever order."""
    return digest(sorted(said(Step(row.key, row.line, row.figure)) for row in rows))


def against(step: Step) -> str:
    """What it was compared with, as a line of text."""
    return as_text([str(step.held.pk), *step.held.figure.canonical()]) if step.held else "new"


def as_text(cells: list[str]) -> str:
    return ENCODER.encode(cells)


def digest(lines: Iterable[str]) -> str:
    """SHA-256, in hexadecimal, of lines of text; empty where there are none."""
    text = "\n".join(lines)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""
