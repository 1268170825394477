"""Areas, sources, indicators and what is observed of them. The rules that must always hold stand here as
constraints of the database."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Partner
from indicators.periods import Period


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
    read_together = models.ManyToManyField("self", symmetrical=True, blank=True)
    read_together_note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="indicator_rate_says_per",
                condition=~Q(kind="rate") | Q(per__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may_show(self, area: Area) -> bool:
        """Whether figures for this area may be shown. Below county only what is open is: protecting small
        numbers needs a rule, and without a class nothing is assumed."""
        return not area.is_below_county or self.sensitivity == self.Sensitivity.OPEN


class SeriesBreak(models.Model):
    """A change after which figures cannot be compared with those before."""

    class Kind(models.TextChoices):
        RECORDING = "recording-practice", "Recording practice"
        DEFINITION = "definition", "Definition"
        COVERAGE = "coverage", "Coverage"
        SYSTEM = "system", "Recording system"
        BOUNDARY = "boundary", "Boundary"

    slug = models.SlugField(unique=True, max_length=80)
    indicators = models.ManyToManyField(Indicator, related_name="breaks")
    date = models.DateField(help_text="When it changed.")
    first_comparable = models.DateField(help_text="The first day from which periods compare with one another.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=80)
    reason = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["date", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="break_comparable_not_before",
                condition=Q(first_comparable__gte=F("date")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


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


class Extract(models.Model):
    """A file as it came in: its bytes are kept under their SHA-256 and never altered."""

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
    findings = models.JSONField(default=list, blank=True)
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
                fields=["sha256"],
                condition=Q(state="used"),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


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
