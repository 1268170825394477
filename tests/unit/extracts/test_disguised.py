"""Archives and other files that call themselves tables are refused by their first bytes, however large they are."""

import io
import struct
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indicators.extracts.findings import CannotRead
from indicators.extracts.reading import read, refuse_at_once
from indicators.extracts.workbook_parts import MOST_AT_ONCE
from tests.unit.extracts.books import archive, row, xlsx

LARGE = 250 * 1024**2
# The first bytes, and of a zip the place near its end where its list of parts is told.
MOST_READ = 200_000


class Counted(io.BufferedReader):
    """A file that counts the bytes that are read of it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size)
        self.count += len(data)
        return data


def large(head: bytes, end: bytes = b"") -> Counted:
    """A file of 250 MB that begins and ends so; between lie zeros that take no room on the disk."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(head)
        file.seek(LARGE - len(end))
        file.write(end)
        file.truncate(LARGE)
    opened = Counted(io.FileIO(file.name))
    Path(file.name).unlink()
    return opened


def long_list(parts: int, name: bytes = b"xl/workbook.xml") -> bytes:
    """The end of a zip that lists so many parts, all of the same name, which are not there."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, *[0] * 7, len(name), *[0] * 6) + name
    listed = entry * parts
    most = min(parts, 0xFFFE)
    return listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, most, most, len(listed), LARGE - len(listed) - 22, 0)


KINDS = {
    "zip": b"PK\x03\x04",
    "gzip": b"\x1f\x8b\x08",
    "pdf": b"%PDF-1.7",
    "picture": b"\x89PNG\r\n\x1a\n",
    "old-excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "web-page": b"\r\n<!DOCTYPE html>",
    "not-text": b"a,b\n1,2\n\0",
    "workbook": b"PK\x03\x04[Content_Types].xml",
}


@pytest.mark.parametrize(("code", "head"), KINDS.items(), ids=KINDS)
@pytest.mark.parametrize("refuse", [refuse_at_once, read])
def test_a_large_file_is_refused_by_its_first_bytes(code: str, head: bytes, refuse: object) -> None:
    with large(head) as file, pytest.raises(CannotRead) as refused:
        refuse(file)  # type: ignore[operator]

    assert refused.value.finding.code == code
    assert file.count < MOST_READ


@pytest.mark.parametrize(
    "head", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh91AY&SY", b"\xfd7zXZ\0"], ids=["7z", "rar", "bzip2", "xz"]
)
def test_other_archives_are_named(head: bytes) -> None:
    with large(head) as file, pytest.raises(CannotRead, match=r"archive\. Unpack it"):
        refuse_at_once(file)


@pytest.fixture
def memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("memory")
def test_a_zip_with_a_million_parts_is_refused_before_its_list_is_read() -> None:
    with large(b"PK\x03\x04", long_list(1_000_000)) as file:
        tracemalloc.reset_peak()
        with pytest.raises(CannotRead) as refused:
            read(file)

    assert refused.value.finding.code == "zip"
    assert file.count < 3 * MOST_AT_ONCE
    assert tracemalloc.get_traced_memory()[1] < 4 * MOST_AT_ONCE


def test_a_workbook_with_too_many_parts_is_too_large() -> None:
    with large(b"PK\x03\x04", long_list(3000)) as file, pytest.raises(CannotRead) as refused:
        refuse_at_once(file)

    assert refused.value.finding.code == "workbook-too-large"


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_part_that_unpacks_into_too_much_is_refused_by_what_is_said_of_it(settings: Any, name: str) -> None:
    settings.MAX_WORKBOOK_BYTES = 1_000_000
    bomb = io.BytesIO(archive({"xl/workbook.xml": "<workbook/>", name: bytes(2_000_000)}))
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]

    with pytest.raises(CannotRead) as refused:
        refuse_at_once(bomb)

    assert refused.value.finding.code == "workbook-too-large"
    assert tracemalloc.get_traced_memory()[1] - before < 200_000


def test_one_line_without_an_end_is_refused_in_little_memory() -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(60):
            file.write(b"x" * 1_000_000)
        tracemalloc.start()
        with pytest.raises(CannotRead):
            read(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert peak < 40 * 1024**2


def test_a_table_passes_and_stands_at_its_start_again() -> None:
    for data in (b"a,b\n1,2\n", "a,b\n1,2\n".encode("utf-16-le"), xlsx({"Sheet": row(1, "a", "b") + row(2, 1, 2)})):
        file = io.BytesIO(data)
        refuse_at_once(file)
        assert file.tell() == 0
        assert read(file).header.cells == ("a", "b")
