"""What running a report leaves behind: progress that was sent back, and reminders."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from actions.models.plan import ProgressEntry
from priorities.models import ReportingCycle


class SentBack(models.Model):
    """A version of a progress entry that the coordinator sent back, and why. It waits until a later one is saved."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.PROTECT, related_name="sent_back")
    version = models.PositiveIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["entry", "-version"]
        verbose_name_plural = "progress entries that were sent back"
        constraints: ClassVar = [models.UniqueConstraint(name="sent_back_once", fields=["entry", "version"])]

    def __str__(self) -> str:
        return f"{self.entry}, version {self.version}"


class Reminder(models.Model):
    """That somebody was reminded of their actions on a day: at most once, whatever runs how often."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    actions = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-day", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(name="one_reminder_a_day", fields=["person", "day"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.day}"
