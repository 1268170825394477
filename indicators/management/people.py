"""Who a command acts as."""

from django.core.management.base import CommandError

from accounts.models import User
from accounts.roles import Permission

WRONG_USAGE = 2


def who_uses(email: str) -> User:
    """The person with this address. Raises CommandError where nobody has it who may use figures."""
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None or not person.may(Permission.USE_EXTRACTS):
        raise CommandError(f"{email} is nobody who may use figures.", returncode=WRONG_USAGE)
    return person
