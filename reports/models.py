"""Reports as they were issued, and what became of them. What was issued is only ever added to; the database refuses
anything else too (accounts.kept)."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from priorities.models import ReportingCycle


class IsKept(Exception):
    """What was tried would change or delete something that is kept as it is."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"What was issued is kept: {model._meta.verbose_name} can be neither changed nor deleted.")


class KeptRows(models.QuerySet[Any]):
    """Rows that are inserted and never altered."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise IsKept(self.model)

    def delete(self) -> NoReturn:
        raise IsKept(self.model)


class Kept(models.Model):
    """Something that is inserted and never altered."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise IsKept(type(self))
        super().save(force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise IsKept(type(self))


def person(*, null: bool = False) -> Any:
    """Somebody who cannot be removed while what they did is kept."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, blank=null, related_name="+"
    )


class PublishedReport(Kept):
    """A report as it was issued: the text that its pages are drawn from, and the SHA-256 of exactly its bytes.

    A correction is another edition with a note. Whoever prepared it is not the one who issued it; `prepared_by` is
    empty where they have no account. `schema` is that of the text (reports.frozen).
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    schema = models.PositiveSmallIntegerField()
    payload = models.TextField()
    sha256 = models.CharField(max_length=64)
    prepared_by = person(null=True)
    prepared_by_name = models.CharField(max_length=200)
    issued_by = person()
    issued_by_name = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["cycle", "-edition"]
        verbose_name = "an issued report"
        constraints: ClassVar = [
            models.UniqueConstraint(name="published_edition_once", fields=["cycle", "edition"]),
            models.CheckConstraint(name="published_editions_begin_with_one", condition=Q(edition__gte=1)),
            models.CheckConstraint(
                name="published_by_a_second_officer",
                condition=(
                    (Q(prepared_by=None) & ~Q(prepared_by_name=F("issued_by_name")))
                    | (Q(prepared_by__isnull=False) & ~Q(prepared_by=F("issued_by")))
                )
                & ~Q(prepared_by_name="")
                & ~Q(issued_by_name=""),
            ),
            models.CheckConstraint(
                name="published_correction_has_a_note",
                condition=Q(edition=1, note="") | (Q(edition__gt=1) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, edition {self.edition}"


class Withdrawal(Kept):
    """That an edition no longer stands, and why. Its text is kept."""

    published = models.OneToOneField(PublishedReport, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    was_public = models.BooleanField(default=False)
    by = person()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "a withdrawal"
        constraints: ClassVar = [models.CheckConstraint(name="withdrawal_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.published}, withdrawn"


class Outcome(Kept):
    """What the meeting made of an edition, and where its minutes say so. Of several the last counts."""

    published = models.ForeignKey(PublishedReport, on_delete=models.PROTECT, related_name="outcomes")
    text = models.TextField()
    minute = models.CharField(max_length=100, blank=True)
    by = person()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["published", "-pk"]
        verbose_name = "an outcome"
        constraints: ClassVar = [models.CheckConstraint(name="outcome_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.published}, considered"


class MeetingLink(models.Model):
    """An address under which one edition can be read without signing in, until it ends or is ended. Only the SHA-256
    of what makes it unguessable is kept."""

    published = models.ForeignKey(PublishedReport, on_delete=models.PROTECT, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = person()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="link_is_ended_by_somebody",
                condition=Q(revoked_at=None, revoked_by_name="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by_name="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.published}, link of {self.made_at:%d %B %Y}"


class MeetingLinkOpening(models.Model):
    """One time a page was asked for under a link. `address` is shortened: it tells a network, not a person."""

    class By(models.TextChoices):
        BROWSER = "browser", "A browser"
        PROGRAM = "program", "A program, such as a mail scanner"

    link = models.ForeignKey(MeetingLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    page = models.CharField(max_length=200)
    address = models.CharField(max_length=45, blank=True)
    by = models.CharField(max_length=10, choices=By.choices)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link}, opened"
