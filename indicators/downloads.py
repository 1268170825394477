"""Figures as a CSV file that spreadsheets and statisticians can both use."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from indicators.analysis.series import Place, Point, Series

HEADERS = (
    "Indicator",
    "Area code",
    "Area",
    "Period",
    "First day",
    "Last day",
    "Value",
    "Value to",
    "Qualifier",
    "Status",
    "Coverage",
    "Source",
    "File",
    "Line",
    "Note",
)
# A spreadsheet would run such a cell as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int


def csv_of(series: Iterable[Series]) -> bytes:
    """One row per figure, UTF-8 with a byte order mark, headed in words. Numbers are plain; in text, what a
    spreadsheet would run as a formula begins with an apostrophe."""
    return csv_file(rows(series))


def csv_file(lines: Iterable[list[Cell]]) -> bytes:
    """These lines under the heads."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(lines)
    return out.getvalue().encode("utf-8-sig")


def rows(series: Iterable[Series]) -> Iterator[list[Cell]]:
    return (row(each.measure.name, each.place, point) for each in series for point in each.points)


def row(name: str, place: Place, point: Point) -> list[Cell]:
    return [
        text(name),
        text(place.code),
        text(place.name),
        point.period.label,
        point.period.start.isoformat(),
        point.period.end.isoformat(),
        plain(point.value),
        plain(point.value_to),
        point.qualifier,
        point.status.replace("_", " "),
        text(point.coverage),
        text(point.source),
        text(point.extract),
        "" if point.line is None else point.line,
        text(point.note),
    ]


def text(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def plain(value: Decimal | None) -> str:
    """A number as programs read it, without thousands separators or trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"


def file_name(series: Iterable[Series], slug: str, area: str) -> str:
    """What it holds: 'robbery-kent-and-medway-2006-04-to-2018-12.csv'."""
    periods = [point.period for each in series for point in each.points]
    if not periods:
        return f"{slug}-{area}.csv"
    first, last = min(p.start for p in periods), max(p.end for p in periods)
    return f"{slug}-{area}-{first:%Y-%m}-to-{last:%Y-%m}.csv"
