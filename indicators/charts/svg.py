"""A figure of trend.py as inline SVG: exactly the parts of plotly that it uses. All style is in presentation
attributes, which a strict content security policy allows; all text is escaped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from itertools import groupby
from typing import Any

from indicators.charts.labels import LINE_HEIGHT
from indicators.charts.trend import Figure

# How far below the middle of a line of letters their foot stands, in parts of their size.
FOOT = 0.35


def svg(figure: Figure, *, narrow: bool = False) -> str:
    """The picture at its 720 or 320 pixels, hidden from screen readers: the words beside it say the same."""
    layout = figure["narrow" if narrow else "layout"]
    canvas = Canvas(layout)
    width, height, font = layout["width"], layout["height"], layout["font"]
    parts = [
        *value_axis(canvas),
        *date_axis(canvas),
        *(shape(canvas, each) for each in layout.get("shapes", ())),
        *(part for trace in figure["data"] for part in drawn(canvas, trace)),
        *(annotation(canvas, each) for each in layout["annotations"]),
    ]
    return (
        f'<svg class="chart__svg chart__svg--{"narrow" if narrow else "wide"}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" aria-hidden="true" focusable="false" '
        f'font-family="{attribute(font["family"])}" font-size="{n(font["size"])}" fill="{font["color"]}">'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True)
class Canvas:
    """Turns places of a plotly layout into pixels."""

    layout: dict[str, Any]

    @property
    def left(self) -> float:
        return float(self.layout["margin"]["l"])

    @property
    def right(self) -> float:
        return float(self.layout["width"] - self.layout["margin"]["r"])

    @property
    def top(self) -> float:
        return float(self.layout["margin"]["t"])

    @property
    def bottom(self) -> float:
        return float(self.layout["height"] - self.layout["margin"]["b"])

    def x(self, day: str) -> float:
        first, last = (date.fromisoformat(end) for end in self.layout["xaxis"]["range"])
        return self.left + (date.fromisoformat(day) - first) / (last - first) * (self.right - self.left)

    def y(self, value: float, ref: str = "y") -> float:
        low, high = self.layout["yaxis"]["range"] if ref == "y" else (0, 1)
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def value_axis(canvas: Canvas) -> Iterator[str]:
    axis = canvas.layout["yaxis"]
    size = canvas.layout["font"]["size"]
    for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        y = canvas.y(value)
        yield stroke(canvas.left, y, canvas.right, y, axis["gridcolor"], 1)
        yield words(text, canvas.left - 3, y + FOOT * size, "end")


def date_axis(canvas: Canvas) -> Iterator[str]:
    axis = canvas.layout["xaxis"]
    size = canvas.layout["font"]["size"]
    base = canvas.bottom
    yield stroke(canvas.left, base, canvas.right, base, axis["linecolor"], 1)
    for day, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
        x = canvas.x(day)
        yield stroke(x, base, x, base + axis["ticklen"], axis["tickcolor"], 1)
        yield words(text, x, base + axis["ticklen"] + 3 + size, "middle")


def shape(canvas: Canvas, each: dict[str, Any]) -> str:
    x0, x1 = canvas.x(each["x0"]), canvas.x(each["x1"])
    y0, y1 = canvas.y(each["y0"], each["yref"]), canvas.y(each["y1"], each["yref"])
    if each["type"] == "rect":
        place = f'x="{n(x0)}" y="{n(y1)}" width="{n(x1 - x0)}" height="{n(y0 - y1)}"'
        return f'<rect {place} fill="{each["fillcolor"]}"/>'
    line = each["line"]
    dashes = ' stroke-dasharray="3 3"' if line["dash"] == "dot" else ""
    return stroke(x0, y0, x1, y1, line["color"], line["width"], dashes)


def drawn(canvas: Canvas, trace: dict[str, Any]) -> Iterator[str]:
    if trace["mode"] == "lines":
        yield path(canvas, trace)
        return
    symbols = trace["marker"]["symbol"]
    style = dict(trace["marker"])
    if "meta" in trace:
        style["size"] = canvas.layout["meta"][trace["meta"]]
    for index, (day, value) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        symbol = symbols if isinstance(symbols, str) else symbols[index]
        yield marker(symbol, canvas.x(day), canvas.y(value), style)


def path(canvas: Canvas, trace: dict[str, Any]) -> str:
    """The line; a point without a value interrupts it."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    pieces = [
        [f"{n(canvas.x(day))} {n(canvas.y(value))}" for day, value in piece]
        for held, piece in groupby(pairs, key=lambda pair: pair[1] is not None)
        if held
    ]
    steps = "".join(f"M{'L'.join(piece)}" for piece in pieces)
    line = trace["line"]
    kind = trace["name"] if trace["name"] in ("line", "target") else "range"
    dash = line.get("dash", "solid")
    dashes = "" if dash == "solid" else f' stroke-dasharray="{dash.replace("px", "").replace(",", " ")}"'
    return (
        f'<path class="chart__{kind}" d="{steps}" fill="none" stroke="{line["color"]}" '
        f'stroke-width="{n(line["width"])}" stroke-linejoin="round"{dashes}/>'
    )


def marker(symbol: str, x: float, y: float, style: dict[str, Any]) -> str:
    half = style["size"] / 2
    line = style["line"]
    look = f'fill="{style["color"]}" stroke="{line["color"]}" stroke-width="{n(line["width"])}"'
    match symbol:
        case "circle":
            return f'<circle class="chart__point" cx="{n(x)}" cy="{n(y)}" r="{n(half)}" {look}/>'
        case "x-thin":
            falling = f"M{n(x - half)} {n(y - half)}L{n(x + half)} {n(y + half)}"
            steps = f"{falling}M{n(x - half)} {n(y + half)}L{n(x + half)} {n(y - half)}"
        case "square":
            a, b = n(x - half), n(x + half)
            steps = f"M{a} {n(y - half)}L{b} {n(y - half)}L{b} {n(y + half)}L{a} {n(y + half)}z"
        case "triangle-up":
            steps = f"M{n(x - half)} {n(y + half)}h{n(2 * half)}L{n(x)} {n(y - half)}z"
        case "triangle-down":
            steps = f"M{n(x - half)} {n(y - half)}h{n(2 * half)}L{n(x)} {n(y + half)}z"
        case _:
            steps = f"M{n(x - half)} {n(y)}L{n(x)} {n(y - half)}L{n(x + half)} {n(y)}L{n(x)} {n(y + half)}z"
    return f'<path class="chart__point" d="{steps}" {look}/>'


def annotation(canvas: Canvas, each: dict[str, Any]) -> str:
    """Words in one or more lines, anchored as plotly does."""
    size = each["font"]["size"]
    lines = each["text"].split("<br>")
    x = canvas.x(each["x"]) + each["xshift"]
    y = canvas.y(each["y"], each["yref"]) - each["yshift"]
    high = LINE_HEIGHT * size
    above = {"top": 0.0, "middle": len(lines) / 2, "bottom": float(len(lines))}[each["yanchor"]]
    first = y - above * high + high / 2 + FOOT * size
    anchor = {"left": "start", "center": "middle", "right": "end"}[each["xanchor"]]
    kind = f' class="chart__label chart__label--{each["name"].replace(" ", "-")}"'
    return "".join(words(line, x, first + index * high, anchor, kind) for index, line in enumerate(lines))


def words(text: str, x: float, y: float, anchor: str, kind: str = "") -> str:
    """One line of letters. Text in a figure is escaped for plotly, so it is turned back first."""
    return f'<text{kind} x="{n(x)}" y="{n(y)}" text-anchor="{anchor}">{escape(unescape(text), quote=False)}</text>'


def stroke(x0: float, y0: float, x1: float, y1: float, color: str, width: float, dash: str = "") -> str:
    return (
        f'<line x1="{n(x0)}" y1="{n(y0)}" x2="{n(x1)}" y2="{n(y1)}" stroke="{color}" stroke-width="{n(width)}"{dash}/>'
    )


def attribute(text: str) -> str:
    return escape(text, quote=True)


def n(value: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
