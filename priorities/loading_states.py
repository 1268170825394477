"""How far each report of an agreement's folder has come: brought in last, because nothing is written in a report that
is not open."""

from django.db import transaction

from accounts import audit
from accounts.bringing_in import ACTOR
from accounts.models import AuditEvent
from priorities.cycles import locked
from priorities.entries import CycleEntry
from priorities.loading import Plan
from priorities.models import ReportingCycle
from priorities.states import State

KIND = "report-state-brought-in"


def load_states(plan: Plan) -> int:
    """Give each report that was just brought in the state that its file says; how many changed. What has become of a
    report since stays."""
    before = set(AuditEvent.objects.filter(kind=KIND).values_list("object_key", flat=True))
    wanted = [entry for entry in plan.cycles if entry.state != State.DRAFT and entry.slug not in before]
    return sum(load_state(entry) for entry in wanted)


@transaction.atomic
def load_state(entry: CycleEntry) -> bool:
    cycle = locked(ReportingCycle.objects.get(slug=entry.slug))
    if cycle.state != State.DRAFT:
        return False
    cycle.state, cycle.checked_by_name = State(entry.state), entry.checked_by
    cycle.save(update_fields=["state", "checked_by_name"])
    audit.record(
        actor=ACTOR,
        kind=KIND,
        object_type="report",
        object_key=cycle.slug,
        sentence=f"{ACTOR} brought in the report {cycle.title} as {cycle.get_state_display().lower()}.",
        data={"state": entry.state, "checked_by": entry.checked_by},
    )
    return True
