"""The words inside a chart, as plotly annotations: breaks above the plot, the last value beside its point, and
once for each run of hollow points or crosses what they are."""

from collections.abc import Sequence
from html import escape
from itertools import groupby, pairwise
from math import hypot
from typing import Any

from indicators import words
from indicators.charts import labels, palette
from indicators.charts.frame import GAP, Drawn, Frame, break_rows
from indicators.charts.labels import Box

Annotation = dict[str, Any]


def annotations_of(frame: Frame) -> list[Annotation]:
    """All words of a chart, with their places."""
    return [*of_breaks(frame), of_last(frame), *of_runs(frame)]


def plain(text: str) -> str:
    """Text that plotly shows as it is: it would read < and & as markup."""
    return escape(text, quote=False)


def annotation(name: str, lines: Sequence[str], frame: Frame, **where: Any) -> Annotation:
    """What all words share. Shifts in `where` are in pixels, right and up."""
    return {
        "name": name,
        "text": "<br>".join(plain(line) for line in lines),
        "showarrow": False,
        "align": "center" if where["xanchor"] == "center" else "left",
        "borderpad": 0,
        "font": {"size": frame.size.font, "color": palette.TEXT},
        "xref": "x",
        **where,
    }


def of_breaks(frame: Frame) -> list[Annotation]:
    found = []
    below = 2.0
    for row in break_rows(frame):
        for label in row.labels:
            middle = label.left + label.width / 2
            where = {
                "x": label.break_.date.isoformat(),
                "y": 1,
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "bottom",
                "xshift": round(middle - frame.x(label.break_.date), 1),
                "yshift": round(below, 1),
            }
            found.append(annotation("break", label.text, frame, **where))
        below += labels.height(row.lines, frame.size.font)
    return found


def of_last(frame: Frame) -> Annotation:
    where = {**at(frame.line.drawn[-1]), "xanchor": "left", "yanchor": "middle", "xshift": GAP + 2, "yshift": 0}
    return annotation("last value", frame.line.end_lines(), frame, **where)


def of_runs(frame: Frame) -> list[Annotation]:
    """What hollow points and crosses are, at the last of each run; the run that the last value ends is named
    there. A word for which no place is free is left out: the table has it."""
    found = []
    obstacles = covered(frame)
    for _, run in groupby(frame.line.drawn, key=lambda d: (d.look, d.point.status)):
        end = list(run)[-1]
        if end.look == "solid" or end is frame.line.drawn[-1]:
            continue
        text = words.STATUS[end.point.status] or words.value(end.point, frame.line.series.measure)
        places = around(end, text, frame)
        box = labels.free([box for box, _ in places], obstacles, frame.plot)
        if box:
            obstacles.append(box)
            where = next(where for candidate, where in places if candidate == box)
            found.append(annotation(end.look, [text], frame, **at(end), **where))
    return found


def at(drawn: Drawn) -> dict[str, Any]:
    return {"x": drawn.at.isoformat(), "y": drawn.value, "yref": "y"}


def around(drawn: Drawn, text: str, frame: Frame) -> list[tuple[Box, dict[str, Any]]]:
    """The places for a word about a point, the best first: over and under it, then farther away."""
    x, y = frame.x(drawn.at), frame.y(drawn.value)
    wide, high = labels.width(text, frame.size.font), labels.height(1, frame.size.font)
    places: list[tuple[Box, dict[str, Any]]] = []
    for distance in (GAP, 3 * GAP, 6 * GAP, 10 * GAP):
        for xanchor, left in (("center", x - wide / 2), ("left", x), ("right", x - wide)):
            over = Box(left, y - distance - high, left + wide, y - distance)
            under = Box(left, y + distance, left + wide, y + distance + high)
            anchors = {"xanchor": xanchor, "xshift": 0}
            places.append((over, {**anchors, "yanchor": "bottom", "yshift": distance}))
            places.append((under, {**anchors, "yanchor": "top", "yshift": -distance}))
    return places


def covered(frame: Frame) -> list[Box]:
    """What a word may not cover: the points, the line between them, the lines of breaks."""
    points = [(frame.x(d.at), frame.y(d.value)) for d in frame.line.drawn]
    spots = [*points]
    for (before, one), (here, other) in pairwise(zip(frame.line.drawn, points, strict=True)):
        if frame.line.may_join(before, here):
            spots += between(one, other)
    lines = [frame.x(b.date) for b in frame.line.breaks]
    return [
        *(Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots),
        *(Box(x - 2, frame.plot.top, x + 2, frame.plot.bottom) for x in lines),
    ]


def between(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    """Spots along a line, no farther than some six pixels from one another."""
    (x0, y0), (x1, y1) = one, other
    parts = int(hypot(x1 - x0, y1 - y0) // GAP) + 1
    return [(x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts) for n in range(1, parts)]
