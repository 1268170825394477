"""Totals beside their parts: a row or a column that says what others add up to is compared, and not taken for one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.extracts.cells import shown
from indicators.extracts.checking import written
from indicators.extracts.findings import Finding

TOTAL = re.compile(
    r"(?:grand |sub)?-?totals?\b.*|.*\b(?:grand |sub)?-?totals?|all (?:areas|sites|districts)|sum|ytd", re.I
)
# What names no area of its own.
GENERAL = re.compile(
    r"(?:(?:of|for|all|every|the|whole|overall|grand|areas?|districts?|sites?|boroughs?|county|sum) ?)*", re.IGNORECASE
)
WORD = re.compile(r"\b(?:grand |sub)?-?totals?\b(?: for)?|\byear to date\b|\bytd\b", re.I)


def is_total(name: str) -> bool:
    """Whether a name says that it stands for the sum of others."""
    return TOTAL.fullmatch(name.strip()) is not None


def named_by(name: str) -> str:
    """What a total is the total of: 'Kent' of 'Kent total'; nothing of 'Total'."""
    named = " ".join(WORD.sub(" ", name).split()).strip(" :-–")
    return "" if GENERAL.fullmatch(named) else named


@dataclass(slots=True)
class Sum:
    """Figures added up since the beginning, and since the last total. `unknown` counts those without a number."""

    all: Decimal = Decimal(0)
    since: Decimal = Decimal(0)
    figures: int = 0
    unknown: int = 0

    def add(self, value: Decimal | None) -> None:
        self.figures += 1
        if value is None:
            self.unknown += 1
        else:
            self.all += value
            self.since += value

    def differs(self, total: Decimal) -> bool:
        """Whether a total cannot be that of these. Where some are not known it may be larger. What follows it is added
        up anew."""
        since, self.since = self.since, Decimal(0)
        if self.unknown:
            return total < min(self.all, since)
        return bool(self.figures) and total not in (self.all, since)


@dataclass(slots=True)
class Sums:
    """The sums that the totals of a table are compared with, each under what it is the sum of."""

    under: dict[tuple[object, ...], Sum] = field(default_factory=dict)

    def at(self, *key: object) -> Sum:
        return self.under.setdefault(key, Sum())

    def compare(self, total: Decimal, key: tuple[object, ...], at: "Place", hidden: bool) -> Iterator[Finding]:
        """A warning where a total is not what it is the total of. It quotes neither where they may not be shown."""
        parts = self.at(*key)
        added = parts.all
        if not parts.differs(total):
            return
        values = "" if hidden else f" {shown(at.name)} says {written(total)}; its parts add up to {written(added)}."
        said = f"This total is not the sum of its parts.{values}"
        yield Finding(at.line, at.column, "total-differs", said, "warning")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a total stands, and its name."""

    line: int
    column: int
    name: str
