"""The short thread that partners and the coordinator keep about an action."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts import audit
from accounts.deputies import answers_for
from accounts.models import User
from accounts.roles import Permission
from actions.models import Action, Remark
from actions.text import tidy
from actions.writers import Writer
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


def unanswered(cycle: ReportingCycle) -> QuerySet[Remark]:
    """The last remarks of threads in which a partner had the last word for a report, in the order of the plan."""
    last = Remark.objects.filter(action=OuterRef("action"), cycle=cycle).order_by("-at", "-pk").values("pk")[:1]
    found = Remark.objects.filter(cycle=cycle, partner__isnull=False, pk=Subquery(last))
    return found.select_related("action__priority", "partner").order_by(
        "action__priority__number", "action__order", "action__key"
    )


@transaction.atomic
def say(*, action: Action, cycle: ReportingCycle, text: str, by: Writer) -> Remark:
    """Add to the thread of an action. Raises ValidationError for a text that says nothing or too much."""
    text = tidy(text, longest=LONGEST)
    if not text:
        raise ValidationError("Write something.")
    remark = Remark.objects.create(
        action=action,
        cycle=cycle,
        text=text,
        partner=None if by.reviews else by.partner,
        at=timezone.now(),
        by=by.user,
        by_name=by.name,
    )
    audit.record(
        actor=by.actor,
        kind="remark-made",
        object_type="action",
        object_key=action.key,
        sentence=f"{by.name} said something about '{action}': {text}",
        data={"cycle": cycle.slug, "remark": remark.pk},
    )
    return remark
