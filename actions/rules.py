"""Who may write the progress of an action. What a role allows stands in accounts.roles; this is the part of the
question that depends on the action."""

from django.db.models import Q, QuerySet

from accounts.deputies import answers_for
from accounts.models import Partner, User
from accounts.roles import Permission
from actions.models import Action
from priorities.models import ReportingCycle


def may_update(user: User, action: Action) -> bool:
    """Whether this person may write the progress of this action.

    The coordinator may for every action. A working group member may where their partner leads; where no lead
    is stated, where their partner is named; and on the days on which they stand in for somebody, where that
    person may.
    """
    if user.may(Permission.UPDATE_ANY_ACTION):
        return True
    if not user.may(Permission.UPDATE_ACTIONS):
        return False
    return not answers_for(user).isdisjoint(partner_id for partner_id, _ in writers_of(action))


def writers_of(action: Action) -> list[tuple[int, str]]:
    """The partners whose people may write the progress, as (id, name): the lead, or without one all named."""
    if action.lead is not None:
        return [(action.lead.pk, action.lead.name)]
    return [(partner.pk, partner.name) for partner in action.partners.all()]


def partners_to_enter_for(user: User, action: Action, cycle: ReportingCycle) -> list[Partner]:
    """Whose words somebody may be entering who writes the progress of an action: for the coordinator its lead, or
    without one the partners that are named, or without those any; nobody's for who writes for the lead."""
    if not user.may(Permission.UPDATE_ANY_ACTION):
        return []
    if action.lead is not None:
        return [] if action.lead.pk in answers_for(user) else [action.lead]
    return list(action.partners.all()) or list(partners_with_actions(cycle))


def reason_for_refusal(user: User, action: Action) -> str:
    """Why this person may not write the progress of this action, in a sentence."""
    if not user.may(Permission.UPDATE_ACTIONS):
        return f"Your role, {user.get_role_display().lower()}, reads actions but does not update them."
    own = user.partner.name if user.partner else "no partner"
    if action.lead is None:
        return f"You answer for {own}, which is not named for this action."
    if user.partner in action.partners.all():
        return f"{own} is named for this action, but {action.lead.name} leads it and writes its progress."
    return f"{action.lead.name} leads this action, and you answer for {own}."


def partners_with_actions(cycle: ReportingCycle) -> QuerySet[Partner]:
    """The partners that lead an action of a report's agreement or are named in one, by name."""
    actions = Action.objects.filter(priority__agreement=cycle.agreement_id)
    leads = actions.exclude(lead=None).values("lead")
    named = Action.partners.through.objects.filter(action__in=actions).values("partner")
    return Partner.objects.filter(Q(pk__in=leads) | Q(pk__in=named)).order_by("name")
