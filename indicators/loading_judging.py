"""How figures are judged, from `indicators.toml`: breaks, new starts of limits, targets and events."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from accounts.bringing_in import ACTOR, Item, bring_in, picked
from accounts.toml_files import Mistakes, TomlFile, check_name, check_once
from indicators.entries import BreakEntry, EventEntry, IndicatorEntry, NewStartEntry, TargetEntry
from indicators.loading_refs import area, check_period, indicator
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target

TABLES = ("breaks", "new_starts", "targets", "events")
BY = {"recorded_by_name": ACTOR}


@dataclass(frozen=True)
class Judging:
    """Everything a folder says about how figures are judged."""

    breaks: list[BreakEntry]
    new_starts: list[NewStartEntry]
    targets: list[TargetEntry]
    events: list[EventEntry]


def read_judging(
    file: TomlFile, indicators: Mapping[str, IndicatorEntry], areas: Collection[str], mistakes: Mistakes
) -> Judging:
    """What the file says about judging, checked against the indicators by their slugs and the codes of areas."""
    found = Judging(
        breaks=file.entries("breaks", BreakEntry),
        new_starts=file.entries("new_starts", NewStartEntry),
        targets=file.entries("targets", TargetEntry),
        events=file.entries("events", EventEntry),
    )
    for named in (found.breaks, found.events):
        check_once(named, "slug", mistakes)
    with_many: list[BreakEntry | EventEntry] = [*found.breaks, *found.events]
    for entry in with_many:
        for slug in entry.indicators:
            check_name(entry.where, "indicators", slug, indicators, "an indicator", mistakes)
    with_one: list[NewStartEntry | TargetEntry] = [*found.new_starts, *found.targets]
    for one in with_one:
        check_name(one.where, "indicator", one.indicator, indicators, "an indicator", mistakes)
        check_name(one.where, "area", one.area, areas, "an area", mistakes)
    check_days(found, mistakes)
    for target in found.targets:
        known = indicators.get(target.indicator)
        if known and known.polarity == Indicator.Polarity.NEITHER:
            mistakes.add(target.where, "a target needs an indicator that says which way is better", "indicator")
        if target.tolerance < 0:
            mistakes.add(target.where, "tolerance is less than 0", "tolerance")
    return found


def check_days(found: Judging, mistakes: Mistakes) -> None:
    for entry in found.breaks:
        if entry.first_comparable < entry.date:
            mistakes.add(entry.where, "first_comparable is before the date of the break", "first_comparable")
    for start in found.new_starts:
        if start.date.day != 1:
            mistakes.add(start.where, "limits start anew on the first day of a month", "date")
    for target in found.targets:
        check_period(target.where, target.period_start, target.period_end, "period_start", mistakes)
    for event in found.events:
        if event.ends and event.ends < event.starts:
            mistakes.add(event.where, "ends is before starts", "ends")


def load_judging(found: Judging, editions: Mapping[str, str]) -> int:
    """Bring everything in; how many objects changed. `editions` are the titles of editions by slug, for evidence that
    names one."""
    return sum(
        (
            bring_in(SeriesBreak, [break_item(entry, editions) for entry in found.breaks]),
            bring_in(NewStart, [new_start_item(entry) for entry in found.new_starts]),
            bring_in(Target, [target_item(entry) for entry in found.targets]),
            bring_in(Event, [event_item(entry, editions) for entry in found.events]),
        )
    )


def break_item(entry: BreakEntry, editions: Mapping[str, str]) -> Item:
    fields = picked(entry, "date first_comparable kind title reason") | BY
    fields |= {"evidence": editions.get(entry.evidence, entry.evidence)}
    concerned = {"indicators": [indicator(slug) for slug in entry.indicators]}
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields, concerned)


def new_start_item(entry: NewStartEntry) -> Item:
    lookup = {"indicator": indicator(entry.indicator), "area": area(entry.area) if entry.area else None}
    key = " ".join(filter(None, (entry.indicator, entry.area, str(entry.date))))
    return Item(entry.where, key, lookup | picked(entry, "date"), picked(entry, "reason") | BY)


def target_item(entry: TargetEntry) -> Item:
    lookup = {"indicator": indicator(entry.indicator), "area": area(entry.area)} | picked(entry, "months period_start")
    key = f"{entry.indicator} {entry.area} {entry.months} {entry.period_start}"
    return Item(entry.where, key, lookup, picked(entry, "value tolerance period_end reason") | BY)


def event_item(entry: EventEntry, editions: Mapping[str, str]) -> Item:
    fields = picked(entry, "starts ends title kind") | BY
    fields |= {"evidence": editions.get(entry.evidence, entry.evidence)}
    concerned = {"indicators": [indicator(slug) for slug in entry.indicators]}
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields, concerned)
