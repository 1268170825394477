"""A new agreement year: the actions that carry on, each continuing the one of the year before; and the file to begin
from."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Partner, User
from accounts.toml_files import CannotLoad
from actions.entries import ENDED, SAID
from actions.models import Action, Milestone, Output, ProgressEntry
from indicators.models import Indicator
from priorities.models import Agreement, Priority
from priorities.years import YearPlan, begin_year, read_year

YEAR_AT_THE_END = re.compile(r"-\d\d$")
NAMED_YEAR = re.compile(r"\b(\d{4})([/-])(\d{2})\b")
LONGEST_KEY = 17
HEAD = """# The year after {before}. Change what changes, then run the command again with this file.
# A priority comes from those in its origins: leave one out and it ends; name it twice and it splits; name several and
# they are brought together. An action is carried on by the priority that lists it, and ends where none does. A new
# action is a table of its own at the end: [[actions]] with key, priority (its home) and title, and where they are
# known lead, partners and the other priorities that it supports.

[agreement]
slug = {slug}
name = {name}
follows = {follows}
starts = {starts}
ends = {ends}
"""


def draft_of(agreement: Agreement) -> str:
    """A file of the next year in which everything carries on, but actions that are complete or not pursued."""
    starts, ends = (a_year_later(day) for day in (agreement.starts, agreement.ends))
    slug, name = (NAMED_YEAR.sub(next_year, text) for text in (agreement.slug, agreement.name))
    head = HEAD.format(
        before=agreement.name,
        slug=quoted(slug if slug != agreement.slug else f"{slug}-next"),
        name=quoted(name),
        follows=quoted(agreement.slug),
        starts=starts,
        ends=ends,
    )
    actions: dict[int, list[Action]] = defaultdict(list)
    ended = ended_actions(agreement)
    for action in Action.objects.filter(priority__agreement=agreement).order_by("order", "key"):
        actions[action.priority_id].append(action)
    return head + "".join(drafted(priority, actions[priority.pk], ended) for priority in agreement.priorities.all())


def a_year_later(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def next_year(found: re.Match[str]) -> str:
    """'2019/20' for '2018/19'."""
    first, between, last = found.groups()
    return f"{int(first) + 1}{between}{(int(last) + 1) % 100:02}"


def drafted(priority: Priority, actions: list[Action], ended: Mapping[int, str]) -> str:
    listed = [f"    {quoted(action.key)},  # {action.title}\n" for action in actions if action.pk not in ended]
    left = [f"    # {quoted(a.key)},  # {ended[a.pk]}: {a.title}\n" for a in actions if a.pk in ended]
    return (
        f"\n[[priorities]]\nslug = {quoted(priority.slug)}\nnumber = {priority.number}\n"
        f"title = {quoted(priority.title)}\norigins = [{quoted(priority.slug)}]\n"
        f"actions = [\n{''.join([*listed, *left])}]\n"
    )


def quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def ended_actions(agreement: Agreement) -> dict[int, str]:
    """The actions (by key) that are over, each with its status in words."""
    said = ProgressEntry.objects.filter(SAID, action__priority__agreement=agreement).order_by("cycle__period_end")
    last = dict(said.values_list("action", "status"))
    return {action: str(ProgressEntry.Status(status).label) for action, status in last.items() if status in ENDED}


def read_plan(path: Path) -> YearPlan:
    """The new year of a file, checked against everything that is held. Raises CannotLoad."""
    actions = dict(Action.objects.values_list("key", "priority__agreement__slug"))
    return read_year(path, actions, Indicator.objects.values_list("slug", flat=True))


@transaction.atomic
def new_agreement_year(*, plan: YearPlan, actor: User) -> Agreement:
    """Begin an agreement that follows another. Its actions have a key of their own and continue the earlier ones, whose
    history stays; milestones that are not done and outputs that nobody has answered come along."""
    made = begin_year(plan)
    agreement = next(iter(made.values())).agreement
    homes = {key: made[entry.slug] for entry in plan.priorities for key in entry.actions}
    carried = carry_actions(plan, made, homes)
    make_actions(plan, made)
    new = f", {len(plan.new_actions)} that are new" if plan.new_actions else ""
    audit.record(
        actor=actor,
        kind="agreement-year-begun",
        object_type="agreement",
        object_key=agreement.slug,
        sentence=f"{actor.name} began the {agreement.name}, which follows the {plan.before.name}: "
        f"{len(made)} priorities, {len(carried)} actions that carry on{new}.",
        data={
            "priorities": {entry.slug: list(entry.origins) for entry in plan.priorities},
            "actions": carried,
            "new": [entry.key for entry in plan.new_actions],
        },
    )
    return agreement


def carry_actions(plan: YearPlan, made: Mapping[str, Priority], homes: Mapping[str, Priority]) -> dict[str, str]:
    """Make the actions that carry on; the key of each by that of the one that it continues."""
    successors: dict[str, list[Priority]] = defaultdict(list)
    for entry in plan.priorities:
        for slug in entry.origins:
            successors[slug].append(made[entry.slug])
    year = f"{plan.agreement.starts:%y}"
    carried: dict[str, str] = {}
    earlier = Action.objects.filter(key__in=homes).prefetch_related("partners", "supports", "milestones", "outputs")
    for before in earlier.order_by("order", "key"):
        home = homes[before.key]
        key = f"{YEAR_AT_THE_END.sub('', before.key)[:LONGEST_KEY]}-{year}"
        if Action.objects.filter(key=key).exists():
            raise CannotLoad(f"There is an action '{key}' already, so '{before.key}' cannot be carried on.")
        action = Action.objects.create(
            key=key, priority=home, title=before.title, lead=before.lead, order=before.order, continues=before
        )
        action.partners.set(before.partners.all())
        action.supports.set({p for supported in before.supports.all() for p in successors[supported.slug] if p != home})
        carry_promises(before, action)
        carried[before.key] = key
    return carried


def make_actions(plan: YearPlan, made: Mapping[str, Priority]) -> None:
    """Make the actions that are new, after those that carry on."""
    partners = {partner.slug: partner for partner in Partner.objects.all()}
    last = Action.objects.filter(priority__in=made.values()).aggregate(last=Max("order"))["last"] or 0
    for order, entry in enumerate(plan.new_actions, start=last + 1):
        if Action.objects.filter(key=entry.key).exists():
            raise CannotLoad(f"An action that carries on has the key '{entry.key}' now. Give the new one another.")
        action = Action.objects.create(
            key=entry.key,
            priority=made[entry.priority],
            title=entry.title,
            lead=partners.get(entry.lead),
            order=order,
        )
        action.partners.set(partners[slug] for slug in entry.partners)
        action.supports.set(made[slug] for slug in entry.supports)


def carry_promises(before: Action, action: Action) -> None:
    """Copy the milestones that are not done, and the outputs that were expected and of which nobody has said what they
    came to."""
    for milestone in before.milestones.all():
        if not milestone.done:
            Milestone.objects.create(
                action=action, title=milestone.title, due=milestone.due, due_text=milestone.due_text
            )
    for output in before.outputs.all():
        if output.actual is None:
            copied = {f: getattr(output, f) for f in ("name", "unit", "expected", "qualifier", "edition", "note")}
            Output.objects.create(
                action=action, period_start=output.period_start, period_end=output.period_end, **copied
            )
