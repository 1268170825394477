"""What the register knows, as plain values: indicators, areas and editions, found by every name files use."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
ADMINISTRATIVE = re.compile(r" (?:district|borough|city|county)?(?: ?council)?$")


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """`kind` is count, rate, percentage or money. `sheltered`: not shown below county. `area` is the code of the one
    it is reported for, `part_of` the slug of the indicator that it is a part of."""

    slug: str
    name: str
    short_name: str
    kind: str
    sheltered: bool
    area: str = ""
    frequency: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class KnownArea:
    """`kind` is that of the register, such as force, county or district; `parent` the code of the area around it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    below_county: bool = False
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Register:
    """Everything that a row of a file may speak of."""

    indicators: tuple[KnownIndicator, ...]
    areas: tuple[KnownArea, ...]
    editions: frozenset[str]

    @cached_property
    def indicator_names(self) -> Mapping[str, KnownIndicator]:
        """By slug, name and short name. A name that two indicators share finds neither; a slug always counts."""
        named = unambiguous((name, i) for i in self.indicators for name in (i.name, i.short_name))
        return named | {simple(i.slug): i for i in self.indicators}

    @cached_property
    def area_names(self) -> Mapping[str, KnownArea]:
        """By name and alias. A name goes before an alias."""
        aliases = unambiguous((alias, area) for area in self.areas for alias in area.aliases)
        return aliases | unambiguous((area.name, area) for area in self.areas)

    @cached_property
    def area_codes(self) -> Mapping[str, KnownArea]:
        return {area.code.upper(): area for area in self.areas}

    def indicator(self, text: str) -> KnownIndicator | None:
        return self.indicator_names.get(simple(text))

    def area(self, text: str) -> KnownArea | None:
        """By code, name or alias; 'Swale Borough Council' is Swale."""
        found = self.area_codes.get(text.upper()) or self.area_names.get(simple(text))
        return found or self.area_names.get(ADMINISTRATIVE.sub("", simple(text)))

    @cached_property
    def wholes(self) -> Mapping[str, tuple[str, ...]]:
        """For each indicator, by slug, those that it is a part of, the nearest first."""
        above = {indicator.slug: indicator.part_of for indicator in self.indicators}
        found: dict[str, tuple[str, ...]] = {}
        for slug in above:
            chain = [slug]
            while (whole := above.get(chain[-1], "")) and whole not in chain:
                chain.append(whole)
            found[slug] = tuple(chain[1:])
        return found

    def related(self, slugs: Set[str]) -> set[str]:
        """These indicators, those that they are parts of, and their own parts."""
        wholes = {whole for slug in slugs for whole in self.wholes[slug]}
        return {*slugs, *wholes, *(slug for slug, above in self.wholes.items() if not slugs.isdisjoint(above))}

    def is_sheltered(self, indicator: str) -> bool:
        """Whether the figures of an indicator, by slug, are not shown below the county."""
        found = self.indicator(indicator)
        return found is None or found.sheltered

    def hides(self, indicator: str, area: str) -> bool:
        """Whether a figure of an area, by code, may not be shown."""
        found = self.area(area)
        return self.is_sheltered(indicator) and (found is None or found.below_county)

    def names(self, text: str) -> bool:
        """Whether a text names an area or an indicator."""
        return self.area(text) is not None or self.indicator(text) is not None

    def near_indicators(self, text: str) -> list[str]:
        """The names most like a text that is none."""
        near = near_names(text, self.indicator_names)
        return list(dict.fromkeys(self.indicator_names[name].slug for name in near))

    def near_areas(self, text: str) -> list[str]:
        names = {**self.area_names, **{simple(code): area for code, area in self.area_codes.items()}}
        near = near_names(text, names)
        return list(dict.fromkeys(f"{names[name].name} ({names[name].code})" for name in near))

    def near_editions(self, text: str) -> list[str]:
        return get_close_matches(text, self.editions, n=3)


def near_names(text: str, names: Iterable[str]) -> list[str]:
    """At most three names that are written alike, else that hold the text as whole words."""
    said = simple(text)
    holding = (name for name in names if said and f" {said} " in f" {name} ")
    return get_close_matches(said, list(names), n=3) or list(islice(holding, 3))


@lru_cache(maxsize=4096)
def simple(text: str) -> str:
    """A name without what differs by habit: case, '&' for 'and', hyphens, punctuation, spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("&", " and ").replace("_", " ")).split())


def unambiguous(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """By simple name, without the names that two different things share."""
    found: dict[str, T] = {}
    shared: set[str] = set()
    for name, thing in pairs:
        key = simple(name)
        if not key:
            continue
        if found.setdefault(key, thing) != thing:
            shared.add(key)
    return {key: thing for key, thing in found.items() if key not in shared}
