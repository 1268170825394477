"""Indicators, and changes as sources state them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import Partner
from indicators.models.places import Area, Source, SourceEdition
from indicators.periods import Period


class Indicator(models.Model):
    """A defined measure. Another publisher's count of the same thing is another indicator."""

    class Kind(models.TextChoices):
        COUNT = "count", "Count"
        RATE = "rate", "Rate"
        PERCENTAGE = "percentage", "Percentage"
        MONEY = "money", "Money"

    class Polarity(models.TextChoices):
        LOWER = "lower", "Lower is better"
        HIGHER = "higher", "Higher is better"
        NEITHER = "neither", "Neither"

    class Frequency(models.TextChoices):
        MONTH = "month", "Each month"
        QUARTER = "quarter", "Each quarter"
        YEAR = "year", "Each year"
        ROLLING_YEAR = "rolling-year", "Twelve months, moved on each time"
        IRREGULAR = "irregular", "From time to time"

    class Sensitivity(models.TextChoices):
        OPEN = "open", "Open: published in full elsewhere"
        STANDARD = "standard", "Standard: small numbers are protected"
        HIGH = "high", "High: county and above only"
        CLOSED = "closed", "Closed: county, long periods or words only"

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    definition = models.TextField()
    counted = models.CharField(
        max_length=60,
        help_text="What is counted, one of it: incident, offence, person.",
    )
    counted_plural = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COUNT)
    per = models.PositiveIntegerField(null=True, blank=True, help_text="For a rate: per how many.")
    denominator = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=12, choices=Frequency.choices)
    polarity = models.CharField(max_length=8, choices=Polarity.choices)
    seasonal = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="indicators")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The area it is reported for.",
    )
    decimals = models.PositiveSmallIntegerField(default=0)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity.choices, blank=True)
    months_until_final = models.PositiveSmallIntegerField(default=0)
    final_expected = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    next_review = models.DateField()
    caveat = models.TextField(blank=True)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The indicator that has all that this one counts, and more. Parts may overlap.",
    )
    multi_coded = models.BooleanField(
        default=False,
        help_text="One of what is counted may be counted in several parts of the same whole: they are never added up.",
    )
    read_together = models.ManyToManyField("self", symmetrical=True, blank=True)
    read_together_note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="indicator_rate_says_per",
                condition=~Q(kind="rate") | Q(per__isnull=False),
            ),
            models.CheckConstraint(
                name="indicator_multi_coded_is_a_part",
                condition=Q(multi_coded=False) | Q(part_of__isnull=False),
                violation_error_message="Only parts of a whole can count the same several times: say which.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse to be a part of itself, be it through others, or of what has another unit."""
        whole = self.part_of
        if whole is not None and (whole.kind, whole.per) != (self.kind, self.per):
            raise ValidationError({"part_of": f"{whole.name} has another unit: it cannot be compared with a part."})
        met = {self.slug}
        while whole is not None:
            if whole.slug in met:
                raise ValidationError({"part_of": f"{whole.name} would be a part of itself."})
            met.add(whole.slug)
            whole = whole.part_of

    def may_show(self, area: Area) -> bool:
        """Whether figures for this area may be shown. Below county only what is open is: protecting small
        numbers needs a rule, and without a class nothing is assumed."""
        return not area.is_below_county or self.sensitivity == self.Sensitivity.OPEN


class StatedChange(models.Model):
    """A change as its source states it: quoted, never computed with and never judged."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="stated_changes")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    against_start = models.DateField()
    against_end = models.DateField()
    percent = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    absolute = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(max_length=6, default="exact")
    words = models.CharField(max_length=300, blank=True)
    edition = models.ForeignKey(SourceEdition, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["indicator", "-period_end", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="stated_change_once",
                fields=[
                    "indicator",
                    "area",
                    "period_start",
                    "period_end",
                    "against_start",
                    "against_end",
                    "edition",
                ],
            ),
            models.CheckConstraint(
                name="stated_change_says_something",
                condition=Q(percent__isnull=False) | Q(absolute__isnull=False) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def against(self) -> Period:
        return Period(self.against_start, self.against_end)
