"""The names of the columns of any table, on one row or two, and the periods that they name."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from indicators.extracts import written
from indicators.extracts.cells import NotUnderstood, shown
from indicators.extracts.cutting import Row
from indicators.extracts.dates import month_of
from indicators.extracts.findings import Finding
from indicators.extracts.formats.columns import name_of
from indicators.extracts.formats.mapped_totals import is_total
from indicators.extracts.formats.mapping import Heads
from indicators.extracts.reading import Table
from indicators.extracts.written_terms import Written, first_year, run
from indicators.periods import ABBREVIATED, MONTHS

SAMPLE = 60
MONTH = "|".join(sorted({*MONTHS[1:], *ABBREVIATED[1:], "Sept"}, key=len, reverse=True))
# A month, months or a quarter whose year stands elsewhere.
PARTIAL = re.compile(rf"(?:{MONTH})\.?(?: ?(?:-|–|to) ?(?:{MONTH})\.?)?|(?:q|qtr ?|quarter ?)[1-4]", re.IGNORECASE)
YEARS = re.compile(r"\b([12][0-9]{3})(?: ?[/-] ?([0-9]{4}|[0-9]{2}))?\b")
YEAR_ALONE = re.compile(
    r"(?:fy|(?:financial |calendar )?year)? ?([12][0-9]{3}(?: ?[/-] ?(?:[0-9]{4}|[0-9]{2}))?)", re.I
)
PAIR = re.compile(r"([12][0-9]{3}) ?[/-] ?([0-9]{4}|[0-9]{2})")
QUARTER = re.compile(
    r"(?:(?P<year>[12][0-9]{3}(?: ?[/-] ?(?:[0-9]{4}|[0-9]{2}))?)[ -]+)?(?:q|qtr ?|quarter ?)(?P<number>[1-4])"
    r"(?:[ -]+(?P<after>[12][0-9]{3}(?: ?[/-] ?(?:[0-9]{4}|[0-9]{2}))?))?",
    re.IGNORECASE,
)
# What a column has of a period, where others have something else of the same.
MEASURE = (
    r"(?:number|no\.?|volume|count|value|amount|cost|percentage|per ?cent|pct|%(?:age)?|proportion|share|"
    r"(?:crude )?rate(?: per [0-9,]+(?: [a-z]+)?)?)s?"
)
MEASURED = re.compile(rf"(?P<before>{MEASURE}[ :,-]+)?(?P<period>.+?)(?P<after>[ :,(-]+{MEASURE}\)?)?", re.I)
MARKS = re.compile(r"(?:\s*\[(?:note |footnote )?[0-9a-z]{1,2}\]|\s*\([0-9]\)|[*†‡§#¹²³⁴⁵⁶⁷⁸⁹]+)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its number from 1, the line of its name, its name in the file, and the year that stands apart from
    it. `key` tells it from the others, whatever the period; `measure` is what it has of its period, such as
    'Percentage', where other columns have something else of the same; `apart` whether its period, or the year of it,
    stands in another row."""

    at: int
    line: int
    label: str
    year: str
    key: str
    measure: str = ""
    apart: bool = False

    @property
    def is_period(self) -> bool:
        return names_period(self.label, self.year)

    @property
    def is_dated(self) -> bool:
        """Whether it names a period with its year."""
        return self.is_period and bool(self.year or not PARTIAL.fullmatch(self.label))


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows of a table, and what stands above them."""

    header: Row
    above: tuple[Row, ...]
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""

    def heads(self, heads: Heads) -> tuple[Head, ...]:
        return heads_of(self.header, self.above, self.rows[:1], heads)

    def below(self, heads: Heads) -> tuple[Row, ...]:
        """The rows of figures."""
        return self.rows[1:] if heads == "below" else self.rows


def look_at(table: Table) -> Look:
    """What the mapping screen shows. It takes the first rows of the table away."""
    titles = tuple(table.about)
    rows = tuple(row for row in islice(table.rows, SAMPLE) if not isinstance(row, Finding))
    return Look(table.header, table.above, titles, rows, table.sheet or "")


def without_marks(text: str) -> str:
    """A name without the marks of footnotes, and its spaces put right."""
    return " ".join(MARKS.sub("", text.replace("\xa0", " ").strip()).split())


def heads_of(header: Row, above: Sequence[Row], below: Sequence[Row], heads: Heads) -> tuple[Head, ...]:
    """Every column by its name, with the year that stands in another row or in the title."""
    width, line = len(header.cells), header.line
    lower: Sequence[str] = header.cells
    years: Sequence[str] = [""] * width
    if heads == "above" and above:
        years = carried(above[-1].cells, width)
    elif heads == "below" and below:
        line, lower, years = below[0].line, below[0].cells, carried(header.cells, width)
    elif heads == "title":
        years = [year_in(" ".join(chain.from_iterable(row.cells for row in above)))] * width
    names = [(without_marks(name), without_marks(year)) for name, year in zip(lower, years, strict=True)]
    found, seen = [], dict[str, int]()
    for at, (name, year) in enumerate(names, 1):
        label, apart, measure = joined(name, year, names if heads in ("above", "below") else ())
        key = name_of(f"{label} {measure}") or f"column {at}"
        seen[key] = seen.get(key, 0) + 1
        key = key if seen[key] == 1 else f"{key} {seen[key]}"
        found.append(Head(at, line, label, apart, key, measure, bool(apart) or bool(measure and measure == name)))
    return tuple(found)


def carried(cells: Sequence[str], width: int) -> list[str]:
    """Cells of a row where one stands for those after it that are empty."""
    found, last = [], ""
    for cell in (*cells, *[""] * width)[:width]:
        last = cell.strip() or last
        found.append(last)
    return found


def joined(name: str, upper: str, both: Sequence[tuple[str, str]]) -> tuple[str, str, str]:
    """The name of a column, the year above it where the name needs one, and what it has of its period. `both` are the
    names of all columns with those above them, where both rows are names."""
    if name and is_measure(name, upper, both):
        return (upper, "", name) if names_period(upper) else (f"{upper} {name}", "", name)
    label, measure = measured(name or (upper if both else ""))
    year = YEAR_ALONE.fullmatch(upper) if PARTIAL.fullmatch(label) else None
    return label, year[1] if year else "", measure


def is_measure(name: str, upper: str, both: Sequence[tuple[str, str]]) -> bool:
    """Whether a name under a period, or under a total, is what the column has of it: because other periods have it
    too, or by its word, where another such word stands beside it."""
    if is_total(name) or names_period(name) or PARTIAL.fullmatch(name) or not (names_period(upper) or is_total(upper)):
        return False
    elsewhere = {above for one, above in both if one == name and names_period(above)}
    beside = {one for one, above in both if above == upper and re.fullmatch(MEASURE, one, re.IGNORECASE)}
    return len(elsewhere) > 1 or (name in beside and len(beside) > 1)


@lru_cache(maxsize=4096)
def measured(name: str) -> tuple[str, str]:
    """A name without what it has of its period, and that: '2007 - 08' and 'Volume' of '2007 - 08 Volume'."""
    found = None if names_period(name) else MEASURED.fullmatch(name)
    if found is None or bool(found["before"]) == bool(found["after"]) or not names_period(found["period"].strip()):
        return name, ""
    return found["period"].strip(), (found["before"] or found["after"]).strip(" :,()-")


def year_in(text: str) -> str:
    """The only year that a title names; the one of two years where it names one. Empty where it names several."""
    found = {match[0].replace(" ", "") for match in YEARS.finditer(text)}
    pairs = {year for year in found if len(year) > 4}
    return next(iter(pairs or found)) if len(pairs or found) == 1 else ""


@lru_cache(maxsize=4096)
def names_period(label: str, year: str = "") -> bool:
    """Whether a name of a column is that of a period, be it one that can be read in two ways."""
    if not label or not re.search(r"[0-9]|" + MONTH, label, re.IGNORECASE):
        return False
    try:
        return period_of(label, year, 4) is not None
    except NotUnderstood:
        return bool(PARTIAL.fullmatch(label))


@lru_cache(maxsize=4096)
def period_of(label: str, year: str, year_start: int) -> Written:
    """The period that a name, and the year that stands apart from it, mean where years begin in that month.

    Raises NotUnderstood, saying how to write it.
    """
    if PARTIAL.fullmatch(label):
        if not year:
            raise NotUnderstood(f"{shown(label)} stands without a year.")
        return with_year(label, year, year_start)
    return period_in(label, year_start)


def with_year(label: str, year: str, year_start: int) -> Written:
    """'Apr' under '2018/19' or under '2018', 'Q1' under either."""
    pair = PAIR.fullmatch(year)
    if re.fullmatch(rf"(?:{MONTH})\.?", label, re.IGNORECASE) and pair:
        text, month = f"{label} {year}", month_of(label, label.rstrip("."))
        return run(text, first_year(text, pair[1], pair[2]) + (month < (year_start or 4)), month)
    return period_in(f"{label} {year}", year_start)


def period_in(text: str, year_start: int) -> Written:
    """A period as it is written, where a year and its quarters begin in that month (0: where the text says so)."""
    if year_start and (pair := PAIR.fullmatch(text)):
        found = run(text, first_year(text, pair[1], pair[2]), year_start, 12)
        return Written(found.period, f"{shown(text)} was read as {found.period.span}.")
    if year_start and (quarter := QUARTER.fullmatch(text)) and (year := quarter["year"] or quarter["after"]):
        pair = PAIR.fullmatch(year)
        first = first_year(text, pair[1], pair[2]) if pair else int(year)
        if not (pair and year_start == 1):
            months = 12 * first + year_start - 1 + 3 * (int(quarter["number"]) - 1)
            found = run(text, months // 12, months % 12 + 1, 3)
            return Written(found.period, f"{shown(text)} was read as {found.period.span}.")
    return written.read(text)


def signature(header: Row, titles: Iterable[str]) -> str:
    """What stays the same from one file of a kind to the next: the names of the columns that are no periods, each once,
    and the words of the title. SHA-256, in hexadecimal."""
    names: list[str] = []
    for cell in header.cells:
        label, measure = measured(without_marks(cell))
        # A period stands for the columns after it that have no name.
        # A month whose year stands elsewhere is read in another way than one that has its own.
        apart = PARTIAL.fullmatch(label) or (not label and names[-1:] == ["~"])
        period = names_period(label) or (not label and names[-1:] == ["#"])
        names.append(name_of(f"{'~' if apart else '#'} {measure}") if apart or period else name_of(label))
    kept = json.dumps([list(dict.fromkeys(names)), words_of(titles)], ensure_ascii=False)
    return hashlib.sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()


def is_period_like(cell: str) -> bool:
    return names_period(without_marks(cell)) or bool(PARTIAL.fullmatch(without_marks(cell)))


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of a title without its months, numbers and quarters."""
    plain = re.sub(rf"\b(?:{MONTH})\b|\bq[1-4]\b|[^\w\s]|[0-9_]", " ", " ".join(texts), flags=re.IGNORECASE)
    return plain.casefold().split()
