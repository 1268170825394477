"""A line of a file as it came in, to be printed beside the figure that was read from it."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from indicators.extracts.cutting import Lines
from indicators.extracts.encoding import encoding_of
from indicators.extracts.findings import CannotRead
from indicators.extracts.formats import mapped, native
from indicators.extracts.reading import Borrowed
from indicators.extracts.storage import open_kept
from indicators.extracts.workbook_parts import is_workbook
from indicators.models import Extract

MOST_BYTES = 50 * 1024**2
MOST_CHARACTERS = 2000

SEVERAL = "A line of this file can hold figures of other areas, which may not be shown. It is not printed here."
ROWS = "The figure counts rows of this file, and this line is the first of them. Single rows are not printed here."
LARGE = "The file is too large to print a line of it here."
WORKBOOK = "The file is a workbook, and this is the number of the row in its sheet. It is not printed here."
GONE = "The file itself is no longer kept, so the line cannot be printed."
NOT_THERE = "The line cannot be read from the file."


@dataclass(frozen=True, slots=True)
class Quoted:
    """The text of a line, or the sentence that says why it is not printed."""

    text: str = ""
    why: str = ""


def quote(extract: Extract, line: int) -> Quoted:
    """One line of a file: only of the tidy table of our own, where a line holds one figure and nothing else."""
    if extract.format != native.ID:
        return Quoted(why=SEVERAL if extract.format == mapped.ID else ROWS)
    if extract.size > MOST_BYTES:
        return Quoted(why=LARGE)
    try:
        with open_kept(extract.sha256) as file:
            return Quoted(why=WORKBOOK) if is_workbook(file) else of_text(file, line)
    except FileNotFoundError:
        return Quoted(why=GONE)


def of_text(file: BinaryIO, line: int) -> Quoted:
    try:
        lines = Lines(io.TextIOWrapper(Borrowed(file), encoding_of(file).name, newline=""))  # type: ignore[arg-type]
        for _ in range(line - 1):
            lines.take()
        text = lines.take().rstrip("\r\n")
    except CannotRead:
        return Quoted(why=NOT_THERE)
    return Quoted(text[:MOST_CHARACTERS] + "…" * (len(text) > MOST_CHARACTERS)) if text else Quoted(why=NOT_THERE)
