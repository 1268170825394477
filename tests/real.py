"""Published files that tests may read where they are: beside the repository, never in it."""

from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[2] / "shared" / "extracts"

needs_real_files = pytest.mark.skipif(not REAL.exists(), reason="the published files to test on are not here")
