"""The agreement: its priorities, the reports made of it and the words written for each."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from indicators.models import Area, Indicator
from indicators.periods import Period
from priorities.states import State


class Agreement(models.Model):
    """A county's Community Safety Agreement for a time."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    partnership = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    working_group = models.CharField(max_length=200)
    governing_group = models.CharField(max_length=200)
    caution = models.TextField(
        blank=True, help_text="What readers of any figure must bear in mind, in a sentence. Said once."
    )
    url = models.URLField(blank=True)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-starts", "pk"]

    def __str__(self) -> str:
        return self.name


class Priority(models.Model):
    """A theme that the agreement commits to."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="priorities")
    slug = models.SlugField(max_length=80)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField()
    no_indicator_reason = models.TextField(blank=True)
    caution = models.TextField(blank=True)
    lineage = models.TextField(blank=True, help_text="Where it came from, in a sentence.")
    indicators = models.ManyToManyField(Indicator, through="PriorityIndicator", related_name="+")

    class Meta:
        ordering: ClassVar = ["agreement", "number", "pk"]
        verbose_name_plural = "priorities"
        constraints: ClassVar = [
            models.UniqueConstraint(name="priority_slug_in_agreement", fields=["agreement", "slug"]),
            models.UniqueConstraint(name="priority_number_in_agreement", fields=["agreement", "number"]),
        ]

    def __str__(self) -> str:
        return self.title


class PriorityLineage(models.Model):
    """That a priority came from another: of the agreement before, or of the same one where that is all that is held."""

    class Kind(models.TextChoices):
        CARRIED_ON = "carried-on", "Carried on"
        RENAMED = "renamed", "Renamed"
        SPLIT = "split", "Came out of"
        MERGED = "merged", "Took in"

    to_priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="origins")
    from_priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="successors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["to_priority", "from_priority__number", "pk"]
        verbose_name_plural = "priority lineages"
        constraints: ClassVar = [
            models.UniqueConstraint(name="priority_comes_from_another_once", fields=["to_priority", "from_priority"]),
            models.CheckConstraint(name="priority_comes_from_another", condition=~Q(to_priority=F("from_priority"))),
        ]

    def __str__(self) -> str:
        return f"{self.to_priority}: {self.get_kind_display().lower()} {self.from_priority}"


class PriorityIndicator(models.Model):
    """An indicator as a priority uses it."""

    class Role(models.TextChoices):
        MAIN = "main", "Main"
        SUPPORTING = "supporting", "Supporting"
        CONTEXT = "context", "Context only"

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="uses")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["priority", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="priority_uses_indicator_once", fields=["priority", "indicator"]),
            models.UniqueConstraint(
                name="priority_has_one_main_indicator",
                fields=["priority"],
                condition=Q(role="main"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} ({self.get_role_display()})"


class ReportingCycle(models.Model):
    """The months that are reported to one meeting, titled by the month of that meeting.

    `due` is the day by which progress is wanted, `data_due` the one for figures. Who marked it as checked prepared it;
    why it was sent back after that stays until it is checked again. While `correction_note` says something, a
    correction of what was issued is being prepared.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="cycles")
    slug = models.SlugField(unique=True, max_length=20)
    title = models.CharField(max_length=60)
    period_start = models.DateField()
    period_end = models.DateField()
    progress_to = models.DateField()
    due = models.DateField(null=True, blank=True)
    data_due = models.DateField(null=True, blank=True)
    meeting = models.DateField(null=True, blank=True)
    key_messages = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_by_name = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    sent_back_by_name = models.CharField(max_length=200, blank=True)
    correction_note = models.TextField(blank=True)
    correction_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correction_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-period_end", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="cycle_period_in_order",
                condition=Q(period_end__gt=F("period_start")),
            ),
            models.CheckConstraint(name="cycle_state_is_one_of_the_table", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="cycle_is_checked_by_somebody",
                condition=Q(state=State.DRAFT, checked_by_name="", checked_by=None)
                | (~Q(state=State.DRAFT) & ~Q(checked_by_name="")),
            ),
            models.CheckConstraint(
                name="cycle_corrects_what_was_issued",
                condition=Q(correction_note="", correction_by=None, correction_by_name="")
                | (~Q(correction_note="") & ~Q(correction_by_name="") & ~Q(state__in=[State.DRAFT, State.CHECKED])),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)

    @property
    def is_open(self) -> bool:
        """Whether everyone may still write in it."""
        return self.state == State.DRAFT

    @property
    def is_correcting(self) -> bool:
        """Whether a correction of what was issued is being prepared."""
        return bool(self.correction_note)


class AreaOfConcern(models.Model):
    """What a person says about the areas of concern of a report: one that is added, or one that the rule finds and
    that is taken away (`removes` is its key). `text` is what it says, `reason` why."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.CASCADE, related_name="concerns")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    removes = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle", "priority__number", "pk"]
        verbose_name_plural = "areas of concern"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="concern_taken_away_once", fields=["cycle", "removes"], condition=~Q(removes="")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ContextSummary(models.Model):
    """A priority's words for one report, or the introduction where it has no priority.

    A text that came from the report before says so in `carried_from`. `looked_at` is when somebody last wrote it or
    said that it is still true, for this report.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="summaries")
    priority = models.ForeignKey(
        Priority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="summaries",
    )
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by_name = models.CharField(max_length=200, blank=True)
    carried_from = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle", "priority__number", "pk"]
        verbose_name_plural = "context summaries"
        constraints: ClassVar = [
            models.UniqueConstraint(name="summary_once", fields=["cycle", "priority"]),
            models.UniqueConstraint(
                name="introduction_once",
                fields=["cycle"],
                condition=Q(priority__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.cycle}"

    @property
    def title(self) -> str:
        return self.priority.title if self.priority else "Introduction"


class ContextSummaryVersion(models.Model):
    """A context summary as it once was, with the figures it quoted when it was saved. Never altered."""

    summary = models.ForeignKey(ContextSummary, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    figures = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["summary", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(name="summary_version_once", fields=["summary", "number"])]

    def __str__(self) -> str:
        return f"{self.summary}, version {self.number}"


class Acronym(models.Model):
    """A short form used in the agreement, and what it stands for."""

    short = models.CharField(max_length=30, unique=True)
    long = models.CharField(max_length=200)
    meaning = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["short"]

    def __str__(self) -> str:
        return self.short
