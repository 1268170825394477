"""What a named partner adds for the lead of an action. It is kept beside the account, never in it."""

from datetime import datetime

from django.db.models import QuerySet

from actions.answers import Addition
from actions.models import Action, Contribution
from actions.text import tidy
from actions.writers import Writer
from priorities.models import ReportingCycle


def without_a_lead(cycle: ReportingCycle) -> QuerySet[Contribution]:
    """What named partners add for a report to actions without a stated lead, and nobody has put into the account: no
    form of a lead shows it. In the order of the plan."""
    found = Contribution.objects.filter(cycle=cycle, taken_over=False, action__lead=None)
    return found.select_related("action__priority", "partner").order_by(
        "action__priority__number", "action__order", "action__key", "partner__name"
    )


class AdditionConflict(Exception):
    """A colleague saved the contribution of their partner in between; `current` is what they saved."""

    def __init__(self, current: Contribution) -> None:
        super().__init__(f"What {current} says is now at version {current.version}.")
        self.current = current


def add(addition: Addition, *, cycle: ReportingCycle, by: Writer, at: datetime) -> bool:
    """Keep what a partner adds to an action for a report, or take it back where it says nothing; whether anything
    changed. To be called within the transaction of a save, which writes the event. Raises AdditionConflict where it
    was saved since the version that the writer began from (0: there was none)."""
    action = Action.objects.select_for_update(no_key=True).get(key=addition.key)
    text = tidy(addition.text)
    held = Contribution.objects.filter(action=action, cycle=cycle, partner=by.partner).first()
    if text == (held.text if held else ""):
        return False
    if addition.expected_version != (held.version if held else 0):
        raise AdditionConflict(held or Contribution(action=action, cycle=cycle, partner=by.partner, version=0))
    if held and not text:
        held.delete()
        return True
    contribution = held or Contribution(action=action, cycle=cycle, partner=by.partner, version=0)
    contribution.text, contribution.taken_over, contribution.version = text, False, contribution.version + 1
    contribution.at, contribution.by, contribution.by_name = at, by.user, by.name
    contribution.save()
    return True
