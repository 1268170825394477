"""What the files of an agreement's folder say about areas, sources, indicators and their breaks: checked values."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.toml_files import Place
from indicators.models import Area, Event, Indicator, Observation, SeriesBreak, Source, Target


@dataclass(frozen=True)
class AreaEntry:
    """A table `[[areas]]`."""

    where: Place
    code: str
    name: str
    kind: str = field(metadata={"choices": Area.Kind.values})
    parent: str = ""
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    tile_row: int | None = None
    tile_column: int | None = None


@dataclass(frozen=True)
class SourceEntry:
    """A table `[[sources]]`."""

    where: Place
    slug: str
    publisher: str
    name: str
    kind: str = field(metadata={"choices": Source.Kind.values})
    licence: str = ""
    url: str = ""


@dataclass(frozen=True)
class EditionEntry:
    """A table `[[editions]]`."""

    where: Place
    slug: str
    source: str
    title: str
    published: datetime.date | None = None
    published_text: str = ""
    period_start: datetime.date | None = None
    period_end: datetime.date | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class IndicatorEntry:
    """A table `[[indicators]]`."""

    where: Place
    slug: str
    name: str
    short_name: str
    definition: str
    counted: str
    counted_plural: str
    source: str
    area: str
    owner: str
    checker: str
    next_review: datetime.date
    frequency: str = field(metadata={"choices": Indicator.Frequency.values})
    polarity: str = field(metadata={"choices": Indicator.Polarity.values})
    sensitivity: str = field(metadata={"choices": Indicator.Sensitivity.values})
    kind: str = field(default="count", metadata={"choices": Indicator.Kind.values})
    per: int | None = None
    denominator: str = ""
    seasonal: bool = False
    decimals: int = 0
    months_until_final: int = 0
    final_expected: datetime.date | None = None
    caveat: str = ""
    part_of: str = ""
    multi_coded: bool = False
    read_together: tuple[str, ...] = ()
    read_together_note: str = ""


@dataclass(frozen=True)
class BreakEntry:
    """A table `[[breaks]]`."""

    where: Place
    slug: str
    indicators: tuple[str, ...]
    date: datetime.date
    first_comparable: datetime.date
    title: str
    reason: str
    kind: str = field(metadata={"choices": SeriesBreak.Kind.values})
    evidence: str = ""


@dataclass(frozen=True)
class NewStartEntry:
    """A table `[[new_starts]]`; without an area it is for every area."""

    where: Place
    indicator: str
    date: datetime.date
    reason: str
    area: str = ""


@dataclass(frozen=True)
class TargetEntry:
    """A table `[[targets]]`."""

    where: Place
    indicator: str
    area: str
    value: Decimal
    period_start: datetime.date
    period_end: datetime.date
    reason: str
    months: int = field(metadata={"choices": Target.Each.values})
    tolerance: Decimal = Decimal()


@dataclass(frozen=True)
class EventEntry:
    """A table `[[events]]`."""

    where: Place
    slug: str
    indicators: tuple[str, ...]
    starts: datetime.date
    title: str
    kind: str = field(metadata={"choices": Event.Kind.values})
    ends: datetime.date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class StatedEntry:
    """A table `[[stated_changes]]`."""

    where: Place
    indicator: str
    area: str
    period_start: datetime.date
    period_end: datetime.date
    against_start: datetime.date
    against_end: datetime.date
    edition: str
    percent: Decimal | None = None
    absolute: Decimal | None = None
    qualifier: str = field(default="exact", metadata={"choices": Observation.Qualifier.values})
    words: str = ""
    note: str = ""
