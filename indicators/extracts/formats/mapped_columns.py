"""What each column of any table is: its part, its period, and what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.findings import Finding
from indicators.extracts.formats.mapped_heads import Head, period_of
from indicators.extracts.formats.mapping import Mapping, Role
from indicators.extracts.register import simple
from indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with its part: `period` is the one its name means, `indicator` the slug that holds for it alone."""

    head: Head
    role: Role
    period: Period | None = None
    indicator: str = ""

    @property
    def at(self) -> int:
        return self.head.at


def placed(heads: tuple[Head, ...], mapping: Mapping) -> Iterator[Placed | Finding]:
    """Each column with its part, or why it has none; and what was assumed of the periods."""
    for head in heads:
        said = mapping.column(head.key)
        if said is None and not (mapping.layout == "periods" and head.is_period):
            what = f"The column {shown(head.label)} was" if head.label else "This column was"
            yield Finding(head.line, head.at, "new-column", f"{what} not there when it was said what the columns are.")
        elif said is not None and (said.role != "value" or mapping.layout != "periods"):
            counts = dict(mapping.measures).get(simple(head.measure), "") if head.measure else ""
            role: Role = "out" if counts == "out" else said.role
            yield Placed(head, role, indicator=said.indicator or (counts if role == "total" else ""))
        else:
            yield from dated(head, mapping)
    if said_at := {column.name for column in mapping.columns if column.role not in ("out", "total")}:
        for name in sorted(said_at - {head.key for head in heads}):
            yield Finding(heads[0].line, None, "missing-column", f"The header has no column {shown(name)}.")


def out_of_order(columns: list[Placed]) -> list[Finding]:
    """The first column that is earlier than the one before it: the year of the title is not the year of both."""
    dated = [(column, column.period) for column in columns if column.period]
    for (_, before), (column, period) in pairwise(dated):
        if before is not None and period is not None and period.start < before.start:
            said = f"{period} stands after {before}. Write the year beside each month."
            return [Finding(column.head.line, column.at, "period-order", said)]
    return []


def dated(head: Head, mapping: Mapping) -> Iterator[Placed | Finding]:
    """A column of the figures of a period: what it counts is said by what it has of it, where it is one of several."""
    counts = dict(mapping.measures).get(simple(head.measure), "")
    if head.measure and not counts:
        said = f"{shown(head.measure)} was not there when it was said what the columns are."
        yield Finding(head.line, head.at, "new-column", said)
        return
    if counts == "out":
        yield Placed(head, "out")
        return
    try:
        period, assumed = period_of(head.label, head.year, mapping.year_start)
    except NotUnderstood as wrong:
        yield Finding(head.line, head.at, "period", str(wrong))
        return
    if assumed:
        yield Finding(head.line, head.at, "period-assumed", assumed, "note")
    yield Placed(head, "value", period, counts)
