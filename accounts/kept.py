"""Tables whose rows the database itself lets nobody change or delete.

They are guarded by triggers, so a mistake in the program, the admin site or a line of SQL is refused by whichever it is
made. The owner of the database can still take the triggers away; what is altered then is found by `verify_audit` and
`verify_reports`. SQLite makes a table anew when a later migration changes its columns, and leaves its triggers behind:
such a migration ends with `kept` again.
"""

from collections.abc import Iterable

from django.db import migrations

REFUSED = "is only ever added to: its rows can be neither changed nor deleted."

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION csa_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% {REFUSED}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def kept(*tables: str) -> migrations.RunPython:
    """A migration's step from which on rows of these tables are inserted and never altered."""

    def begin(apps: object, editor: object) -> None:
        run(editor, [sql for table in tables for sql in guarded(vendor_of(editor), table)])

    def end(apps: object, editor: object) -> None:
        run(editor, [sql for table in tables for sql in unguarded(vendor_of(editor), table)])

    return migrations.RunPython(begin, end)


def guarded(vendor: str, table: str) -> list[str]:
    """What guards a table from now on; again where it is guarded already."""
    if vendor == "postgresql":
        trigger = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION csa_kept()"
        return [POSTGRESQL_FUNCTION, f"CREATE OR REPLACE TRIGGER {table}_kept {trigger}"]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSED}'); END"
    return [
        *unguarded(vendor, table),
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}",
    ]


def unguarded(vendor: str, table: str) -> list[str]:
    """What guards a table no longer."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_not_{done}" for done in ("changed", "deleted")]


def vendor_of(editor: object) -> str:
    return str(editor.connection.vendor)  # type: ignore[attr-defined]


def run(editor: object, statements: Iterable[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)  # type: ignore[attr-defined]
