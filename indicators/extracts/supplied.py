"""The indicators that come with a supplier's format: they are there once a file of it is used, on no priority."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.extracts.register import KnownIndicator


@dataclass(frozen=True, slots=True)
class Supplied:
    """An indicator as a format's TOML defines it. `part_of` is the slug of the one that it is a part of;
    `source` describes where it comes from; `owner_kind` is the kind of partner that answers for it, and `area_kind` the
    kind of area it is reported for."""

    slug: str
    name: str
    short_name: str
    definition: str
    counted: str
    counted_plural: str
    area_kind: str = "force"
    part_of: str = ""
    polarity: str = "neither"
    seasonal: bool = False
    caveat: str = ""
    owner_kind: str = ""
    source: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> KnownIndicator:
        """As the register has it. What a supplier publishes in full is open."""
        return KnownIndicator(
            self.slug,
            self.name,
            self.short_name,
            kind="count",
            sheltered=False,
            frequency="month",
            part_of=self.part_of,
        )
