"""Partners, the people who sign in for them, and the trail of every change."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts.roles import PERMISSIONS, Permission, Role


class Partner(models.Model):
    """An organisation or group that the agreement names: a responsible authority, a board, a charity."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police"
        FIRE = "fire", "Fire and rescue"
        HEALTH = "health", "Health"
        PROBATION = "probation", "Probation"
        COUNCIL = "council", "Council"
        VOLUNTARY = "voluntary", "Voluntary or commissioned service"
        GROUP = "group", "Partnership group or board"
        OTHER = "other", "Other"

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    description = models.TextField(blank=True)
    responsible_authority = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person. Without a password nobody can sign in as them until one is set by reset."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A first administrator, for `manage.py createsuperuser`."""
        fields.setdefault("name", email)
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in: one role, and the partner they answer for."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_working_group_has_partner",
                condition=~models.Q(role=Role.WORKING_GROUP) | models.Q(partner__isnull=False),
                violation_error_message="A working group member answers for a partner: choose one.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def may(self, permission: Permission) -> bool:
        """Whether this person's role holds a permission. People who may not sign in hold none."""
        return self.is_active and permission in PERMISSIONS[Role(self.role)]

    @property
    def is_staff(self) -> bool:
        return self.may(Permission.ADMINISTER)

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Deputy(models.Model):
    """Somebody who acts for somebody else from one day to another, both included."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering: ClassVar = ["-ends", "-starts", "pk"]
        verbose_name_plural = "deputies"
        constraints: ClassVar = [
            models.CheckConstraint(name="deputy_days_in_order", condition=models.Q(ends__gte=models.F("starts"))),
            models.CheckConstraint(name="deputy_is_somebody_else", condition=~models.Q(person=models.F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.person}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked by whoever writes the next event."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        default_permissions = ()


class AuditEvent(models.Model):
    """One change, in a sentence. Inserted only; each hash covers the one before it. No foreign keys, so that
    history never stands in the way of a deletion."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=254, help_text="Email address, or the name of a command.")
    actor_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=200)
    sentence = models.TextField()
    text = models.TextField(help_text="The exact text that is hashed: JSON with sorted keys.")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-number"]
        default_permissions: ClassVar = ("view",)
        indexes: ClassVar = [models.Index(fields=["object_type", "object_key"])]

    def __str__(self) -> str:
        return self.sentence
