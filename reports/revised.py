"""Which figures of a report that was issued are others now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.report import Report, Value

# A figure by the name of its indicator and area in addresses, and the first and last day of its period.
Held = dict[tuple[str, date, date], Value]


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that has been revised since: what it was and what it is now, in words; '' where none is held."""

    slug: str
    area_code: str
    named: str
    period: str
    was: str
    now: str


def revised(issued: Report, present: Report) -> tuple[Revision, ...]:
    """The figures of indicators that both reports speak of and that are other numbers or no longer held, in the order
    of the report that was issued. A provisional figure that became final as it was is not revised."""
    held = {(line.id, value.start, value.end): value for line in present.lines for value in line.values}
    shown = {line.id for line in present.lines}
    return tuple(differences(issued, held, shown))


def differences(issued: Report, held: Held, shown: set[str]) -> Iterator[Revision]:
    for line in issued.lines:
        if line.id in shown:
            for value in line.values:
                now = held.get((line.id, value.start, value.end))
                if now is None or number(now) != number(value):
                    words = now.text if now else ""
                    yield Revision(line.slug, line.area_code, line.named, value.period, value.text, words)


def number(value: Value) -> tuple[Decimal | None, Decimal | None, str]:
    return value.value, value.value_to, value.qualifier
