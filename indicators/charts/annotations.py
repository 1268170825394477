"""The words inside a chart, as plotly annotations: breaks and events above the plot, the last value beside its point,
the usual range at its limit, targets at their line, and once for each run of hollow points, crosses or points that
stand out what they are."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import groupby, pairwise
from math import hypot
from typing import Any

from indicators import words
from indicators.charts import labels, palette
from indicators.charts.finding import standing
from indicators.charts.flags import PAD
from indicators.charts.frame import GAP, Frame, mark_labels
from indicators.charts.labels import Box, Obstacles
from indicators.charts.line import Drawn, Line

Annotation = dict[str, Any]
# How far from its spot a word may stand, the best first. Nearer ones leave no doubt what they name.
DISTANCES = (GAP, 3 * GAP, 6 * GAP, 10 * GAP)
NEAR = 3
# At so many spots along a line a place for its name is looked for.
TRIES = 12


def annotations_of(frame: Frame) -> list[Annotation]:
    """All words of a chart, with their places."""
    obstacles = covered(frame)
    targets, ranges = list(of_targets(frame, obstacles)), list(of_ranges(frame, obstacles))
    return [*of_marks(frame), of_last(frame), *targets, *ranges, *of_runs(frame, obstacles)]


def plain(text: str) -> str:
    """Text that plotly shows as it is: it would read < and & as markup."""
    return escape(text, quote=False)


def annotation(name: str, lines: Sequence[str], frame: Frame, **where: Any) -> Annotation:
    """What all words share. Shifts in `where` are in pixels, right and up."""
    return {
        "name": name,
        "text": "<br>".join(plain(line) for line in lines),
        "showarrow": False,
        "align": where["xanchor"],
        "borderpad": 0,
        "font": {"size": frame.size.font, "color": palette.TEXT},
        "xref": "x",
        **where,
    }


def of_marks(frame: Frame) -> Iterator[Annotation]:
    for label in mark_labels(frame):
        where = {
            "x": label.mark.at.isoformat(),
            "y": 1,
            "yref": "paper",
            "xanchor": "right" if label.is_left else "left",
            "yanchor": "bottom",
            "xshift": -PAD if label.is_left else PAD,
            "yshift": round(label.foot, 1),
        }
        yield annotation(label.mark.name, label.text, frame, **where)


def of_last(frame: Frame) -> Annotation:
    where = {**at(frame.line.drawn[-1]), "xanchor": "left", "yanchor": "middle", "xshift": GAP + 2, "yshift": 0}
    return annotation("last value", frame.line.end_lines(), frame, **where)


def of_ranges(frame: Frame, obstacles: Obstacles) -> Iterator[Annotation]:
    """The name of each usual range, over or under a limit, from its end back."""
    for band in frame.line.bands:
        spots = [*zip(band.at, band.high, strict=True)][::-1] + [*zip(band.at, band.low, strict=True)][::-1]
        found = placed("range", band.name, spots, frame, obstacles, far=NEAR)
        if found:
            yield found


def of_targets(frame: Frame, obstacles: Obstacles) -> Iterator[Annotation]:
    """The name and value of each target, over or under its line, from its end back."""
    for target in frame.line.targets:
        text = f"Target {words.amount(target.value, frame.line.series.measure)}"
        start, end = frame.line.span_of(target)
        spots = [(end - part * (end - start) / TRIES, float(target.value)) for part in range(TRIES + 1)]
        found = placed("target", text, spots, frame, obstacles, far=NEAR)
        if found:
            yield found


def of_runs(frame: Frame, obstacles: Obstacles) -> list[Annotation]:
    """What points that are not solid are, at the last of each run; the run that the last value ends is named there.
    How points stand out is said once for each way, at the last run. A word for which no place is free is left out:
    the table has it."""
    runs = [
        list(run)
        for _, run in groupby(frame.line.drawn, key=lambda d: (d.look, d.point.status, signal_words(d, frame.line)))
    ]
    last_of = {(run[0].look, signal_words(run[0], frame.line)): run for run in runs}
    found = []
    for run in runs:
        end = run[-1]
        if end.signal:
            text, spots = signal_words(end, frame.line), [(d.at, d.value) for d in run[::-1]]
            if last_of[end.look, text] is not run:
                continue
        elif end.look == "solid" or end is frame.line.drawn[-1]:
            continue
        else:
            text = words.STATUS[end.point.status] or words.value(end.point, frame.line.series.measure)
            spots = [(end.at, end.value)]
        found.append(placed(end.look, text, spots, frame, obstacles))
    return [each for each in found if each]


def signal_words(drawn: Drawn, line: Line) -> str:
    """How a point stands out: 'better', 'more than usual', 'early sign: falling'."""
    early = "early sign: " if drawn.look.startswith("early") else ""
    if drawn.signal in ("better", "worse"):
        return f"{early}{drawn.signal}"
    return f"{early}{standing(drawn.cause, line.series.measure)}"


def placed(
    name: str, text: str, spots: Sequence[tuple[date, float]], frame: Frame, obstacles: Obstacles, *, far: int = 4
) -> Annotation | None:
    """A word at the nearest free place about one of the spots, which is then taken; in two lines where one finds
    none. `far` is how many distances are tried."""
    for lines in dict.fromkeys(((text,), tuple(text.split(" ", 1)))):
        for distance in DISTANCES[:far]:
            for day, value in spots:
                places = around(day, value, lines, frame, distance)
                box = labels.free([box for box, _ in places], obstacles, between_breaks(day, frame))
                if box:
                    obstacles.add(box)
                    where = next(where for candidate, where in places if candidate == box)
                    return annotation(name, lines, frame, x=day.isoformat(), y=value, yref="y", **where)
    return None


def between_breaks(day: date, frame: Frame) -> Box:
    """The part of the plot from the break before a day to the one after it: beyond, a word would name other points."""
    breaks = [b.date for b in frame.line.breaks]
    left = max([frame.plot.left, *(frame.x(each) for each in breaks if each <= day)])
    right = min([frame.size.width - 1.0, *(frame.x(each) for each in breaks if each > day)])
    return Box(left, frame.plot.top, right, frame.plot.bottom)


def at(drawn: Drawn) -> dict[str, Any]:
    return {"x": drawn.at.isoformat(), "y": drawn.value, "yref": "y"}


def around(
    day: date, value: float, lines: Sequence[str], frame: Frame, distance: float
) -> list[tuple[Box, dict[str, Any]]]:
    """The places for a word so far over, under, before and after a spot, the best first."""
    x, y = frame.x(day), frame.y(value)
    wide, high = max(labels.width(line, frame.size.font) for line in lines), labels.height(len(lines), frame.size.font)
    places: list[tuple[Box, dict[str, Any]]] = []
    for xanchor, left in (("center", x - wide / 2), ("left", x), ("right", x - wide)):
        over = Box(left, y - distance - high, left + wide, y - distance)
        under = Box(left, y + distance, left + wide, y + distance + high)
        anchors = {"xanchor": xanchor, "xshift": 0}
        places.append((over, {**anchors, "yanchor": "bottom", "yshift": distance}))
        places.append((under, {**anchors, "yanchor": "top", "yshift": -distance}))
    before = Box(x - distance - wide, y - high / 2, x - distance, y + high / 2)
    places.append((before, {"xanchor": "right", "xshift": -distance, "yanchor": "middle", "yshift": 0}))
    after = Box(x + distance, y - high / 2, x + distance + wide, y + high / 2)
    places.append((after, {"xanchor": "left", "xshift": distance, "yanchor": "middle", "yshift": 0}))
    return places


def covered(frame: Frame) -> Obstacles:
    """What a word may not cover: the points, the line between them, usual ranges, the lines of breaks."""
    points = [(frame.x(d.at), frame.y(d.value)) for d in frame.line.drawn]
    spots = [*points]
    for (before, one), (here, other) in pairwise(zip(frame.line.drawn, points, strict=True)):
        if frame.line.may_join(before, here):
            spots += between(one, other)
    for band in frame.line.bands:
        for side in (band.low, band.mean, band.high):
            corners = [(frame.x(day), frame.y(value)) for day, value in zip(band.at, side, strict=True)]
            spots += [spot for one, other in pairwise(corners) for spot in [one, *between(one, other), other]]
    for target in frame.line.targets:
        one, other = ((frame.x(day), frame.y(float(target.value))) for day in frame.line.span_of(target))
        spots += [one, *between(one, other), other]
    lines = [frame.x(mark.at) for mark in frame.line.marks]
    return Obstacles(
        [
            last_value(frame),
            *(Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots),
            *(Box(x - 2, frame.plot.top, x + 2, frame.plot.bottom) for x in lines),
        ]
    )


def last_value(frame: Frame) -> Box:
    """Where the last value stands."""
    last, lines = frame.line.drawn[-1], frame.line.end_lines()
    x, y = frame.x(last.at) + GAP + 2, frame.y(last.value)
    high = labels.height(len(lines), frame.size.font)
    wide = max(labels.width(line, frame.size.font) for line in lines)
    return Box(x, y - high / 2, x + wide, y + high / 2)


def between(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    """Spots along a line, no farther than some six pixels from one another."""
    (x0, y0), (x1, y1) = one, other
    parts = int(hypot(x1 - x0, y1 - y0) // GAP) + 1
    return [(x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts) for n in range(1, parts)]
