"""What people write, attach and say to one another while a report is being prepared."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Partner, User
from actions.models.plan import Action
from priorities.models import ReportingCycle


class Contribution(models.Model):
    """What a named partner adds for the lead of an action, for one report. It is the lead who takes it over into the
    account."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="contributions")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    taken_over = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["action", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="contribution_once_a_report", fields=["action", "cycle", "partner"])
        ]

    def __str__(self) -> str:
        return f"{self.partner} on {self.action}"


class Link(models.Model):
    """A web page that belongs to an action."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="links")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=1000)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["action", "at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="link_is_https", condition=Q(url__startswith="https://")),
        ]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A file that belongs to an action. Its bytes lie under MEDIA_ROOT by the name `stored`, which is ours."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="attachments")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    original_name = models.CharField(max_length=200)
    stored = models.CharField(max_length=32, unique=True)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["action", "at", "pk"]

    def __str__(self) -> str:
        return self.title


class PartnerLink(models.Model):
    """An address that opens the form of one partner's actions for one report to whoever has it, until it expires or is
    revoked. Only a hash of its token is kept: nobody can read the address here. `uses` counts what was sent by it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Link of {self.partner}, {self.cycle}"


class Draft(models.Model):
    """What somebody has typed into the form of a partner's actions and not saved yet, by field: a person, or whoever
    uses a link. Nobody else sees it.

    `number` grows with each time it is kept and never comes back, so that two devices notice one another.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    link = models.ForeignKey(PartnerLink, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="draft_once", fields=["user", "cycle", "partner"]),
            models.UniqueConstraint(name="draft_once_a_link", fields=["link"]),
            models.CheckConstraint(
                name="draft_is_of_a_person_or_a_link",
                condition=Q(user__isnull=False, link__isnull=True) | Q(user__isnull=True, link__isnull=False),
            ),
        ]


class Remark(models.Model):
    """A line of the short thread that a partner and the coordinator keep about an action."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="remarks")
    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["action", "at", "pk"]

    def __str__(self) -> str:
        return self.text
