"""Rows of figures, written in bulk: opened and closed, never altered. Whoever calls this holds the lock."""

from django.db import connection

from indicators.models import DataChange, Extract, Observation

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


def next_number() -> int:
    """The number of the change that is about to be made."""
    return (DataChange.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def close_all_of(extract: Extract, change: DataChange) -> None:
    """Close every open figure of an extract."""
    Observation.objects.filter(extract=extract, until=None).update(until=change.number)


def open_again(*, closed_by: DataChange, change: DataChange) -> None:
    """Open copies of the figures that an earlier change closed, each with the extract and line it came from."""
    table, said = Observation._meta.db_table, ", ".join(SAID)
    with connection.cursor() as cursor:
        # The names are ours, none is anybody's input.
        cursor.execute(
            f"INSERT INTO {table} ({said}, since) SELECT {said}, %s FROM {table} WHERE until = %s ORDER BY id",  # noqa: S608
            [change.number, closed_by.number],
        )
