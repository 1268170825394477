"""Tidy rows against the register: which figure each row is, and what is wrong or worth knowing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings

from indicators.extracts.cells import shown
from indicators.extracts.findings import LIMIT, Finding, Findings
from indicators.extracts.register import KnownArea, KnownIndicator, Register, simple
from indicators.extracts.rows import CheckedRow, Figure, Key, Tally, TidyRow

MAX_ROWS: int = settings.MAX_TIDY_ROWS
UNITS = {"%": "percentage", "£": "money"}
KINDS = {"count": "a count", "rate": "a rate", "percentage": "a percentage", "money": "an amount of money"}


@dataclass(slots=True)
class Checked:
    """The rows whose meaning is known, at most one under a key, and all findings. `read` counts the rows of the
    file, good and bad, `outside` those of other areas; `rows_sha256`
    stands for what the file says."""

    rows: list[CheckedRow] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    read: int = 0
    outside: int = 0
    rows_sha256: str = ""


def check(
    rows: Iterable[TidyRow | Finding | Tally], register: Register, *, header: int = 1, most: int = LIMIT
) -> Checked:
    """Every row of a file, in its order; `header` is the line of its header, `most` how many findings are kept of each
    severity. Stops after 200,000 rows with an error."""
    checker = Checker(register)
    checker.checked.findings.most = most
    return checker.check(rows, header)


class Checker:
    """Goes through the rows of one file, remembering what it has met."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.checked = Checked()
        self.met: dict[Key, CheckedRow] = {}
        self.said: set[tuple[str, ...]] = set()

    def check(self, rows: Iterable[TidyRow | Finding | Tally], header: int) -> Checked:
        lines: set[int] = set()
        tally: Tally | None = None
        for row in rows:
            if isinstance(row, Tally):
                tally = row
                continue
            if row.line is not None and row.line > header:
                lines.add(row.line)
            if len(lines) > MAX_ROWS:
                self.add(row.line, None, "too-many-rows", f"There are more than {MAX_ROWS:,} rows. Split the file.")
                break
            if isinstance(row, Finding):
                self.checked.findings.add(row)
            else:
                self.row(row)
        self.checked.read, self.checked.outside = (tally.read, tally.outside) if tally else (len(lines), 0)
        return self.checked

    def add(self, line: int | None, column: int | None, code: str, message: str, severity: str = "error") -> None:
        self.checked.findings.add(Finding(line, column, code, message, severity))  # type: ignore[arg-type]

    def once(self, key: tuple[str, ...], *finding: object) -> None:
        """A finding that is made at the first row it is true of, and not again."""
        if key not in self.said:
            self.said.add(key)
            self.add(*finding)  # type: ignore[arg-type]

    def row(self, row: TidyRow) -> None:
        indicator = self.indicator(row) if row.indicator else None
        area = self.area(row) if row.area_code or row.area else None
        if row.figure is None or row.period is None:
            return
        edition = self.edition(row, row.figure.edition)
        if indicator is None or area is None or not edition:
            return
        sheltered = self.sheltered(row, indicator, area)
        if not self.fits(row, row.figure, indicator, sheltered):
            return
        key = Key(indicator.slug, area.code, row.period.start, row.period.end)
        checked = CheckedRow(row.line, key, row.figure, row.column("value"), row.corrected)
        if self.is_first(row, checked, sheltered):
            self.met[key] = checked
            self.checked.rows.append(checked)

    def indicator(self, row: TidyRow) -> KnownIndicator | None:
        found = self.register.indicator(row.indicator)
        if found is None:
            near = did_you_mean(self.register.near_indicators(row.indicator))
            said = f"{shown(row.indicator)} is not an indicator.{near}"
            self.add(row.line, row.column("indicator"), "unknown-indicator", said)
        return found

    def area(self, row: TidyRow) -> KnownArea | None:
        """The area of a row, by code, by name or by both, which then have to agree."""
        code, name = ("area_code", row.area_code), ("area", row.area)
        found = [self.named(row, column, text) for column, text in (code, name) if text]
        known = [area for area in found if area is not None]
        if len(known) < len(found):
            return None
        if known[0] != known[-1]:
            said = f"The code {row.area_code} is {known[0].name}, but the name beside it is {shown(row.area)}."
            self.add(row.line, row.column("area"), "areas-differ", said)
            return None
        return known[0]

    def named(self, row: TidyRow, column: str, text: str) -> KnownArea | None:
        found = self.register.area(text)
        if found is None:
            said = f"{shown(text)} is not an area.{did_you_mean(self.register.near_areas(text))}"
            self.add(row.line, row.column(column), "unknown-area", said)
        elif simple(text) not in (simple(found.name), simple(found.code)):
            said = f"{shown(text)} was taken for {found.name} ({found.code})."
            self.once(("alias", text), row.line, row.column(column), "area-by-other-name", said, "note")
        return found

    def edition(self, row: TidyRow, slug: str) -> bool:
        """Whether the source edition is known, or none is given."""
        if not slug or slug in self.register.editions:
            return True
        near = did_you_mean(self.register.near_editions(slug))
        said = f"{shown(slug)} is not a source edition.{near}"
        self.add(row.line, row.column("source_edition"), "unknown-edition", said)
        return False

    def sheltered(self, row: TidyRow, indicator: KnownIndicator, area: KnownArea) -> bool:
        """Whether the figure may not be shown. Then no message quotes it either."""
        if not (indicator.sheltered and area.below_county):
            return False
        said = f"Figures of {indicator.name} below the county, such as {area.name}'s, are kept but not shown."
        self.once(("sheltered", indicator.slug), row.line, None, "not-shown", said, "note")
        return True

    def fits(self, row: TidyRow, figure: Figure, indicator: KnownIndicator, sheltered: bool) -> bool:
        """Whether the values can be values of this indicator; what is odd but possible is a warning."""
        good = self.unit(row, indicator)
        for column, value in (("value", figure.value), ("value_to", figure.value_to)):
            if value is None:
                continue
            at, it = row.column(column), "This value" if sheltered else written(value)
            if indicator.kind == "count" and value != value.to_integral_value():
                said = f"{it} is not a whole number; {indicator.name} is a count."
                self.add(row.line, at, "count-not-whole", said)
                good = False
            if indicator.kind == "percentage" and not 0 <= value <= 100:
                said = f"{it} is outside 0 to 100; {indicator.name} is a percentage."
                self.add(row.line, at, "percentage-range", said, "warning")
            if indicator.kind in ("count", "rate") and value < 0:
                said = f"{it} is below zero; {indicator.name} is a {indicator.kind}."
                self.add(row.line, at, "below-zero", said, "warning")
        return good

    def unit(self, row: TidyRow, indicator: KnownIndicator) -> bool:
        """Whether the sign beside the number is that of the indicator's unit, or none."""
        kind = UNITS.get(row.unit, indicator.kind)
        if kind != indicator.kind:
            said = f"The value is written with {row.unit}, but {indicator.name} is {KINDS[indicator.kind]}."
            self.add(row.line, row.column("value"), "unit", said)
        return kind == indicator.kind

    def is_first(self, row: TidyRow, checked: CheckedRow, sheltered: bool) -> bool:
        """Whether nothing stands under the key yet. The same again is a note; another figure an error."""
        before = self.met.get(checked.key)
        if before is None:
            return True
        if before.figure.canonical() == checked.figure.canonical():
            self.add(row.line, None, "same-row-twice", f"This row says the same as line {before.line}.", "note")
        else:
            first = "another figure" if sheltered else describe(before.figure)
            said = f"Line {before.line} gives {first} for the same indicator, area and period. Remove one of the two."
            self.add(row.line, row.column("value"), "two-values", said)
        return False


def describe(figure: Figure) -> str:
    """A figure as the file wrote it, more or less."""
    return figure.status.replace("_", " ") if figure.value is None else f"{written(figure.value)} ({figure.status})"


def written(value: Decimal) -> str:
    return f"{value:f}".replace("-", "−")


def did_you_mean(names: list[str]) -> str:
    return f" Did you mean {' or '.join(names)}?" if names else ""
