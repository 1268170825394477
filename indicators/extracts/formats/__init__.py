"""Formats: how suppliers lay their figures out. One small file each.

A format has an `ID`, a `TITLE`, `detect(header)`, true where the names of the columns are its own, `supplied()`, the
indicators that come with it, and `rows(table, register)`, which gives a TidyRow for each figure, a Finding for whatever
cannot be one, and a Tally where figures are added up from rows. `settle(checked, register, held_of)` then changes what
depends on what is held.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from indicators.extracts.checking import Checked
from indicators.extracts.cutting import Row
from indicators.extracts.findings import Finding
from indicators.extracts.formats import native, police_street
from indicators.extracts.formats.declined import declined
from indicators.extracts.formats.held import HeldOf
from indicators.extracts.reading import Table
from indicators.extracts.register import Register
from indicators.extracts.rows import Tally, TidyRow
from indicators.extracts.supplied import Supplied


class Format(Protocol):
    ID: str
    TITLE: str

    def detect(self, header: Sequence[str]) -> bool: ...

    def rows(self, table: Table, register: Register) -> Iterator[TidyRow | Finding | Tally]: ...

    def settle(self, checked: Checked, register: Register, held_of: HeldOf) -> None: ...

    def supplied(self) -> tuple[Supplied, ...]: ...


FORMATS: tuple[Format, ...] = (police_street, native)
BY_ID = {format_.ID: format_ for format_ in FORMATS}


def recognise(header: Sequence[str]) -> Format | None:
    """The first format that knows these columns."""
    return next((format_ for format_ in FORMATS if format_.detect(header)), None)


def is_header(header: Sequence[str]) -> bool:
    """Whether these columns are known, be it only to decline them."""
    return recognise(header) is not None or declined(header) is not None


def not_of(format_: Format, header: Row) -> Finding:
    """The finding for a table that was said to be of a format and has not its columns."""
    said = f"These are not the columns of this format: {format_.TITLE}. Leave the format out, or give the file of it."
    return Finding(header.line, None, "unknown-format", said)


def unrecognised(header: Row) -> Finding:
    """The finding for a table of no known format, or of one that is not used."""
    if known := declined(header.cells):
        return Finding(header.line, None, f"not-used-{known.code}", known.what)
    names = ", ".join(cell.strip() or "(empty)" for cell in header.cells[:12])
    return Finding(
        header.line,
        None,
        "unknown-format",
        f"The columns of this table are not known: {names[:300]}. Expected indicator, area_code or area, period or "
        "period_start and period_end, value.",
    )
