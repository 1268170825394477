"""Areas, and the sources that figures and facts come from."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models


class Area(models.Model):
    """A place that figures are about, by its GSS code. Kent county is not Kent and Medway."""

    class Kind(models.TextChoices):
        NATION = "nation", "Nation"
        REGION = "region", "Region"
        FORCE = "force", "Police force area"
        COUNTY = "county", "County"
        UNITARY = "unitary", "Unitary authority"
        DISTRICT = "district", "District"
        CSP = "csp", "Community safety partnership area"

    BELOW_COUNTY: ClassVar = (Kind.UNITARY, Kind.DISTRICT, Kind.CSP)

    code = models.CharField("GSS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    aliases = models.JSONField(
        default=list,
        blank=True,
        help_text="Other names that files use, such as Shepway.",
    )
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse to lie within itself, be it through others."""
        met, around = {self.code}, self.parent
        while around is not None:
            if around.code in met:
                raise ValidationError({"parent": f"{around.name} would lie within itself."})
            met.add(around.code)
            around = around.parent

    @property
    def is_below_county(self) -> bool:
        return self.kind in self.BELOW_COUNTY


class Source(models.Model):
    """Who publishes figures or facts, and what sort they are."""

    class Kind(models.TextChoices):
        OFFICIAL = "official-statistics", "Official statistics"
        MANAGEMENT = "management-information", "Management information"
        SURVEY = "survey", "Survey"
        ESTIMATE = "estimate", "Estimate"
        INSPECTION = "inspection", "Inspection"
        LEGISLATION = "legislation", "Legislation"
        STRATEGY = "strategy", "Strategy"
        PLAN = "plan", "Plan"

    slug = models.SlugField(unique=True, max_length=80)
    publisher = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    licence = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)

    class Meta:
        ordering: ClassVar = ["publisher", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}"


class SourceEdition(models.Model):
    """One publication of a source: what a note cites and where a figure was read."""

    slug = models.SlugField(unique=True, max_length=80)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=300)
    published = models.DateField(null=True, blank=True)
    published_text = models.CharField(
        max_length=60,
        blank=True,
        help_text="Such as March 2019, where no day is known.",
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    url = models.URLField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["source", "-published", "title"]

    def __str__(self) -> str:
        return f"{self.source.publisher}, {self.title}"
