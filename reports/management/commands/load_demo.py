"""`manage.py load_demo`: Kent's agreement of 2018/19 and an account for each role."""

import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit
from accounts.models import Partner, User
from accounts.roles import Role
from reports.demo_quarter import bring_in_quarter

DOMAIN = "@demo.invalid"
FOLDER = settings.BASE_DIR / "fixtures" / "kent-2018-19"
QUARTER = settings.BASE_DIR / "fixtures" / "demo-june-2019"


class Account(NamedTuple):
    """Somebody to sign in as: the part of the address before the @, and the partner they answer for."""

    address: str
    name: str
    role: Role
    partner: str = ""

    @property
    def email(self) -> str:
        return self.address + DOMAIN


ACCOUNTS = (
    Account("member-police", "Police member", Role.WORKING_GROUP, "kent-police"),
    Account("member-fire", "Fire member", Role.WORKING_GROUP, "kfrs"),
    Account("member-kcc", "County council member", Role.WORKING_GROUP, "kcc"),
    Account("governing", "Governing group member", Role.GOVERNING_GROUP),
    Account("analyst", "Analyst", Role.ANALYST, "kcst"),
    Account("coordinator", "Coordinator", Role.COORDINATOR, "kcst"),
    Account("admin", "Administrator", Role.ADMINISTRATOR),
)


class Command(BaseCommand):
    help = "Bring Kent's agreement and the demo accounts in. For demo mode only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts belong to demo mode only: use ./run demo, or set DEMO=1.")
        call_command("load_agreement", FOLDER, stdout=self.stdout)
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
        made = make_accounts(password)
        people = {user.email.removesuffix(DOMAIN): user for user in User.objects.filter(email__endswith=DOMAIN)}
        bring_in_quarter(QUARTER, people)
        if made and not settings.DEMO_PASSWORD:
            self.stdout.write(f"The password of the demo accounts is {password}")


@transaction.atomic
def make_accounts(password: str) -> int:
    """Make the accounts that are not there, and give all of them the password where DEMO_PASSWORD is another than
    theirs; how many changed. Whether it is another is asked of the first of them: asking takes time."""
    held = {user.email: user for user in User.objects.filter(email__endswith=DOMAIN)}
    first = next(iter(held.values()), None)
    is_another = first is not None and bool(settings.DEMO_PASSWORD) and not first.check_password(password)
    stale = [account for account in ACCOUNTS if account.email not in held or is_another]
    hashed = make_password(password) if stale else ""
    for account in stale:
        user = held.get(account.email)
        save(account, user or new_user(account), hashed, "gave a new password to" if user else "made")
    return len(stale)


def new_user(account: Account) -> User:
    partner = Partner.objects.filter(slug=account.partner).first()
    return User(email=account.email, name=account.name, role=account.role, partner=partner)


def save(account: Account, user: User, password: str, did: str) -> None:
    user.password = password
    user.full_clean()
    user.save()
    audit.record(
        actor="load_demo",
        kind="person-saved",
        object_type="person",
        object_key=account.email,
        sentence=f"load_demo {did} the account {account.email}.",
        data={"role": account.role.value, "partner": account.partner},
    )
