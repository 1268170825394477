"""Deputies: who acts for whom on a day, and what follows from it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts import audit
from accounts.models import Deputy, User
from accounts.roles import Permission


def answers_for(user: User, on: date | None = None) -> frozenset[int]:
    """The partners (their ids) that somebody acts for on a day, today unless another is given: their own, and those of
    the people they stand in for. Asked once for each person and day that a request is about."""
    on = on or timezone.localdate()
    known: dict[date, frozenset[int]] = user.__dict__.setdefault("_answers_for", {})
    if on not in known:
        stands_in = Deputy.objects.filter(deputy=user, starts__lte=on, ends__gte=on, person__partner__isnull=False)
        partners = [user.partner_id, *stands_in.values_list("person__partner", flat=True)]
        known[on] = frozenset(partner for partner in partners if partner is not None)
    return known[on]


def writers_by_partner(on: date) -> Mapping[int, list[User]]:
    """By partner (its id), the people who update its actions on a day: its working group members, and in place of one
    who has a deputy then, the deputy; also in place of one who may not sign in any more. By name."""
    standing_in = Deputy.objects.filter(starts__lte=on, ends__gte=on, person__partner__isnull=False)
    deputies = [
        each for each in standing_in.select_related("person", "deputy") if each.deputy.may(Permission.UPDATE_ACTIONS)
    ]
    away = {each.person_id for each in deputies}
    writers = [(each.person.partner_id, each.deputy) for each in deputies]
    for user in User.objects.filter(is_active=True, partner__isnull=False):
        is_member = user.may(Permission.UPDATE_ACTIONS) and not user.may(Permission.UPDATE_ANY_ACTION)
        if is_member and user.pk not in away:
            writers.append((user.partner_id, user))
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for partner, writer in sorted(writers, key=lambda pair: (pair[1].name, pair[1].pk)):
        found[partner or 0][writer.pk] = writer
    return {partner: list(people.values()) for partner, people in found.items()}


@transaction.atomic
def name_deputy(*, person: User, deputy: User, starts: date, ends: date, actor: User) -> Deputy:
    """Let somebody act for somebody else on these days. Raises ValidationError where that cannot be."""
    for fault in faults(person, deputy, starts, ends):
        raise ValidationError(fault)
    made = Deputy.objects.create(person=person, deputy=deputy, starts=starts, ends=ends)
    days = f"from {date_format(starts, 'j F Y')} to {date_format(ends, 'j F Y')}"
    note(made, "deputy-named", f"{actor.name} named {deputy.name} as the deputy of {person.name}, {days}.", actor)
    return made


def faults(person: User, deputy: User, starts: date, ends: date) -> list[str]:
    """Why somebody cannot act for somebody else on these days, a sentence each."""
    found = []
    if person.pk == deputy.pk:
        found.append("Nobody is their own deputy. Choose two people.")
    if person.partner_id is None or not person.may(Permission.UPDATE_ACTIONS):
        found.append(f"{person.name} updates no actions, and so needs no deputy.")
    if not deputy.may(Permission.UPDATE_ACTIONS):
        found.append(f"{deputy.name} may not update actions. Choose a working group member.")
    if ends < starts:
        found.append("The last day is before the first.")
    clashing = Deputy.objects.filter(person=person, deputy=deputy, starts__lte=ends, ends__gte=starts)
    if not found and clashing.exists():
        found.append(f"{deputy.name} is the deputy of {person.name} on some of these days already.")
    return found


@transaction.atomic
def end_deputy(*, deputy: Deputy, actor: User) -> None:
    """Take back that somebody acts for somebody else, from now on."""
    held = (
        Deputy.objects.select_for_update(of=("self",)).select_related("person", "deputy").filter(pk=deputy.pk).first()
    )
    if held is None:
        return
    sentence = f"{actor.name} ended that {held.deputy.name} is the deputy of {held.person.name}."
    note(held, "deputy-ended", sentence, actor)
    held.delete()


def note(about: Deputy, kind: str, sentence: str, actor: User) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        object_type="person",
        object_key=about.person.email,
        sentence=sentence,
        data={"deputy": about.deputy.email, "starts": str(about.starts), "ends": str(about.ends)},
    )
