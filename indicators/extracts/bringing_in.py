"""Indicators that come with a supplier's format, brought into the register when a file of it is first used."""

from collections.abc import Set
from datetime import timedelta

from django.utils import timezone

from accounts.models import Partner
from indicators.extracts import formats
from indicators.extracts.supplied import Supplied
from indicators.models import Area, Indicator, Source

REVIEW_AFTER = timedelta(days=365)


class CannotBringIn(Exception):
    """There is nobody, or no area, that a supplier's indicator could belong to."""


def bring_in_supplied(format: str, slugs: Set[str]) -> list[Indicator]:
    """The indicators of these slugs that the format brings and that were not there, now made. They are on no priority.

    Raises CannotBringIn where there is no partner to own them or no area to report them for.
    """
    supplied = (
        {indicator.slug: indicator for indicator in formats.BY_ID[format].supplied()} if format in formats.BY_ID else {}
    )
    missing = sorted((slugs & supplied.keys()) - set(Indicator.objects.values_list("slug", flat=True)))
    return [bring_in(supplied[slug]) for slug in missing]


def bring_in(supplied: Supplied) -> Indicator:
    source, _ = Source.objects.get_or_create(slug=supplied.source["slug"], defaults=dict(supplied.source))
    owner = owner_of(supplied)
    return Indicator.objects.create(
        slug=supplied.slug,
        name=supplied.name,
        short_name=supplied.short_name,
        definition=supplied.definition,
        counted=supplied.counted,
        counted_plural=supplied.counted_plural,
        frequency=Indicator.Frequency.MONTH,
        polarity=supplied.polarity,
        seasonal=supplied.seasonal,
        source=source,
        area=area_of(supplied),
        sensitivity=Indicator.Sensitivity.OPEN,
        caveat=supplied.caveat,
        part_of=Indicator.objects.filter(slug=supplied.part_of).first(),
        owner=owner,
        checker=owner,
        next_review=timezone.localdate() + REVIEW_AFTER,
    )


def owner_of(supplied: Supplied) -> Partner:
    """The first partner of the kind that answers for it, else any that has to by law, else any."""
    by_kind = Partner.objects.filter(kind=supplied.owner_kind).order_by("pk").first()
    owner = by_kind or Partner.objects.order_by("-responsible_authority", "pk").first()
    if owner is None:
        raise CannotBringIn(f"There is no partner yet who could answer for {supplied.name}. Add one first.")
    return owner


def area_of(supplied: Supplied) -> Area:
    area = Area.objects.filter(kind=supplied.area_kind).order_by("code").first()
    if area is None:
        raise CannotBringIn(f"There is no area of the kind {supplied.area_kind} to report {supplied.name} for.")
    return area
