"""Extracts, the changes of the data they make, and what is observed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from indicators.models.measures import Indicator
from indicators.models.places import Area, SourceEdition
from indicators.periods import Period


class Extract(models.Model):
    """A file as it came in, or one sheet of it: its bytes are kept under their SHA-256 and never altered."""

    class State(models.TextChoices):
        PREVIEW = "preview", "To be checked"
        REFUSED = "refused", "Cannot be used"
        USED = "used", "Used"
        TAKEN_BACK = "taken-back", "Taken back"
        DISCARDED = "discarded", "Not used"

    sha256 = models.CharField(max_length=64, db_index=True)
    rows_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    original_name = models.CharField(max_length=255)
    format = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    findings = models.JSONField(default=list, blank=True, help_text="The first of each severity.")
    found = models.JSONField(default=dict, blank=True, help_text="How many there are of each severity.")
    mapping = models.JSONField(default=dict, blank=True, help_text="What its columns were said to be.")
    sheet = models.CharField(max_length=255, blank=True, help_text="Of a workbook, the sheet that is read.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="extract_bytes_used_once",
                fields=["sha256", "sheet"],
                condition=Q(state="used"),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class ExtractCorrection(models.Model):
    """One cell of an extract as somebody has corrected it, and why. The bytes stay: `line` and `column` count from 1 in
    the file as it was, and `was` is what stands there."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="corrections")
    line = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.CharField(max_length=500)
    # Set on use: of each figure read from the cell the indicator, area, first and last day; null for all of the file.
    figures = models.JSONField(null=True, blank=True, default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["line", "column"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="extract_correction_once", fields=["extract", "line", "column"]),
            models.CheckConstraint(name="extract_correction_within_file", condition=Q(line__gte=1, column__gte=1)),
            models.CheckConstraint(name="extract_correction_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.extract}, line {self.line}, column {self.column}"


class DataChange(models.Model):
    """One number for each change of the data: the clock that `since` and `until` are read from."""

    class Kind(models.TextChoices):
        USE = "use", "Used"
        TAKE_BACK = "take-back", "Taken back"

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.extract}"


class Observation(models.Model):
    """One value of one indicator for one area and one period. Added and closed, never altered."""

    class Qualifier(models.TextChoices):
        EXACT = "exact", "Exact"
        ABOUT = "about", "About"
        OVER = "over", "Over"
        UNDER = "under", "Under"
        RANGE = "range", "Range"

    class Status(models.TextChoices):
        FINAL = "final", "Final"
        PROVISIONAL = "provisional", "Provisional"
        ESTIMATED = "estimated", "Estimated"
        INCOMPLETE = "incomplete", "Incomplete"
        UNRELIABLE = "unreliable", "Unreliable"
        SUPPRESSED = "suppressed", "Suppressed"
        NOT_AVAILABLE = "not_available", "Not available"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    VALUELESS: ClassVar = (
        Status.SUPPRESSED,
        Status.NOT_AVAILABLE,
        Status.NOT_APPLICABLE,
    )

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    # SQLite keeps a decimal as a floating-point number, exact to 15 significant digits.
    value = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    value_to = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(max_length=6, choices=Qualifier.choices, default=Qualifier.EXACT)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.FINAL)
    coverage = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    edition = models.ForeignKey(SourceEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    since = models.PositiveBigIntegerField(help_text="The data change that added it.")
    until = models.PositiveBigIntegerField(null=True, blank=True, help_text="The data change that closed it.")

    class Meta:
        ordering: ClassVar = [
            "indicator",
            "area",
            "period_start",
            "period_end",
            "since",
        ]
        default_permissions: ClassVar = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="observation_one_open",
                fields=["indicator", "area", "period_start", "period_end"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="observation_value_or_reason",
                condition=(
                    Q(
                        value__isnull=True,
                        status__in=["suppressed", "not_available", "not_applicable"],
                    )
                    | (Q(value__isnull=False) & ~Q(status__in=["suppressed", "not_available", "not_applicable"]))
                ),
            ),
            models.CheckConstraint(
                name="observation_range_has_two_ends",
                condition=(
                    Q(value_to__isnull=True) & ~Q(qualifier="range")
                    | Q(
                        value_to__isnull=False,
                        qualifier="range",
                        value_to__gt=F("value"),
                    )
                ),
            ),
            models.CheckConstraint(
                name="observation_period_in_order",
                condition=Q(period_end__gt=F("period_start")),
            ),
            models.CheckConstraint(
                name="observation_closed_later",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["extract", "line"]),
            models.Index(fields=["since"]),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area} {self.period}"

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
