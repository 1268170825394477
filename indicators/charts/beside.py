"""Indicators that are to be read together: their charts under one another on one date axis, each with its own scale,
and what they come to together, or why they are not added up."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators import words
from indicators.analysis.reading import read
from indicators.analysis.series import Series
from indicators.analysis.together import Apart, together
from indicators.charts.chart import Chart, chart_of
from indicators.where_from import WhereFrom, of_headline, where_from


@dataclass(frozen=True, slots=True)
class Side:
    """One of them: its figure in a sentence, with the way to where it comes from, and its chart with its number on the
    page; 0 without one."""

    slug: str
    name: str
    headline: str
    links: tuple[WhereFrom | None, ...]
    chart: Chart | None
    number: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What two of them come to, or why that is not said; `links` lead from its figures to where they come from."""

    text: str
    links: tuple[WhereFrom | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One indicator, or several to be read together: `note` says how, `sums` what the first comes to with each other,
    `axis` that their charts share the date axis; all three empty of one alone."""

    sides: tuple[Side, ...]
    note: str = ""
    sums: tuple[Sum, ...] = ()
    axis: str = ""

    @property
    def is_several(self) -> bool:
        return len(self.sides) > 1

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(side.chart for side in self.sides if side.chart)

    @property
    def names(self) -> str:
        """'ASB reports · Public order offences'."""
        return " · ".join(side.name for side in self.sides)


def side_by_side(held: Sequence[Series], *, note: str = "", first: int = 1) -> Beside:
    """Series to be read together, their charts numbered from `first`."""
    fit = [series for series in held if chart_of(series)]
    charts = {series: chart_of(series, beside=tuple(fit)) for series in fit}
    numbers = {series: number for number, series in enumerate(fit, first)}
    return Beside(
        sides=tuple(
            Side(
                slug=series.measure.slug,
                name=series.measure.short_name,
                headline=words.headline(read(series)),
                links=of_headline(read(series)),
                chart=charts.get(series),
                number=numbers.get(series, 0),
            )
            for series in held
        ),
        note=note,
        sums=tuple(sum_of_two(held[0], other) for other in held[1:]),
        axis="These charts run over the same time, each with its own scale: compare their course, not their height."
        if len(fit) > 1
        else "",
    )


def sum_of_two(one: Series, other: Series) -> Sum:
    """'Together 118,000 offences in Kent in 2018: Robbery 18,000, Theft 100,000.', or why not."""
    found = together(one, other)
    if found.total is None:
        return Sum(f"Not added up: {why_apart(found.apart, one, other)}.")
    both = list(zip((one, other), found.figures, strict=True))
    figures = ", ".join(f"{s.measure.short_name} {words.value_and_marks(point, s.measure)}" for s, point in both)
    total = words.value(found.total, one.measure)
    where = f"{one.measure.counted_plural} in {one.place.name} in {found.total.period.in_words}"
    return Sum(
        f"Together {total} {where}: {figures}.",
        tuple(where_from(s.measure, s.place, point, after=f"{s.measure.short_name} ") for s, point in both),
    )


def why_apart(apart: Apart | None, one: Series, other: Series) -> str:
    """Why two are not added up, in a clause."""
    first, second = one.measure, other.measure
    match apart:
        case Apart.UNITS:
            return f"one counts {first.counted_plural}, the other {second.counted_plural}"
        case Apart.SEVERAL:
            return f"one {first.counted} can be counted in both"
        case Apart.PART:
            return "one is a part of the other"
        case Apart.AREAS:
            return f"one is for {one.place.name}, the other for {other.place.name}"
        case Apart.COVERAGE:
            return "one covers more than the other"
        case Apart.PERIODS:
            return "there is no period for which complete figures of both are held"
        case _:
            return "shares, rates and amounts of different things have no sum"
