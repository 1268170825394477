"""The trend of one series as a plotly figure: the one description that the page's SVG and plotly.js both draw."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from indicators import words
from indicators.analysis.series import Event, Point, Series, Target
from indicators.charts import palette
from indicators.charts.annotations import annotations_of, plain, signal_words
from indicators.charts.frame import NARROW, WIDE, Frame, MarkLabel, Size, mark_labels
from indicators.charts.line import Band, Drawn, Line

Figure = dict[str, Any]
SIGNALS = {
    "better": ("diamond", palette.TURQUOISE),
    "worse": ("triangle-up", palette.ORANGE),
    "change": ("square", palette.DARK_BLUE),
}
LOOKS = (*SIGNALS, *(f"early {name}" for name in SIGNALS), "solid", "hollow", "cross", "limit")
SYMBOLS = {"over": "triangle-up", "under": "triangle-down", "range": "diamond"}


@lru_cache(maxsize=1024)
def trend_figure(series: Series, beside: tuple[Series, ...] = ()) -> Figure:
    """A plotly figure as plain JSON values: `data`, `layout` (720 pixels wide) and `narrow`, the layout to use
    below 600 pixels. `meta` of a layout has the sizes of points there, by the name in `meta` of their trace. Text in
    it is escaped for plotly. The series, and those `beside` it on the same date axis, need at least one point with a
    value."""
    import plotly.graph_objects as go  # a second's work, so only where a figure is made

    line, others = Line.of(series), tuple(Line.of(other) for other in beside)
    wide = go.Figure(data=traces(line), layout=layout(line, WIDE, others)).to_plotly_json()
    narrow = go.Figure(layout=layout(line, NARROW, others)).to_plotly_json()
    for each in (wide, narrow):
        each["layout"].pop("template", None)
    return {"data": wide["data"], "layout": wide["layout"], "narrow": narrow["layout"]}


def warm_up() -> None:
    """Make a first figure, which takes a second, before anybody waits for it."""
    import plotly.graph_objects as go

    go.Figure(
        data=[{"type": "scatter", "marker": {"line": {"width": 0}}}], layout={"annotations": [{}], "shapes": [{}]}
    )


def traces(line: Line) -> list[dict[str, Any]]:
    """The line, interrupted where neighbours cannot be joined, then the points by look."""
    x: list[str | None] = []
    y: list[float | None] = []
    for before, here in pairwise([None, *line.drawn]):
        if before and here and not line.may_join(before, here):
            x, y = [*x, None], [*y, None]
        if here and here.joined:
            x, y = [*x, here.at.isoformat()], [*y, here.value]
    drawn_line = {
        "type": "scatter",
        "name": "line",
        "mode": "lines",
        "x": x,
        "y": y,
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": palette.DARK_BLUE, "width": 2.5},
        "showlegend": False,
    }
    groups = {look: [d for d in line.drawn if d.look == look] for look in LOOKS}
    return [
        *range_lines(line.bands),
        *(target_line(target, line) for target in line.targets),
        drawn_line,
        *(markers(line, look, group) for look, group in groups.items() if group),
    ]


def range_lines(bands: Sequence[Band]) -> Iterator[dict[str, Any]]:
    """Limits dashed, those on trial dotted, means thin; each interrupted between one range and the next."""
    judging, trial = [b for b in bands if not b.trial], [b for b in bands if b.trial]
    limits = [(b.at, side) for b in judging for side in (b.low, b.high)]
    trial_limits = [(b.at, side) for b in trial for side in (b.low, b.high)]
    for name, lines, dash in (
        ("usual range", limits, "6px,4px"),
        ("range on trial", trial_limits, "2px,3px"),
        ("mean", [(b.at, b.mean) for b in bands], "solid"),
    ):
        if lines:
            yield {
                "type": "scatter",
                "name": name,
                "mode": "lines",
                "x": [x for at, _ in lines for x in (*(day.isoformat() for day in at), None)],
                "y": [y for _, side in lines for y in (*side, None)],
                "connectgaps": False,
                "hoverinfo": "skip",
                "line": {"color": palette.GREY, "width": 1 if name == "mean" else 1.5, "dash": dash},
                "showlegend": False,
            }


def target_line(target: Target, line: Line) -> dict[str, Any]:
    """A target, while it holds within the axis."""
    return {
        "type": "scatter",
        "name": "target",
        "mode": "lines",
        "x": [day.isoformat() for day in line.span_of(target)],
        "y": [float(target.value)] * 2,
        "connectgaps": False,
        "hoverinfo": "skip",
        "line": {"color": palette.DARK_PINK, "width": 2, "dash": "12px,5px"},
        "showlegend": False,
    }


def markers(line: Line, look: str, group: Sequence[Drawn]) -> dict[str, Any]:
    solid = look == "solid"
    symbol = {"cross": "x-thin", "limit": [SYMBOLS.get(d.point.qualifier, "circle") for d in group]}
    if signal := group[0].signal:
        return signals(line, look, group, *SIGNALS[signal])
    return {
        "type": "scatter",
        "name": look,
        "mode": "markers",
        "x": [d.at.isoformat() for d in group],
        "y": [d.value for d in group],
        "hoverinfo": "text",
        "hovertext": [hover(line.series, d.point) for d in group],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol.get(look, "circle"),
            "size": WIDE.dot(len(line.drawn)) if solid else 8.0,
            "color": palette.DARK_BLUE if solid else palette.WHITE,
            "line": {"color": palette.DARK_BLUE, "width": 0 if solid else 2},
        },
        "showlegend": False,
        **({"meta": "dot"} if solid else {}),
    }


def signals(line: Line, look: str, group: Sequence[Drawn], symbol: str, color: str) -> dict[str, Any]:
    """Points that stand out; hollow where they are an early sign."""
    early = look != group[0].signal
    return {
        "type": "scatter",
        "name": look,
        "mode": "markers",
        "x": [d.at.isoformat() for d in group],
        "y": [d.value for d in group],
        "hoverinfo": "text",
        "hovertext": [f"{hover(line.series, d.point)}, {plain(signal_words(d, line))}" for d in group],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol,
            "size": WIDE.signal(len(line.drawn)),
            "color": palette.WHITE if early else color,
            "line": {"color": color, "width": 2 if early else 0},
        },
        "showlegend": False,
        "meta": "signal",
    }


def hover(series: Series, point: Point) -> str:
    return plain(f"{point.period.label}: {words.value_and_marks(point, series.measure)}")


def layout(line: Line, size: Size, beside: tuple[Line, ...]) -> dict[str, Any]:
    frame = Frame.around(line, size, beside)
    dates = frame.date_ticks()
    axis = {"fixedrange": True, "zeroline": False, "tickmode": "array", "automargin": False}
    return {
        "meta": {"dot": size.dot(len(line.drawn)), "signal": size.signal(len(line.drawn))},
        "width": size.width,
        "height": frame.height,
        "margin": {"l": frame.left, "r": frame.right, "t": frame.top, "b": frame.bottom, "pad": 0},
        "font": {"family": palette.FONT, "size": size.font, "color": palette.TEXT},
        "paper_bgcolor": palette.WHITE,
        "plot_bgcolor": palette.WHITE,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": palette.WHITE, "bordercolor": palette.DARK_GREY, "align": "left"},
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            **axis,
            "type": "date",
            "range": [frame.first.isoformat(), frame.last.isoformat()],
            "tickvals": [at.isoformat() for at, _ in dates],
            "ticktext": [text for _, text in dates],
            "tickangle": 0,
            "ticks": "outside",
            "ticklen": 5,
            "tickcolor": palette.GREY,
            "showgrid": False,
            "showline": True,
            "linecolor": palette.GREY,
        },
        "yaxis": {
            **axis,
            "range": [line.scale.low, line.scale.top],
            "tickvals": list(line.scale.ticks),
            "ticktext": list(line.value_labels),
            "ticks": "",
            "gridcolor": palette.GRID,
            "showline": False,
        },
        "shapes": [
            *(lasting(event, frame) for event in line.events if event.end),
            *(upright(label, frame) for label in mark_labels(frame)),
        ],
        "annotations": annotations_of(frame),
    }


def upright(label: MarkLabel, frame: Frame) -> dict[str, Any]:
    """The line of a break, dotted, or of an event, thin, from the foot of the plot to the top of its label."""
    mark, is_break = label.mark, label.mark.name == "break"
    return {
        "name": mark.name,
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": mark.at.isoformat(),
        "x1": mark.at.isoformat(),
        "y0": 0,
        "y1": round(1 + label.pole / (frame.plot.bottom - frame.plot.top), 4),
        "line": {
            "color": palette.DARK_GREY if is_break else palette.GREY,
            "width": 1.5 if is_break else 1,
            "dash": "dot" if is_break else "solid",
        },
    }


def lasting(event: Event, frame: Frame) -> dict[str, Any]:
    """The time that an event took, within the axis, as a band behind the line."""
    return {
        "name": "lasting",
        "type": "rect",
        "layer": "between",
        "xref": "x",
        "yref": "paper",
        "x0": event.start.isoformat(),
        "x1": min(event.end or frame.last, frame.last).isoformat(),
        "y0": 0,
        "y1": 1,
        "fillcolor": palette.BAND,
        "line": {"width": 0},
    }
