"""A change in how figures are judged: what it would do to every reading, before anything is stored."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from indicators import reasons, words
from indicators.analysis.proposals import Said, with_definition, with_said
from indicators.analysis.reading import Reading, read
from indicators.analysis.series import Series
from indicators.held import break_of, event_of, measure_of, new_start_of, series_of, target_of
from indicators.judged_facts import LABELS, FactLine, Names, facts_of, shown
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target

Row = SeriesBreak | NewStart | Target | Event | Indicator
# A break of fifteen indicators in fourteen areas may change every one.
MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to record: `was` is None for something new, `now` for something withdrawn. Each comes with
    the indicators that it is for; of a definition, those that the indicator is read together with."""

    was: Row | None
    now: Row | None
    linked_was: tuple[Indicator, ...] = ()
    linked_now: tuple[Indicator, ...] = ()
    why: str = ""

    @property
    def model(self) -> type[Row]:
        return type(self.now or self.was)  # type: ignore[return-value]

    @property
    def concerned(self) -> tuple[Indicator, ...]:
        """The indicators whose readings it may change."""
        row = self.now or self.was
        if isinstance(row, Indicator):
            return (row,)
        return tuple({indicator.pk: indicator for indicator in (*self.linked_was, *self.linked_now)}.values())

    def applied(self, series: Series) -> Series:
        """A series as it would be."""
        if isinstance(self.now, Indicator):
            return with_definition(series, measure_of(self.now), seasonal=self.now.seasonal)
        return with_said(series, said_of(self.was, self.linked_was), said_of(self.now, self.linked_now))

    def facts(self) -> tuple[dict[str, object], dict[str, object]]:
        """What was said and what would be, as the trail keeps it."""
        return facts_of(self.was, self.linked_was), facts_of(self.now, self.linked_now)


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """A reading as a page tells it."""

    tag: str
    kind: str
    headline: str
    reason: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What is read of an indicator in an area, now and afterwards."""

    slug: str
    indicator: str
    area: str
    now: ReadingWords
    then: ReadingWords


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do. `lines` are the readings that change, `more` how many others do, `same` the names of
    those that do not; `seen` stands for all of it."""

    facts: tuple[FactLine, ...]
    lines: tuple[ReadingLine, ...]
    more: int
    same: tuple[str, ...]
    seen: str

    @property
    def changed(self) -> int:
        """How many readings change."""
        return len(self.lines) + self.more


def said_of(row: Row | None, linked: Iterable[Indicator]) -> Said | None:
    """A row as a plain value, with whom it is for."""
    slugs = frozenset(indicator.slug for indicator in linked)
    match row:
        case SeriesBreak():
            return Said(break_of(row), slugs)
        case NewStart():
            return Said(new_start_of(row), slugs, row.area_id)
        case Target():
            return Said(target_of(row), slugs, row.area_id)
        case Event():
            return Said(event_of(row), slugs)
    return None


def preview_of(change: Change) -> Preview:
    """What a change would do to every reading of the indicators it concerns, in every area; in a fixed number of
    queries."""
    stored = list(Indicator.objects.filter(pk__in=[each.pk for each in change.concerned]).select_related("area"))
    held = series_of(stored)
    changed, same = [], []
    for key in sorted(held, key=lambda key: (held[key].measure.name, held[key].place.name, key)):
        line = line_of(held[key], change.applied(held[key]))
        if line.now != line.then:
            changed.append(line)
        else:
            same.append(words.named(line.indicator, line.area))
    facts = fact_lines(change)
    return Preview(
        facts=facts,
        lines=tuple(changed[:MOST_LINES]),
        more=max(0, len(changed) - MOST_LINES),
        same=tuple(same),
        seen=checksum(change, changed, held.values()),
    )


def line_of(now: Series, then: Series) -> ReadingLine:
    return ReadingLine(now.measure.slug, now.measure.name, now.place.name, words_of(read(now)), words_of(read(then)))


def words_of(reading: Reading) -> ReadingWords:
    headline, reason = words.headline(reading), reasons.reason(reading)
    return ReadingWords(
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        headline=headline,
        reason="" if reason in headline else reason,
        why=reasons.why(reading),
    )


def fact_lines(change: Change) -> tuple[FactLine, ...]:
    """Everything that is said of something new or withdrawn; of a change, what differs."""
    was, now = change.facts()
    names = Names()
    lines = [
        FactLine(
            label,
            shown(change.model, name, was.get(name), names) if was else "",
            shown(change.model, name, now.get(name), names) if now else "",
        )
        for name, label in LABELS[change.model].items()
    ]
    return tuple(line for line in lines if line.was != line.now)


def checksum(change: Change, changed: Iterable[ReadingLine], held: Iterable[Series]) -> str:
    """Stands for what a change says and does, and for what else is said of the same series: recorded twice, it is
    another change."""
    said = [*change.facts(), [asdict(line) for line in changed]]
    beside = sorted(repr((s.measure.slug, s.place, s.breaks, s.new_starts, s.targets, s.events)) for s in held)
    return hashlib.sha256(json.dumps([said, beside], sort_keys=True).encode()).hexdigest()
