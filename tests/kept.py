"""What the owner of the database could do behind the program's back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from accounts.kept import guarded, unguarded

TABLES = ("accounts_auditevent", "reports_publishedreport", "reports_withdrawal", "reports_outcome")


@contextmanager
def behind_our_back() -> Iterator[None]:
    """Inside, rows that are kept can be changed and deleted."""
    switch(unguarded)
    yield
    switch(guarded)


def switch(how: Callable[[str, str], list[str]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What waits to be checked at the end of the transaction stands in the way of a change of triggers.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            for statement in how(connection.vendor, table):
                cursor.execute(statement)


def sql(statement: str, *said: object) -> None:
    """A statement, behind our back."""
    with behind_our_back(), connection.cursor() as cursor:
        cursor.execute(statement, said or None)
