"""How fast figures come in, beside what that is measured against: ours, the floor, the ratio, and peak memory.

python -m tests.performance makes it a database and runs it. Words choose what is measured: apply, compare, refuse,
street.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csa_dashboard.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

django.setup()

from accounts.models import AuditEvent, AuditHead  # noqa: E402
from indicators.extracts.apply import apply, receive  # noqa: E402
from indicators.extracts.current import plan_of  # noqa: E402
from indicators.extracts.storage import path_of  # noqa: E402
from indicators.models import DataChange, Extract, Observation  # noqa: E402
from tests.performance import figures, other_import  # noqa: E402
from tests.performance.measure import Measured, in_child, measure, say  # noqa: E402

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
# What django-import-export is given: its speed does not depend on how many, and at full length it takes minutes.
ROWS_OF_OTHERS = {"defaults": 1000, "bulk": 2000, "best tuned": 10000}
STREET_ROWS = ROWS * 10
NEEDED = ["Month", "Falls within", "LSOA name", "Crime type"]
GOALS = {"defaults": 150, "bulk": 100, "best tuned": 10}
FLOOR = "bench_floor"


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {FLOOR}")
        for model in (Observation, DataChange, Extract, AuditEvent, AuditHead):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
        cursor.execute("VACUUM")


def checked(path: Path) -> tuple[int, str]:
    """An extract as one has it on the page, with the plan that was looked at."""
    with path.open("rb") as file:
        extract = receive(source=file, original_name=path.name, actor="Bench")
    return extract.pk, plan_of(path_of(extract.sha256)).checksum


def use(number: int, checksum: str) -> None:
    apply(extract=Extract.objects.get(pk=number), checksum=checksum, actor="Bench")


def ready(path: Path, *held: Path) -> Callable[[], tuple[int, str]]:
    """Nothing but these files in use, and one to be used."""

    def prepare() -> tuple[int, str]:
        empty()
        for each in held:
            use(*checked(each))
        return checked(path)

    return prepare


# --- the floor: COPY of the same rows into an identical table with its keys


def floor_table() -> tuple[str]:
    """An empty table like ours with all its keys, and the rows of ours as the text that COPY reads."""
    ours = Observation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {FLOOR}")
        cursor.execute(f"CREATE TABLE {FLOOR} (LIKE {ours} INCLUDING ALL)")
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
            [ours],
        )
        for (rule,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {FLOOR} ADD {rule}")
        path = Path(settings.MEDIA_ROOT) / "floor.txt"
        with path.open("w") as file:
            cursor.copy_expert(f"COPY {ours} TO STDOUT", file)
    return (str(path),)


def copy(path: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor, Path(path).open() as file:
        cursor.copy_expert(f"COPY {FLOOR} FROM STDIN", file)


def against_copy(new: Path) -> None:
    ours = measure(use, ready(new))
    floor = measure(copy, floor_table)
    say(
        f"use {ROWS:,} new rows ÷ COPY of them",
        f"{ours.seconds:.2f} s",
        f"{floor.seconds:.2f} s",
        f"{ours.seconds / floor.seconds:.1f}",
        f"{ours.megabytes:.0f} MB",
        met(ours.seconds / floor.seconds <= 3, "≤ 3"),
    )


def met(is_met: bool, goal: str) -> str:
    return f"{goal} {'met' if is_met else 'not met'}"


# --- beside django-import-export


def one_extract() -> None:
    empty()
    made = Extract.objects.create(sha256="0" * 64, original_name="other.csv", format="native", size=1, state="used")
    DataChange.objects.create(number=1, kind="use", extract=made, at=timezone.now(), by_name="Bench")


def faster(title: str, ours: Measured, name: str, theirs: Measured, goal: int) -> None:
    us, them = ROWS / ours.seconds, ROWS_OF_OTHERS[name] / theirs.seconds
    say(
        title,
        f"{us:,.0f}/s",
        f"{them:,.0f}/s",
        f"{us / them:.0f}",
        f"{ours.megabytes:.0f} MB",
        met(us / them >= goal, f"≥ {goal}"),
    )


def against_others(folder: Path, new: Path, changed: Path) -> None:
    ours = measure(use, ready(new))
    for name, rows in ROWS_OF_OTHERS.items():
        path = figures.table(folder / f"{rows}.csv", rows)
        theirs = measure(lambda at=path, by=name: other_import.bring_in(by, at), one_extract, runs=1)
        faster(f"new rows ÷ django-import-export, {name}", ours, name, theirs, GOALS[name])
    again = measure(use, ready(changed, new))
    rows = ROWS_OF_OTHERS["defaults"]
    first = figures.table(folder / "first.csv", rows)
    second = figures.table(folder / "second.csv", rows, changed_every=100)

    def held() -> None:
        one_extract()
        other_import.bring_in("best tuned", first)

    theirs = measure(lambda: other_import.bring_in("defaults", second), held, runs=1)
    faster("the same rows again, 1 % changed ÷ its defaults", again, "defaults", theirs, 500)


# --- a street-level file beside pandas, which reads the columns it needs and groups them


def grouped(path: str) -> None:
    import pandas

    pandas.read_csv(path, usecols=NEEDED).groupby(NEEDED, dropna=False).size()


def planned(path: str) -> None:
    if plan_of(Path(path)).format != "police_street":
        raise RuntimeError("The street-level file was not recognised.")


def warm() -> None:
    """What a worker has loaded before it forks."""
    import pandas

    pandas.DataFrame()


def against_pandas(folder: Path) -> None:
    warm()
    path = str(figures.street(folder / "street.csv", STREET_ROWS))
    ours, theirs = measure(planned, lambda: [path]), measure(grouped, lambda: [path])
    ratio = ours.seconds / theirs.seconds
    say(
        f"plan {STREET_ROWS:,} street rows ÷ pandas grouping them",
        f"{ours.seconds:.2f} s",
        f"{theirs.seconds:.2f} s",
        f"{ratio:.1f}",
        f"{ours.megabytes:.0f} MB",
        met(ratio <= 3.5 and ours.megabytes <= 150, "≤ 3.5, ≤ 150 MB"),
    )


# --- what is no table, beside reading it once for its SHA-256, which is written down of every file


def refused(path: str) -> None:
    with Path(path).open("rb") as file:
        extract = receive(source=file, original_name="disguised.csv", actor="Bench")
    if extract.state != Extract.State.REFUSED:
        raise RuntimeError("What is no table was not refused.")


def read_once(path: str) -> None:
    with Path(path).open("rb") as file:
        hashlib.file_digest(file, "sha256")


def against_reading(folder: Path) -> None:
    for title, path in (
        ("an archive that is called CSV", figures.archive(folder / "archive.csv", settings.MAX_UPLOAD_BYTES)),
        ("a zip of a million parts", figures.long_zip(folder / "parts.xlsx", settings.MAX_UPLOAD_BYTES)),
        ("a workbook that unpacks into 5 GB", figures.bomb(folder / "bomb.xlsx", 5 * 1024**3)),
    ):
        ours, floor = measure(refused, lambda at=path: [str(at)]), measure(read_once, lambda at=path: [str(at)])
        say(
            f"refuse {title}, {path.stat().st_size // 1024**2} MB ÷ reading it",
            f"{ours.seconds:.2f} s",
            f"{floor.seconds:.2f} s",
            f"{ours.seconds / floor.seconds:.1f}",
            f"{ours.megabytes:.0f} MB",
            met(ours.seconds < 2 and ours.megabytes <= 20, "< 2 s, ≤ 20 MB"),
        )


def main(words: list[str]) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    in_child(lambda: call_command("migrate", verbosity=0))
    in_child(figures.register)
    say("measured", "ours", "floor", "ratio", "peak above", "goal")
    if not words or "refuse" in words:
        against_reading(folder)
    if words == ["refuse"]:
        return
    new, changed = folder / "new.csv", folder / "changed.csv"
    figures.table(new, ROWS)
    figures.table(changed, ROWS, changed_every=100)
    if (not words or "apply" in words) and connection.vendor == "postgresql":
        against_copy(new)
    if not words or "street" in words:
        against_pandas(folder)
    if not words or "compare" in words:
        against_others(folder, new, changed)


if __name__ == "__main__":
    main(sys.argv[1:])
