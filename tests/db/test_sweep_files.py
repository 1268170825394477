"""manage.py sweep_files removes what was left behind, and nothing else."""

import io
import os
import tempfile
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from actions.files import attach
from actions.files import path_of as path_of_attachment
from actions.writers import writer
from indicators.extracts.storage import keep, path_of
from tests import held
from tests.extracts import FIRST, received
from tests.plan import draw_plan

pytestmark = pytest.mark.django_db

DAY = 24 * 60 * 60


@pytest.fixture
def attachments(settings: Any) -> Path:
    """A folder of attachments."""
    path = Path(settings.MEDIA_ROOT / "attachments" / "ab")
    path.mkdir(parents=True)
    return path


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where extracts are kept; and a folder for files that arrive, which nobody else writes to."""
    (tmp_path / "arriving").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "arriving"))
    (settings.MEDIA_ROOT / "extracts").mkdir(parents=True)
    return Path(settings.MEDIA_ROOT / "extracts")


def swept() -> str:
    said = StringIO()
    call_command("sweep_files", stdout=said)
    return said.getvalue()


def aged(path: Path, seconds: float) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def written(path: Path, seconds: float) -> Path:
    path.write_bytes(b"half")
    return aged(path, seconds)


def test_the_bytes_of_an_extract_are_never_removed() -> None:
    held.indicator("calls")
    path = aged(path_of(received(FIRST, "first.csv").sha256), 400 * DAY)

    assert swept() == "0 removed.\n"
    assert path.exists()


def test_a_file_of_an_action_is_never_removed() -> None:
    plan, upload = draw_plan(), SimpleUploadedFile("plan.txt", b"The plan.")
    kept = attach(action=plan.rs1, cycle=plan.march, title="", upload=upload, by=writer("test"))
    path = aged(path_of_attachment(kept.stored), 400 * DAY)

    assert swept() == "0 removed.\n"
    assert path.exists()


def test_what_is_younger_than_a_day_stays(folder: Path, attachments: Path) -> None:
    stays = [
        written(attachments / "incoming-abc", DAY - 60),
        written(attachments / ("ab" * 16), DAY - 60),
        written(folder / "incoming-abc", DAY - 60),
        written(Path(tempfile.gettempdir()) / "tmpabc.upload.csv", DAY - 60),
        aged(path_of(keep(io.BytesIO(b"nobody's")).sha256), DAY - 60),
    ]

    assert swept() == "0 removed.\n"
    assert all(path.exists() for path in stays)


def test_what_somebody_else_put_there_stays(folder: Path, attachments: Path) -> None:
    (folder / "ab").mkdir()
    stays = [
        written(attachments / "readme.txt", 2 * DAY),
        written(folder / "ab" / "readme.txt", 2 * DAY),
        written(folder / "notes.csv", 2 * DAY),
        written(Path(tempfile.gettempdir()) / "tmpabc", 2 * DAY),
    ]

    assert swept() == "0 removed.\n"
    assert all(path.exists() for path in stays)


def test_what_was_left_halfway_is_removed_and_named(folder: Path, attachments: Path) -> None:
    left = [
        written(folder / "incoming-abc", DAY + 60),
        written(Path(tempfile.gettempdir()) / "tmpabc.upload.csv", DAY + 60),
        aged(path_of(keep(io.BytesIO(b"nobody's")).sha256), DAY + 60),
        written(attachments / "incoming-abc", DAY + 60),
        written(attachments / ("ab" * 16), DAY + 60),
    ]

    said = swept()

    assert said.splitlines() == [*map(str, left), "5 removed."]
    assert not any(path.exists() for path in left)
