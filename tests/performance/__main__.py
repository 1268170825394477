"""python -m tests.performance [apply] [street] [compare] [refuse] [readings] [pages]: measure in a database of its own,
which is then removed.

Readings need none. On PostgreSQL where one answers at POSTGRESQL_URL, else on SQLite in a file, and then says so.
"""

import os
import subprocess
import sys
import tempfile
import uuid

import psycopg2

from tests.performance import bench_readings

SERVER = os.environ.get("POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/postgres")


IMPORTS = {"apply", "street", "compare", "refuse"}


def measured(database: str, folder: str) -> int:
    """What was asked for, everything without a word: what comes in, then how fast pages are."""
    environment = os.environ | {"DATABASE_URL": database, "MEDIA_ROOT": folder, "STATIC_ROOT": f"{folder}-static"}
    words = sys.argv[1:]
    modules = [
        name
        for name, asked in (("bench_import", IMPORTS & {*words}), ("bench_pages", "pages" in words))
        if asked or not words
    ]
    return max(
        subprocess.run([sys.executable, "-m", f"tests.performance.{name}", *words], env=environment).returncode
        for name in modules
    )


def main() -> int:
    words = sys.argv[1:]
    if not words or "readings" in words:
        bench_readings.main()
    if words == ["readings"]:
        return 0
    name = f"csa_bench_{uuid.uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory(prefix="csa-bench-") as folder:
        try:
            server = psycopg2.connect(SERVER.replace("postgres:", "postgresql:", 1))
        except psycopg2.OperationalError:
            sys.stdout.write(f"No PostgreSQL answers at {SERVER}: measured on SQLite, without COPY beside it.\n")
            return measured(f"sqlite:///{folder}/{name}.sqlite3", f"{folder}/media")
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name}")
        try:
            return measured(f"{SERVER.rpartition('/')[0]}/{name}", f"{folder}/media")
        finally:
            server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.close()


if __name__ == "__main__":
    sys.exit(main())
