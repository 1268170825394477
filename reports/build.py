"""Gathers everything a report shows. The one place above the apps where models are read for showing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from actions.decisions import put_to
from actions.lines import ActionLine
from actions.models import Decision
from actions.plan import plan_for
from indicators import reasons, words
from indicators.analysis.reading import Tag, read
from indicators.analysis.series import Measure, Point, Series
from indicators.charts.sparkline import sparkline
from indicators.held import main_series
from indicators.models import Indicator
from indicators.where_from import of_headline, of_sum, quoted, quoted_for
from priorities.figures import filled_in
from priorities.lineage import in_words, origins_of
from priorities.models import ContextSummary, Priority, PriorityIndicator, ReportingCycle
from priorities.narrative import Narrative, render
from priorities.opening import successors
from priorities.summaries import citations_in, figures_in
from reports.concerns import RULE, found_in, settled
from reports.report import (
    ADDED,
    Concern,
    FigureLine,
    KeyMessage,
    PriorityReport,
    Question,
    ReadTogether,
    Report,
    Value,
)
from reports.trends import strands_among, trends_of

Uses = Mapping[int, list[PriorityIndicator]]


def build(cycle: ReportingCycle) -> Report:
    """The report of a cycle as it stands now, in a fixed number of queries."""
    agreement = cycle.agreement
    priorities = list(agreement.priorities.all())
    uses = uses_by_priority(priorities)
    indicators = {use.indicator_id: use.indicator for group in uses.values() for use in group}
    series = series_at(cycle, main_series(indicators.values()))
    together = read_together(indicators)
    narratives, writers = narratives_of(cycle)
    origins = origins_of(priorities)
    actions: dict[str, list[ActionLine]] = defaultdict(list)
    for line in plan_for(None, cycle):
        actions[line.priority_slug].append(line)
    reported = tuple(
        priority_report(
            priority,
            priority.lineage or in_words(origins.get(priority.pk, [])),
            uses[priority.pk],
            series,
            together,
            narratives.get(priority.pk, Narrative("", "")),
            writers.get(priority.pk, ""),
            tuple(actions[priority.slug]),
        )
        for priority in priorities
    )
    concerns, not_concerns = concerns_of(cycle, reported)
    return Report(
        slug=cycle.slug,
        title=cycle.title,
        partnership=agreement.partnership,
        agreement=agreement.name,
        place=agreement.area.name,
        data_to=long_date(data_to(cycle, uses, series)),
        progress_to=long_date(cycle.progress_to),
        meeting=long_date(cycle.meeting) if cycle.meeting else "",
        key_messages=key_messages_of(cycle),
        caution=agreement.caution,
        introduction=narratives.get(None, Narrative("", "")),
        concerns=concerns,
        concern_rule=RULE,
        not_concerns=not_concerns,
        questions=questions(cycle, priorities),
        priorities=reported,
    )


def key_messages_of(cycle: ReportingCycle) -> tuple[KeyMessage, ...]:
    figures = figures_in(cycle.key_messages)
    return tuple(KeyMessage(*filled_in(message, figures)) for message in cycle.key_messages)


def series_at(cycle: ReportingCycle, series: Mapping[str, Series]) -> Mapping[str, Series]:
    """The series as a report may show them: an earlier report stops at its own months, the latest shows what
    has come in since."""
    of_both = Q(agreement=cycle.agreement_id) | Q(agreement__follows=cycle.agreement_id)
    later = ReportingCycle.objects.filter(of_both, period_end__gt=cycle.period_end)
    return {slug: s.up_to(cycle.period_end) for slug, s in series.items()} if later.exists() else series


def data_to(cycle: ReportingCycle, uses: Uses, series: Mapping[str, Series]) -> date:
    """The last day that any main figure of the report reaches, at least the end of its own months."""
    main = (series[u.indicator.slug].latest() for group in uses.values() for u in group if u.role == u.Role.MAIN)
    return max([cycle.period_end, *(point.period.end for point in main if point)])


def uses_by_priority(priorities: Iterable[Priority]) -> dict[int, list[PriorityIndicator]]:
    found: dict[int, list[PriorityIndicator]] = defaultdict(list)
    rows = PriorityIndicator.objects.filter(priority__in=priorities).select_related("indicator__area")
    for use in rows.order_by("priority", "order", "pk"):
        found[use.priority_id].append(use)
    return found


def read_together(indicators: Mapping[int, Indicator]) -> dict[str, list[str]]:
    """Which indicators each is to be read with, by slug, among those given."""
    found: dict[str, list[str]] = defaultdict(list)
    pairs = Indicator.read_together.through.objects.filter(
        from_indicator__in=indicators, to_indicator__in=indicators
    ).order_by("pk")
    for pair in pairs.values_list("from_indicator", "to_indicator"):
        found[indicators[pair[0]].slug].append(indicators[pair[1]].slug)
    return found


def narratives_of(cycle: ReportingCycle) -> tuple[dict[int | None, Narrative], dict[int | None, str]]:
    """The rendered context summaries of a cycle by priority (None for the introduction), and who wrote them."""
    summaries = list(ContextSummary.objects.filter(cycle=cycle).select_related("priority"))
    texts = [summary.text for summary in summaries]
    figures, citations = figures_in(texts), citations_in(texts)
    rendered = {
        s.priority_id: render(
            s.text,
            figures=figures,
            citations=citations,
            doc_id=s.priority.slug if s.priority else "introduction",
        )
        for s in summaries
    }
    return rendered, {s.priority_id: s.updated_by_name for s in summaries}


def concerns_of(
    cycle: ReportingCycle, priorities: Iterable[PriorityReport]
) -> tuple[tuple[Concern, ...], tuple[Concern, ...]]:
    """The areas of concern of a report, and those that the rule finds and somebody took away."""
    rows = list(cycle.concerns.select_related("priority"))
    added = (
        Concern(f"{ADDED}{c.pk}", c.text, c.priority.title, c.priority.slug, c.reason) for c in rows if not c.removes
    )
    return settled(found_in(priorities), added, {c.removes: c.reason for c in rows if c.removes})


def questions(cycle: ReportingCycle, priorities: Iterable[Priority]) -> tuple[Question, ...]:
    """What is put to the meeting. A question of the agreement before stands under the priority that carries its own
    on; where none does, under the title that this had."""
    homes = {priority.pk: priority for priority in priorities}
    if cycle.agreement.follows_id:
        homes |= {old: homes[new] for old, new in successors(cycle.agreement_id).items()}
    return tuple(
        Question(
            d.pk,
            d.question,
            d.asked_by,
            homes.get(d.priority.pk, d.priority).title if d.priority else "",
            homes[d.priority.pk].slug if d.priority and d.priority.pk in homes else "",
            d.answer,
            d.cycle.title if d.cycle_id != cycle.pk else "",
            decided(d),
        )
        for d in put_to(cycle)
    )


def decided(decision: Decision) -> str:
    """Where a decision was made: '18 March 2019, Governing Group, minute 27/19'; '' while there is none."""
    if not decision.answered_on:
        return ""
    minute = f"minute {decision.minute}" if decision.minute else ""
    return ", ".join(filter(None, [long_date(decision.answered_on), decision.meeting, minute]))


def priority_report(
    priority: Priority,
    lineage: str,
    uses: list[PriorityIndicator],
    series: Mapping[str, Series],
    together: Mapping[str, list[str]],
    narrative: Narrative,
    written_by: str,
    actions: tuple[ActionLine, ...],
) -> PriorityReport:
    """What a report says of one priority."""
    lines = {use.indicator.slug: figure_line(use, series[use.indicator.slug]) for use in uses}
    roles = PriorityIndicator.Role
    main = next((line for line in lines.values() if line.role == roles.MAIN), None)
    companions = [lines[slug] for slug in together.get(main.slug, []) if slug in lines] if main else []
    notes = {use.indicator.slug: use.indicator.read_together_note for use in uses}
    own, context = (
        [u.indicator.slug for u in uses if (u.role == roles.CONTEXT) is is_context] for is_context in (False, True)
    )
    trends = trends_of(own, series, together, notes)
    figures = sum(len(block.charts) for block in trends)
    return PriorityReport(
        number=priority.number,
        slug=priority.slug,
        title=priority.title,
        summary=priority.summary,
        lineage=lineage,
        caution=priority.caution,
        tag=main.tag if main else str(Tag.NO_INDICATOR),
        reason=main.reason if main else priority.no_indicator_reason,
        main=main,
        supporting=tuple(line for line in lines.values() if line.role == roles.SUPPORTING),
        context_only=tuple(line for line in lines.values() if line.role == roles.CONTEXT),
        together=ReadTogether(tuple(companions), notes[main.slug]) if main and companions else None,
        trends=trends,
        context_trends=trends_of(context, series, together, notes, figures + 1),
        strands=strands_among(lines, series),
        narrative=narrative,
        written_by=written_by,
        actions=actions,
        updated=sum(1 for action in actions if action.is_updated),
    )


def figure_line(use: PriorityIndicator, series: Series) -> FigureLine:
    """An indicator's reading in words."""
    reading, measure = read(series), series.measure
    latest, comparison = reading.latest, reading.comparison
    comparable = comparison is not None and comparison.difference is not None
    from_latest, from_earlier = of_headline(reading)
    return FigureLine(
        slug=measure.slug,
        name=measure.name,
        named=words.named(measure.name, series.place.name),
        role=use.role,
        area_code=series.place.code,
        area=series.place.name,
        period=latest.period.label if latest else "",
        value=words.value(latest, measure) if latest else "",
        marks=words.marks(latest) if latest else (),
        change=words.change(comparison, measure) if comparison else "",
        comparable=comparable,
        chance=reasons.chance_briefly(reading).rstrip("."),
        first_fair=words.first_fair(comparison) if comparison else "",
        tag=reasons.tag(reading),
        kind=reasons.kind(reading),
        reason=reasons.reason(reading),
        why=reasons.why(reading),
        headline=words.headline(reading),
        stated=tuple(quoted(change, measure) for change in series.stated),
        quoted=quoted_for(series, latest),
        differs=words.both_values(series, latest) if latest else "",
        caveat=use.indicator.caveat,
        sparkline=sparkline(series.trend()) or "",
        values=values(series, latest, comparison.earlier if comparison else None),
        latest=from_latest,
        against=from_earlier,
        added=of_sum(series, latest),
    )


def values(series: Series, *shown: Point | None) -> tuple[Value, ...]:
    """Every figure of a series, with those shown that are sums of its parts."""
    points = {point.period: point for point in (*series.points, *shown) if point}
    latest_first = sorted(points, key=lambda period: (period.end, period.months), reverse=True)
    return tuple(value(points[period], series.measure) for period in latest_first)


def value(point: Point, measure: Measure) -> Value:
    return Value(
        period=point.period.label,
        start=point.period.start,
        end=point.period.end,
        text=words.value_and_marks(point, measure),
        value=point.value,
        value_to=point.value_to,
        qualifier=point.qualifier,
        status=point.status,
        coverage=point.coverage,
        source=point.source,
        file=point.extract,
        line=point.line,
        note=point.note,
    )


def long_date(day: date) -> str:
    """'31 January 2019'."""
    return f"{day.day} {day:%B %Y}"
