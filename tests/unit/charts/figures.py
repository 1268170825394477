"""Series to draw, and how to read a picture of them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from xml.etree import ElementTree

from indicators.analysis.series import Event, Series, Target
from indicators.charts.labels import Box, height, width
from tests.series import (
    INCIDENTS,
    SHARE,
    change_of_recording,
    month,
    point,
    quarter,
    quarters,
    series,
    year,
    year_to,
    years,
)

RECORDING = change_of_recording("2017-04-01")
CRASH = change_of_recording("2015-01-01", "2016-01-01", "New recording system")

QUARTERS = series(
    quarters([10 * (n % 4) + 100 + 6 * n for n in range(51)], quarter(2006, 2)),
    [RECORDING],
)
PROVISIONAL = series([*years([5, 7, 6, 9, 12, 11], 2012), point(year(2018), 8, status="provisional")], [CRASH])
INCOMPLETE = series(
    [*(point(month(2018, n), 100 + n) for n in range(6, 12)), point(month(2018, 12), 40, status="incomplete")]
)
ROLLING = series(
    [point(year_to(2015 + (n // 4), 3 * (n % 4) + 1), 3000 + 40 * n) for n in range(16)],
    [
        RECORDING,
        change_of_recording("2017-05-01", title="Another change of definition"),
        change_of_recording("2018-01-01", title="New area"),
    ],
)
MIXED = series(
    [
        point(year(2010), "12.5"),
        point(year(2011), 13, status="estimated", qualifier="about"),
        point(year(2012), "14.5"),
        point(year(2014), 14, qualifier="over"),
        point(year(2015), 13, qualifier="under"),
        point(year(2016), 15, qualifier="range", value_to=Decimal(25)),
        point(year(2017), "15.4", status="unreliable"),
        point(year(2018), 15, coverage="half"),
        point(year(2019), 16),
        point(year(2020), None, status="suppressed"),
    ],
    measure=SHARE,
)
FLAT = series(years([9950, 9980, 10_000, 9990]))
OUTCOME = replace(INCIDENTS, polarity="lower")
BETTER = series(quarters([98, 102, 97, 103] * 4 + [100, 93, 92, 91, 90, 88, 84, 80]), measure=OUTCOME)
WORSE = series(
    [*quarters([98, 102, 97, 103] * 4 + [100, 120, 101]), point(quarter(2019, 4), 125, status="provisional")],
    measure=OUTCOME,
)
SEASONAL = series(quarters([100, 110, 130, 120, 104, 108, 128, 122] * 3 + [100, 160]), seasonal=True)
TRIAL = series(quarters([10, 12, 11, 13, 9, 10, 12]))
EVENTS = [
    Event(date(2008, 10, 1), None, "Hate Crime Awareness Week", "campaign"),
    Event(date(2008, 12, 1), None, "Coercive control becomes an offence", "law"),
    Event(date(2012, 3, 1), date(2013, 8, 31), "Integrated service in all districts"),
    Event(date(2018, 10, 1), date(2018, 12, 31), "Operation Sceptre", "campaign"),
]
HAPPENED = series(QUARTERS.points, QUARTERS.breaks, events=EVENTS)
TARGETS = [
    Target(Decimal(85), 3, date(2016, 1, 1), date(2017, 12, 31)),
    Target(Decimal(75), 3, date(2018, 1, 1), date(2025, 12, 31)),
]
WANTED = series(BETTER.points, measure=OUTCOME, targets=TARGETS)
UNEVEN = series([point(year_to(2013, 3), 42_255), point(year_to(2017, 3), 80_393), point(year_to(2018, 3), 94_098)])
SHORT = series(quarters([100 + 3 * (n % 4) for n in range(51)], quarter(2006, 2)), [change_of_recording()])
SMALL = series(quarters([3, 5, 4, 6, 2, 5, 8], quarter(2016, 2)), [change_of_recording("2016-07-01")])
ALL: dict[str, Series] = {
    "quarters": QUARTERS,
    "provisional": PROVISIONAL,
    "incomplete": INCOMPLETE,
    "rolling": ROLLING,
    "mixed": MIXED,
    "flat": FLAT,
    "better": BETTER,
    "worse": WORSE,
    "seasonal": SEASONAL,
    "trial": TRIAL,
    "happened": HAPPENED,
    "wanted": WANTED,
    "uneven": UNEVEN,
    "short": SHORT,
    "small": SMALL,
}


@dataclass(frozen=True)
class Words:
    """A line of letters in a picture, and where it stands."""

    text: str
    kind: str
    box: Box


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def size_of(picture: str) -> tuple[float, float]:
    root = parsed(picture)
    return float(root.attrib["width"]), float(root.attrib["height"])


def words_in(picture: str) -> list[Words]:
    root = parsed(picture)
    size = float(root.attrib["font-size"])
    return [words(element, size) for element in root.iter("text")]


def words(element: ElementTree.Element, size: float) -> Words:
    text = element.text or ""
    wide, high = width(text, size), height(1, size)
    x, y = float(element.attrib["x"]), float(element.attrib["y"])
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[element.attrib["text-anchor"]]
    kind = re.sub("^.*--", "", element.attrib.get("class", "axis"))
    return Words(text, kind, Box(left, y - 0.85 * high + 0.15 * size, left + wide, y + 0.2 * size))


def points_in(picture: str) -> list[tuple[float, float]]:
    """Where the points of a picture stand, in pixels; those that are no circles by the middle of their shape."""
    found = []
    for element in parsed(picture):
        if element.attrib.get("class") == "chart__point":
            found.append(centre(element))
    return found


def centre(element: ElementTree.Element) -> tuple[float, float]:
    if element.tag == "circle":
        return float(element.attrib["cx"]), float(element.attrib["cy"])
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", element.attrib["d"])]
    if "h" in element.attrib["d"]:  # a triangle: start, sideways step, tip
        x, y, step, _, tip = numbers
        return x + step / 2, (y + tip) / 2
    xs, ys = numbers[0::2], numbers[1::2]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def points_of(figure: dict[str, Any], layout: dict[str, Any]) -> list[tuple[float, float]]:
    """Where plotly draws the points of a figure, in pixels: its own arithmetic of ranges and margins."""
    margin, (x0, x1), (y0, y1) = layout["margin"], layout["xaxis"]["range"], layout["yaxis"]["range"]
    wide = layout["width"] - margin["l"] - margin["r"]
    high = layout["height"] - margin["t"] - margin["b"]
    days = (date.fromisoformat(x1) - date.fromisoformat(x0)).days
    return [
        (
            margin["l"] + (date.fromisoformat(x) - date.fromisoformat(x0)).days / days * wide,
            margin["t"] + (1 - (y - y0) / (y1 - y0)) * high,
        )
        for trace in figure["data"]
        if trace["mode"] == "markers"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]


def lines_of(text: str) -> list[str]:
    return [unescape(line) for line in text.split("<br>")]
