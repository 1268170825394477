"""The rows of any table → tidy rows, each figure with the line and column it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from indicators.extracts import values
from indicators.extracts.cells import WHOLE_DIGITS, NotUnderstood, shown
from indicators.extracts.checking import MAX_ROWS
from indicators.extracts.cutting import CellPlace, Row
from indicators.extracts.findings import Finding
from indicators.extracts.formats.mapped_columns import Placed, out_of_order, placed
from indicators.extracts.formats.mapped_heads import heads_of, period_in, without_marks
from indicators.extracts.formats.mapped_parts import ADDED_UP, Parts
from indicators.extracts.formats.mapped_totals import Place, Sums, is_total, named_by
from indicators.extracts.formats.mapping import THOUSANDS, Mapping, Role
from indicators.extracts.reading import Table
from indicators.extracts.register import KnownIndicator, Register, simple
from indicators.extracts.rows import Figure, Tally, TidyRow
from indicators.periods import Period


def rows(table: Table, mapping: Mapping, register: Register) -> Iterator[TidyRow | Finding | Tally]:
    """A TidyRow for each figure of a table, a Finding for whatever cannot be one and for what was taken how, and how
    many rows were read."""
    body = table.rows
    first = [next(body, None)] if mapping.heads == "below" else []
    below = [row for row in first if isinstance(row, Row)]
    columns = list(placed(heads_of(table.header, table.above, below, mapping.heads), mapping))
    mistakes = [column for column in columns if isinstance(column, Finding)]
    found = [column for column in columns if isinstance(column, Placed)]
    if mapping.heads == "title":
        mistakes += out_of_order(found)
    yield from mistakes
    if all(mistake.severity != "error" for mistake in mistakes):
        unread = [row for row in first if isinstance(row, Finding)]
        yield from TableReader(mapping, register, found).rows(chain(unread, body))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure is the figure of, as the table says it: the name of an area or of a part, an indicator, a
    period."""

    row: Row
    column: Placed
    name: str
    indicator: str
    period: Period | None


@dataclass(slots=True)
class TableReader:
    """Reads the rows of one table, adding up what its totals are compared with."""

    mapping: Mapping
    register: Register
    columns: list[Placed]
    down: Sums = field(default_factory=Sums)
    parts: Parts = field(default_factory=Parts)
    blank: int = 0
    figures: int = 0
    given: int = 0
    assumed: set[str] = field(default_factory=set)
    empty_rows: list[tuple[int, str]] = field(default_factory=list)

    def rows(self, body: Iterator[Row | Finding]) -> Iterator[TidyRow | Finding | Tally]:
        read = 0
        for read, row in enumerate(body, 1):
            if max(read, self.figures) > MAX_ROWS:
                yield Finding(
                    row.line, None, "too-many-rows", f"There are more than {MAX_ROWS:,} figures. Split the file."
                )
                break
            if isinstance(row, Finding):
                self.given += 1
                yield row
            elif self.repeats_the_names(row):
                said = "This row repeats the names of the columns: a second table begins. Send each as a file."
                yield Finding(row.line, None, "second-table", said)
                break
            else:
                yield from self.row(row)
        if self.mapping.parts:
            yield from self.parts.rows(self.mapping, self.register)
        yield from self.told()
        yield Tally(read, 0)

    @property
    def unit(self) -> str:
        """The sign that stands for what no cell says."""
        return "" if self.mapping.unit == THOUSANDS else self.mapping.unit

    def of(self, role: Role) -> list[Placed]:
        return [column for column in self.columns if column.role == role]

    def text(self, row: Row, role: Role) -> str:
        """The cell of the only column of this role; empty where there is none."""
        column = next(iter(self.of(role)), None)
        return without_marks(row.cells[column.at - 1]) if column else ""

    def repeats_the_names(self, row: Row) -> bool:
        """Whether the names of the columns of figures stand in a row once more."""
        cells = [(without_marks(row.cells[column.at - 1]), column.head) for column in self.of("value")]
        return bool(cells) and all(text and text in (head.label, head.measure) for text, head in cells)

    def told(self) -> Iterator[Finding]:
        if not self.given:
            said = "No figure stands in the columns that were said to hold figures. Change what its columns are."
            yield Finding(None, None, "no-figures", said)
        for line, name in self.empty_rows[:5]:
            yield Finding(line, 1, "row-without-figures", f"{shown(name)} has no figures and was left out.", "note")
        if self.mapping.unit == THOUSANDS:
            said = "The figures were taken in thousands: 16.5 is 16,500. Percentages and rates were not."
            yield Finding(None, None, "in-thousands", said, "note")
        if self.blank:
            cells = "1 empty cell was" if self.blank == 1 else f"{self.blank:,} empty cells were"
            yield Finding(None, None, "blank", f"{cells} left out: no figure is given there.", "note")

    def label(self, row: Row) -> str:
        """What the row is named after: an area, or in a table with areas across a period."""
        return self.text(row, "area" if self.of("area") else "period")

    def row(self, row: Row) -> Iterator[TidyRow | Finding]:
        name = self.label(row)
        role = dict(self.mapping.rows).get(simple(name)) or ("total" if is_total(name) else "value")
        cells = self.of("value")
        if role == "out" or not any(row.cells[column.at - 1].strip() for column in (*cells, *self.of("total"))):
            if role != "out":
                self.empty_rows.append((row.line, name or " ".join(" ".join(row.cells).split())))
            return
        period, mistakes = (None, []) if role == "total" and not self.of("area") else self.period(row)
        yield from mistakes
        across = Sums()
        for column in self.columns:
            cell = Cell(row, column, self.name_of(row, column), self.indicator(row, column), column.period or period)
            if column.role == "value":
                yield from self.total(cell, name) if role == "total" else self.figure(cell, across)
            elif column.role == "total" and role != "total" and self.mapping.layout in ("periods", "areas"):
                yield from self.across(cell, name, across)

    def period(self, row: Row) -> tuple[Period | None, list[Finding]]:
        """The period that a row names; none where its columns do, or where it cannot be read."""
        column = next(iter(self.of("period")), None)
        if column is None:
            return None, []
        text = without_marks(row.cells[column.at - 1])
        try:
            found, assumed = period_in(text, self.mapping.year_start)
        except NotUnderstood as wrong:
            return None, [Finding(row.line, column.at, "period", str(wrong) if text else "The period is empty.")]
        if not assumed or assumed in self.assumed:
            return found, []
        self.assumed.add(assumed)
        return found, [Finding(row.line, column.at, "period-assumed", assumed, "note")]

    def name_of(self, row: Row, column: Placed) -> str:
        """The area, or the part of one, that a figure is of."""
        if self.mapping.layout == "areas":
            return column.head.label
        return self.text(row, "area")

    def indicator(self, row: Row, column: Placed) -> str:
        """The slug, or where it is not known the name, of what a figure counts."""
        text = self.text(row, "indicator") or (column.head.label if self.mapping.layout == "indicators" else "")
        known = dict(self.mapping.indicators).get(simple(text)) if text else ""
        return column.indicator or known or (text if self.of("indicator") else "") or self.mapping.indicator or text

    def known(self, cell: Cell) -> KnownIndicator | None:
        return self.register.indicator(cell.indicator)

    def adds_up(self, cell: Cell) -> bool:
        known = self.known(cell)
        return known is None or known.kind in ADDED_UP

    def said(self, cell: Cell) -> values.Said | Finding | None:
        """What a cell says; nothing where it is empty and that means nothing."""
        text = cell.row.cells[cell.column.at - 1].strip()
        blank = self.mapping.blank
        if not text:
            return values.Said(Decimal(0)) if blank == "zero" else values.Said(None, blank) if blank else None
        try:
            found = values.read(text, dict(self.mapping.signs))
        except NotUnderstood as wrong:
            if (unclear := values.unclear_in(text)) is None:
                return Finding(cell.row.line, cell.column.at, wrong.code or "number", str(wrong))
            said = f"{shown(unclear.sign)} can mean several things. Say which where it says what the columns are."
            return Finding(cell.row.line, cell.column.at, "sign", said)
        if found.value is not None and found.unit != "%" and self.mapping.unit == THOUSANDS and self.adds_up(cell):
            return self.of_thousands(found, cell)
        return found if found.value is not None or found.status else None

    def of_thousands(self, said: values.Said, cell: Cell) -> values.Said | Finding:
        """What a cell says that is written in thousands."""
        value = (said.value or Decimal(0)) * 1000
        if abs(value) >= Decimal(10) ** WHOLE_DIGITS:
            wrong = f"{shown(cell.row.cells[cell.column.at - 1])} thousand has too many digits."
            return Finding(cell.row.line, cell.column.at, "number", wrong)
        return replace(said, value=value.normalize() + 0)

    def figure(self, cell: Cell, across: Sums) -> Iterator[TidyRow | Finding]:
        """One figure of an area; or of a part, which is added to the others."""
        self.figures += 1
        said = self.said(cell)
        self.given += said is not None
        if isinstance(said, Finding):
            yield said
            return
        value = said.value if said else None
        self.down.at(*self.group(cell)).add(value)
        across.at(cell.indicator).add(value)
        if self.mapping.parts:
            self.parts.add(cell.name, self.tidy(cell, said or values.Said()))
        elif said is None:
            self.blank += 1
        else:
            yield self.tidy(cell, said)

    def group(self, cell: Cell) -> tuple[object, ...]:
        """What the figures have in common that a total row below them is the total of."""
        if self.mapping.layout == "areas" or not self.of("period"):
            return cell.column.at, self.text(cell.row, "indicator")
        return cell.column.at, self.text(cell.row, "indicator"), self.text(cell.row, "period")

    def tidy(self, cell: Cell, said: values.Said) -> TidyRow:
        figure = Figure(said.value, None, said.qualifier or "exact", said.status or "final", note=said.note)
        by_name = bool(cell.name) and not self.mapping.parts
        return TidyRow(
            cell.row.line,
            cell.indicator,
            "" if by_name else self.mapping.area,
            cell.name if by_name else "",
            cell.period,
            figure,
            self.places(cell),
            said.unit or self.unit,
            self.corrected(cell),
        )

    def places(self, cell: Cell) -> dict[str, int]:
        """Where an area, an indicator, a period and a value stand."""
        at = cell.column.at
        roles: tuple[Role, ...] = ("area", "indicator", "period")
        named: dict[str, int] = {role: column.at for role in roles for column in self.of(role)[:1]}
        return {"area": at, "indicator": at, "period": at, **named, "value": at}

    def corrected(self, cell: Cell) -> tuple[CellPlace, ...]:
        """Which of the cells that a figure is read from somebody has corrected."""
        read = set(self.places(cell).values()) if cell.row.corrected else set()
        return tuple(place for place in cell.row.places if place.column in read)

    def total(self, cell: Cell, name: str) -> Iterator[TidyRow | Finding]:
        """A figure of a total row: compared with its parts, and kept where that was said."""
        said = self.said(cell)
        if isinstance(said, Finding):
            yield said
        elif said is not None:
            if said.value is not None and self.adds_up(cell):
                place = Place(cell.row.line, cell.column.at, name)
                hidden = self.mapping.layout == "areas" and self.hides(cell)
                yield from self.down.compare(said.value, self.group(cell), place, hidden)
            code = self.total_of(name)
            if self.mapping.layout == "areas":
                return
            if self.mapping.parts and code is not None:
                self.parts.state(self.tidy(cell, said))
            elif self.mapping.total_area:
                yield from self.not_kept(cell, name) if code is None else [self.kept(cell, code, said)]

    def total_of(self, name: str) -> str | None:
        """The code of the area that a total is of: the one that it names, else the one that was said for all totals;
        None where it names something that is no area."""
        named = named_by(name)
        if not named:
            return self.mapping.total_area
        area = self.register.area(named)
        return area.code if area else None

    def not_kept(self, cell: Cell, name: str) -> Iterator[Finding]:
        """Told once of each such total."""
        said = f"{shown(name)} was compared with its parts and not kept: {shown(named_by(name))} is no area."
        if said not in self.assumed:
            self.assumed.add(said)
            yield Finding(cell.row.line, None, "total-not-kept", said, "note")

    def kept(self, cell: Cell, code: str, said: values.Said) -> TidyRow:
        """The figure of a total as one of the area with this code."""
        figure = Figure(said.value, None, said.qualifier or "exact", said.status or "final", note=said.note)
        unit, corrected = said.unit or self.unit, self.corrected(cell)
        return TidyRow(cell.row.line, cell.indicator, code, "", cell.period, figure, self.places(cell), unit, corrected)

    def hides(self, cell: Cell) -> bool:
        """Whether a figure may not be shown."""
        known, area = self.known(cell), self.register.area(cell.name)
        return bool(known and known.sheltered and (area is None or area.below_county))

    def across(self, cell: Cell, name: str, across: Sums) -> Iterator[Finding]:
        """A total in a row beside what stands before it."""
        said = self.said(cell)
        if isinstance(said, Finding):
            yield said
        elif said is not None and said.value is not None and self.adds_up(cell):
            place = Place(cell.row.line, cell.column.at, cell.column.head.label)
            yield from across.compare(said.value, (cell.indicator,), place, self.hides(replace(cell, name=name)))
            if self.mapping.parts and self.mapping.layout == "areas":
                self.parts.state(self.tidy(cell, said))
