"""The areas, sources and indicators of an agreement, from the TOML files of its folder."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from accounts.bringing_in import Item, Ref, bring_in, picked
from accounts.loading import partner
from accounts.toml_files import Mistakes, TomlFile, check_name, check_once
from indicators.entries import AreaEntry, EditionEntry, IndicatorEntry, SourceEntry, StatedEntry
from indicators.loading_judging import TABLES, Judging, load_judging, read_judging
from indicators.loading_refs import area, check_period, edition, indicator
from indicators.models import Area, Indicator, Source, SourceEdition, StatedChange


@dataclass(frozen=True)
class Definitions:
    """Everything a folder says about what is measured."""

    areas: list[AreaEntry]
    sources: list[SourceEntry]
    editions: list[EditionEntry]
    indicators: list[IndicatorEntry]
    judging: Judging
    stated_changes: list[StatedEntry]

    @property
    def area_codes(self) -> set[str]:
        return {entry.code for entry in self.areas}

    @property
    def edition_slugs(self) -> set[str]:
        return {entry.slug for entry in self.editions}

    @property
    def indicator_slugs(self) -> set[str]:
        return {entry.slug for entry in self.indicators}


def read_definitions(folder: Path, partners: Collection[str], mistakes: Mistakes) -> Definitions:
    """The areas, sources, editions, indicators, stated changes of a folder and how its figures are judged, checked
    against one another and against the slugs of its partners."""
    areas = TomlFile(folder / "areas.toml", ["areas"], mistakes)
    sources = TomlFile(folder / "sources.toml", ["sources", "editions"], mistakes)
    measures = TomlFile(folder / "indicators.toml", ["indicators", *TABLES, "stated_changes"], mistakes)
    listed_areas = areas.entries("areas", AreaEntry)
    listed = measures.entries("indicators", IndicatorEntry)
    codes, by_slug = {entry.code for entry in listed_areas}, {entry.slug: entry for entry in listed}
    found = Definitions(
        areas=listed_areas,
        sources=sources.entries("sources", SourceEntry),
        editions=sources.entries("editions", EditionEntry),
        indicators=listed,
        judging=read_judging(measures, by_slug, codes, mistakes),
        stated_changes=measures.entries("stated_changes", StatedEntry),
    )
    check_once(found.areas, "code", mistakes)
    for entries in (found.sources, found.editions, found.indicators):
        check_once(entries, "slug", mistakes)
    check_areas_and_editions(found, mistakes)
    check_indicators(found, partners, mistakes)
    check_stated_changes(found, mistakes)
    return found


def check_areas_and_editions(found: Definitions, mistakes: Mistakes) -> None:
    above: set[str] = set()
    for entry in found.areas:
        check_name(entry.where, "parent", entry.parent, above, "an area that stands above it in the file", mistakes)
        above.add(entry.code)
    sources = {source.slug for source in found.sources}
    for published in found.editions:
        check_name(published.where, "source", published.source, sources, "a source", mistakes)


def check_indicators(found: Definitions, partners: Collection[str], mistakes: Mistakes) -> None:
    sources = {source.slug for source in found.sources}
    above: set[str] = set()
    for entry in found.indicators:
        check_name(entry.where, "source", entry.source, sources, "a source", mistakes)
        check_name(entry.where, "area", entry.area, found.area_codes, "an area", mistakes)
        check_name(entry.where, "owner", entry.owner, partners, "a partner", mistakes)
        check_name(entry.where, "checker", entry.checker, partners, "a partner", mistakes)
        check_name(entry.where, "part_of", entry.part_of, above, "an indicator that stands above it", mistakes)
        above.add(entry.slug)
        if entry.multi_coded and not entry.part_of:
            mistakes.add(
                entry.where, "several parts can count the same only of a whole: part_of is missing", "multi_coded"
            )
        for other in entry.read_together:
            check_name(entry.where, "read_together", other, found.indicator_slugs, "an indicator", mistakes)
        if entry.kind == "rate" and entry.per is None:
            mistakes.add(entry.where, "a rate has to say per how many: per = 100000", "kind")


def check_stated_changes(found: Definitions, mistakes: Mistakes) -> None:
    for entry in found.stated_changes:
        check_name(entry.where, "indicator", entry.indicator, found.indicator_slugs, "an indicator", mistakes)
        check_name(entry.where, "area", entry.area, found.area_codes, "an area", mistakes)
        check_name(entry.where, "edition", entry.edition, found.edition_slugs, "an edition", mistakes)
        check_period(entry.where, entry.period_start, entry.period_end, "period_start", mistakes)
        check_period(entry.where, entry.against_start, entry.against_end, "against_start", mistakes)
        if entry.percent is None and entry.absolute is None and not entry.words:
            mistakes.add(entry.where, "a stated change needs a percent, an absolute or words")


def load_definitions(found: Definitions) -> int:
    """Bring everything in, in the order in which it refers to one another; how many objects changed."""
    return sum(
        (
            bring_in(Area, [area_item(entry) for entry in found.areas]),
            bring_in(Source, [source_item(entry) for entry in found.sources]),
            bring_in(SourceEdition, [edition_item(entry) for entry in found.editions]),
            bring_in(Indicator, [indicator_item(entry) for entry in found.indicators]),
            load_judging(found.judging, edition_titles(found)),
            bring_in(StatedChange, [stated_item(entry) for entry in found.stated_changes]),
        )
    )


def area_item(entry: AreaEntry) -> Item:
    fields = picked(entry, "name short_name kind tile_row tile_column")
    fields |= {"parent": area(entry.parent) if entry.parent else None, "aliases": list(entry.aliases)}
    return Item(entry.where, entry.code, {"code": entry.code}, fields)


def source_item(entry: SourceEntry) -> Item:
    return Item(entry.where, entry.slug, {"slug": entry.slug}, picked(entry, "publisher name kind licence url"))


def edition_item(entry: EditionEntry) -> Item:
    fields = picked(entry, "title published published_text period_start period_end url note")
    fields |= {"source": Ref(Source, {"slug": entry.source})}
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields)


def indicator_item(entry: IndicatorEntry) -> Item:
    fields = picked(
        entry,
        "name short_name definition counted counted_plural kind per denominator frequency polarity seasonal"
        " decimals sensitivity multi_coded months_until_final final_expected next_review caveat read_together_note",
    )
    fields |= {
        "source": Ref(Source, {"slug": entry.source}),
        "area": area(entry.area),
        "owner": partner(entry.owner),
        "checker": partner(entry.checker),
        "part_of": indicator(entry.part_of) if entry.part_of else None,
    }
    together = {"read_together": [indicator(slug) for slug in entry.read_together]}
    return Item(entry.where, entry.slug, {"slug": entry.slug}, fields, together)


def edition_titles(found: Definitions) -> dict[str, str]:
    """The publisher and title of each edition, by its slug."""
    publishers = {source.slug: source.publisher for source in found.sources}
    return {entry.slug: f"{publishers[entry.source]}, {entry.title}" for entry in found.editions}


def stated_item(entry: StatedEntry) -> Item:
    lookup = picked(entry, "period_start period_end against_start against_end")
    lookup |= {
        "indicator": indicator(entry.indicator),
        "area": area(entry.area),
        "edition": edition(entry.edition),
    }
    key = f"{entry.indicator} {entry.area} {entry.period_end} {entry.against_end} {entry.edition}"
    return Item(entry.where, key, lookup, picked(entry, "percent absolute qualifier words note"))
