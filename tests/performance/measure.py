"""Time and memory of one piece of work, in a process of its own."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

KILOBYTES = 1024
RUNS = 3


@dataclass(frozen=True)
class Measured:
    """Seconds, and the most memory above what the process had before, in MB."""

    seconds: float
    megabytes: float


def measure(work: Callable[..., Any], before: Callable[[], Any] = lambda: None, runs: int = RUNS) -> Measured:
    """The median of some runs. Each has its own preparation, in another process, which does not count; what that
    returns is what the work is given."""
    found = []
    for _ in range(runs):
        given = in_child(before)
        found.append(in_child(lambda given=given: timed(work, given or ())))
    return Measured(*(statistics.median(values) for values in zip(*found, strict=True)))


def in_child(work: Callable[[], Any]) -> Any:
    """What the work returns, done in a forked process. The parent never connects to the database."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            os.write(into, json.dumps(work()).encode())
        except BaseException as problem:
            sys.stderr.write(f"{problem!r}\n")
        connections.close_all()
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    if not text:
        raise RuntimeError("The work that was to be measured failed.")
    return json.loads(text)


def timed(work: Callable[..., Any], given: Sequence[Any]) -> tuple[float, float]:
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    work(*given)
    seconds = time.perf_counter() - begun
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / KILOBYTES


def say(*columns: str) -> None:
    """A line of the table: what was measured, ours, what it is compared with, their ratio, memory, the goal."""
    sys.stdout.write("{:<58}{:>12}{:>12}{:>10}{:>14}  {}\n".format(*columns, *[""] * (6 - len(columns))))
    sys.stdout.flush()
