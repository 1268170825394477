"""The accounts of the demonstration, which anyone at this machine may use without a password."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import DESCRIPTIONS, Role

ENDING = "@demo.invalid"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to continue as: what to call them within a sentence, and in one line what they do here."""

    email: str
    name: str
    does: str


def demo_people() -> QuerySet[User]:
    """The people that one may continue as; outside demo mode nobody."""
    people = User.objects.filter(email__endswith=ENDING, is_active=True).select_related("partner")
    return people if settings.DEMO else people.none()


def demo_accounts() -> list[DemoAccount]:
    """What the sign-in page offers, working group members first and administrators last."""
    roles = list(Role)
    people = sorted(demo_people(), key=lambda user: (roles.index(Role(user.role)), user.pk))
    return [DemoAccount(user.email, within_a_sentence(user.name), does(user)) for user in people]


def within_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def does(user: User) -> str:
    role = DESCRIPTIONS[Role(user.role)]
    return f"{user.partner.name}. {role}" if user.partner else role
