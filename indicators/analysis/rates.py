"""Intervals of counts, rates and proportions, and whether two counts or five years differ by more than chance.

The formulas are those of the R package PHEindicatormethods and of Fingertips, which English public health uses; both
take the events as independent of each other. What depends on recording varies far more than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

# Under this count Byar's approximation is not close enough, and the exact interval stands in its place.
SMALLEST_FOR_BYAR = 10
# Chance is asked about where both counts are smaller: with more, any difference is beyond chance.
SMALL_COUNTS = 1_000
# Fingertips: the last five years, at 99.8 % confidence (chi-squared with one degree of freedom).
YEARS = 5
CHI_SQUARED = 9.54953570608324

Interval = tuple[float, float]


def byar(x: float, n: float | None = None, confidence: float = 0.95) -> tuple[float | None, float]:
    """Byar's interval of a count `x`, per unit of `n` (None: of the count itself), as byars_lower and byars_upper of
    PHEindicatormethods. The lower limit is None where the formula gives none: at 0, and where it would be negative.

    Raises ValueError for a negative count, an `n` that is not positive and a confidence that is not between 0 and 1.
    """
    z, unit = checked(x, n, confidence)
    more = x + 1
    lower = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3 if x else -inf
    upper = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return None if lower < 0 else lower / unit, upper / unit


def exact(x: float, n: float | None = None, confidence: float = 0.95) -> Interval:
    """The exact Poisson interval of a count `x`, per unit of `n` (None: of the count itself): half of the chi-squared
    quantiles with 2x and 2x + 2 degrees of freedom; from 0 where nothing was counted. Raises as `byar` does."""
    _, unit = checked(x, n, confidence)
    tail = (1 - confidence) / 2
    lower = gamma_quantile(x, tail) if x else 0.0
    return lower / unit, gamma_quantile(x + 1, 1 - tail) / unit


def poisson(x: float, n: float | None = None, confidence: float = 0.95) -> Interval:
    """The interval that is published with a count or rate: Byar's from 10, exact below, as phe_rate of
    PHEindicatormethods. Raises as `byar` does."""
    lower, upper = byar(x, n, confidence)
    return exact(x, n, confidence) if lower is None or x < SMALLEST_FOR_BYAR else (lower, upper)


def wilson(x: float, n: float | None, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of the proportion `x` of `n`, as wilson_lower and wilson_upper of PHEindicatormethods.
    Raises as `byar` does, and for a part that is larger than the whole or has none."""
    z, _ = checked(x, n, confidence)
    if n is None or x > n:
        raise ValueError(f"{x} is not a part of {n}.")
    middle, reach = 2 * x + z * z, z * sqrt(z * z + 4 * x * (1 - x / n))
    whole = 2 * (n + z * z)
    return (middle - reach) / whole if x else 0.0, (middle + reach) / whole if x < n else 1.0


def checked(x: float, n: float | None, confidence: float) -> tuple[float, float]:
    """How many standard deviations the confidence is, and what to divide by."""
    if x < 0 or (n is not None and n <= 0) or not 0 < confidence < 1:
        raise ValueError(f"There is no interval of {x} in {n} at a confidence of {confidence}.")
    return NormalDist().inv_cdf((1 + confidence) / 2), 1.0 if n is None else n


def gamma_quantile(shape: float, level: float) -> float:
    """Where the gamma distribution of a shape reaches a level: half of the chi-squared quantile at twice as many
    degrees of freedom. By halving, to the last digit."""
    low, high = 0.0, shape
    while gamma_reached(shape, high) < level:
        low, high = high, high + 1 + sqrt(shape)
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if gamma_reached(shape, middle) < level else (low, middle)
    return middle


def gamma_reached(shape: float, at: float) -> float:
    """The share of the gamma distribution of a shape that lies below a value: the regularised lower incomplete gamma
    function, by its power series."""
    term = exp(shape * log(at) - at - lgamma(shape + 1))
    total, k = 0.0, shape
    while total + term != total:
        total, k = total + term, k + 1
        term *= at / k
    return total


@dataclass(frozen=True, slots=True)
class RateRatio:
    """One count or rate against another. `ratio` is None where the second is 0; the limits are None where either is.
    `p` is how often chance alone would set two counts of equal rates so far apart."""

    ratio: float | None
    lower: float | None
    upper: float | None
    p: float

    @property
    def could_be_chance(self) -> bool:
        """Whether chance alone would do it once in twenty times or more often."""
        return self.p >= 0.05


def rate_ratio(x1: int, n1: float | None, x2: int, n2: float | None, confidence: float = 0.95) -> RateRatio:
    """The rate `x1` in `n1` against `x2` in `n2` (both None: the counts themselves), with the interval of its
    logarithm and the exact conditional test: of all events so many or fewer fall to the first, twice the smaller tail.
    Fit for counts under SMALL_COUNTS of events that are nearly independent.

    Raises ValueError as `byar` does, and where only one of `n1` and `n2` is given.
    """
    (z, unit1), (_, unit2) = checked(x1, n1, confidence), checked(x2, n2, confidence)
    if (n1 is None) != (n2 is None):
        raise ValueError("A count is not set against a rate.")
    p = binomial_p(x1, x1 + x2, unit1 / (unit1 + unit2))
    if not x2:
        return RateRatio(None, None, None, p)
    ratio = (x1 / unit1) / (x2 / unit2)
    if not x1:
        return RateRatio(ratio, None, None, p)
    reach = z * sqrt(1 / x1 + 1 / x2)
    return RateRatio(ratio, ratio * exp(-reach), ratio * exp(reach), p)


def binomial_p(x: int, n: int, share: float) -> float:
    """The exact two-sided p of `x` out of `n` where a share of all is expected: twice the smaller tail, 1 at most."""
    if x > n * share:
        x, share = n - x, 1 - share
    at_x = exp(lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) + x * log(share) + (n - x) * log1p(-share))
    below, term = 0.0, at_x
    for k in range(x, -1, -1):
        below += term
        term *= k / (n - k + 1) * (1 - share) / share
    return min(1.0, 2 * min(below, 1 - below + at_x))


class Trend(StrEnum):
    """What five years say, in the words of Fingertips."""

    NO_CHANGE = "no significant change"
    INCREASING = "increasing"
    DECREASING = "decreasing"


@dataclass(frozen=True, slots=True)
class AnnualTrend:
    """The trend of five years: its slope in the unit of the values a year, and how far it is from none."""

    trend: Trend
    slope: float
    chi2: float


def annual_trend(values: Sequence[float | None], intervals: Sequence[Interval | None]) -> AnnualTrend | None:
    """The trend of the last five of annual values with their 95 % intervals, as the TrendMarkerCalculator of
    Fingertips: a line through them weighted by 1 / ((upper - lower) / 3.92)², a change where chi-squared is above
    9.5495… and the slope keeps its sign whichever one year is left out. None where one of the five is missing.

    Raises ValueError where values and intervals are not as many, or an interval has no width.
    """
    rows = list(zip(values, intervals, strict=True))[-YEARS:]
    years: list[tuple[int, float, float]] = []
    for year, (value, interval) in enumerate(rows, 1):
        if value is None or interval is None:
            return None
        if interval[1] <= interval[0]:
            raise ValueError(f"The interval from {interval[0]} to {interval[1]} has no width.")
        years.append((year, value, (3.92 / (interval[1] - interval[0])) ** 2))
    if len(years) < YEARS:
        return None
    slope, chi2 = weighted_line(years)
    without = [weighted_line(years[:at] + years[at + 1 :])[0] for at in range(YEARS)]
    if chi2 <= CHI_SQUARED or len({one < 0 for one in [slope, *without]}) > 1:
        return AnnualTrend(Trend.NO_CHANGE, slope, chi2)
    return AnnualTrend(Trend.DECREASING if slope < 0 else Trend.INCREASING, slope, chi2)


def weighted_line(points: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """The slope of the line through (x, y, weight), and (slope / its standard error)²."""
    total = sum(w for _, _, w in points)
    x_mean = sum(w * x for x, _, w in points) / total
    spread = sum(w * (x - x_mean) ** 2 for x, _, w in points)
    slope = sum(w * (x - x_mean) * y for x, y, w in points) / spread
    return slope, slope * slope * spread
