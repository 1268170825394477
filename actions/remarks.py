"""The short thread that partners and the coordinator keep about an action."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.deputies import answers_for
from accounts.models import User
from accounts.roles import Permission
from actions.models import Action, Remark
from actions.text import tidy
from priorities.models import ReportingCycle

LONGEST = 1_000


def may_remark(user: User, action: Action) -> bool:
    """Whether a person takes part in the thread of an action: the coordinator, and people of its lead and of the
    partners that are named in it."""
    if user.may(Permission.UPDATE_ANY_ACTION):
        return True
    partners = {action.lead_id, *(partner.pk for partner in action.partners.all())}
    return user.may(Permission.UPDATE_ACTIONS) and not answers_for(user).isdisjoint(partners - {None})


def thread(action: Action) -> QuerySet[Remark]:
    """What was said about an action, the first first."""
    return Remark.objects.filter(action=action).select_related("partner", "cycle").order_by("at", "pk")


@transaction.atomic
def say(*, action: Action, cycle: ReportingCycle, text: str, actor: User) -> Remark:
    """Add to the thread of an action. Raises ValidationError for a text that says nothing or too much."""
    text = tidy(text, longest=LONGEST)
    if not text:
        raise ValidationError("Write something.")
    remark = Remark.objects.create(
        action=action,
        cycle=cycle,
        text=text,
        partner=None if actor.may(Permission.UPDATE_ANY_ACTION) else actor.partner,
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    audit.record(
        actor=actor,
        kind="remark-made",
        object_type="action",
        object_key=action.key,
        sentence=f"{actor.name} said something about '{action}': {text}",
        data={"cycle": cycle.slug, "remark": remark.pk},
    )
    return remark
