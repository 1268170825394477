"""What the page of an indicator says about how its figures are judged: the rule, and what people recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indicators import reasons, rules, words
from indicators.analysis.reading import Reading
from indicators.held import measure_of, new_start_of, target_of
from indicators.judged_facts import long_date
from indicators.judged_history import Record, records_of
from indicators.models import Area, Event, Indicator, NewStart, Target
from indicators.periods import MONTHS
from indicators.recording_changes import RecordingChange, changes_to
from indicators.revisions import Revisions, revisions_of
from indicators.where_from import WhereFrom

# Of limits that start anew on a day with which no period begins here.
UNUSED = "No period held here begins then, so it changes nothing here."
# Of a target that is not the one of the line that is judged.
OTHERWISE = "No target is for figures of the length that is judged here, in a time that is not over."


@dataclass(frozen=True, slots=True)
class Noted:
    """A new start, target or event: what it is called, when in words, what is said of it, and who recorded it."""

    title: str
    when: str
    text: str
    record: Record


@dataclass(frozen=True, slots=True)
class Judged:
    """How the figures of one indicator are judged in one area. `target` is said of the reading; `may_have_target` is
    whether it says which way is better, `may_start_anew` whether it has limits at all."""

    rule: str
    usual: tuple[str, ...]
    stood_out: tuple[tuple[str, WhereFrom | None], ...]
    target: str
    may_have_target: bool
    may_start_anew: bool
    changes: tuple[RecordingChange, ...]
    new_starts: tuple[Noted, ...]
    targets: tuple[Noted, ...]
    events: tuple[Noted, ...]
    revisions: Revisions


def judged_of(indicator: Indicator, area: Area, reading: Reading) -> Judged:
    """Everything about how an indicator is judged in an area; in a fixed number of queries."""
    starts = [each for each in indicator.new_starts.select_related("area") if each.area_id in (None, area.pk)]
    in_area = [target for target in indicator.targets.select_related("area") if target.area_id == area.pk]
    return Judged(
        rule=rules.rule(reading),
        usual=tuple(reasons.range_sentence(reading.segment, reading)) if reading.segment else (),
        stood_out=rules.stood_out(reading),
        target=rules.target_sentence(reading) or OTHERWISE * any(t.withdrawn_at is None for t in in_area),
        may_have_target=indicator.polarity != Indicator.Polarity.NEITHER,
        may_start_anew=bool(reading.usual.segments),
        changes=tuple(changes_to(indicator)),
        new_starts=tuple(
            replace(note, text=f"{note.text} {UNUSED}") if start in reading.usual.unused else note
            for note, start in zip(noted(starts), map(new_start_of, starts), strict=True)
        ),
        targets=noted(in_area),
        events=noted(indicator.events.all()),
        revisions=revisions_of(indicator, area),
    )


def noted(rows: Iterable[Any]) -> tuple[Noted, ...]:
    """Rows of one model as the page tells them."""
    listed = list(rows)
    records = records_of(listed)
    return tuple(told(row, records[row.pk]) for row in listed)


def told(row: NewStart | Target | Event, record: Record) -> Noted:
    match row:
        case NewStart():
            where = row.area.name if row.area else "every area"
            return Noted(f"Limits from {MONTHS[row.date.month]} {row.date.year}", f"In {where}", row.reason, record)
        case Target():
            text = rules.target_words(target_of(row), measure_of(row.indicator))
            return Noted(words.capital(text), row.area.name, row.reason, record)
    kind = row.get_kind_display()
    return Noted(row.title, f"{kind}, {days(row.starts, row.ends)}", row.evidence, record)


def days(first: date, last: date | None) -> str:
    """'29 December 2015', '11 March 2019 to 17 March 2019'."""
    return long_date(first) if last in (None, first) else f"{long_date(first)} to {long_date(last)}"
