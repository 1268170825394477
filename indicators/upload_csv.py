"""Every figure that an extract changes, as a CSV file."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from indicators.downloads import plain, text
from indicators.extracts.plan import Plan, Step
from indicators.extracts.rows import Figure
from indicators.models import DataChange, Extract
from indicators.upload_lines import HIDDEN, Known, known
from indicators.uploads import changed_by

HEADERS = (
    "Line",
    "What happens",
    "Indicator",
    "Area code",
    "Area",
    "Period",
    "First day",
    "Last day",
    "Old value",
    "Old status",
    "New value",
    "New value to",
    "New qualifier",
    "New status",
)


def changes_csv(extract: Extract, plan: Plan | None) -> bytes:
    """A row for each figure that is new or revised, by line: from its plan, or without one from what its use changed.
    UTF-8 with a byte order mark. Values that may not be shown below county are replaced by words that say so."""
    steps = sorted((*plan.new, *plan.revised), key=lambda step: step.line) if plan else used(extract)
    register = known({step.key.indicator for step in steps})
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(row(step, register) for step in steps)
    return out.getvalue().encode("utf-8-sig")


def used(extract: Extract) -> list[Step]:
    change = extract.changes.filter(kind=DataChange.Kind.USE).first()
    return changed_by(change) if change else []


def row(step: Step, register: Known) -> Iterable[str | int]:
    old, new = step.held.figure if step.held else None, step.figure
    shown = register.shows(step.key)
    return [
        step.line,
        "revised" if old else "new",
        text(register.indicators[step.key.indicator].name),
        step.key.area,
        text(register.areas[step.key.area].name),
        step.key.period.label,
        step.key.start.isoformat(),
        step.key.end.isoformat(),
        number(old.value if old else None, shown),
        status(old) if old else "",
        number(new.value, shown),
        number(new.value_to, shown),
        new.qualifier,
        status(new),
    ]


def number(value: Decimal | None, shown: bool) -> str:
    return plain(value) if shown or value is None else HIDDEN


def status(figure: Figure) -> str:
    return figure.status.replace("_", " ")
