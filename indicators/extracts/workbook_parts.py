"""The parts of a workbook, measured before anything is built from them: a few bytes can unpack into gigabytes, and one
cell far away makes a sheet of billions. What a cell's look says beyond its value is gathered on the way."""

import html
import os
import re
import zipfile
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings

from indicators.extracts.findings import CannotRead, Finding

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
MOST_PARTS = 2000
MOST_CELLS = 4_000_000
CHUNK = 1 << 20
# A list of 2,000 parts takes a tenth of it.
MOST_AT_ONCE = 2 * CHUNK
# A cell, whether it is closed at once (then it is empty), and its value after a formula.
CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?)(/?)>(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?(?:<(?:\w+:)?v>([^<]*)<)?"
)
PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
STYLE = re.compile(rb'\bs="([0-9]+)"')
NUMBER_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*numFmtId="([0-9]+)"[^>]*formatCode="([^"]*)"')
CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
STYLE_FORMAT = re.compile(rb'<(?:\w+:)?xf\b[^>]*?numFmtId="([0-9]+)"')
SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
TARGET = re.compile(r'<Relationship\b(?=[^>]*?\bId="([^"]*)")(?=[^>]*?\bTarget="([^"]*)")')
PERCENT_FORMATS = {b"9", b"10"}
REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]{4,})"[^>]*?(/?)>(.{0,300})', re.DOTALL)


@dataclass(slots=True)
class Marked:
    """Cells of a sheet, by (row, column) from 1, that say more than their value: those whose formula failed, with what
    stands there, and those that are shown as per cent."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)


class Bounded:
    """A file that is read in pieces only: a zip that claims a longer list of its parts than any workbook has is taken
    for damaged before that list is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.seek, self.tell, self.stream = stream.seek, stream.tell, stream

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """The file stays open."""

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size if 0 <= size <= MOST_AT_ONCE else MOST_AT_ONCE + 1)
        if len(data) > MOST_AT_ONCE:
            raise zipfile.BadZipFile("more at once than any workbook needs")
        return data


def is_workbook(stream: BinaryIO) -> bool:
    """Whether a file is a zip that holds a workbook."""
    stream.seek(0)
    if stream.read(4) != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(Bounded(stream)) as archive:
            names = archive.namelist()
            kind = archive.open("mimetype").read(100).decode("latin-1") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
    return "xl/workbook.xml" in names or kind.strip() == SPREADSHEET


def measured(stream: BinaryIO) -> dict[str, Marked]:
    """The marked cells of each sheet of an xlsx file. Raises CannotRead for a workbook that unpacks into more than
    settings.MAX_WORKBOOK_BYTES, spreads over too many cells, or whose parts cannot be unpacked."""
    if stream.seek(0, os.SEEK_END) > settings.MAX_WORKBOOK_BYTES:
        raise too_large()
    try:
        with zipfile.ZipFile(Bounded(stream)) as archive:
            parts = Parts(archive)
            return parts.of_open_document() if "content.xml" in parts.sizes else parts.of_excel()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as wrong:
        raise cannot("workbook-damaged", "This workbook is damaged. Save it again, or as CSV.") from wrong


def refuse_bombs(stream: BinaryIO) -> None:
    """Raise CannotRead for a workbook that says of itself that it is too large."""
    with zipfile.ZipFile(Bounded(stream)) as archive:
        Parts(archive)


class Parts:
    """The parts of one workbook, each unpacked once and counted."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sizes = {info.filename: info.file_size for info in archive.infolist()}
        self.left: int = settings.MAX_WORKBOOK_BYTES
        listed = archive.infolist()
        unpacked = sum(info.file_size for info in listed if info.filename.endswith((".xml", ".rels")))
        if len(listed) > MOST_PARTS or unpacked > self.left:
            raise too_large()

    def part(self, name: str) -> bytes:
        """What a part holds, unpacked in pieces so that its stated size need not be believed."""
        if self.sizes.get(name, 0) > self.left:
            raise too_large()
        pieces = []
        with self.archive.open(name) as file:
            while piece := file.read(CHUNK):
                self.left -= len(piece)
                if self.left < 0:
                    raise too_large()
                pieces.append(piece)
        return b"".join(pieces)

    def of_excel(self) -> dict[str, Marked]:
        names = {f"xl/{target.removeprefix('/xl/')}": name for name, target in self.sheet_targets()}
        styles = percent_styles(self.part("xl/styles.xml")) if "xl/styles.xml" in self.sizes else frozenset()
        marked: dict[str, Marked] = {}
        for part in self.sizes:
            if part.startswith("xl/") and part.endswith(".xml") and part not in ("xl/styles.xml", "xl/workbook.xml"):
                content = self.part(part)
                if part in names:
                    marked[names[part]] = marked_cells(content, styles)
        return marked

    def sheet_targets(self) -> list[tuple[str, str]]:
        """The name of each sheet, and the part that holds it."""
        rels = "xl/_rels/workbook.xml.rels"
        related = self.part(rels).decode("utf-8", "replace") if rels in self.sizes else ""
        targets = {found[1]: found[2] for found in TARGET.finditer(related)}
        book = self.part("xl/workbook.xml").decode("utf-8", "replace")
        return [(html.unescape(found[1]), targets.get(found[2], "")) for found in SHEET.finditer(book)]

    def of_open_document(self) -> dict[str, Marked]:
        content = self.part("content.xml")
        for found in REPEATED.finditer(content):
            if not found[2] and re.search(rb"<text:p|office:value", found[3].partition(b"</table:table-row>")[0]):
                raise too_large()
        for look, said in ((b'value-type="percentage"', "per cent"), (b'value-type="error"', "errors")):
            if look in content:
                raise cannot(
                    "workbook-look", f"A cell of this OpenDocument sheet holds {said}. Save it as xlsx or CSV."
                )
        return {}


def percent_styles(content: bytes) -> frozenset[int]:
    """The numbers of the cell styles that show a value as per cent."""
    percent = PERCENT_FORMATS | {found[1] for found in NUMBER_FORMAT.finditer(content) if b"%" in found[2]}
    styles = CELL_STYLES.search(content)
    formats = STYLE_FORMAT.findall(styles[0]) if styles else []
    return frozenset(at for at, number in enumerate(formats) if number in percent)


def marked_cells(content: bytes, percent: frozenset[int]) -> Marked:
    """The marked cells of a sheet. Raises CannotRead where its cells lie too far apart."""
    marked, rows, columns = Marked(), 0, 0
    for look, closed, value in CELL.findall(content):
        place = None if closed else PLACE.search(look)
        if place is None:
            continue
        row, column = int(place[2]), column_number(place[1])
        rows, columns = max(rows, row), max(columns, column)
        if b't="e"' in look:
            marked.errors[row, column] = value.decode("ascii", "replace") or "#ERROR"
        elif percent and (style := STYLE.search(look)) and int(style[1]) in percent:
            marked.percents.add((row, column))
    if rows * columns > MOST_CELLS:
        raise too_large()
    return marked


def column_number(letters: bytes) -> int:
    """1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AB for 28."""
    letters = ""
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(65 + left) + letters
    return letters


def too_large() -> CannotRead:
    limit = settings.MAX_WORKBOOK_BYTES // 1024**2
    said = f"This workbook is too large: at most {limit} MB unpacked. Save the sheet that is wanted as CSV."
    return cannot("workbook-too-large", said)


def cannot(code: str, message: str) -> CannotRead:
    return CannotRead(Finding(None, None, code, message))
