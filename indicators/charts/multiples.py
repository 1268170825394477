"""Small multiples: the months or quarters of every district, or of every part of a whole, each in a small picture, all
on one scale from zero."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from indicators import words
from indicators.analysis.series import WHOLE, Point, Series
from indicators.charts import palette
from indicators.charts.svg import n
from indicators.periods import index
from indicators.where_from import WhereFrom, where_from

# Fewer points suggest a course that nobody observed.
FEWEST = 5
# Years are few and say little side by side.
MOST_MONTHS = 3
WIDTH, HEIGHT, MARGIN = 220, 80, 6.0


@dataclass(frozen=True, slots=True)
class Multiple:
    """A district or part with its picture (safe SVG, hidden from screen readers) and the same in words, of which
    `where` leads to where the latest figure comes from and `reached` to the least and the greatest."""

    name: str
    svg: str
    latest: str
    reach: str
    where: WhereFrom | None
    reached: tuple[WhereFrom | None, ...]


@dataclass(frozen=True, slots=True)
class Multiples:
    """The pictures by name of district or part, the periods they span, and the figure at the top of each."""

    each: tuple[Multiple, ...]
    first: str
    last: str
    top: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale for all pictures: the months from the first to the last period, and 0 to the highest figure."""

    first: int
    last: int
    top: float

    def spot(self, point: Point) -> tuple[float, float]:
        along = (month_of(point) - self.first) / (self.last - self.first)
        up = float(point.value or 0) / self.top
        return MARGIN + along * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)


def of_districts(by_district: Iterable[Series]) -> Multiples | None:
    """The small multiples of one indicator by district; None where fewer than two of them have five months or quarters
    with a figure. Those with fewer are left out."""
    return small_multiples({series.place.name: series for series in by_district})


def small_multiples(named: Mapping[str, Series]) -> Multiples | None:
    """The small multiples of series that count the same, by their names."""
    lines = [(name, series, points_of(series)) for name, series in sorted(named.items())]
    fit = [(name, series, points) for name, series, points in lines if len(points) >= FEWEST]
    if len(fit) < 2 or len({points[0].period.months for *_, points in fit}) > 1:
        return None
    every = [point for *_, points in fit for point in points]
    first, last = (pick(every, key=lambda point: point.period) for pick in (min, max))
    highest = max(point.value or Decimal() for point in every)
    scale = Scale(month_of(first), month_of(last), float(highest) or 1.0)
    return Multiples(
        each=tuple(multiple(name, series, points, scale) for name, series, points in fit),
        first=first.period.label,
        last=last.period.label,
        top=words.amount(highest, fit[0][1].measure),
    )


def points_of(series: Series) -> list[Point]:
    """The points with a value of the usual length; none where that is longer than a quarter."""
    points = [point for point in series.trend().points if point.value is not None]
    return points if points and points[0].period.months <= MOST_MONTHS else []


def month_of(point: Point) -> int:
    return index(point.period.start.year, point.period.start.month)


def multiple(name: str, series: Series, points: Sequence[Point], scale: Scale) -> Multiple:
    measure, latest = series.measure, points[-1]
    least, greatest = (pick(points, key=lambda point: point.value or Decimal()) for pick in (min, max))
    low, high = (words.amount(point.value or Decimal(), measure) for point in (least, greatest))
    return Multiple(
        name=name,
        svg=picture(series, points, scale),
        latest=f"{words.value_and_marks(latest, measure)} in {latest.period.in_words}",
        reach=f"From {low} to {high}",
        where=where_from(measure, series.place, latest),
        reached=(
            where_from(measure, series.place, least, low),
            where_from(measure, series.place, greatest, high),
        ),
    )


def picture(series: Series, points: Sequence[Point], scale: Scale) -> str:
    foot = n(HEIGHT - MARGIN)
    lines = "".join(line([scale.spot(point) for point in piece]) for piece in pieces(series, points))
    unsure = "".join(dot(*scale.spot(point), palette.WHITE) for point in points if point.status not in WHOLE)
    last = "" if points[-1].status not in WHOLE else dot(*scale.spot(points[-1]), palette.DARK_BLUE)
    return (
        f'<svg class="csa-multiple__svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'aria-hidden="true" focusable="false">'
        f'<line x1="0" y1="{foot}" x2="{WIDTH}" y2="{foot}" stroke="{palette.GREY}" stroke-width="1"/>'
        f"{lines}{unsure}{last}</svg>"
    )


def pieces(series: Series, points: Sequence[Point]) -> Iterator[list[Point]]:
    """The runs of complete points that follow on one another and that no recording change parts."""
    whole = [point for point in points if point.status in WHOLE]
    piece = whole[:1]
    for earlier, later in pairwise(whole):
        parted = any(change.parts(earlier.period, later.period) for change in series.breaks)
        if parted or not later.period.follows(earlier.period):
            yield piece
            piece = []
        piece.append(later)
    if piece:
        yield piece


def line(spots: Sequence[tuple[float, float]]) -> str:
    """A line; a point alone is a dot."""
    if len(spots) == 1:
        return dot(*spots[0], palette.DARK_BLUE)
    path = " ".join(f"{n(x)},{n(y)}" for x, y in spots)
    return (
        f'<polyline points="{path}" fill="none" stroke="{palette.DARK_BLUE}" stroke-width="2" stroke-linejoin="round"/>'
    )


def dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="3" fill="{fill}" stroke="{palette.DARK_BLUE}" stroke-width="1.5"/>'
