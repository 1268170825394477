"""The signals of an individuals chart: points that hardly come about by chance.

The rules are those of the R package NHSRplotthedots 0.2.2, but that a point beyond a limit counts as one of the 'two
of three', as in Making Data Count's own tools since November 2023.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

# A run of so many on one side of the mean is a shift; so many rising or falling are a trend.
SHIFT = 7
TREND = 7


class SpecialCause(StrEnum):
    """The rule that a point meets, by its label in NHSRplotthedots. A point has one: the first that holds of
    outside, trend, two of three, shift."""

    NONE = "Common Cause"
    ABOVE = "Above UCL"
    BELOW = "Below LCL"
    RISING = "7 Point Trend (Increasing)"
    FALLING = "7 Point Trend (Decreasing)"
    NEAR_UPPER = "2 in 3 Above CL"
    NEAR_LOWER = "2 in 3 Below CL"
    SHIFT_UP = "7 Points Above CL"
    SHIFT_DOWN = "7 Points Below CL"

    @property
    def direction(self) -> int:
        """1 for high or rising, -1 for low or falling, 0 without a signal."""
        return 0 if self is SpecialCause.NONE else 1 if self in HIGH else -1

    @property
    def is_course(self) -> bool:
        """Whether it says where values go (rising, falling), not where they lie: beside the mean or beyond a limit."""
        return self in (SpecialCause.RISING, SpecialCause.FALLING)

    def is_like(self, other: "SpecialCause") -> bool:
        """Whether both say the same: usual, high, low, rising or falling."""
        return (self.direction, self.is_course) == (other.direction, other.is_course)


HIGH = frozenset({SpecialCause.ABOVE, SpecialCause.RISING, SpecialCause.NEAR_UPPER, SpecialCause.SHIFT_UP})


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a run of values and its lower and upper limit, all in their unit. None where there are no values
    (`mean`) or no two in a row (`lpl`, `upl`)."""

    mean: float | None = None
    lpl: float | None = None
    upl: float | None = None

    @property
    def near(self) -> tuple[float, float] | None:
        """Two thirds of the way from the mean to the lower and to the upper limit."""
        if self.mean is None or self.lpl is None or self.upl is None:
            return None
        return self.mean - (self.mean - self.lpl) * 2 / 3, self.mean + (self.upl - self.mean) * 2 / 3

    def times(self, factor: float) -> "Limits":
        """The limits of values so many times as large."""
        return Limits(*(None if line is None else line * factor for line in (self.mean, self.lpl, self.upl)))


def signals(values: Sequence[float | None], limits: Limits) -> list[SpecialCause | None]:
    """The label of each value against limits; None at a gap. Runs end at a gap."""
    found: list[SpecialCause | None] = [None if value is None else SpecialCause.NONE for value in values]
    for start, run in unbroken(values):
        for rule in (shifts, twos_of_three, trends, outside):  # the later goes before the earlier
            for at, cause in rule(run, limits):
                found[start + at] = cause
    return found


def unbroken(values: Sequence[float | None]) -> Iterator[tuple[int, list[float]]]:
    """The runs between gaps: the index of the first, and the values."""
    run: list[float] = []
    for at, value in enumerate([*values, None]):
        if value is not None:
            run.append(value)
        elif run:
            yield at - len(run), run
            run = []


def outside(run: Sequence[float], limits: Limits) -> Iterator[tuple[int, SpecialCause]]:
    """Points beyond a limit; one that lies on it is within."""
    for at, value in enumerate(run):
        if limits.upl is not None and value > limits.upl:
            yield at, SpecialCause.ABOVE
        if limits.lpl is not None and value < limits.lpl:
            yield at, SpecialCause.BELOW


def trends(run: Sequence[float], limits: Limits) -> Iterator[tuple[int, SpecialCause]]:
    """Every point of seven or more that only rise or only fall; two equal values end a trend. A turning point that
    two trends share is given twice, the later trend last."""
    steps = [(b > a) - (b < a) for a, b in pairwise(run)]
    for start, end, direction in stretches(steps):
        if end - start + 1 >= TREND:
            cause = SpecialCause.RISING if direction > 0 else SpecialCause.FALLING
            yield from ((at, cause) for at in range(start, end + 1))


def twos_of_three(run: Sequence[float], limits: Limits) -> Iterator[tuple[int, SpecialCause]]:
    """Of three in a row on one side of the mean, the two or three that lie beyond two thirds of the limit."""
    if limits.near is None:
        return
    lower, upper = limits.near
    sides = sides_of(run, limits)
    for start in range(len(run) - 2):
        three = range(start, start + 3)
        far = [at for at in three if run[at] > upper or run[at] < lower]
        if len(far) >= 2 and abs(sum(sides[at] for at in three)) == 3:
            cause = SpecialCause.NEAR_UPPER if sides[start] > 0 else SpecialCause.NEAR_LOWER
            yield from ((at, cause) for at in far)


def shifts(run: Sequence[float], limits: Limits) -> Iterator[tuple[int, SpecialCause]]:
    """Every point of seven or more in a row on one side of the mean; a point on the mean ends the run."""
    for start, end, side in stretches(sides_of(run, limits)):
        if end - start >= SHIFT:
            cause = SpecialCause.SHIFT_UP if side > 0 else SpecialCause.SHIFT_DOWN
            yield from ((at, cause) for at in range(start, end))


def sides_of(run: Sequence[float], limits: Limits) -> list[int]:
    """1 for a value above the mean, -1 below, 0 on it or without a mean."""
    middle = limits.mean
    return [0 if middle is None else (value > middle) - (value < middle) for value in run]


def stretches(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs of one sign other than 0: first index, index after the last, sign."""
    start = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if signs[start]:
                yield start, at, signs[start]
            start = at
