"""A program killed at any step of an operation leaves what was before it or what is after it, never between."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
# ./run prove sets it: many points instead of a few.
POINTS = 30 if os.environ.get("PROVE") else 5


def killed(operation: str, tmp_path: Path) -> dict[str, Any]:
    named = os.environ.get("DATABASE_URL", "")
    database = f"sqlite:///{tmp_path}/killed.sqlite3"
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        database = f"{named.rpartition('/')[0]}/killed_{os.getpid()}_{operation}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.killed", operation, str(POINTS)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database, "MEDIA_ROOT": str(tmp_path / "media")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["receive", "apply", "take-back", "import"])
def test_what_is_left_is_before_or_after_and_it_can_be_done_again(operation: str, tmp_path: Path) -> None:
    said = killed(operation, tmp_path)

    assert said["differs"]
    assert len(said["found"]) == min(POINTS, said["steps"])
    assert said["steps"] >= (25 if operation != "receive" else 10)
    wrong = [
        each
        for each in said["found"]
        if not each["killed"] or each["left"] == "between" or each["faults"] or not each["again"]
    ]
    assert wrong == []
    # Up to the commit nothing has happened; it has where the program dies after its last step.
    left = [each["left"] for each in said["found"]]
    assert (left[0], left[-1]) == ("before", "after")
