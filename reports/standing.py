"""How far a report has come: what is in, and first what is missing. Plain values, gathered in a fixed number of
queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from actions.missing import Completeness, completeness
from actions.models import Action, Milestone, Output
from actions.promises import Promise, fell_due
from actions.words import local_date
from indicators.analysis.currency import Standing
from indicators.currency_lines import CurrencyLine, currency_lines
from priorities.models import ContextSummary, Priority, PriorityIndicator, ReportingCycle

IN = (Standing.UP_TO_DATE, Standing.IRREGULAR)


@dataclass(frozen=True, slots=True)
class SummaryState:
    """The words of a priority, or the introduction: `slug` is '' for that. `looked` is who looked at them this time and
    when; None where nobody has."""

    title: str
    slug: str
    version: int
    is_written: bool
    carried_from: str
    looked: tuple[str, date] | None


@dataclass(frozen=True, slots=True)
class FigureState:
    """An indicator that the agreement is watched by: its priorities and how current it is."""

    line: CurrencyLine
    priorities: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        return self.line.state.standing not in IN


@dataclass(frozen=True, slots=True)
class FallenDue:
    """An action and what it had promised by now. One that is not pursued promises nothing any more."""

    key: str
    title: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """Everything that the page of a report shows of how far it has come, on `day`."""

    day: date
    progress: Completeness
    figures: tuple[FigureState, ...]
    summaries: tuple[SummaryState, ...]
    fallen_due: tuple[FallenDue, ...]

    @property
    def missing_figures(self) -> tuple[FigureState, ...]:
        return tuple(figure for figure in self.figures if figure.is_missing)

    @property
    def figures_in(self) -> tuple[FigureState, ...]:
        return tuple(figure for figure in self.figures if not figure.is_missing)

    @property
    def unread(self) -> tuple[SummaryState, ...]:
        """The summaries that nobody has looked at this time."""
        return tuple(summary for summary in self.summaries if summary.looked is None)

    @property
    def promises(self) -> int:
        return sum(len(each.promises) for each in self.fallen_due)


def standing_of(cycle: ReportingCycle, today: date) -> ReportStanding:
    """How far a report has come today. Figures are judged by the day on which they are wanted once that has passed."""
    day = min(today, cycle.data_due) if cycle.data_due else today
    progress = completeness(cycle, today)
    dropped = {action.key for action in progress.actions if not action.is_pursued}
    return ReportStanding(
        day=day,
        progress=progress,
        figures=figures_of(cycle, day),
        summaries=summaries_of(cycle),
        fallen_due=tuple(each for each in fallen_due(cycle) if each.key not in dropped),
    )


def figures_of(cycle: ReportingCycle, day: date) -> tuple[FigureState, ...]:
    """The indicators that judge the agreement's priorities, those that need something done first."""
    used: dict[str, list[str]] = defaultdict(list)
    uses = PriorityIndicator.objects.filter(priority__agreement=cycle.agreement_id).exclude(
        role=PriorityIndicator.Role.CONTEXT
    )
    for slug, title in uses.order_by("priority__number").values_list("indicator__slug", "priority__title"):
        used[slug].append(title)
    order = list(Standing)
    lines = [line for line in currency_lines(day) if line.slug in used]
    lines.sort(key=lambda line: (order.index(line.state.standing), line.expected, line.name))
    return tuple(FigureState(line, tuple(used[line.slug])) for line in lines)


def summaries_of(cycle: ReportingCycle) -> tuple[SummaryState, ...]:
    """The introduction and the summary of each priority, in the order of the report."""
    written = {s.priority_id: s for s in ContextSummary.objects.filter(cycle=cycle).select_related("carried_from")}
    places: list[tuple[int | None, str, str]] = [(None, "Introduction", "")]
    places += Priority.objects.filter(agreement=cycle.agreement_id).values_list("pk", "title", "slug")
    return tuple(summary_state(written.get(pk), title, slug) for pk, title, slug in places)


def summary_state(summary: ContextSummary | None, title: str, slug: str) -> SummaryState:
    if summary is None:
        return SummaryState(title, slug, 0, False, "", None)
    looked = (summary.looked_by_name, local_date(summary.looked_at)) if summary.looked_at else None
    carried = summary.carried_from.title if summary.carried_from else ""
    return SummaryState(title, slug, summary.version, bool(summary.text), carried, looked)


def fallen_due(cycle: ReportingCycle) -> tuple[FallenDue, ...]:
    """What the actions had promised by the day up to which progress is told, in the order of the plan."""
    of_agreement = {"action__priority__agreement": cycle.agreement_id}
    milestones: dict[Action, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(**of_agreement, done=False).select_related("action__priority"):
        milestones[milestone.action].append(milestone)
    outputs: dict[Action, list[Output]] = defaultdict(list)
    unanswered = Output.objects.filter(**of_agreement, expected__isnull=False, actual__isnull=True)
    for output in unanswered.select_related("action__priority"):
        outputs[output.action].append(output)
    actions = sorted({*milestones, *outputs}, key=lambda action: (action.priority.number, action.order, action.key))
    return tuple(
        FallenDue(action.key, action.title, tuple(promises))
        for action in actions
        if (promises := fell_due(milestones[action], outputs[action], cycle))
    )
