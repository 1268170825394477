"""The bytes of extracts, kept under their SHA-256 and never altered."""

import hashlib
import os
import re
import tempfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

CHUNK = 1 << 20
INCOMING = "incoming-"
SHA256 = re.compile(r"[0-9a-f]{64}")
# What Django calls an upload while it arrives.
ARRIVING = "tmp*.upload*"


class TooLarge(Exception):
    """A file of more bytes than may be uploaded. The message names the limit."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where bytes are kept, and how many they are."""

    sha256: str
    size: int


def keep(stream: BinaryIO) -> Kept:
    """Keep what a stream holds. Bytes that are kept already are left as they are.

    Raises TooLarge, and then keeps nothing, beyond settings.MAX_UPLOAD_BYTES.
    """
    folder = Path(settings.MEDIA_ROOT) / "extracts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    # NamedTemporaryFile gives the owner alone the right to read and write (0600).
    with tempfile.NamedTemporaryFile(dir=folder, prefix=INCOMING, delete=False) as file:
        try:
            for chunk in limited(stream):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            put(Path(file.name), path_of(digest.hexdigest()))
        finally:
            Path(file.name).unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size)


def measure(stream: BinaryIO) -> Kept:
    """What keep would say of a stream, which is not kept. Raises TooLarge as it does."""
    digest, size = hashlib.sha256(), 0
    for chunk in limited(stream):
        digest.update(chunk)
        size += len(chunk)
    return Kept(digest.hexdigest(), size)


def limited(stream: BinaryIO) -> Iterator[bytes]:
    """A stream in pieces, until it is larger than may be uploaded."""
    left: int = settings.MAX_UPLOAD_BYTES
    while chunk := stream.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise TooLarge(too_large())
        yield chunk


def too_large() -> str:
    return f"The file is larger than {settings.MAX_UPLOAD_BYTES // 1024**2} MB, which is the limit."


def put(temporary: Path, final: Path) -> None:
    """Give a file its lasting name, so that it is there whole or not at all, also after the power fails."""
    final.parent.mkdir(mode=0o700, exist_ok=True)
    temporary.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "extracts" / sha256[:2] / sha256


def forget(sha256: str) -> None:
    """Remove bytes that may not be kept."""
    path_of(sha256).unlink(missing_ok=True)


def open_kept(sha256: str) -> BinaryIO:
    """The bytes kept under a SHA-256, to be read. Raises FileNotFoundError where they are gone."""
    return path_of(sha256).open("rb")


def sweep(*, before: float, used: Container[str]) -> list[Path]:
    """Remove what a program that was stopped halfway has left: files that were arriving, and bytes that no extract
    names (`used` holds the SHA-256 of those that one does), last written before a time in seconds since 1970.
    The files that were removed."""
    folder, arriving = Path(settings.MEDIA_ROOT) / "extracts", Path(tempfile.gettempdir())
    left = [*folder.glob(f"{INCOMING}*"), *(path for path in arriving.glob(ARRIVING) if is_ours(path))]
    left += [path for path in folder.glob("??/*") if SHA256.fullmatch(path.name) and path.name not in used]
    return [path for path in left if remove(path, before)]


def is_ours(path: Path) -> bool:
    try:
        return path.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return False


def remove(path: Path, before: float) -> bool:
    """Whether the file was old enough, and is gone."""
    try:
        if path.stat().st_mtime >= before:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
