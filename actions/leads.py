"""Who leads an action: taking the lead where nobody has it, and giving it."""

from django.db import transaction

from accounts import audit
from accounts.deputies import answers_for
from accounts.models import Partner, User
from accounts.roles import Permission
from actions.models import Action


class CannotTake(Exception):
    """Somebody may not lead an action, or may not say who does; the text is a sentence for whoever asked."""


def named_for(user: User, action: Action) -> list[Partner]:
    """The partners that an action names and that a person acts for, their own first."""
    own = answers_for(user)
    found = [partner for partner in action.partners.all() if partner.pk in own]
    return sorted(found, key=lambda partner: partner.pk != user.partner_id)


def first_named(user: User, action: Action) -> Partner | None:
    """The partner that a person would take the lead for; None where they act for none that is named."""
    return next(iter(named_for(user, action)), None)


def why_not_lead(user: User, action: Action, lead: Partner | None) -> str:
    """Why a person cannot take the lead of an action for a partner, in a sentence; '' where they can."""
    if action.lead is not None:
        return f"{action.lead.name} leads this action."
    if not user.may(Permission.UPDATE_ACTIONS):
        return "Only working group members of a named partner take the lead of an action."
    if lead is None or lead not in named_for(user, action):
        own = user.partner.name if user.partner else "Your partner"
        return f"{own} is not named for this action. The coordinator can give it the lead."
    return ""


@transaction.atomic
def take(*, action: Action, lead: Partner | None, actor: User) -> Action:
    """Make a partner that the actor acts for the lead of an action that has none. Raises CannotTake."""
    held = locked(action)
    if reason := why_not_lead(actor, held, lead):
        raise CannotTake(reason)
    return hand_over(held, lead, actor, f"{actor.name} took the lead of '{held}' for {lead}.")


@transaction.atomic
def give(*, action: Action, lead: Partner | None, actor: User) -> Action:
    """Say who leads an action, or that it is not stated. Raises CannotTake for who may not say so. Who led it before
    is named from now on, so that they stay with it."""
    if not actor.may(Permission.UPDATE_ANY_ACTION):
        raise CannotTake("Only the coordinator gives the lead of an action.")
    held = locked(action)
    if held.lead == lead:
        return held
    if held.lead is not None:
        held.partners.add(held.lead)
    whom = f"gave the lead of '{held}' to {lead}" if lead else f"took the lead of '{held}' back: it is not stated"
    return hand_over(held, lead, actor, f"{actor.name} {whom}.")


def locked(action: Action) -> Action:
    return Action.objects.select_for_update(of=("self",), no_key=True).select_related("lead").get(pk=action.pk)


def hand_over(action: Action, lead: Partner | None, actor: User, sentence: str) -> Action:
    was, action.lead = action.lead, lead
    action.save(update_fields=["lead"])
    audit.record(
        actor=actor,
        kind="lead-changed",
        object_type="action",
        object_key=action.key,
        sentence=sentence,
        data={"was": was.slug if was else "", "now": lead.slug if lead else ""},
    )
    return action
