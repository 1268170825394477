"""The tidy table of our own: one figure a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from indicators.extracts import comparing, dates, personal, values, written
from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.checking import Checked
from indicators.extracts.cutting import Row
from indicators.extracts.findings import Finding
from indicators.extracts.formats.held import HeldOf
from indicators.extracts.reading import Table
from indicators.extracts.register import Register
from indicators.extracts.rows import Figure, TidyRow
from indicators.extracts.supplied import Supplied
from indicators.extracts.values import Said
from indicators.periods import Period

ID = "native"
TITLE = "Tidy table"

REQUIRED = ("indicator", "period_start", "period_end", "value")
PERIOD = "period"
AREAS = ("area_code", "area")
OPTIONAL = ("value_to", "qualifier", "status", "coverage", "source_edition", "note")
COLUMNS = ("indicator", *AREAS, *REQUIRED[1:], *OPTIONAL)
KNOWN = (*COLUMNS, PERIOD)
QUALIFIERS = ("exact", "about", "over", "under", "range")
STATUSES = (
    "final",
    "provisional",
    "estimated",
    "incomplete",
    "unreliable",
    "suppressed",
    "not_available",
    "not_applicable",
)
VALUELESS = STATUSES[-3:]
MAX_COVERAGE = 200


def detect(header: Sequence[str]) -> bool:
    """Whether at least two of the required columns are there: then the others are worth naming."""
    return len({*REQUIRED, PERIOD} & {name_of(cell) for cell in header}) >= 2


def supplied() -> tuple[Supplied, ...]:
    """None: its figures are of indicators that are there."""
    return ()


def settle(checked: Checked, register: Register, held_of: HeldOf) -> None:
    """Warn of what does not fit together, or what is held. It changes nothing in how the rows are taken."""
    comparing.compare(checked, register, held_of(register.related({row.key.indicator for row in checked.rows}), None))


def rows(table: Table, register: Register) -> Iterator[TidyRow | Finding]:
    """A TidyRow for each row that can be read, after whatever is wrong with it."""
    columns, mistakes = columns_of(table.header)
    details = list(personal.in_header(table.header, bare=True))
    mistakes = [*details, *(wrong for wrong in mistakes if wrong.column not in {found.column for found in details})]
    yield from mistakes
    assumed: set[str] = set()
    numbers = frozenset(at for name, at in columns.items() if name.startswith(("value", "period")))
    if mistakes:
        yield from (private for row in table.rows if isinstance(row, Row) for private in personal.in_row(row, numbers))
        return
    unnamed = [at for at, cell in enumerate(table.header.cells, 1) if not name_of(cell)]
    for row in table.rows:
        if isinstance(row, Finding):
            yield row
        elif private := list(personal.in_row(row, numbers)):
            yield from private
        elif strange := next((at for at in unnamed if row.cells[at - 1].strip()), 0):
            said = f"{shown(row.cells[strange - 1])} has no column name above it."
            yield Finding(row.line, strange, "unnamed-column", said)
        else:
            yield from RowReader(row, columns, assumed).tidy()


def name_of(cell: str) -> str:
    """The name of a column, whatever its case, spaces, hyphens and invisible marks."""
    return "_".join(cell.replace("\ufeff", "").replace("\xa0", " ").replace("-", " ").replace("_", " ").lower().split())


def columns_of(header: Row) -> tuple[dict[str, int], list[Finding]]:
    """The number of each column, from 1, by its name; and what is wrong with the header."""
    columns: dict[str, int] = {}
    mistakes: list[Finding] = []
    for at, cell in enumerate(header.cells, 1):
        name = name_of(cell)
        if name in columns:
            mistakes.append(
                Finding(header.line, at, "column-twice", f"The column {shown(cell.strip())} is there twice.")
            )
        elif name in KNOWN:
            columns[name] = at
        elif name:
            mistakes.append(Finding(header.line, at, "unknown-column", unknown(cell.strip(), name)))
    needed = [name for name in REQUIRED if PERIOD not in columns or not name.startswith(PERIOD)]
    missing = [name for name in needed if name not in columns]
    if PERIOD in columns and (twice := next((name for name in REQUIRED[1:3] if name in columns), "")):
        said = f"There are the columns {PERIOD} and {twice}. Give the period, or its first and last day."
        mistakes.append(Finding(header.line, columns[PERIOD], "period-twice", said))
    if not columns.keys() & set(AREAS):
        missing.append("area_code (or area)")
    if missing:
        mistakes.append(Finding(header.line, None, "missing-column", f"The header has no column {', '.join(missing)}."))
    return columns, mistakes


def unknown(cell: str, name: str) -> str:
    near = get_close_matches(name, KNOWN, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"The column {shown(cell)} is not known.{meant} Known are: {', '.join(KNOWN)}."


@dataclass(slots=True)
class RowReader:
    """Reads one row, gathering what is wrong with it. `assumed` holds what had to be assumed in earlier rows, which
    is told once."""

    row: Row
    columns: dict[str, int]
    assumed: set[str]
    texts: dict[str, str] = field(init=False)
    mistakes: list[Finding] = field(default_factory=list)
    unit: str = ""

    def __post_init__(self) -> None:
        self.texts = {n: self.row.cells[at - 1].replace("\xa0", " ").strip() for n, at in self.columns.items()}

    def tidy(self) -> Iterator[TidyRow | Finding]:
        """The row, after its mistakes."""
        indicator, code, area = self.text("indicator"), self.text("area_code"), self.text("area")
        if not indicator:
            self.mistake("indicator", "empty-cell", "The indicator is empty.")
        if not code and not area:
            self.mistake(next(name for name in AREAS if name in self.columns), "empty-cell", "The area is empty.")
        period, figure = self.period(), self.figure()
        yield from self.mistakes
        whole = figure if all(wrong.severity != "error" for wrong in self.mistakes) else None
        yield TidyRow(self.row.line, indicator, code, area, period, whole, self.columns, self.unit, self.row.places)

    def text(self, name: str) -> str:
        """A cell without the spaces around it; empty where the column is not there."""
        return self.texts.get(name, "")

    def mistake(self, name: str, code: str, message: str) -> None:
        self.mistakes.append(Finding(self.row.line, self.columns.get(name), code, message))

    def period(self) -> Period | None:
        if PERIOD in self.columns:
            return self.written_period()
        days = []
        for name, read in (("period_start", dates.first_of_month), ("period_end", dates.last_of_month)):
            try:
                days.append(read(self.text(name)))
            except NotUnderstood as wrong:
                self.mistake(name, "period", str(wrong) if self.text(name) else "The date is empty.")
        if len(days) == 2 and days[1] < days[0]:
            first, last = (day.isoformat() for day in days)
            self.mistake("period_end", "period", f"The period ends on {last}, before it starts on {first}.")
            return None
        return Period(*days) if len(days) == 2 else None

    def written_period(self) -> Period | None:
        """The period that one cell names. What had to be assumed is told once."""
        try:
            period, assumed = written.read(self.text(PERIOD))
        except NotUnderstood as wrong:
            self.mistake(PERIOD, "period", str(wrong) if self.text(PERIOD) else "The period is empty.")
            return None
        if assumed and assumed not in self.assumed:
            self.assumed.add(assumed)
            self.mistakes.append(Finding(self.row.line, self.columns[PERIOD], "period-assumed", assumed, "note"))
        return period

    def said(self, name: str) -> Said:
        """What the cell of a number says; nothing where it is not understood, and then that is a mistake."""
        try:
            said = values.read(self.text(name))
        except NotUnderstood as wrong:
            self.mistake(name, wrong.code or "number", str(wrong))
            return Said()
        self.unit = self.unit or said.unit
        return said

    def word(self, name: str, known: Sequence[str]) -> str:
        """One of the known words; the first of them where the cell is empty."""
        text = self.text(name)
        word = text.lower().replace(" ", "_")
        if text and word not in known:
            self.mistake(name, f"unknown-{name}", f"{shown(text)} is not a {name}. Known are: {', '.join(known)}.")
        return word or known[0]

    def figure(self) -> Figure:
        """The figure of the row, as far as it can be read. What a sign beside the number says counts like what the
        columns of status and qualifier say."""
        value, to = self.said("value"), self.said("value_to")
        qualifier, status = self.word("qualifier", QUALIFIERS), self.word("status", STATUSES)
        if value.status and self.text("status") and value.status != status:
            self.mistake("value", "value-and-status", f"The sign says {value.status}, the status {status}.")
        status = value.status or status
        qualifier = qualifier if self.text("qualifier") else value.qualifier or qualifier
        self.check_value(value, status)
        self.check_range(value.value, to.value, qualifier)
        if len(self.text("coverage")) > MAX_COVERAGE:
            self.mistake("coverage", "cell-too-long", f"At most {MAX_COVERAGE} characters are kept of a coverage.")
        note = " ".join(filter(None, (self.text("note"), value.note)))
        return Figure(
            value.value, to.value, qualifier, status, self.text("coverage"), note, self.text("source_edition")
        )

    def check_value(self, said: Said, status: str) -> None:
        """A value, or a status that says why there is none: never both, never neither."""
        if status in VALUELESS and said.value is not None:
            self.mistake("value", "value-and-status", f"The status is {status}, so the value has to be empty.")
        elif status in STATUSES and status not in VALUELESS and not self.text("value"):
            self.mistake(
                "value",
                "no-value",
                f"The value is empty. Where there is no figure, say why under status: {', '.join(VALUELESS)}. "
                "Where there were none, write 0.",
            )

    def check_range(self, value: Decimal | None, value_to: Decimal | None, qualifier: str) -> None:
        """A second value with the qualifier range, and only then."""
        given = bool(self.text("value_to"))
        if given and qualifier != "range":
            self.mistake("value_to", "range", "There is a second value, so the qualifier has to be range.")
        elif qualifier == "range" and not given:
            self.mistake("qualifier", "range", "The qualifier is range, so value_to has to hold its upper end.")
        elif value is not None and value_to is not None and value_to <= value:
            self.mistake("value_to", "range", "The upper end of the range has to be above the value.")
