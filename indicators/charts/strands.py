"""Parts of a whole in which one event may be counted several times, such as the motives of hate crime: ranked beside
one another and in small pictures, never stacked and never added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import words
from indicators.analysis.series import Point, Series
from indicators.charts.multiples import Multiples, small_multiples
from indicators.periods import Period
from indicators.where_from import WhereFrom, where_from

NOT_HELD = "Not held"


@dataclass(frozen=True, slots=True)
class Strand:
    """One part: its rank ('' without a figure, '2=' where it shares it), its figure with what is to note of it and the
    way to where it comes from, and its share of the whole in per cent, '' where that is not known."""

    slug: str
    name: str
    rank: str
    figure: str
    where: WhereFrom | None
    share: str


@dataclass(frozen=True, slots=True)
class Strands:
    """The parts of a whole in the latest period held of them, the most first; `total` is the whole's own figure, ''
    where none is held, `where` the way to where it comes from. `counted` is one of what is counted."""

    slug: str
    name: str
    area: str
    period: str
    counted: str
    total: str
    where: WhereFrom | None
    rows: tuple[Strand, ...]
    multiples: Multiples | None


def strands_of(whole: Series, parts: Sequence[Series]) -> Strands | None:
    """The parts of a whole that are marked so; None where a figure of fewer than two is held for the same period."""
    marked = [part for part in parts if part.measure.multi_coded and part.measure.part_of[:1] == (whole.measure.slug,)]
    period = latest_of(marked)
    figures = [(part, part.value_for(period)) for part in marked] if period else []
    values = [point.value for _, point in figures if point and point.value is not None]
    if period is None or len(values) < 2:
        return None
    of_all = whole.value_for(period)
    rows = [row(part, point, values, of_all) for part, point in figures]
    return Strands(
        slug=whole.measure.slug,
        name=whole.measure.name,
        area=whole.place.name,
        period=period.in_words,
        counted=whole.measure.counted,
        total=words.value_and_marks(of_all, whole.measure) if of_all else "",
        where=where_from(whole.measure, whole.place, of_all),
        rows=tuple(each for _, each in sorted(rows, key=lambda each: (-each[0], each[1].name))),
        multiples=small_multiples({part.measure.short_name: part for part in marked}),
    )


def latest_of(parts: Sequence[Series]) -> Period | None:
    """The period that ends last of those with a figure; of two that end together the longer."""
    held = [point.period for part in parts for point in part.points if point.value is not None]
    return max(held, key=lambda period: (period.end, period.months), default=None)


def row(part: Series, point: Point | None, values: Sequence[Decimal], whole: Point | None) -> tuple[Decimal, Strand]:
    """A part with the size it is ranked by; one without a figure comes last."""
    measure, value = part.measure, point.value if point else None
    rank = share = ""
    if value is not None:
        higher, equal = sum(each > value for each in values), values.count(value)
        rank = f"{higher + 1}{'=' if equal > 1 else ''}"
        share = f"{words.number(value / whole.value * 100, 1)}%" if whole and whole.value else ""
    return (
        Decimal(-1) if value is None else value,
        Strand(
            slug=measure.slug,
            name=measure.short_name,
            rank=rank,
            figure=words.value_and_marks(point, measure) if point else NOT_HELD,
            where=where_from(measure, part.place, point),
            share=share,
        ),
    )
