"""Every address of the site, and a world in which each leads somewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.guards import rule_of
from accounts.models import Deputy, User
from accounts.roles import Permission, Role
from actions.models import Attachment, Decision
from actions.partner_links import Made, make_link
from indicators.models import Extract, Observation, SeriesBreak
from priorities.models import AreaOfConcern, PriorityIndicator
from reports.models import MeetingLink
from reports.publishing import issue
from tests.held import extract, held, indicator, recording_changed
from tests.issued import open_office
from tests.plan import Plan, draw_plan, someone
from tests.series import year


@dataclass(frozen=True)
class Address:
    """One pattern of the site, with what is declared for it."""

    name: str
    parameters: frozenset[str]
    rule: Permission | str | None
    methods: tuple[str, ...] | None

    @property
    def short_name(self) -> str:
        return self.name.rpartition(":")[2]


@dataclass(frozen=True)
class World:
    """The plan of tests/plan.py with an indicator, an extract, a figure, a recording change, a decision, an area of
    concern, a person, a file and a partner's link to look at; and with the report of December 2018 issued, public, and
    under a link of which `token` is the secret."""

    plan: Plan
    extract: Extract
    figure: Observation
    change: SeriesBreak
    decision: Decision
    concern: AreaOfConcern
    person: User
    deputy: Deputy
    token: str
    file: Attachment
    link: Made


def draw_world() -> World:
    """The world described above, in the database."""
    plan = draw_plan()
    figure = held(indicator("calls"), year(2018), 10)
    PriorityIndicator.objects.create(priority=plan.road_safety, indicator=figure.indicator, role="main")
    change = recording_changed(figure.indicator, date(2010, 1, 1))
    decision = Decision.objects.create(cycle=plan.march, question="May we?", asked_by="Working Group")
    concern = AreaOfConcern.objects.create(cycle=plan.march, priority=plan.hate, text="Fewer people come.")
    away, deputy = (someone(Role.WORKING_GROUP, plan.fire, name=name) for name in ("Away", "Deputy"))
    days = {"starts": date(2019, 3, 1), "ends": date(2019, 3, 8)}
    standing_in = Deputy.objects.create(person=away, deputy=deputy, **days)
    looked_at = someone(Role.GOVERNING_GROUP, name="Person looked at")
    office = open_office(plan, plan.december)
    token = issue(cycle=office.report, actor=office.gale).token
    office.publish()
    until = timezone.localdate() + timedelta(days=7)
    link = make_link(partner=plan.police, cycle=plan.march, last_day=until, actor=someone(Role.COORDINATOR))
    file = Attachment.objects.create(
        action=plan.rs1,
        cycle=plan.march,
        title="Plan",
        original_name="plan.pdf",
        stored="0" * 32,
        size=1,
        at=timezone.now(),
    )
    return World(plan, extract(), figure, change, decision, concern, looked_at, standing_in, token, file, link)


def addresses(resolver: Any = None, namespace: str = "", above: frozenset[str] = frozenset()) -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        parameters = above | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLResolver):
            yield from addresses(entry, entry.namespace or namespace, parameters)
        elif isinstance(entry, URLPattern) and (entry.name or not namespace):
            view = entry.callback
            yield Address(
                name=f"{namespace}:{entry.name}" if namespace else entry.name or str(entry.pattern),
                parameters=parameters,
                rule=rule_of(view, namespace=namespace),
                methods=tuple(view.methods) if hasattr(view, "methods") else None,
            )


ADDRESSES = list(addresses())

# What stands in an address, by parameter; where that is not enough, by the beginning of the address's name.
EXAMPLES: dict[str, Callable[[World], Any]] = {
    "attachment pk": lambda world: world.file.pk,
    "link pk": lambda world: world.file.pk,
    "partner pk": lambda world: world.link.link.pk,
    "link token": lambda world: world.link.token,
    "slug": lambda world: world.plan.road_safety.slug,
    "indicator slug": lambda world: "calls",
    "source slug": lambda world: "returns-2019",
    "partner slug": lambda world: world.plan.police.slug,
    "cycle slug": lambda world: world.plan.march.slug,
    "deputy pk": lambda world: world.deputy.pk,
    "key": lambda world: world.plan.rs1.key,
    "code": lambda world: "E10000099",
    "person pk": lambda world: world.person.pk,
    "pk": lambda world: world.extract.pk,
    "concern pk": lambda world: world.concern.pk,
    "concern key": lambda world: "action:rs1",
    "correction": lambda world: 1,
    "decision pk": lambda world: world.decision.pk,
    "observation pk": lambda world: world.figure.pk,
    "judging slug": lambda world: "calls",
    "judging pk": lambda world: world.change.pk,
    "kind": lambda world: "recording-change",
    "uidb36": lambda world: "1",
    "account key": lambda world: "made-up",
    "app_label": lambda world: "accounts",
    "content_type_id": lambda world: ContentType.objects.get_for_model(User).pk,
    "object_id": lambda world: world.person.pk,
    "report": lambda world: "2018-12",
    "edition": lambda world: 1,
    "priority": lambda world: world.plan.road_safety.slug,
    "figure": lambda world: "calls-e10000099",
    "link": lambda world: MeetingLink.objects.earliest("pk").pk,
    "token": lambda world: world.token,
}


def path_to(address: Address, world: World, **at: Any) -> str:
    """Where an address is; `at` says what stands in it in place of the examples."""
    first = address.short_name.partition("_")[0]
    wanted = address.parameters - at.keys()
    kwargs = at | {name: EXAMPLES.get(f"{first} {name}", EXAMPLES[name])(world) for name in wanted}
    if address.name.startswith("admin:") and "object_id" in wanted and "content_type_id" not in kwargs:
        kwargs["object_id"] = key_of(address, world)
    return reverse(address.name, kwargs=kwargs)


def key_of(address: Address, world: World) -> Any:
    """The key of any object of the model that a page of the administration is about."""
    for model in admin.site._registry:
        if address.short_name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model._default_manager.values_list("pk", flat=True).first() or "0"
    raise AssertionError(f"{address.name} is about no model that is registered")
