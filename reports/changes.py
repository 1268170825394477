"""What changed between two reports: each change one sentence, from nothing but the two values."""

from collections.abc import Callable, Iterable, Iterator

from actions.lines import ActionLine
from reports.report import Change, Concern, FigureLine, PriorityReport, Question, Report

CLOSED = ("complete", "not-pursued")
NOT_STATED = "not-stated"


def changes(before: Report, now: Report) -> tuple[Change, ...]:
    """Everything that a reader of the report before should know of this one, the most important first: the
    priorities themselves, readings, decisions, areas of concern, statuses, actions, figures."""
    found = [change for look in LOOKS for change in look(before, now)]
    return tuple(dict.fromkeys(found))


def priorities(before: Report, now: Report) -> Iterator[Change]:
    held = {each.slug for each in before.priorities}
    for priority in now.priorities:
        if priority.slug not in held:
            origin = f" {priority.lineage}" if priority.lineage else ""
            yield under(priority, "priority", f"New priority: {priority.title}.{origin}")
    kept = {each.slug for each in now.priorities}
    for priority in before.priorities:
        if priority.slug not in kept:
            yield at_priority(now, priority.slug, "priority", f"{priority.title} is no longer a priority of its own.")


def readings(before: Report, now: Report) -> Iterator[Change]:
    """Indicators whose direction is another than it was."""
    for priority, line, was in pairs(before, now):
        if was is not None and was.tag != line.tag:
            text = f"{line.named}: now {quoted(line.tag)}, was {quoted(was.tag)}. {line.headline}".strip()
            yield under(priority, "reading", text)


def decisions(before: Report, now: Report) -> Iterator[Change]:
    """Questions that are new, those that have been answered, or answered otherwise, and those no longer asked."""
    held, kept = ({question.number: question for question in report.questions} for report in (before, now))
    for number, question in kept.items():
        was = held.get(number)
        if question.answer and not (was and was.answer):
            yield of_question(now, question, f"Decided: {question.text} {question.answer}")
        elif was is not None and question.answer != was.answer:
            text = f"The answer was put right: {question.text} {question.answer} It was: {was.answer}"
            yield of_question(now, question, text)
        elif was is None and not question.answer and not question.since:
            yield of_question(now, question, f"{question.asked_by} asks for a decision: {question.text}")
    for number, question in held.items():
        if number not in kept and not question.answer:
            yield at_priority(now, question.slug, "decision", f"No longer asked for a decision: {question.text}")


def of_question(now: Report, question: Question, text: str) -> Change:
    """Under its priority, where this report has one of that name, else where decisions stand."""
    if priority := now.priority(question.slug):
        return under(priority, "decision", text)
    return Change("decision", text, "", "Decisions", "decided" if question.answer else "decisions")


def concerns(before: Report, now: Report) -> Iterator[Change]:
    carried_on = {f"action:{action.continues}": f"action:{key}" for key, (_, action) in actions_of(now).items()}
    held = {carried_on.get(key, key): concern for key, concern in keys_of(before).items()}
    kept = keys_of(now)
    for key, concern in kept.items():
        if key not in held:
            yield Change("concern", f"New area of concern: {concern.text}", concern.slug, concern.priority, "")
    for key, concern in held.items():
        if key not in kept:
            yield at_priority(now, concern.slug, "concern", f"No longer an area of concern: {concern.text}")


def statuses(before: Report, now: Report) -> Iterator[Change]:
    """Actions whose status is another than it was; a first status is one too."""
    held = actions_of(before)
    for priority, action in actions_of(now).values():
        _, was = held.get(action.key) or held.get(action.continues) or (None, None)
        if was is not None and was.status != action.status:
            before_that = "no status was stated before" if was.status == NOT_STATED else f"it was {said(was)}"
            text = f"‘{action.title}’ is now {said(action)}; {before_that}."
            yield under(priority, "status", text, "actions")


def actions(before: Report, now: Report) -> Iterator[Change]:
    """Actions that are new, and those that are no longer in the plan. One that carries on in a new agreement is
    neither."""
    held, kept = actions_of(before), actions_of(now)
    carried_on = {action.continues for _, action in kept.values()}
    for key, (priority, action) in kept.items():
        if key not in held and action.continues not in held:
            yield under(priority, "action", f"New action: ‘{action.title}’.", "actions")
    for key, (priority, action) in held.items():
        if key not in kept and key not in carried_on:
            end = "" if action.status in (*CLOSED, NOT_STATED) else f" Its last status was {said(action)}."
            text = f"No longer in the plan: ‘{action.title}’.{end}"
            yield at_priority(now, priority.slug, "action", text)


def figures(before: Report, now: Report) -> Iterator[Change]:
    """Figures that are new, revised or final by now, and indicators that came or went."""
    for priority, line, was in pairs(before, now):
        if text := of_one_figure(line, was):
            yield under(priority, "figure", text)
        for text in revised_before(line, was):
            yield under(priority, "figure", text)
    kept = {line.slug for _, line, _ in pairs(before, now)}
    for priority in before.priorities:
        for line in lines_of(priority):
            if line.slug not in kept:
                text = f"{line.named} is no longer shown under {priority.title}."
                yield at_priority(now, priority.slug, "figure", text)


def of_one_figure(line: FigureLine, was: FigureLine | None) -> str:
    """What is new about the latest figure of an indicator, in a sentence; '' where nothing is."""
    marks = f" ({', '.join(line.marks)})" if line.marks else ""
    if was is None:
        return f"New indicator: {line.named}{f', {line.value}{marks}, {line.period}' if line.held else ''}."
    if not line.held:
        return f"{line.named}: the figure of {was.period}, {was.value}, is no longer held." if was.held else ""
    if not was.held or line.period != was.period:
        last = f"; the last report had {was.value} for {was.period}" if was.held else ", the first figure held"
        return f"{line.named}: {line.value}{marks} in {line.period}{last}."
    if line.value != was.value:
        return f"{line.named}, {line.period}: revised from {was.value} to {line.value}{marks}."
    if line.marks != was.marks:
        return f"{line.named}, {line.period}: {line.value} is now {', '.join(line.marks) or 'final'}."
    return ""


def revised_before(line: FigureLine, was: FigureLine | None) -> Iterator[str]:
    """The figures of earlier periods that were revised, where there are more than one how many, in a sentence."""
    held = {(value.start, value.end): value for value in was.values} if was else {}
    revised = [
        (earlier, value)
        for value in line.values
        if value.period != line.period
        and (earlier := held.get((value.start, value.end)))
        and (value.value, value.value_to) != (earlier.value, earlier.value_to)
    ]
    if len(revised) == 1:
        [(earlier, value)] = revised
        yield f"{line.named}, {value.period}: revised from {earlier.text} to {value.text}."
    elif revised:
        yield f"{line.named}: {len(revised)} figures of earlier periods were revised."


def lines_of(priority: PriorityReport) -> Iterable[FigureLine]:
    return (*((priority.main,) if priority.main else ()), *priority.supporting, *priority.context_only)


def pairs(before: Report, now: Report) -> Iterator[tuple[PriorityReport, FigureLine, FigureLine | None]]:
    """Every indicator of this report once, with the line that the report before had of it."""
    held = {line.slug: line for priority in before.priorities for line in lines_of(priority)}
    seen: set[str] = set()
    for priority in now.priorities:
        for line in lines_of(priority):
            if line.slug not in seen:
                seen.add(line.slug)
                yield priority, line, held.get(line.slug)


def actions_of(report: Report) -> dict[str, tuple[PriorityReport, ActionLine]]:
    return {action.key: (priority, action) for priority in report.priorities for action in priority.actions}


def said(action: ActionLine) -> str:
    """The status of an action inside a sentence."""
    return action.status_label.lower()


def quoted(tag: str) -> str:
    """A tag inside a sentence: 'about as usual'."""
    return f"‘{tag[:1].lower()}{tag[1:]}’"


def keys_of(report: Report) -> dict[str, Concern]:
    return {concern.key: concern for concern in report.concerns}


def under(priority: PriorityReport, kind: str, text: str, anchor: str = "") -> Change:
    return Change(kind, text, priority.slug, priority.title, anchor)


def at_priority(now: Report, slug: str, kind: str, text: str) -> Change:
    """Something that is gone: under its priority, where there still is one, else where the priorities are listed."""
    kept = now.priority(slug)
    return under(kept, kind, text) if kept else Change(kind, text, "", "Priorities", "priorities")


LOOKS: tuple[Callable[[Report, Report], Iterator[Change]], ...] = (
    priorities,
    readings,
    decisions,
    concerns,
    statuses,
    actions,
    figures,
)
