"""An individuals chart a second time: slow, in exact fractions, each point looked at by itself. Written from the
published rules, not from the code under test.

* Limits: mean ± 2.66 × the mean distance between neighbours.
* A point is labelled by the first that holds: it lies beyond a limit; it is one of seven neighbours that only rise or
  only fall (where it belongs to two such sevens, the later counts); it lies beyond two thirds of the way to a limit,
  as does another of three neighbours that all lie on that side of the mean; it is one of seven neighbours that all
  lie on one side of the mean.
* A gap has no neighbours; a new start of limits has none before it.
"""

from fractions import Fraction
from itertools import pairwise

REACH = Fraction("2.66")
Value = Fraction | None


def chart(
    values: list[Value], rebase: list[int], fix_after: int | None
) -> list[tuple[Value, Value, Value, str | None]]:
    """Mean, lower limit, upper limit and label of every point."""
    starts = sorted({0, *rebase})
    rows: list[tuple[Value, Value, Value, str | None]] = []
    for number, start in enumerate(starts):
        part = values[start : starts[number + 1] if number + 1 < len(starts) else len(values)]
        mean, lower, upper = limits(part, fix_after)
        rows += [(mean, lower, upper, label(part, at, mean, lower, upper)) for at in range(len(part))]
    return rows


def limits(part: list[Value], fix_after: int | None) -> tuple[Value, Value, Value]:
    held = [at for at, value in enumerate(part) if value is not None][:fix_after]
    if not held:
        return None, None, None
    mean = sum((part[at] for at in held), Fraction()) / len(held)
    distances = [abs(part[at] - part[at - 1]) for at in held if at - 1 in held]
    if not distances:
        return mean, None, None
    reach = REACH * sum(distances) / len(distances)
    return mean, mean - reach, mean + reach


def label(part: list[Value], at: int, mean: Value, lower: Value, upper: Value) -> str | None:
    value = part[at]
    if value is None:
        return None
    if upper is not None and value > upper:
        return "Above UCL"
    if lower is not None and value < lower:
        return "Below LCL"
    for seven in reversed(neighbours(part, at, 7)):
        if all(a < b for a, b in pairwise(seven)):
            return "7 Point Trend (Increasing)"
        if all(a > b for a, b in pairwise(seven)):
            return "7 Point Trend (Decreasing)"
    for three in neighbours(part, at, 3):
        if upper is None:
            continue
        near_upper, near_lower = mean + (upper - mean) * 2 / 3, mean - (mean - lower) * 2 / 3
        if min(three) > mean and value > near_upper and sum(one > near_upper for one in three) >= 2:
            return "2 in 3 Above CL"
        if max(three) < mean and value < near_lower and sum(one < near_lower for one in three) >= 2:
            return "2 in 3 Below CL"
    for seven in neighbours(part, at, 7):
        if min(seven) > mean:
            return "7 Points Above CL"
        if max(seven) < mean:
            return "7 Points Below CL"
    return "Common Cause"


def neighbours(part: list[Value], at: int, number: int) -> list[list[Fraction]]:
    """Every so many values in a row, without a gap, of which the point is one; the earliest first."""
    windows = [part[start : start + number] for start in range(at - number + 1, at + 1) if start >= 0]
    return [window for window in windows if len(window) == number and None not in window]
