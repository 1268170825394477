"""Kill a program at many points of an operation, and look at what is left each time.

python -m tests.concurrency.killed OPERATION POINTS, on the database of DATABASE_URL and the files of MEDIA_ROOT, which
are its own to make and to remove. Writes one JSON document: what was found at each point.

Everything happens in forked processes: this one never connects, so that none of its connections can be shared.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import django
import psycopg2

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "csa_dashboard.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from accounts import audit  # noqa: E402
from accounts.models import AuditEvent, AuditHead  # noqa: E402
from indicators.extracts import writing  # noqa: E402
from indicators.extracts.apply import CannotUse, apply  # noqa: E402
from indicators.extracts.current import plan_of  # noqa: E402
from indicators.extracts.in_one_go import use_files  # noqa: E402
from indicators.extracts.storage import path_of  # noqa: E402
from indicators.extracts.taking_back import take_back  # noqa: E402
from indicators.models import DataChange, Extract, Indicator, Observation  # noqa: E402
from tests import held  # noqa: E402
from tests.extracts import FIRST, HEADER, SECOND, WINTER, received, use  # noqa: E402

MODELS = (Extract, DataChange, Observation, AuditEvent, AuditHead)
# What differs between two runs of the same operation; PostgreSQL gives a number that was undone to nothing else.
OF_THE_MOMENT = {"id", "at", "uploaded_at", "hash", "text"}
EXTRACT = {"extract_id", "object_key"}
THIRD = HEADER + WINTER.format(1300)


# --- the operations: what is there before, and what is done


def prepare() -> None:
    """FIRST is in use; SECOND, which revises part of it, is to be checked."""
    call_command("migrate", verbosity=0)
    held.indicator("calls")
    use(FIRST, "first.csv")
    received(SECOND, "second.csv")
    for name, text in (("second", SECOND), ("third", THIRD)):
        (Path(settings.MEDIA_ROOT) / f"{name}.csv").write_text(text)


def second() -> Extract:
    return Extract.objects.get(original_name="second.csv")


def use_second() -> None:
    extract = second()
    apply(extract=extract, checksum=plan_of(path_of(extract.sha256)).checksum, actor="Tests")


def use_two_files() -> None:
    use_files([Path(settings.MEDIA_ROOT) / f"{name}.csv" for name in ("second", "third")], actor="Tests")


OPERATIONS: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "receive": (lambda: None, lambda: received(THIRD, "third.csv")),
    "apply": (lambda: None, use_second),
    "take-back": (use_second, lambda: take_back(extract=second(), actor="Tests")),
    "import": (lambda: None, use_two_files),
}


# --- points at which the program dies


class Clock:
    """Counts the steps of an operation, and at one of them kills the program as nothing can be caught."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.steps = at, 0

    def tick(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def ticking(*args: Any, **kwargs: Any) -> Any:
            self.tick()
            result = function(*args, **kwargs)
            self.tick()
            return result

        return ticking

    def execute(self, execute: Callable[..., Any], *args: Any) -> Any:
        return self.around(execute)(*args)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Steps are: each statement of SQL, each piece of COPY, each commit, and each change of a file; before and
        after."""
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self.execute))
            for owner, name in (
                (connection, "_commit"),
                (writing.CopyText, "read"),
                (os, "fsync"),
                (Path, "replace"),
                (Path, "unlink"),
                (Path, "mkdir"),
            ):
                stack.enter_context(mock.patch.object(owner, name, self.around(getattr(owner, name))))
            yield


# --- processes and copies


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in a process of its own; None where that was killed."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            said = {"result": work()}
        except BaseException as problem:
            said = {"problem": repr(problem)}
        connections.close_all()
        os.write(into, json.dumps(said, default=str).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    if not text:
        return None
    said = json.loads(text)
    if "problem" in said:
        raise RuntimeError(said["problem"])
    return said["result"]


class Copies:
    """The database and the files as they are before the operation, to begin from again and again."""

    def __init__(self) -> None:
        self.database = settings.DATABASES["default"]
        self.first = settings.MEDIA_ROOT = Path(settings.MEDIA_ROOT)
        self.name, self.is_copied = str(self.database["NAME"]), False
        self.is_postgresql = self.database["ENGINE"].endswith("postgresql")
        self.first.mkdir(parents=True, exist_ok=True)
        if self.is_postgresql:
            self.say(f'CREATE DATABASE "{self.name}"')

    def fresh(self) -> None:
        """Point the settings to a new copy."""
        self.remove()
        name, files = f"{self.name}-copy", Path(f"{self.first}-copy")
        shutil.copytree(self.first, files)
        if self.is_postgresql:
            self.say(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        else:
            shutil.copy(self.name, name)
        connection.settings_dict["NAME"], settings.MEDIA_ROOT, self.is_copied = name, files, True

    def remove(self) -> None:
        """Remove the copy the settings point to, and stay with the first."""
        if self.is_copied:
            shutil.rmtree(settings.MEDIA_ROOT)
            self.drop(connection.settings_dict["NAME"])
            self.is_copied = False
        connection.settings_dict["NAME"], settings.MEDIA_ROOT = self.name, self.first

    def drop(self, name: str) -> None:
        if self.is_postgresql:
            self.say(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            for part in Path(name).parent.glob(f"{Path(name).name}*"):
                part.unlink()

    def let_go(self) -> None:
        """Wait until PostgreSQL has noticed that the program is gone."""
        name, until = connection.settings_dict["NAME"], time.monotonic() + 20
        asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"
        while self.is_postgresql and self.say(asked) and time.monotonic() < until:
            time.sleep(0.02)

    def say(self, statement: str) -> Any:
        said = {"host": self.database["HOST"], "port": self.database["PORT"], "user": self.database["USER"]}
        server = psycopg2.connect(dbname="postgres", password=self.database["PASSWORD"] or None, **said)
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(statement)
            answer = cursor.fetchone()[0] if cursor.description else None
        server.close()
        return answer


# --- what is found


def rows() -> list[Any]:
    """Everything that extracts and their use write, in one order and without what differs from run to run."""
    extracts = {str(pk): sha256 for pk, sha256 in Extract.objects.values_list("pk", "sha256")}
    return [
        [
            {
                name: extracts[str(value)] if name in EXTRACT else str(value)
                for name, value in row.items()
                if name not in OF_THE_MOMENT
            }
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in MODELS
    ] + [list(Indicator.objects.values_list("slug", flat=True))]


def faults() -> list[str]:
    """What is wrong: in the chain of events, with the bytes of an extract, or with a file that is there by half."""
    said = list(audit.faults())
    said += [f"{extract} has no bytes" for extract in Extract.objects.all() if not path_of(extract.sha256).is_file()]
    for path in (Path(settings.MEDIA_ROOT) / "extracts").glob("??/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
            said.append(f"{path.name} is not whole")
    return said


def look() -> dict[str, Any]:
    return {"rows": rows(), "faults": faults()}


def killed_at(point: int, operation: Callable[[], Any]) -> int:
    clock = Clock(point)
    with clock.running():
        operation()
    return clock.steps


def again(operation: Callable[[], Any]) -> Any:
    """Do it again, where it has not been done."""
    with suppress(CannotUse):
        operation()
    return rows()


def points(steps: int, wanted: int) -> list[int]:
    """So many of the steps, evenly from the first to the last."""
    wanted = min(wanted, steps)
    return sorted({1 + at * (steps - 1) // max(1, wanted - 1) for at in range(wanted)})


def run(name: str, wanted: int) -> dict[str, Any]:
    copies, (prepare_more, operation) = Copies(), OPERATIONS[name]
    try:
        in_child(prepare)
        in_child(prepare_more)
        before = in_child(look)
        copies.fresh()
        steps = in_child(lambda: killed_at(0, operation))
        after = in_child(look)
        found = []
        for point in points(steps, wanted):
            copies.fresh()
            lived = in_child(lambda at=point: killed_at(at, operation))
            copies.let_go()
            left = in_child(look)
            which = {str(before["rows"]): "before", str(after["rows"]): "after"}.get(str(left["rows"]), "between")
            done = in_child(lambda: again(operation)) == after["rows"]
            found.append(
                {"point": point, "killed": lived is None, "left": which, "faults": left["faults"], "again": done}
            )
    finally:
        copies.remove()
        copies.drop(copies.name)
    return {"steps": steps, "differs": before["rows"] != after["rows"], "found": found}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1], int(sys.argv[2]))))
