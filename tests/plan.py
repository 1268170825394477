"""A small agreement with an action plan, for tests.

agreement  Test Agreement, of Testshire
  report   March 2019 (and December 2018 before it)
  priority 1 Road Safety      rs1 led by the police, fire named   rs2 no lead, fire named
  priority 2 Hate             ha1 no lead, nobody named
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import Partner, User
from accounts.roles import Role
from actions.models import Action
from indicators.models import Area
from priorities.models import Agreement, ContextSummary, Priority, ReportingCycle
from priorities.states import State


@dataclass(frozen=True)
class Plan:
    """What `draw_plan` made, by name."""

    agreement: Agreement
    december: ReportingCycle
    march: ReportingCycle
    road_safety: Priority
    hate: Priority
    police: Partner
    fire: Partner
    rs1: Action
    rs2: Action
    ha1: Action


def draw_plan() -> Plan:
    """The agreement described above, in the database."""
    county = Area.objects.create(code="E10000099", name="Testshire", kind=Area.Kind.COUNTY)
    agreement = Agreement.objects.create(
        slug="test-2018-19",
        name="Test Agreement",
        partnership="Testshire Community Safety Partnership",
        area=county,
        starts=date(2018, 4, 1),
        ends=date(2019, 3, 31),
        working_group="Working Group",
        governing_group="Governing Group",
    )
    road_safety = Priority.objects.create(
        agreement=agreement, slug="road-safety", number=1, title="Road Safety", summary="Fewer people hurt."
    )
    hate = Priority.objects.create(
        agreement=agreement, slug="hate", number=2, title="Hate", summary="Fewer people hated."
    )
    police = partner("test-police", "Test Police", Partner.Kind.POLICE)
    fire = partner("test-fire", "Test Fire and Rescue", Partner.Kind.FIRE)
    return Plan(
        agreement=agreement,
        december=cycle(agreement, "2018-12", "December 2018", date(2018, 10, 31)),
        march=cycle(agreement, "2019-03", "March 2019", date(2019, 1, 31)),
        road_safety=road_safety,
        hate=hate,
        police=police,
        fire=fire,
        rs1=action(road_safety, "rs1", "Teach young drivers", lead=police, partners=[fire]),
        rs2=action(road_safety, "rs2", "Share campaigns", partners=[fire]),
        ha1=action(hate, "ha1", "Hold a conference"),
    )


def cycle(agreement: Agreement, slug: str, title: str, end: date) -> ReportingCycle:
    """A report on the twelve months to a date."""
    start = date(end.year - 1, end.month + 1, 1)
    return ReportingCycle.objects.create(
        agreement=agreement, slug=slug, title=title, period_start=start, period_end=end, progress_to=end
    )


def partner(slug: str, name: str, kind: str = Partner.Kind.OTHER) -> Partner:
    return Partner.objects.create(slug=slug, name=name, short_name=name, kind=kind)


def action(
    priority: Priority, key: str, title: str, *, lead: Partner | None = None, partners: list[Partner] | None = None
) -> Action:
    made = Action.objects.create(priority=priority, key=key, title=title, lead=lead)
    made.partners.set(partners or [])
    return made


def someone(role: Role, of: Partner | None = None, name: str = "") -> User:
    """A person of that role, for a partner or for none."""
    name = name or f"{role.label} {User.objects.count() + 1}"
    address = f"{name.lower().replace(' ', '-')}@example.invalid"
    return User.objects.create_user(address, name=name, role=role, partner=of)


def put(cycle: ReportingCycle, state: State, **fields: str) -> ReportingCycle:
    """The report in that state, marked as checked by 'Chris' where it is no draft."""
    cycle.state, cycle.checked_by_name = state, "" if state == State.DRAFT else "Chris"
    for name, value in fields.items():
        setattr(cycle, name, value)
    cycle.save()
    return cycle


def write_up(plan: Plan, cycle: ReportingCycle | None = None) -> None:
    """An introduction and a context summary for each priority of a report (March 2019 where none is named), as
    somebody who looked at them wrote them."""
    for priority in (None, plan.road_safety, plan.hate):
        ContextSummary.objects.create(
            cycle=cycle or plan.march, priority=priority, text="Words.", looked_at=timezone.now()
        )
