"""Rows of figures, written in bulk: opened and closed, never altered. Whoever calls this holds the lock."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection

from indicators.extracts.cutting import CellPlace
from indicators.extracts.plan import Plan, Step
from indicators.extracts.rows import Key
from indicators.models import DataChange, Extract, Indicator, Observation, SourceEdition

# Names in the statements below are ours; what comes from files is always a parameter.
TABLE = Observation._meta.db_table
# What a figure says and where it comes from: everything but its own number and when it stood.
SAID = (
    "indicator_id",
    "area_id",
    "period_start",
    "period_end",
    "value",
    "value_to",
    "qualifier",
    "status",
    "coverage",
    "note",
    "edition_id",
    "extract_id",
    "line",
)
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def next_number() -> int:
    """The number of the change that is about to be made."""
    return (DataChange.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def open_figures(steps: Iterable[Step], change: DataChange) -> None:
    """Open a figure for each step, with the line it stands on: by COPY on PostgreSQL, else by one statement that is
    repeated. The rules of the table hold as for every other row."""
    indicators = dict(Indicator.objects.values_list("slug", "pk"))
    editions = {**dict(SourceEdition.objects.values_list("slug", "pk")), "": None}
    rows = (row_of(step, indicators[step.key.indicator], editions[step.figure.edition], change) for step in steps)
    columns = ", ".join((*SAID, "since"))
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY {TABLE} ({columns}) FROM STDIN", CopyText(rows))
        else:
            marks = ", ".join(["%s"] * (len(SAID) + 1))
            cursor.executemany(f"INSERT INTO {TABLE} ({columns}) VALUES ({marks})", rows)  # type: ignore[arg-type] # noqa: S608


def row_of(step: Step, indicator: int, edition: int | None, change: DataChange) -> tuple[Any, ...]:
    """A row of the table as plain values, in the order of SAID and since."""
    key, figure = step.key, step.figure
    return (
        indicator,
        key.area,
        key.start.isoformat(),
        key.end.isoformat(),
        None if figure.value is None else str(figure.value),
        None if figure.value_to is None else str(figure.value_to),
        figure.qualifier,
        figure.status,
        figure.coverage,
        figure.note,
        edition,
        change.extract_id,
        step.line,
        change.number,
    )


class CopyText:
    """Rows as the text that COPY reads, a piece at a time, so that memory does not grow with them."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self.rows = rows

    def read(self, size: int = -1) -> str:
        return "".join(map(copy_line, islice(self.rows, 1000)))


def copy_line(row: tuple[Any, ...]) -> str:
    return "\t".join(["\\N" if c is None else str(c) if c.__class__ is int else escaped(c) for c in row]) + "\n"


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    return text.translate(COPY_ESCAPES)


def close_figures(pks: Iterable[int], change: DataChange) -> None:
    """Close these open figures, in one statement however many they are."""
    numbers = list(pks)
    chosen = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
    given: Any = numbers if connection.vendor == "postgresql" else json.dumps(numbers)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET until = %s WHERE until IS NULL AND id {chosen}",  # noqa: S608
            [change.number, given],
        )


def keep_what_was_corrected(extract: Extract, plan: Plan) -> None:
    """Keep with each correction which figures were read from its cell."""
    for correction in extract.corrections.all() if plan.corrected else ():
        keys = plan.corrected[CellPlace(correction.line, correction.column)]
        correction.figures = None if keys is None else [as_plain(key) for key in keys]
        correction.save(update_fields=["figures"])


def as_plain(key: Key) -> list[str]:
    """A key as it is kept in JSON."""
    return [key.indicator, key.area, key.start.isoformat(), key.end.isoformat()]


def close_all_of(extract: Extract, change: DataChange) -> None:
    """Close every open figure of an extract."""
    Observation.objects.filter(extract=extract, until=None).update(until=change.number)


def open_again(*, closed_by: DataChange, change: DataChange) -> None:
    """Open copies of the figures that an earlier change closed, each with the extract and line it came from."""
    said = ", ".join(SAID)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} ({said}, since) SELECT {said}, %s FROM {TABLE} WHERE until = %s ORDER BY id",  # noqa: S608
            [change.number, closed_by.number],
        )
