"""Where the names of what changed or happened stand above a plot: each flies from a pole on its day, to the right or to
the left, as high as it must for no name to cover another name or the pole of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product

Span = tuple[float, float]
# Between a name and its pole, and around a name.
PAD = 4.0
# Ways to turn the flags that are looked at.
WAYS = 1024


@dataclass(frozen=True, slots=True)
class Flag:
    """A name: from where to where it reaches, in which row from 0 upwards, and whether it flies to the left."""

    span: Span
    row: int
    is_left: bool


def flags(poles: Sequence[tuple[float, float]], width: float) -> list[Flag] | None:
    """A flag for each pole, given as its place and the width of its name, within a picture: in the fewest rows, and of
    these with the fewest to the left. None where a name fits on neither side of its pole, or every way to turn them has
    one cover the pole of another."""
    places = [x for x, _ in poles]
    found: list[list[Flag]] = []
    for turned in islice(product(*(sides(pole, width) for pole in poles)), WAYS):
        spans = [span_of(pole, is_left) for pole, is_left in zip(poles, turned, strict=True)]
        rows = rows_of(spans, places)
        if rows is not None:
            found.append([Flag(*flag) for flag in zip(spans, rows, turned, strict=True)])
    return min(found, key=height_and_lefts, default=None)


def sides(pole: tuple[float, float], width: float) -> list[bool]:
    """Whether a name may fly to the right (False) and to the left (True) within the picture."""
    reach = {is_left: span_of(pole, is_left) for is_left in (False, True)}
    return [is_left for is_left, (left, right) in reach.items() if left >= 0 and right <= width]


def span_of(pole: tuple[float, float], is_left: bool) -> Span:
    x, wide = pole
    return (x - PAD - wide, x) if is_left else (x, x + PAD + wide)


def rows_of(spans: Sequence[Span], places: Sequence[float]) -> list[int] | None:
    """The row of each name: above those whose poles it reaches over, and beside no other that it touches. None where
    two reach over the poles of each other."""
    over = [{j for j, x in enumerate(places) if j != i and left < x < right} for i, (left, right) in enumerate(spans)]
    rows: dict[int, int] = {}
    while len(rows) < len(spans):
        ready = [i for i in range(len(spans)) if i not in rows and over[i] <= rows.keys()]
        if not ready:
            return None
        for i in ready:
            row = max((rows[j] + 1 for j in over[i]), default=0)
            while any(rows[j] == row and touch(spans[i], spans[j]) for j in rows):
                row += 1
            rows[i] = row
    return [rows[i] for i in range(len(spans))]


def touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] + PAD and other[0] < one[1] + PAD


def height_and_lefts(way: Iterable[Flag]) -> tuple[int, int]:
    return max((flag.row for flag in way), default=0), sum(flag.is_left for flag in way)
