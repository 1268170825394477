"""static/vendor holds what vendor.lock.json says, and nothing else."""

import hashlib
import json
from pathlib import Path
from typing import Any

import plotly.offline
import pytest

from tests.repository.tree import ROOT

VENDOR = ROOT / "static" / "vendor"
LOCK: list[dict[str, Any]] = json.loads((VENDOR / "vendor.lock.json").read_text())
LOCKED: dict[str, str] = {path: checksum for entry in LOCK for path, checksum in entry["files"].items()}


@pytest.mark.parametrize("path", LOCKED)
def test_a_vendored_file_is_the_one_in_the_lock(path: str) -> None:
    assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == LOCKED[path]


def test_no_file_is_vendored_without_a_lock() -> None:
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert found == {*LOCKED, "vendor.lock.json"}


def test_every_package_keeps_its_licence() -> None:
    folders = {Path(path).parts[0] for path in LOCKED}

    assert folders == {Path(path).parts[0] for path in LOCKED if Path(path).name == "LICENSE.txt"}


def test_python_makes_figures_for_the_plotly_js_that_draws_them() -> None:
    versions = {entry["package"]: entry["version"] for entry in LOCK}

    made_for = plotly.offline.get_plotlyjs_version()

    assert made_for == versions["plotly.js-basic-dist-min"] == versions["plotly.js"]
    assert f"v{made_for}" in (VENDOR / "plotly" / "plotly-basic.min.js").read_text()[:200]


def test_the_stylesheet_takes_nothing_that_belongs_to_gov_uk() -> None:
    css = (VENDOR / "govuk-frontend" / "govuk-frontend.min.css").read_text()

    assert [word for word in ("GDS Transport", "@font-face", "crest", "crown", "url(") if word in css] == []
