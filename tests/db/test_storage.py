"""The bytes of an extract are kept whole, once, and for nobody else to read."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from indicators.extracts.storage import TooLarge, keep, open_kept, path_of

FIGURES = b"indicator,value\nx,1\n"


def everything_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_larger_than_the_limit_is_refused_and_not_kept(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = len(FIGURES) - 1

    with pytest.raises(TooLarge, match="limit"):
        keep(io.BytesIO(FIGURES))

    assert everything_below(settings.MEDIA_ROOT) == []


def test_what_is_exactly_as_large_as_the_limit_is_kept(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = len(FIGURES)

    assert keep(io.BytesIO(FIGURES)).size == len(FIGURES)


def test_bytes_are_kept_under_their_sha_256_for_the_owner_alone(settings: Any) -> None:
    kept = keep(io.BytesIO(FIGURES))

    path = path_of(kept.sha256)
    assert kept.sha256 == hashlib.sha256(FIGURES).hexdigest()
    assert path == settings.MEDIA_ROOT / "extracts" / kept.sha256[:2] / kept.sha256
    assert path.stat().st_mode & 0o777 == 0o600
    with open_kept(kept.sha256) as stream:
        assert stream.read() == FIGURES


def test_the_same_bytes_are_kept_once(settings: Any) -> None:
    first, second = keep(io.BytesIO(FIGURES)), keep(io.BytesIO(FIGURES))

    assert first == second
    assert everything_below(settings.MEDIA_ROOT) == [path_of(first.sha256)]


def test_a_stream_that_breaks_off_leaves_nothing(settings: Any) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("The line is gone.")

    with pytest.raises(OSError, match="gone"):
        keep(Broken())

    assert everything_below(settings.MEDIA_ROOT) == []
