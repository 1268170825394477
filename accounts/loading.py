"""The partners of an agreement, from `partners.toml` of its folder."""

from dataclasses import dataclass, field
from pathlib import Path

from accounts.bringing_in import Item, Ref, bring_in, picked
from accounts.models import Partner
from accounts.toml_files import Mistakes, Place, TomlFile, check_once


@dataclass(frozen=True)
class PartnerEntry:
    """A table `[[partners]]`."""

    where: Place
    slug: str
    name: str
    short_name: str
    kind: str = field(metadata={"choices": Partner.Kind.values})
    description: str = ""
    responsible_authority: bool = False


def read_partners(folder: Path, mistakes: Mistakes) -> list[PartnerEntry]:
    """The partners of a folder, checked."""
    partners = TomlFile(folder / "partners.toml", ["partners"], mistakes).entries("partners", PartnerEntry)
    check_once(partners, "slug", mistakes)
    return partners


def load_partners(partners: list[PartnerEntry]) -> int:
    """Bring partners in; how many changed."""
    return bring_in(Partner, [partner_item(partner) for partner in partners])


def partner_item(entry: PartnerEntry) -> Item:
    return Item(
        where=entry.where,
        key=entry.slug,
        lookup={"slug": entry.slug},
        fields=picked(entry, "name short_name kind description responsible_authority"),
    )


def partner(slug: str) -> Ref:
    """A partner by its slug."""
    return Ref(Partner, {"slug": slug})
