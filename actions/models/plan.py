"""The action plan: what partners do, what has happened, and what it delivered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Partner
from indicators.models import SourceEdition
from priorities.models import Priority, ReportingCycle


class Action(models.Model):
    """Planned work with one home priority. Its lead may be not stated. It may continue one of the agreement before."""

    key = models.SlugField(unique=True, max_length=20)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+")
    supports = models.ManyToManyField(Priority, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    lead = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partners = models.ManyToManyField(Partner, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["priority__number", "order", "key"]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A dated step of an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=300)
    due = models.DateField(null=True, blank=True)
    due_text = models.CharField(max_length=60, blank=True)
    done = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["action", "due", "pk"]

    def __str__(self) -> str:
        return self.title


class Output(models.Model):
    """A quantity that an action delivers: expected, and what it came to."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="outputs")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    expected = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    actual = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField(max_length=6, default="exact")
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    edition = models.ForeignKey(SourceEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["action", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="output_has_a_quantity",
                condition=Q(expected__isnull=False) | Q(actual__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Via(models.TextChoices):
    """How words of a partner came to be entered by somebody else; the label ends 'from Kent Police …'."""

    EMAIL = "email", "by email"
    PHONE = "phone", "by phone"
    MEETING = "meeting", "at a meeting"
    LINK = "link", "by link"


class ProgressEntry(models.Model):
    """What has happened on an action, for one report: a running account and a status.

    `reason` says why it is not pursued. Whose words they are, where somebody else entered them, stands in
    `from_partner` and `via`. An `undone` entry is back to what the report before said and counts as not updated.
    `reviewed_version` is the version that the coordinator last looked at.
    """

    class Status(models.TextChoices):
        NOT_STATED = "not-stated", "Not stated"
        NOT_STARTED = "not-started", "Not started"
        ON_TRACK = "on-track", "On track"
        BEHIND = "behind", "Behind"
        ON_HOLD = "on-hold", "On hold"
        COMPLETE = "complete", "Complete"
        NOT_PURSUED = "not-pursued", "Not pursued"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STATED)
    reason = models.CharField(max_length=500, blank=True)
    nothing_new = models.BooleanField(default=False)
    undone = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by_name = models.CharField(max_length=200)
    from_partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    reviewed_version = models.PositiveIntegerField(default=0)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["action", "-cycle__period_end"]
        verbose_name_plural = "progress entries"
        constraints: ClassVar = [models.UniqueConstraint(name="progress_once_a_cycle", fields=["action", "cycle"])]

    def __str__(self) -> str:
        return f"{self.action}, {self.cycle}"


class ProgressVersion(models.Model):
    """A progress entry as it once was. Never altered.

    `also` holds what else was saved with it, of outputs, milestones, links and decisions: each with what it was and
    became. `undoes` is the number of the version that this one took back.
    """

    entry = models.ForeignKey(ProgressEntry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=ProgressEntry.Status.choices)
    reason = models.CharField(max_length=500, blank=True)
    nothing_new = models.BooleanField(default=False)
    undone = models.BooleanField(default=False)
    also = models.JSONField(default=list, blank=True)
    undoes = models.PositiveIntegerField(null=True, blank=True)
    from_partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["entry", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(name="progress_version_once", fields=["entry", "number"])]

    def __str__(self) -> str:
        return f"{self.entry}, version {self.number}"


class Decision(models.Model):
    """A question put to the governing group, and its answer: when, at which meeting, where it is minuted. One that
    is no longer asked says why in `withdrawn`."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(
        Action,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )
    question = models.TextField()
    asked_by = models.CharField(max_length=200)
    asked_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    meeting = models.CharField(max_length=200, blank=True, help_text="At which meeting it was answered.")
    minute = models.CharField(max_length=100, blank=True)
    withdrawn = models.TextField(blank=True, help_text="Why it is no longer asked.")

    class Meta:
        ordering: ClassVar = ["cycle", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_answer_has_a_date",
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_withdrawn_is_not_answered",
                condition=Q(answer="") | Q(withdrawn=""),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return not self.answer and not self.withdrawn
