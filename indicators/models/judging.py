"""What people record about how figures are judged: breaks, new starts of limits, targets and events. Each says who
recorded it; one that is withdrawn stays, with who withdrew it and why, and changes no reading any more."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from indicators.models.measures import Indicator
from indicators.models.places import Area
from indicators.periods import NotAPeriod, Period

WITHDRAWN_SAYS_WHY = models.CheckConstraint(
    name="%(class)s_withdrawn_says_why",
    condition=Q(withdrawn_at__isnull=True, withdrawn_by_name="", withdrawn_why="")
    | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_name="") & ~Q(withdrawn_why=""),
)


class RecordedSet(models.QuerySet["Recorded"]):
    def in_force(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Recorded(models.Model):
    """Something that a person, or the agreement's files, recorded; and that may be withdrawn."""

    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_why = models.TextField(blank=True)

    objects = RecordedSet.as_manager()

    class Meta:
        abstract = True


class SeriesBreak(Recorded):
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
            WITHDRAWN_SAYS_WHY,
            models.CheckConstraint(
                name="break_comparable_not_before",
                condition=Q(first_comparable__gte=F("date")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NewStart(Recorded):
    """Limits that a person starts anew with the period that begins on `date`; without an area, in every area."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="new_starts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    date = models.DateField(help_text="The first day of the first period of the new limits.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["date", "pk"]
        constraints: ClassVar = [
            WITHDRAWN_SAYS_WHY,
            models.UniqueConstraint(
                name="new_start_once_in_an_area",
                fields=["indicator", "area", "date"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="Limits already start anew there on that day.",
            ),
            models.UniqueConstraint(
                name="new_start_once_everywhere",
                fields=["indicator", "date"],
                condition=Q(withdrawn_at__isnull=True, area__isnull=True),
                violation_error_message="Limits already start anew everywhere on that day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} from {self.date.day} {self.date:%B %Y}"

    def clean(self) -> None:
        if self.date and self.date.day != 1:
            raise ValidationError({"date": "Periods begin on the first day of a month."})


class Target(Recorded):
    """What a figure is to reach in each period of a length, from one day to another. Figures within `tolerance` of it
    count as meeting it."""

    class Each(models.IntegerChoices):
        MONTH = 1, "Each month"
        QUARTER = 3, "Each quarter"
        YEAR = 12, "Each year"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(choices=Each.choices)
    value = models.DecimalField(max_digits=15, decimal_places=4)
    tolerance = models.DecimalField(max_digits=15, decimal_places=4, default=0)
    period_start = models.DateField()
    period_end = models.DateField()
    reason = models.TextField(help_text="Who agreed it, and where that is written.")

    class Meta:
        ordering: ClassVar = ["period_start", "pk"]
        constraints: ClassVar = [
            WITHDRAWN_SAYS_WHY,
            models.UniqueConstraint(
                name="target_once",
                fields=["indicator", "area", "months", "period_start"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message="A target is already set there from that day on.",
            ),
            models.CheckConstraint(name="target_period_in_order", condition=Q(period_end__gt=F("period_start"))),
            models.CheckConstraint(name="target_tolerance_not_negative", condition=Q(tolerance__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.area}, from {self.period_start.day} {self.period_start:%B %Y}"

    def clean(self) -> None:
        if self.indicator.polarity == Indicator.Polarity.NEITHER:
            raise ValidationError(f"{self.indicator} does not say which way is better, so no target can be met.")
        if self.period_start and self.period_end:
            try:
                Period(self.period_start, self.period_end)
            except NotAPeriod as problem:
                raise ValidationError({"period_end": str(problem)}) from problem


class Event(Recorded):
    """Something that happened and may have moved figures: said beside them, never computed with."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", "Campaign or operation"
        LAW = "law", "Law or guidance"
        OTHER = "other", "Other"

    slug = models.SlugField(unique=True, max_length=80)
    indicators = models.ManyToManyField(Indicator, related_name="events")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day of something that lasted.")
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts", "pk"]
        constraints: ClassVar = [
            WITHDRAWN_SAYS_WHY,
            models.CheckConstraint(
                name="event_ends_not_before",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message="It ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
