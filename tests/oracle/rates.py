"""Intervals and tests of counts a second time: slow, from their definitions, with exact fractions where that is
possible. Nothing here is taken from the code under test."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from math import comb


def poisson_at_most(count: int, expected: Decimal) -> Decimal:
    """How probable at most so many events are where so many are expected: e^-m (1 + m + m²/2 + m³/6 + …)."""
    term = total = Decimal(1)
    for k in range(1, count + 1):
        term = term * expected / k
        total += term
    return total * (-expected).exp()


def exact_limits(count: int, confidence: str) -> tuple[float, float]:
    """The means at which so many events or more, and so many or fewer, become as improbable as half of what the
    confidence leaves."""
    with localcontext() as context:
        context.prec = 50
        tail = (1 - Decimal(confidence)) / 2
        ends = Decimal(0), Decimal(20 * count + 100)

        def where(too_low: str) -> float:
            low, high = ends
            for _ in range(120):
                middle = (low + high) / 2
                if too_low == "lower":
                    below = 1 - poisson_at_most(count - 1, middle) < tail
                else:
                    below = poisson_at_most(count, middle) > tail
                low, high = (middle, high) if below else (low, middle)
            return float(low)

        return (where("lower") if count else 0.0), where("upper")


def binomial_two_sided(count: int, of: int, share: Fraction) -> Fraction:
    """Twice the probability of so many or fewer, or of so many or more, whichever is smaller; 1 at most."""
    at = [comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(of + 1)]
    return min(Fraction(1), 2 * min(sum(at[: count + 1]), sum(at[count:])))


def weighted_slope(values: list[Fraction], weights: list[Fraction]) -> Fraction:
    """The slope of the line of least weighted squares: of the slopes between every two points, the mean weighted by
    both weights and the squared distance."""
    pairs = list(combinations(range(len(values)), 2))
    importance = [weights[a] * weights[b] * (b - a) ** 2 for a, b in pairs]
    slopes = [(values[b] - values[a]) / (b - a) for a, b in pairs]
    return sum((i * s for i, s in zip(importance, slopes, strict=True)), Fraction()) / sum(importance)
