"""The action plan as a report holds it: plain values. They know no models; actions.plan gathers them."""

from dataclasses import dataclass
from datetime import date

from actions.text import Block


@dataclass(frozen=True, slots=True)
class OutputLine:
    """What an action delivers, in words. `expected` and `actual` are '' where there is none."""

    name: str
    expected: str
    actual: str
    period: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A dated step: what, when in words, and whether it is done."""

    title: str
    due: str
    done: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in one report. `continues` is the key of the action of the agreement before that it carries on, ''
    where there is none. `updated` says when; an account that came with the agreement's files has no day of
    its own, only its report, and no `updated_by`, which says by whom or from whom. `status_rank` is the place of its
    status among those offered, `reason` why it is not pursued. `progress` is its running account as written; where
    nobody has updated it for this report, the last one, with the title of its report in `carried_from`."""

    key: str
    continues: str
    title: str
    priority: str
    priority_slug: str
    priority_number: int
    supports: tuple[str, ...]
    lead: str
    lead_slug: str
    partners: tuple[str, ...]
    partner_slugs: tuple[str, ...]
    status: str
    status_label: str
    status_rank: int
    reason: str
    progress: str
    account: tuple[Block, ...]
    is_updated: bool
    nothing_new: bool
    carried_from: str
    updated_on: date | None
    updated: str
    updated_by: str
    outputs: tuple[OutputLine, ...]
    milestones: tuple[MilestoneLine, ...]

    @property
    def expects(self) -> bool:
        """Whether any output says what was expected."""
        return any(output.expected for output in self.outputs)
