"""What changed between two reports: each change one sentence, from nothing but the two values."""

from collections.abc import Callable, Iterable, Iterator

from actions.lines import ActionLine
from indicators.charts.chart import Chart
from reports.report import Change, Concern, FigureLine, PriorityReport, Report

CLOSED = ("complete", "not-pursued")


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
            yield Change("priority", f"{priority.title} is no longer a priority of its own.", "", "", "")


def readings(before: Report, now: Report) -> Iterator[Change]:
    """Indicators whose direction is another than it was."""
    for priority, line, was in pairs(before, now):
        if was is not None and was.tag != line.tag:
            text = f"{line.named}: now {quoted(line.tag)}, was {quoted(was.tag)}. {line.headline}".strip()
            yield under(priority, "reading", text)


def decisions(before: Report, now: Report) -> Iterator[Change]:
    """Questions that are new, and those that have been answered."""
    held = {question.number: question for question in before.questions}
    for question in now.questions:
        was = held.get(question.number)
        if question.answer and not (was and was.answer):
            text = f"Decided: {question.text} {question.answer}"
            yield Change("decision", text, question.slug, question.priority, "")
        elif was is None and not question.answer and not question.since:
            text = f"{question.asked_by} asks for a decision: {question.text}"
            yield Change("decision", text, question.slug, question.priority, "")


def concerns(before: Report, now: Report) -> Iterator[Change]:
    held, kept = keys_of(before), keys_of(now)
    for key, concern in kept.items():
        if key not in held:
            yield Change("concern", f"New area of concern: {concern.text}", concern.slug, concern.priority, "")
    for key, concern in held.items():
        if key not in kept:
            text = f"No longer an area of concern: {concern.text}"
            yield Change("concern", text, concern.slug, concern.priority, "")


def statuses(before: Report, now: Report) -> Iterator[Change]:
    """Actions whose status is another than it was; a first status is one too."""
    held = actions_of(before)
    for priority, action in actions_of(now).values():
        was = held[action.key][1] if action.key in held else None
        if was is not None and was.status != action.status:
            text = f"‘{action.title}’ is now {action.status_label.lower()}; it was {was.status_label.lower()}."
            yield under(priority, "status", text, "actions")


def actions(before: Report, now: Report) -> Iterator[Change]:
    """Actions that are new, and those that are no longer in the plan."""
    held, kept = actions_of(before), actions_of(now)
    known = {each.slug for each in now.priorities}
    for key, (priority, action) in kept.items():
        if key not in held:
            yield under(priority, "action", f"New action: ‘{action.title}’.", "actions")
    for key, (priority, action) in held.items():
        if key not in kept:
            end = "" if action.status in CLOSED else f" Its last status was {action.status_label.lower()}."
            slug, title = (priority.slug, priority.title) if priority.slug in known else ("", "")
            yield Change("action", f"No longer in the plan: ‘{action.title}’.{end}", slug, title, "")


def figures(before: Report, now: Report) -> Iterator[Change]:
    """Figures that are new, revised or final by now, and indicators that came or went."""
    for priority, line, was in pairs(before, now):
        if text := of_one_figure(line, was):
            yield under(priority, "figure", text)
        for text in revised_before(priority, line, before):
            yield under(priority, "figure", text)
    kept = {line.slug for _, line, _ in pairs(before, now)}
    for priority in before.priorities:
        for line in lines_of(priority):
            if line.slug not in kept:
                yield Change("figure", f"{line.named} is no longer shown under {priority.title}.", "", "", "")


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


def revised_before(priority: PriorityReport, line: FigureLine, before: Report) -> Iterator[str]:
    """How many figures of earlier periods were revised in an indicator's chart, in a sentence."""
    chart = chart_for(priority, line.slug)
    earlier = next((found for p in before.priorities if (found := chart_for(p, line.slug))), None)
    if chart is None or earlier is None:
        return
    was = {row.period: row.value for row in earlier.rows}
    revised = [row for row in chart.rows if row.period in was and row.value != was[row.period]]
    revised = [row for row in revised if row.period != line.period]
    if len(revised) == 1:
        row = revised[0]
        yield f"{line.named}, {row.period}: revised from {was[row.period]} to {row.value}."
    elif revised:
        yield f"{line.named}: {len(revised)} figures of earlier periods were revised."


def chart_for(priority: PriorityReport, slug: str) -> Chart | None:
    return next((chart for chart in priority.charts if chart.slug == slug), None)


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


def quoted(tag: str) -> str:
    """A tag inside a sentence: 'about as usual'."""
    return f"‘{tag[:1].lower()}{tag[1:]}’"


def keys_of(report: Report) -> dict[str, Concern]:
    return {concern.key: concern for concern in report.concerns}


def under(priority: PriorityReport, kind: str, text: str, anchor: str = "") -> Change:
    return Change(kind, text, priority.slug, priority.title, anchor)


LOOKS: tuple[Callable[[Report, Report], Iterator[Change]], ...] = (
    priorities,
    readings,
    decisions,
    concerns,
    statuses,
    actions,
    figures,
)
