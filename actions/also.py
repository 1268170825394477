"""What is saved of an action beside its account: outputs, steps, questions, links, contributions taken over.

Each change is kept with the version of the account that it came with, as what it was and what it became, so that an
undo can put it back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from accounts.bringing_in import plain_value
from actions.answers import Answer, MilestoneAnswer, OutputAnswer
from actions.decisions import words_of
from actions.models import Action, Contribution, Decision, Link, Milestone, Output, ProgressVersion
from actions.words import local_date
from actions.writers import Writer
from priorities.models import ReportingCycle

Kept = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saving:
    """Of which action, for which report, by whom and when."""

    action: Action
    cycle: ReportingCycle
    writer: Writer
    at: datetime


def is_more_than_words(answer: Answer) -> bool:
    """Whether an answer says anything beside the account and the status, as far as that can be told unseen."""
    said = (answer.outputs, answer.new_output, answer.milestones, answer.new_milestone)
    return any((*said, answer.question, answer.link, answer.take_over))


def keep(saving: Saving, answer: Answer) -> list[Kept]:
    """Write everything that an answer says beside the account; what changed."""
    return [
        *outputs(saving, answer.outputs),
        *milestones(saving, answer.milestones),
        *additions(saving, answer),
        *taken_over(saving, answer.take_over),
    ]


def outputs(saving: Saving, said: tuple[OutputAnswer, ...]) -> Iterator[Kept]:
    held = {
        output.pk: output for output in Output.objects.filter(action=saving.action, pk__in=[one.pk for one in said])
    }
    for one in said:
        if one.pk in held:
            wanted = {"expected": one.expected, "actual": one.actual}
            yield from changed(held[one.pk], said_of(wanted) | dict.fromkeys(one.cleared))


def milestones(saving: Saving, said: tuple[MilestoneAnswer, ...]) -> Iterator[Kept]:
    held = {
        milestone.pk: milestone
        for milestone in Milestone.objects.filter(action=saving.action, pk__in=[one.pk for one in said])
    }
    for one in said:
        if one.pk in held:
            done = True if one.done else False if one.reopened else None
            wanted = said_of({"done": done, "due": one.due, "due_text": "" if one.due else None})
            yield from changed(held[one.pk], wanted)


def said_of(values: dict[str, Any]) -> dict[str, Any]:
    """Without those that are None, which say nothing."""
    return {name: value for name, value in values.items() if value is not None}


def changed(thing: Model, wanted: dict[str, Any]) -> Iterator[Kept]:
    """Give a thing these values; nothing where it has them."""
    new = {name: value for name, value in wanted.items() if getattr(thing, name) != value}
    if new:
        was = {name: plain_value(getattr(thing, name)) for name in new}
        for name, value in new.items():
            setattr(thing, name, value)
        thing.save(update_fields=list(new))
        yield described(thing, was)


def additions(saving: Saving, answer: Answer) -> Iterator[Kept]:
    action, cycle = saving.action, saving.cycle
    if new := answer.new_output:
        quantities = {"expected": new.expected, "actual": new.actual}
        yield made(Output(action=action, name=new.name, unit=new.unit, period_end=new.by, **quantities))
    if step := answer.new_milestone:
        yield made(Milestone(action=action, title=step.title, due=step.due))
    if answer.question:
        asked_by = saving.writer.partner.name if saving.writer.partner else saving.writer.name
        yield made(
            Decision(
                cycle=cycle,
                priority=action.priority,
                action=action,
                question=words_of(answer.question, "a question"),
                asked_by=asked_by,
                asked_on=local_date(saving.at),
            )
        )
    if link := answer.link:
        yield made(
            Link(action=action, cycle=cycle, title=link.title, url=link.url, at=saving.at, by_name=saving.writer.name)
        )


def taken_over(saving: Saving, keys: tuple[int, ...]) -> Iterator[Kept]:
    for contribution in to_take_over(saving.action, saving.cycle, keys):
        yield from changed(contribution, {"taken_over": True})


def to_take_over(action: Action, cycle: ReportingCycle, keys: tuple[int, ...]) -> list[Contribution]:
    """The named contributions to an action for a report that are not in the account yet."""
    if not keys:
        return []
    return list(Contribution.objects.filter(action=action, cycle=cycle, pk__in=keys, taken_over=False))


def made(thing: Model) -> Kept:
    thing.save()
    return described(thing, None)


def described(thing: Model, was: dict[str, Any] | None) -> Kept:
    """A change as a version keeps it; `was` is None for what is new."""
    now = {name: plain_value(getattr(thing, name)) for name in was or SHOWN[type(thing)]}
    return {"kind": thing._meta.model_name, "pk": thing.pk, "name": str(thing), "was": was, "now": now}


SHOWN: dict[type[Model], tuple[str, ...]] = {
    Output: ("unit", "expected", "actual", "period_end"),
    Milestone: ("due",),
    Decision: ("asked_by",),
    Link: ("url",),
}
KINDS: dict[str, type[Model]] = {
    model.__name__.lower(): model for model in (Output, Milestone, Decision, Link, Contribution)
}
FROM_TEXT: dict[str, Callable[[Any], Any]] = {
    "expected": Decimal,
    "actual": Decimal,
    "due": date.fromisoformat,
}


def quantities_at(versions: Iterable[ProgressVersion], number: int) -> dict[tuple[int, str], Decimal | None]:
    """What outputs came to when their action was at the version of that number, by key and name of the quantity, where
    that has been changed since; from all versions of the action in a report."""
    by_number = {version.number: version for version in versions}
    found: dict[tuple[int, str], Decimal | None] = {}
    for each in sorted((key for key in by_number if key > number), reverse=True):
        taken_back = by_number.get(by_number[each].undoes or 0)
        before = [(change, change["was"]) for change in reversed(by_number[each].also)]
        before += [(change, change["now"]) for change in (taken_back.also if taken_back else ())]
        for change, values in before:
            if change["kind"] == "output" and change["was"] is not None:
                for name, value in values.items():
                    found[change["pk"], name] = None if value is None else Decimal(value)
    return found


def put_back(kept: list[Kept]) -> None:
    """Undo changes, the last first: what was made goes, what was altered gets its earlier values. What somebody has
    altered otherwise since, or answered, stays."""
    for change in reversed(kept):
        thing = KINDS[change["kind"]]._default_manager.filter(pk=change["pk"]).first()
        if thing is None or any(plain_value(getattr(thing, name)) != now for name, now in change["now"].items()):
            continue
        if change["was"] is None:
            remove(thing)
        else:
            for name, was in change["was"].items():
                read = FROM_TEXT.get(name, lambda value: value)
                setattr(thing, name, None if was is None else read(was))
            thing.save(update_fields=list(change["was"]))


def remove(thing: Model) -> None:
    if not isinstance(thing, Decision) or thing.is_open:
        thing.delete()
