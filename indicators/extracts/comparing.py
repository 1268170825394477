"""The figures of a file beside one another and beside what is held: what is possible but has to be looked at. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter

from indicators.extracts.checking import Checked, written
from indicators.extracts.findings import SMALL_NUMBERS, Finding
from indicators.extracts.plan import Held
from indicators.extracts.register import KnownIndicator, Register
from indicators.extracts.rows import CheckedRow, Key

# A figure further than so many usual moving ranges from the one before it is a jump.
USUAL_RANGES = 3
ENOUGH_BEFORE = 5
MOST_BEFORE = 24
SHOWN_BEFORE = 5
SMALL = 5
MONTHS = {"month": 1, "quarter": 3, "year": 12, "rolling-year": 12}


def compare(checked: Checked, register: Register, history: Mapping[Key, Held]) -> None:
    """Add a warning for whatever does not fit together; `history` is what is held of the file's indicators, of those
    that they are parts of, and of their own parts."""
    comparison = Comparison(checked.rows, register, history)
    for finding in (
        *comparison.parts(),
        *comparison.districts(),
        *comparison.jumps(),
        *comparison.bases(),
        *comparison.lengths(),
        *comparison.small_numbers(),
    ):
        checked.findings.add(finding)


class Comparison:
    """The figures as they would be held, by key."""

    def __init__(self, rows: Iterable[CheckedRow], register: Register, history: Mapping[Key, Held]) -> None:
        self.rows = list(rows)
        self.indicators = {indicator.slug: indicator for indicator in register.indicators}
        self.areas = {area.code: area for area in register.areas}
        self.history = history
        self.lines = {row.key: row.line for row in self.rows}
        self.wholes = register.wholes
        held = {key: figure.figure.value for key, figure in history.items()}
        self.values = {**held, **{row.key: row.figure.value for row in self.rows}}

    def indicator(self, key: Key) -> KnownIndicator:
        return self.indicators[key.indicator]

    def place(self, key: Key) -> str:
        return f"{self.areas[key.area].name}, {key.period}"

    def hidden(self, key: Key) -> bool:
        """Whether the figure may not be shown, and so is not quoted."""
        return self.indicator(key).sheltered and self.areas[key.area].below_county

    def parts(self) -> Iterable[Finding]:
        """An indicator that is a part of another has no more than that, whichever of the two the file brings."""
        parts: dict[str, list[str]] = defaultdict(list)
        for slug, wholes in self.wholes.items():
            for whole in wholes:
                parts[whole].append(slug)
        for row in self.rows:
            yield from self.part(row.line, row.key, self.whole_of(row.key))
            held = (row.key._replace(indicator=slug) for slug in parts[row.key.indicator])
            for key in held:
                if key not in self.lines and self.whole_of(key) == row.key:
                    yield from self.part(row.line, key, row.key)

    def whole_of(self, part: Key) -> Key | None:
        """The nearest figure that one is a part of."""
        above = (part._replace(indicator=slug) for slug in self.wholes[part.indicator])
        return next((key for key in above if self.values.get(key) is not None), None)

    def part(self, line: int, part: Key, whole: Key | None) -> Iterable[Finding]:
        value, of = self.values.get(part), self.values.get(whole) if whole else None
        if whole is None or value is None or of is None or value <= of:
            return
        one, all_ = self.indicator(part).name, self.indicator(whole).name
        quoted = not (self.hidden(part) or self.hidden(whole))
        said = f"{one} ({written(value)}) is more than all of {all_} ({written(of)})" if quoted else ""
        said = said or f"{one} is more than all of {all_}"
        yield Finding(line, None, "part-above-whole", f"{said}: {self.place(part)}.", "warning")

    def districts(self) -> Iterable[Finding]:
        """The areas within one have no more together than it has, whichever of them the file brings. Community safety
        partnerships are added up apart: they lie across districts."""
        sums: dict[tuple[Key, bool], Decimal] = defaultdict(Decimal)
        lines: dict[tuple[Key, bool], int] = {}
        for key, value in self.values.items():
            around = self.around(key) if value is not None and self.indicator(key).kind == "count" else None
            if value is None or around is None:
                continue
            of = (around, self.areas[key.area].kind == "csp")
            sums[of] += value
            if line := self.lines.get(key) or self.lines.get(around):
                lines[of] = min(line, lines.get(of, line))
        for of, line in lines.items():
            whole, value = of[0], self.values[of[0]]
            if value is not None and sums[of] > value:
                said = f"The areas within {self.areas[whole.area].name} have {written(sums[of])} together, it has "
                said += f"{written(value)}: {self.indicator(whole).name}, {whole.period}."
                yield Finding(line, None, "districts-above-whole", said, "warning")

    def around(self, key: Key) -> Key | None:
        """The figure of the nearest area around one's own."""
        area = self.areas.get(key.area)
        while area and (area := self.areas.get(area.parent)):
            if self.values.get(whole := key._replace(area=area.code)) is not None:
                return whole
        return None

    def jumps(self) -> Iterable[Finding]:
        """A figure far from the ones before it, with those."""
        series: dict[tuple[str, str, int], list[tuple[date, Decimal]]] = defaultdict(list)
        for key, value in self.values.items():
            if value is not None:
                series[series_of(key)].append((key.end, value))
        for points in series.values():
            points.sort()
        for row in self.rows:
            held = self.history.get(row.key)
            if row.figure.value is None or (held and held.figure.value == row.figure.value):
                continue
            points = series[series_of(row.key)]
            at = bisect_left(points, row.key.end, key=itemgetter(0))
            before = [value for _, value in points[max(0, at - MOST_BEFORE) : at]]
            usual = usual_range(before)
            if usual and abs(row.figure.value - before[-1]) > USUAL_RANGES * usual:
                yield self.jump(row, before)

    def jump(self, row: CheckedRow, before: list[Decimal]) -> Finding:
        name, value = self.indicator(row.key).name, row.figure.value or Decimal(0)
        if self.hidden(row.key):
            said = f"{name} in {self.place(row.key)} is far from those before it."
        else:
            earlier = ", ".join(written(one) for one in before[-SHOWN_BEFORE:])
            said = f"{name} in {self.place(row.key)} is {written(value)}, far from those before it: {earlier}."
        return Finding(row.line, None, "jump", said, "warning")

    def bases(self) -> Iterable[Finding]:
        """A figure of the county where those of the police force area are kept, or the other way round."""
        kept: dict[str, set[str]] = defaultdict(set)
        for key in self.history:
            kept[key.indicator].add(key.area)
        told: set[tuple[str, str]] = set()
        for row in self.rows:
            main = self.areas.get(self.indicator(row.key).area)
            area = self.areas[row.key.area]
            other = main and {main.kind, area.kind} == {"county", "force"}
            pair = (row.key.indicator, row.key.area)
            if main and other and row.key.area not in kept[row.key.indicator] and pair not in told:
                told.add(pair)
                said = f"{self.indicator(row.key).name} is kept for {main.name} ({main.kind}); this figure is of "
                yield Finding(row.line, None, "other-area-basis", f"{said}{area.name} ({area.kind}).", "warning")

    def lengths(self) -> Iterable[Finding]:
        """A period of another length than the indicator's, once for each length."""
        kept = {(key.indicator, key.period.months) for key in self.history}
        told: set[tuple[str, int]] = set()
        for row in self.rows:
            indicator, months = self.indicator(row.key), row.key.period.months
            usual = MONTHS.get(indicator.frequency, months)
            held = (indicator.slug, months) in kept
            if months != usual and not held and (indicator.slug, months) not in told:
                told.add((indicator.slug, months))
                said = (
                    f"{row.key.period} is {in_months(months)} long; {indicator.name} has periods of {in_months(usual)}."
                )
                yield Finding(row.line, None, "period-length", said, "warning")

    def small_numbers(self) -> Iterable[Finding]:
        """Small counts of what is not open: one warning, which somebody has to tick."""
        small = [
            row.line
            for row in self.rows
            if row.figure.value is not None
            and 0 < row.figure.value < SMALL
            and self.indicator(row.key).kind == "count"
            and self.indicator(row.key).sheltered
        ]
        if small:
            many = f"{len(small)} figures are" if len(small) > 1 else "One figure is"
            said = f"{many} from 1 to {SMALL - 1}, of which people may be recognised. Check that they may be used."
            yield Finding(small[0], None, SMALL_NUMBERS, said, "warning")


def series_of(key: Key) -> tuple[str, str, int]:
    """Figures of one indicator, area and length of period follow one another."""
    return key.indicator, key.area, key.period.months


def in_months(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def usual_range(values: list[Decimal]) -> Decimal:
    """The mean moving range of values in their order; 0 where they are too few."""
    if len(values) < ENOUGH_BEFORE:
        return Decimal(0)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    return sum(ranges, Decimal(0)) / len(ranges)
