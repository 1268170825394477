"""Changes to people and partners, each with one event in the trail."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from accounts.models import Partner, User
from accounts.roles import Role

LAST_ADMINISTRATOR = "This is the last administrator who may sign in. Make somebody else one first."


@transaction.atomic
def save_person(*, actor: User, person: User) -> bool:
    """Save a new person, or a known one with changed fields; whether anything changed.

    Whatever changes what they may do, or where their mail goes, ends their sessions at once. Raises
    ValidationError rather than leave nobody who can manage people.
    """
    administrators = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    others = [user for user in administrators.order_by("pk") if user.pk != person.pk]
    before = User.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if before is None:
        person.set_unusable_password()
    elif before.is_staff and not person.is_staff and not others:
        raise ValidationError(LAST_ADMINISTRATOR)
    was, now = description_of(before), description_of(person)
    if was == now:
        return False
    person.save()
    if before is not None and any(was[name] != now[name] for name in ("email", "role", "partner", "may_sign_in")):
        end_sessions(person)
    if before is not None and before.email != person.email:
        EmailAddress.objects.filter(user=person).delete()
    audit.record(
        actor=actor,
        kind="person-saved",
        object_type="person",
        object_key=person.email,
        sentence=f"{actor.name} {'changed' if before else 'added'} the account of {person.name}.",
        data={"was": was, "now": now} if before else {"now": now},
    )
    return True


def description_of(person: User | None) -> dict[str, Any]:
    """What an administrator says of a person, as the trail keeps it; empty for nobody."""
    if person is None:
        return {}
    return {
        "email": person.email,
        "name": person.name,
        "role": str(person.role),
        "partner": person.partner.slug if person.partner else "",
        "may_sign_in": person.is_active,
    }


def end_sessions(person: User) -> None:
    """Sign a person out wherever they are signed in."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


@transaction.atomic
def save_partner(*, actor: User, partner: Partner) -> bool:
    """Save a new partner, or a known one with changed fields; whether anything changed."""
    before = Partner.objects.select_for_update().filter(pk=partner.pk).first()
    partner.slug = before.slug if before else free_slug(partner.name)
    was, now = facts_of(before), facts_of(partner)
    if was == now:
        return False
    partner.save()
    audit.record(
        actor=actor,
        kind="partner-saved",
        object_type="partner",
        object_key=partner.slug,
        sentence=f"{actor.name} {'changed' if before else 'added'} the partner {partner.name}.",
        data={"was": was, "now": now} if before else {"now": now},
    )
    return True


def facts_of(partner: Partner | None) -> dict[str, Any]:
    """What is kept about a partner, as the trail keeps it; empty for none."""
    if partner is None:
        return {}
    return {
        "name": partner.name,
        "short_name": partner.short_name,
        "kind": str(partner.kind),
        "description": partner.description,
        "responsible_authority": partner.responsible_authority,
    }


def free_slug(name: str) -> str:
    """The name as part of an address, with a number where another partner has it already."""
    wanted = slugify(name)[:70].strip("-") or "partner"
    taken = set(Partner.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{wanted}-{number}") not in taken)
