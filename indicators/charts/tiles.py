"""The tile map: every district a tile of one size, about where it lies, with its figure in it; and the same figures in
a ranked table. Small places are as easy to see as large ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import words
from indicators.analysis.districts import Compared, compared
from indicators.analysis.series import Measure, Place, Point
from indicators.periods import Period
from indicators.where_from import WhereFrom, where_from

SHADES = 3
# Rates of the comparison are given for so many people.
PER = 1_000
NOT_COVERED, NOT_HELD = "Not covered", "Not held"


@dataclass(frozen=True, slots=True)
class Spot:
    """What is known of one district in one period. `covered` says whether the indicator is about it at all;
    `people` is the population that its rate is out of, where that is held."""

    place: Place
    short_name: str
    row: int
    column: int
    covered: bool = True
    point: Point | None = None
    people: Point | None = None

    @property
    def value(self) -> Decimal | None:
        return self.point.value if self.point and self.covered else None

    @property
    def population(self) -> Decimal | None:
        return self.people.value if self.people else None


@dataclass(frozen=True, slots=True)
class Whole:
    """The area that districts are parts of, with its own figure and population where they are held."""

    place: Place
    point: Point | None = None
    people: Point | None = None

    @property
    def population(self) -> Decimal | None:
        return self.people.value if self.people else None


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile: its place on the grid, its figure or why there is none, and its shade from 1 (least) to 3; 0 without a
    figure. `mark` is what is to note of this figure but not of all, `where` leads to where it comes from."""

    place: Place
    short_name: str
    row: int
    column: int
    text: str
    shade: int
    mark: str = ""
    where: WhereFrom | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A shade with the figures it stands for: '85 to 198'."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A district in the ranked table; `rank` is '' without a figure, '3=' for one that shares its rank. `where` leads
    to where the figure comes from. `rate`, `interval`, `against` and `people`, the population with the way to where it
    comes from, are '' and None where it is not compared with the whole."""

    rank: str
    place: Place
    figure: str
    mark: str
    where: WhereFrom | None = None
    rate: str = ""
    interval: str = ""
    against: str = ""
    people: str = ""
    of_people: WhereFrom | None = None


@dataclass(frozen=True, slots=True)
class TileMap:
    """The districts in one period. `marks` holds for every figure. `left` says what of the whole lies in no district
    shown, and `of_whole` leads to where the whole comes from; `compared` says whether the table sets districts against
    it."""

    measure: Measure
    period: Period
    marks: str
    tiles: tuple[Tile, ...]
    columns: int
    shades: tuple[Shade, ...]
    rows: tuple[Row, ...]
    whole: str
    left: str
    of_whole: WhereFrom | None
    compared: bool


def tile_map(
    measure: Measure,
    period: Period,
    spots: Sequence[Spot],
    whole: Whole | None = None,
    population: Measure | None = None,
) -> TileMap:
    """The tile map of a period. Without the whole nothing is said of what is left of it; without the measure of the
    populations nothing is compared."""
    values = [spot.value for spot in spots if spot.value is not None]
    said = {marks_of(spot) for spot in spots if spot.value is not None}
    common = said.pop() if len(said) == 1 else ""
    tiles = [tile(spot, measure, values, common) for spot in sorted(spots, key=lambda spot: (spot.row, spot.column))]
    against = comparisons(measure, spots, whole) if population else {}
    return TileMap(
        measure=measure,
        period=period,
        marks=common,
        tiles=tuple(tiles),
        columns=max((spot.column for spot in spots), default=0),
        shades=tuple(shades(measure, values)),
        rows=tuple(ranked(measure, spots, values, common, against, population)),
        whole=whole.place.name if whole else "",
        left=left_over(measure, spots, whole),
        of_whole=where_from(measure, whole.place, whole.point) if whole else None,
        compared=bool(against),
    )


def marks_of(spot: Spot) -> str:
    return ", ".join(words.marks(spot.point)) if spot.point else ""


def tile(spot: Spot, measure: Measure, values: Sequence[Decimal], common: str) -> Tile:
    marks = marks_of(spot)
    return Tile(
        place=spot.place,
        short_name=spot.short_name or spot.place.name,
        row=spot.row,
        column=spot.column,
        text=figure_of(spot, measure),
        shade=0 if spot.value is None else shade_of(spot.value, values),
        mark="" if spot.value is None or marks == common else marks,
        where=link_of(spot, measure),
    )


def link_of(spot: Spot, measure: Measure) -> WhereFrom | None:
    return where_from(measure, spot.place, spot.point) if spot.covered else None


def figure_of(spot: Spot, measure: Measure) -> str:
    if not spot.covered:
        return NOT_COVERED
    return words.value(spot.point, measure) if spot.point else NOT_HELD


def shade_of(value: Decimal, values: Sequence[Decimal]) -> int:
    """In which third of all figures one lies, 1 for the least; equal figures have one shade."""
    return 1 + sum(other < value for other in values) * SHADES // len(values)


def shades(measure: Measure, values: Sequence[Decimal]) -> Iterable[Shade]:
    """The shades that occur, each with its least and greatest figure."""
    for number in range(1, SHADES + 1):
        within = [value for value in values if shade_of(value, values) == number]
        if within:
            least, most = words.amount(min(within), measure), words.amount(max(within), measure)
            yield Shade(number, least if least == most else f"{least} to {most}")


def comparisons(measure: Measure, spots: Sequence[Spot], whole: Whole | None) -> dict[str, Compared]:
    """Each district with a figure against the whole, by code; none where a population is not known or the figures are
    no counts."""
    if whole is None or whole.point is None or whole.point.value is None or not whole.population:
        return {}
    held = [(spot.place.code, spot.value, spot.population) for spot in spots if spot.value is not None]
    if measure.kind != "count" or not all(population for _, _, population in held):
        return {}
    all_of_it = float(whole.point.value), float(whole.population)
    return {code: compared(float(value), float(n), *all_of_it) for code, value, n in held if n}


def ranked(
    measure: Measure,
    spots: Sequence[Spot],
    values: Sequence[Decimal],
    common: str,
    against: dict[str, Compared],
    population: Measure | None,
) -> Iterable[Row]:
    """The districts with the most first (of rates, where they are compared); those without a figure last, by name."""

    def size(spot: Spot) -> float:
        if spot.value is None:
            return -1.0
        return against[spot.place.code].rate if against else float(spot.value)

    sizes = [size(spot) for spot in spots if spot.value is not None]
    for spot in sorted(spots, key=lambda spot: (-size(spot), spot.place.name)):
        found, marks = against.get(spot.place.code), marks_of(spot)
        higher, equal = sum(each > size(spot) for each in sizes), sizes.count(size(spot))
        yield Row(
            rank="" if spot.value is None else f"{higher + 1}{'=' if equal > 1 else ''}",
            place=spot.place,
            figure=figure_of(spot, measure),
            mark="" if spot.value is None or marks == common else marks,
            where=link_of(spot, measure),
            rate=per_thousand(found.rate) if found else "",
            interval=" to ".join(per_thousand(limit) for limit in found.interval) if found else "",
            against=found.against if found else "",
            people=people_of(spot, population) if found else "",
            of_people=where_from(population, spot.place, spot.people) if population and found else None,
        )


def people_of(spot: Spot, population: Measure | None) -> str:
    """'20,000 residents'."""
    return f"{words.value(spot.people, population)} {population.counted_plural}" if spot.people and population else ""


def per_thousand(rate: float) -> str:
    return words.number(Decimal(str(rate * PER)), 2)


def left_over(measure: Measure, spots: Sequence[Spot], whole: Whole | None) -> str:
    """What of the whole is in none of the figures shown: 'Not located in any of these: 453 of 17,347 offences in Kent
    and Medway'."""
    if whole is None or whole.point is None or whole.point.value is None or measure.kind != "count":
        return ""
    values = [spot.value for spot in spots if spot.value is not None]
    left = whole.point.value - sum(values, Decimal())
    if left <= 0:
        return ""
    missing = [spot.place.name for spot in spots if spot.covered and spot.value is None]
    beside = f", or located in {' or '.join(missing)}" if missing else ""
    total = f"{words.value(whole.point, measure)} {measure.counted_plural} in {whole.place.name}"
    return f"Not located in any of these{beside}: {words.amount(left, measure)} of {total}"
