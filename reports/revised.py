"""Which figures of a report that was issued are others now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.report import Report

# A figure in words, by the name of its indicator and area in addresses, and the first and last day of its period.
Held = dict[tuple[str, date, date], str]


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
    """The figures that both reports speak of and that differ, in the order of the report that was issued."""
    held = {(line.id, value.start, value.end): value.text for line in present.lines for value in line.values}
    shown = {line.id for line in present.lines}
    return tuple(differences(issued, held, shown))


def differences(issued: Report, held: Held, shown: set[str]) -> Iterator[Revision]:
    for line in issued.lines:
        if line.id in shown:
            for value in line.values:
                now = held.get((line.id, value.start, value.end), "")
                if now != value.text:
                    yield Revision(line.slug, line.area_code, line.named, value.period, value.text, now)
