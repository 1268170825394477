"""Limits and signals of an individuals chart (XmR), as NHS England's Making Data Count draws it.

As the R package NHSRplotthedots 0.2.2 computes it, with moving ranges not screened for outliers, as in Making Data
Count's own tools. Values are of separate periods in order of time; None is a gap.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, mean
from typing import Literal

from indicators.analysis.signals import Limits, SpecialCause, signals

Improvement = Literal["decrease", "increase", "neutral"]

# Three standard deviations are estimated as 2.66 mean moving ranges (3 / 1.128, as it is always rounded).
MOVING_RANGES = 2.66


class PointType(StrEnum):
    """What a signal means for an outcome."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether a target can be relied on to be met."""

    MET = "consistent_pass"
    MISSED = "consistent_fail"
    UNCERTAIN = "inconsistent"


@dataclass(frozen=True, slots=True)
class Xmr:
    """An individuals chart. The lists have one entry a value; at a gap the limits go on and the labels are None.
    `variation_latest` is the type of the last value; `assurance` is of the last limits, None without a target, for
    a neutral indicator, and without limits."""

    mean: list[float | None] = field(default_factory=list)
    lpl: list[float | None] = field(default_factory=list)
    upl: list[float | None] = field(default_factory=list)
    special_cause_type: list[SpecialCause | None] = field(default_factory=list)
    point_type: list[PointType | None] = field(default_factory=list)
    variation_latest: PointType | None = None
    assurance: Assurance | None = None


def xmr(
    values: Sequence[float | None],
    *,
    rebase: Iterable[int] = (),
    target: float | None = None,
    fix_after: int | None = None,
    improvement: Improvement = "neutral",
) -> Xmr:
    """The individuals chart of `values`. Limits start anew at each index in `rebase`, and signals never reach across;
    with `fix_after` each limits come from the first so many values alone.

    Raises ValueError for an index at which there is nothing and for `fix_after` below 1.
    """
    around: list[Limits] = []
    causes: list[SpecialCause | None] = []
    for start, end in segments(len(values), rebase):
        part = values[start:end]
        limits = limits_of(first(part, fix_after))
        around += [limits] * len(part)
        causes += signals(part, limits)
    types = [None if cause is None else point_type(cause, improvement) for cause in causes]
    return Xmr(
        mean=[limits.mean for limits in around],
        lpl=[limits.lpl for limits in around],
        upl=[limits.upl for limits in around],
        special_cause_type=causes,
        point_type=types,
        variation_latest=next((kind for kind in reversed(types) if kind is not None), None),
        assurance=assurance(around[-1], target, improvement) if around else None,
    )


def segments(length: int, rebase: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of a series whose limits are one: first index, index after the last."""
    starts = sorted({0, *rebase})
    if starts[0] < 0 or starts[-1] > max(0, length - 1):
        raise ValueError(f"Limits cannot start anew at {starts[0] or starts[-1]}: there are {length} values.")
    return pairwise([*starts, length])


def first(values: Iterable[float | None], number: int | None) -> list[float | None]:
    """The values with all after the first `number` that are no gap made gaps; all of them without a number."""
    kept: list[float | None] = []
    held = 0
    if number is not None and number < 1:
        raise ValueError(f"Limits come from one value or more, not from the first {number}.")
    for value in values:
        kept.append(value if number is None or held < number else None)
        held += value is not None
    return kept


def limits_of(values: Sequence[float | None]) -> Limits:
    """Mean ± 2.66 mean moving ranges. A moving range is the distance of two values in a row, never across a gap."""
    held = [value for value in values if value is not None]
    if not held:
        return Limits()
    middle = mean(held)  # rounded once, so that a constant series has no point beside its mean
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return Limits(middle)
    reach = MOVING_RANGES * fmean(ranges)
    return Limits(middle, middle - reach, middle + reach)


def point_type(cause: SpecialCause, improvement: Improvement) -> PointType:
    """What a signal means where a decrease or an increase is an improvement, or neither is."""
    if cause is SpecialCause.NONE:
        return PointType.COMMON
    if improvement == "neutral":
        return PointType.NEUTRAL_HIGH if cause.direction > 0 else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if cause.direction == (1 if improvement == "increase" else -1) else PointType.CONCERN


def assurance(limits: Limits, target: float | None, improvement: Improvement) -> Assurance | None:
    """Whether a target lies beyond the limits, and so is met or missed by every usual value. One that lies on a limit
    is within. None without a target or limits, and for a neutral indicator."""
    if target is None or limits.lpl is None or limits.upl is None or improvement == "neutral":
        return None
    if limits.lpl <= target <= limits.upl:
        return Assurance.UNCERTAIN
    return Assurance.MET if (target < limits.lpl) == (improvement == "increase") else Assurance.MISSED
