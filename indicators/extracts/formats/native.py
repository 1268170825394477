"""The tidy table of our own: one figure a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from indicators.extracts import cells
from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.cutting import Row
from indicators.extracts.findings import Finding
from indicators.extracts.reading import Table
from indicators.extracts.rows import Figure, TidyRow
from indicators.periods import Period

ID = "native"
TITLE = "Tidy table"

REQUIRED = ("indicator", "period_start", "period_end", "value")
AREAS = ("area_code", "area")
OPTIONAL = ("value_to", "qualifier", "status", "coverage", "source_edition", "note")
COLUMNS = ("indicator", *AREAS, *REQUIRED[1:], *OPTIONAL)
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
    return len(set(REQUIRED) & {name_of(cell) for cell in header}) >= 2


def rows(table: Table) -> Iterator[TidyRow | Finding]:
    """A TidyRow for each row that can be read, after whatever is wrong with it."""
    columns, mistakes = columns_of(table.header)
    yield from mistakes
    if mistakes:
        return
    unnamed = [at for at, cell in enumerate(table.header.cells, 1) if not name_of(cell)]
    for row in table.rows:
        if isinstance(row, Finding):
            yield row
        elif strange := next((at for at in unnamed if row.cells[at - 1].strip()), 0):
            said = f"{shown(row.cells[strange - 1])} has no column name above it."
            yield Finding(row.line, strange, "unnamed-column", said)
        else:
            yield from RowReader(row, columns).tidy()


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
        elif name in COLUMNS:
            columns[name] = at
        elif name:
            mistakes.append(Finding(header.line, at, "unknown-column", unknown(cell.strip(), name)))
    missing = [name for name in REQUIRED if name not in columns]
    if not columns.keys() & set(AREAS):
        missing.append("area_code (or area)")
    if missing:
        mistakes.append(Finding(header.line, None, "missing-column", f"The header has no column {', '.join(missing)}."))
    return columns, mistakes


def unknown(cell: str, name: str) -> str:
    near = get_close_matches(name, COLUMNS, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"The column {shown(cell)} is not known.{meant} Known are: {', '.join(COLUMNS)}."


@dataclass(slots=True)
class RowReader:
    """Reads one row, gathering what is wrong with it."""

    row: Row
    columns: dict[str, int]
    texts: dict[str, str] = field(init=False)
    mistakes: list[Finding] = field(default_factory=list)

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
        whole = None if self.mistakes else figure
        yield TidyRow(self.row.line, indicator, code, area, period, whole, self.columns)

    def text(self, name: str) -> str:
        """A cell without the spaces around it; empty where the column is not there."""
        return self.texts.get(name, "")

    def mistake(self, name: str, code: str, message: str) -> None:
        self.mistakes.append(Finding(self.row.line, self.columns.get(name), code, message))

    def period(self) -> Period | None:
        days = []
        for name, read in (("period_start", cells.first_of_month), ("period_end", cells.last_of_month)):
            try:
                days.append(read(self.text(name)))
            except NotUnderstood as wrong:
                self.mistake(name, "period", str(wrong) if self.text(name) else "The date is empty.")
        if len(days) < 2:
            return None
        try:
            return cells.period(*days)
        except NotUnderstood as wrong:
            self.mistake("period_end", "period", str(wrong))
            return None

    def number(self, name: str) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return cells.number(text)
        except NotUnderstood as wrong:
            self.mistake(name, "number", str(wrong))
            return None

    def word(self, name: str, known: Sequence[str]) -> str:
        """One of the known words; the first of them where the cell is empty."""
        text = self.text(name)
        word = text.lower().replace(" ", "_")
        if text and word not in known:
            self.mistake(name, f"unknown-{name}", f"{shown(text)} is not a {name}. Known are: {', '.join(known)}.")
        return word or known[0]

    def figure(self) -> Figure:
        """The figure of the row, as far as it can be read."""
        qualifier, status = self.word("qualifier", QUALIFIERS), self.word("status", STATUSES)
        value, value_to = self.number("value"), self.number("value_to")
        self.check_value(value, status)
        self.check_range(value, value_to, qualifier)
        if len(self.text("coverage")) > MAX_COVERAGE:
            self.mistake("coverage", "cell-too-long", f"At most {MAX_COVERAGE} characters are kept of a coverage.")
        return Figure(
            value, value_to, qualifier, status, self.text("coverage"), self.text("note"), self.text("source_edition")
        )

    def check_value(self, value: Decimal | None, status: str) -> None:
        """A value, or a status that says why there is none: never both, never neither."""
        if status in VALUELESS and self.text("value"):
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
