"""A chart as pages and documents show it: a picture, the same as a plotly figure, in words and as a table."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indicators import words
from indicators.analysis.reading import read
from indicators.analysis.series import WHOLE, Point, Series
from indicators.charts import describe
from indicators.charts.finding import title
from indicators.charts.line import Line
from indicators.charts.svg import svg
from indicators.charts.trend import Figure, trend_figure
from indicators.where_from import WhereFrom, where_from

# Fewer are shown as numbers with the change in words: two points make any line straight.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as a line of a table, in words. Where there is no figure, `value` says why. `where` leads to where the
    figure comes from."""

    period: str
    value: str
    marks: str
    note: str
    source: str
    where: WhereFrom | None


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """`title` is the finding, `in_words` the chart in sentences, `alt` what a screen reader says for the picture.
    `unit` heads the column of values. `svg` is safe HTML: the picture twice, for wide and narrow columns. `figure`
    is JSON for plotly.js, in the order of its names. `rows` begin with the latest period."""

    id: str
    slug: str
    area: str
    title: str
    subtitle: str
    in_words: str
    alt: str
    unit: str
    svg: str
    figure: Figure
    rows: tuple[Row, ...]
    sources: tuple[str, ...]


def chart_of(series: Series, beside: Iterable[Series] = ()) -> Chart | None:
    """The trend chart of a series; None with fewer than three complete figures of the same length of period. It has
    the date axis and the margins that it shares with the charts of others `beside` it, which are charts too."""
    if sum(p.status in WHOLE for p in series.trend().points) < FEWEST:
        return None
    return drawn(series, tuple(other.trend() for other in beside if other is not series))


def chart_id(slug: str, area: str) -> str:
    """The name of an indicator's chart, and of its figures, for an area: 'road-deaths-e10000016'."""
    return f"{slug}-{area.lower()}"


@lru_cache(maxsize=1024)
def drawn(series: Series, beside: tuple[Series, ...]) -> Chart:
    trend = series.trend()
    figure: Figure = json.loads(json.dumps(trend_figure(trend, beside), sort_keys=True))
    said = describe.in_words(trend)
    return Chart(
        id=chart_id(trend.measure.slug, trend.place.code),
        slug=trend.measure.slug,
        area=trend.place.code,
        title=title(read(series)),
        subtitle=describe.subtitle(trend, Line.of(trend)),
        in_words=said,
        alt=f"Line chart. {said}",
        unit=words.capital(words.unit(trend.measure)),
        svg=svg(figure) + svg(figure, narrow=True),
        figure=figure,
        rows=tuple(row(trend, point) for point in reversed(trend.points)),
        sources=tuple(dict.fromkeys(point.source for point in trend.points if point.source)),
    )


def row(series: Series, point: Point) -> Row:
    return Row(
        period=point.period.label,
        value=words.value(point, series.measure),
        marks=", ".join(words.marks(point)),
        note=point.note,
        source=point.source,
        where=where_from(series.measure, series.place, point),
    )
