"""The corrections that a figure was read with, for whoever asks where it comes from."""

from dataclasses import dataclass
from datetime import datetime

from indicators.extracts.formats import native
from indicators.extracts.rows import Key
from indicators.extracts.writing import as_plain
from indicators.models import Indicator, Observation


@dataclass(frozen=True, slots=True)
class Corrected:
    """A cell that was corrected before the figure was read from it. `shown` says whether its text may be printed."""

    line: int
    column: int
    was: str
    now: str
    why: str
    by: str
    at: datetime
    shown: bool


def corrected_of(row: Observation) -> tuple[Corrected, ...]:
    """The corrections of the cells that a figure was read from, and of what its columns are called, in one query.
    Where a line may hold more than the figure, such as a part of it, and the indicator is not open, what stands in the
    cell is not printed."""
    key = as_plain(Key(row.indicator.slug, row.area_id, row.period_start, row.period_end))
    shown = row.extract.format == native.ID or row.indicator.sensitivity == Indicator.Sensitivity.OPEN
    return tuple(
        Corrected(
            line=made.line,
            column=made.column,
            was=made.was or "nothing",
            now=made.now or "nothing",
            why=made.why,
            by=made.made_by_name,
            at=made.made_at,
            shown=shown or made.figures is None,
        )
        for made in row.extract.corrections.all()
        if made.figures is None or key in made.figures
    )
