"""A report: everything a reader sees of one reporting cycle, as plain values. Pages and documents are drawn
from it and compute nothing. It knows no models."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.lines import ActionLine
from indicators.charts.beside import Beside
from indicators.charts.chart import Chart, chart_id
from indicators.charts.strands import Strands
from indicators.where_from import Quotation, WhereFrom
from priorities.narrative import Narrative

FIRST_CHANGES = 6
# What the key of an area of concern begins with that a person added.
ADDED = "added:"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is held, plain: `text` is the figure in words, with what must be said beside it. `value` is None
    exactly where `status` says why there is none; a sum of parts has neither `file` nor `line`."""

    period: str
    start: date
    end: date
    text: str
    value: Decimal | None
    value_to: Decimal | None
    qualifier: str
    status: str
    coverage: str
    source: str
    file: str
    line: int | None
    note: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One indicator as a priority shows it: figure, area, period, change and tag with its reason, all in words.
    `kind` is how a page marks the tag: better, worse, change, usual or none; `why` the reason in sentences.
    `chance` says of small counts that their difference could be chance. `values` are the figures behind it, the latest
    first; sums of parts among them only where they are shown. `latest`, `against` and `added` lead to where the
    figure, the one it is compared with and the sum that differs from it come from."""

    slug: str
    name: str
    named: str
    role: str
    area_code: str
    area: str
    period: str
    value: str
    marks: tuple[str, ...]
    change: str
    comparable: bool
    chance: str
    first_fair: str
    tag: str
    kind: str
    reason: str
    why: tuple[str, ...]
    headline: str
    stated: tuple[Quotation, ...]
    quoted: Quotation | None
    differs: str
    caveat: str
    sparkline: str
    values: tuple[Value, ...]
    latest: WhereFrom | None
    against: WhereFrom | None
    added: WhereFrom | None

    @property
    def id(self) -> str:
        """Its name in addresses, the same as that of its chart."""
        return chart_id(self.slug, self.area_code)

    @property
    def links(self) -> tuple[WhereFrom | None, ...]:
        """From the figures of the headline, in their order."""
        return self.latest, self.against

    @property
    def held(self) -> bool:
        """Whether there is a figure at all."""
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A change in the words of its source, and the indicator and area it is about ('Hate incidents, Kent')."""

    about: str
    quotation: Quotation


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """Indicators that are never shown alone, and how to read them."""

    lines: tuple[FigureLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PriorityReport:
    """A priority in one report. `main` is None where it has no indicator; `tag` and `reason` then say so. `trends` are
    the charts of its indicators, `context_trends` those for context only; `strands` parts that are never added up."""

    number: int
    slug: str
    title: str
    summary: str
    lineage: str
    caution: str
    tag: str
    reason: str
    main: FigureLine | None
    supporting: tuple[FigureLine, ...]
    context_only: tuple[FigureLine, ...]
    together: ReadTogether | None
    trends: tuple[Beside, ...]
    context_trends: tuple[Beside, ...]
    strands: tuple[Strands, ...]
    narrative: Narrative
    written_by: str
    actions: tuple[ActionLine, ...]
    updated: int

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """All its indicators: its own, those they are read together with, those for context."""
        together = self.together.lines if self.together else ()
        return ((self.main,) if self.main else ()) + self.supporting + self.context_only + together

    @property
    def kind(self) -> str:
        """How a page marks its tag."""
        return self.main.kind if self.main else "none"

    @property
    def cards(self) -> tuple[FigureLine, ...]:
        """The figures to lead with: at most three, the main one first."""
        lines = ((self.main,) if self.main else ()) + self.supporting
        return tuple(line for line in lines if line.held)[:3]

    @property
    def more_figures(self) -> tuple[FigureLine, ...]:
        """Those of its own indicators that are not among the cards."""
        return tuple(line for line in self.supporting if line not in self.cards)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All its charts, in the order of their numbers."""
        return tuple(chart for block in (*self.trends, *self.context_trends) for chart in block.charts)

    @property
    def trends_heading(self) -> str:
        """What its charts stand under; without any, only what has to be read together does."""
        return "Trends" if any(block.charts for block in self.trends) else "To be read together"

    @property
    def more_context(self) -> tuple[FigureLine, ...]:
        """Those for context only that are not ranked beside one another as parts of a whole."""
        ranked = {row.slug for strands in self.strands for row in strands.rows}
        return tuple(line for line in self.context_only if line.slug not in ranked)

    @property
    def stated(self) -> tuple[StatedLine, ...]:
        """Changes as sources state them, over all its indicators."""
        lines = ((self.main,) if self.main else ()) + self.supporting + self.context_only
        return tuple(StatedLine(line.named, each) for line in lines for each in line.stated)

    @property
    def in_short(self) -> str:
        """The priority in one or two sentences, with what its figure must be read together with."""
        together = (
            " ".join((*(line.headline for line in self.together.lines), self.together.note)) if self.together else ""
        )
        return f"{self.headline} {together}".strip()

    @property
    def links(self) -> tuple[WhereFrom | None, ...]:
        """From the figures of these sentences, in their order."""
        lines = ((self.main,) if self.main else ()) + (self.together.lines if self.together else ())
        return tuple(link for line in lines for link in line.links)

    @property
    def progress(self) -> str:
        """How many of its actions are updated: '4 actions, all updated'."""
        count = len(self.actions)
        done = "all updated" if self.updated == count else f"{self.updated or 'none'} updated"
        return f"{count} action{'s' if count != 1 else ''}" + (f", {done}" if count else "")

    @property
    def headline(self) -> str:
        """The one sentence under its title."""
        return self.main.headline if self.main else self.reason


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """What the coordinator says first, with the links from its live figures in their order."""

    text: str
    links: tuple[WhereFrom, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A decision asked of the governing group, and the answer where there is one, with when, at which meeting and where
    it is minuted in `decided`. `number` is its own for good; `since` names the earlier report that asked it first."""

    number: int
    text: str
    asked_by: str
    priority: str
    slug: str
    answer: str
    since: str
    decided: str


@dataclass(frozen=True, slots=True)
class Concern:
    """An area of concern, under the priority it belongs to, and why it is one: a rule, or a person's reason. `key` is
    the same from one report to the next."""

    key: str
    text: str
    priority: str
    slug: str
    why: str

    @property
    def is_added(self) -> bool:
        """Whether a person added it; else the rule found it."""
        return self.key.startswith(ADDED)


@dataclass(frozen=True, slots=True)
class Change:
    """What is new since the report before, in a sentence. `slug` and `priority` name the page it is found on, `anchor`
    the place there; without `slug` that is a place on the overview, and `priority` its name."""

    kind: str
    text: str
    slug: str
    priority: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Report:
    """One reporting cycle, titled by the month of its meeting. `concern_rule` says which areas of concern are found by
    themselves; `not_concerns` are those of them that somebody took away, with the reason. `changes` are those since the
    report `changed_since` ('' where there is none before it)."""

    slug: str
    title: str
    partnership: str
    agreement: str
    place: str
    data_to: str
    progress_to: str
    meeting: str
    key_messages: tuple[KeyMessage, ...]
    caution: str
    introduction: Narrative
    concerns: tuple[Concern, ...]
    concern_rule: str
    not_concerns: tuple[Concern, ...]
    questions: tuple[Question, ...]
    priorities: tuple[PriorityReport, ...]
    changed_since: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def shows_trends(self) -> bool:
        """Whether a column of small charts is worth its room: at least three priorities have one."""
        return sum(1 for p in self.priorities if p.main and p.main.sparkline) >= 3

    @property
    def changes_first(self) -> tuple[Change, ...]:
        """The most important changes, as many as a busy reader takes in."""
        return self.changes[:FIRST_CHANGES]

    @property
    def changes_more(self) -> tuple[Change, ...]:
        """The changes that remain."""
        return self.changes[FIRST_CHANGES:]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that wait for an answer."""
        return tuple(question for question in self.questions if not question.answer)

    @property
    def decided(self) -> tuple[Question, ...]:
        """The questions that have one."""
        return tuple(question for question in self.questions if question.answer)

    def supporters(self, priority: PriorityReport) -> list[ActionLine]:
        """The actions of other priorities that support this one."""
        return [line for other in self.priorities for line in other.actions if priority.title in line.supports]

    def priority(self, slug: str) -> PriorityReport | None:
        return next((p for p in self.priorities if p.slug == slug), None)

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """Every indicator of the report, once each, in the order of its priorities."""
        return tuple({line.id: line for priority in self.priorities for line in priority.lines}.values())

    def line(self, id: str) -> FigureLine | None:
        """The indicator of that name in addresses."""
        return next((line for line in self.lines if line.id == id), None)

    def chart(self, id: str) -> Chart | None:
        """The chart of that indicator, where it has one."""
        charts = (chart for priority in self.priorities for chart in priority.charts)
        return next((chart for chart in charts if chart.id == id), None)
