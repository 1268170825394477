"""Partners against actions: for each partner and each action whose progress it writes, how that stands. Pure."""

from dataclasses import dataclass
from itertools import groupby

from actions.missing import ActionState, Completeness, PartnerState


@dataclass(frozen=True, slots=True)
class Row:
    """A partner, and for each action of the plan how it stands; None where the partner does not write it."""

    partner: PartnerState
    cells: tuple[ActionState | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`groups` are the priorities over the columns, each with how many of them it has."""

    groups: tuple[tuple[str, int], ...]
    actions: tuple[ActionState, ...]
    rows: tuple[Row, ...]

    @property
    def with_people(self) -> tuple[Row, ...]:
        """The partners whose people sign in and update."""
        return tuple(row for row in self.rows if row.partner.people)

    @property
    def without_people(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.partner.people)


def matrix_of(progress: Completeness) -> Matrix:
    """The matrix of a report's progress; partners that miss most first."""
    by_priority = groupby(progress.actions, key=lambda action: (action.priority_number, action.priority))
    rows = (
        Row(partner, tuple(action if partner.pk in action.writers else None for action in progress.actions))
        for partner in progress.partners
    )
    groups = tuple((title, len(list(actions))) for (_, title), actions in by_priority)
    return Matrix(groups, progress.actions, tuple(rows))
