"""What somebody says of an action in one save. Values that are None or '' say nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OutputAnswer:
    """What an output is expected to come to, or came to. `cleared` names those of the two that are no longer said."""

    pk: int
    expected: Decimal | None = None
    actual: Decimal | None = None
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewOutput:
    """An output that was not in the plan: what is expected or came of it, and by which day."""

    name: str
    unit: str
    expected: Decimal | None
    by: date
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MilestoneAnswer:
    """That a dated step is done, or is not after all; or its new date."""

    pk: int
    done: bool = False
    due: date | None = None
    reopened: bool = False


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A dated step that was not in the plan."""

    title: str
    due: date


@dataclass(frozen=True, slots=True)
class NewLink:
    """A web page that belongs to the action."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The account and status of one action, from the version that the writer began from, and what comes with it.

    An empty text keeps the account, an empty status the status. `take_over` names contributions that go into the
    account.
    """

    key: str
    expected_version: int
    text: str = ""
    status: str = ""
    reason: str = ""
    nothing_new: bool = False
    outputs: tuple[OutputAnswer, ...] = ()
    new_output: NewOutput | None = None
    milestones: tuple[MilestoneAnswer, ...] = ()
    new_milestone: NewMilestone | None = None
    question: str = ""
    link: NewLink | None = None
    take_over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """What a named partner adds for the lead; an empty text takes it back."""

    key: str
    text: str
    expected_version: int
