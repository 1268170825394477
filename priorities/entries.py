"""What the files of an agreement's folder say about it, its reports and its priorities: checked values."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from accounts.toml_files import Place
from priorities.models import PriorityIndicator, PriorityLineage
from priorities.states import State


@dataclass(frozen=True)
class AgreementEntry:
    """The table `[agreement]`."""

    where: Place
    slug: str
    name: str
    area: str
    starts: date
    ends: date
    partnership: str
    governing_group: str
    working_group: str
    caution: str = ""
    url: str = ""


@dataclass(frozen=True)
class ConcernEntry:
    """A table `[[cycles.concerns]]`."""

    where: Place
    priority: str
    text: str


@dataclass(frozen=True)
class DecisionEntry:
    """A table `[[cycles.decisions]]`."""

    where: Place
    question: str
    asked_by: str
    priority: str = ""


@dataclass(frozen=True)
class CycleEntry:
    """A table `[[cycles]]`."""

    where: Place
    slug: str
    title: str
    period_start: date
    period_end: date
    progress_to: date
    due: date | None = None
    data_due: date | None = None
    meeting: date | None = None
    state: str = field(default=State.DRAFT.value, metadata={"choices": State.values})
    checked_by: str = ""
    key_messages: tuple[str, ...] = ()
    concerns: tuple[ConcernEntry, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()


@dataclass(frozen=True)
class AcronymEntry:
    """A table `[[acronyms]]`."""

    where: Place
    short: str
    long: str
    meaning: str = ""


@dataclass(frozen=True)
class UseEntry:
    """A table `[[priorities.indicators]]`."""

    where: Place
    indicator: str
    role: str = field(metadata={"choices": PriorityIndicator.Role.values})
    order: int = 0


@dataclass(frozen=True)
class OriginEntry:
    """A table `[[priorities.origins]]`: a priority of the same agreement that this one came from."""

    where: Place
    priority: str
    kind: str = field(metadata={"choices": PriorityLineage.Kind.values})
    note: str = ""


@dataclass(frozen=True)
class PriorityEntry:
    """A table `[[priorities]]`."""

    where: Place
    slug: str
    number: int
    title: str
    summary: str
    no_indicator_reason: str = ""
    caution: str = ""
    lineage: str = ""
    origins: tuple[OriginEntry, ...] = ()
    indicators: tuple[UseEntry, ...] = ()


@dataclass(frozen=True)
class SummaryText:
    """A file of `summaries/`: the words for a priority, or the introduction where `priority` is ''."""

    path: Path
    priority: str
    text: str
