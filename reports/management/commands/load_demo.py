"""`manage.py load_demo`: Kent's agreement of 2018/19 and an account for each role."""

import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit
from accounts.models import Partner, User
from accounts.roles import Role

FOLDER = settings.BASE_DIR / "fixtures" / "kent-2018-19"


class Account(NamedTuple):
    """Somebody to sign in as: the part of the address before the @, and the partner they answer for."""

    address: str
    name: str
    role: Role
    partner: str = ""


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
        made = [account for account in ACCOUNTS if make(account, password)]
        if made and not settings.DEMO_PASSWORD:
            self.stdout.write(f"The password of the demo accounts is {password}")


@transaction.atomic
def make(account: Account, password: str) -> bool:
    """Make an account, or give it the password where DEMO_PASSWORD names another; whether it changed."""
    email = f"{account.address}@demo.invalid"
    user = User.objects.filter(email=email).first()
    if user is None:
        partner = Partner.objects.filter(slug=account.partner).first()
        user = User.objects.create_user(email, password, name=account.name, role=account.role, partner=partner)
        did = "made"
    elif settings.DEMO_PASSWORD and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
        did = "gave the password of this demo to"
    else:
        return False
    audit.record(
        actor="load_demo",
        kind="person-saved",
        object_type="person",
        object_key=email,
        sentence=f"load_demo {did} the account {email}.",
        data={"role": account.role.value, "partner": account.partner},
    )
    return True
