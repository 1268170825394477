"""The parts of a whole set against it: districts against their county or police force area.

As in the Fingertips profiles: a part differs where the interval of its own rate leaves out the rate of the whole. Of a
dozen parts one or two do at 95 % by chance alone, at 99.8 % hardly any. Both intervals take events as independent of
each other; recorded crime varies more.
"""

from dataclasses import dataclass
from enum import StrEnum

from indicators.analysis.rates import Interval, poisson

LIKELY, SURE = 0.95, 0.998


class Against(StrEnum):
    """How the rate of a part lies to that of the whole. The value is the words on the page."""

    HIGHER = "Higher (99.8%)"
    PROBABLY_HIGHER = "Higher (95% only)"
    SIMILAR = "Similar"
    PROBABLY_LOWER = "Lower (95% only)"
    LOWER = "Lower (99.8%)"


@dataclass(frozen=True, slots=True)
class Compared:
    """The rate of a part for one of its population, its 95 % interval, and how it lies to the whole."""

    rate: float
    interval: Interval
    against: Against


def compared(x: float, n: float, whole_x: float, whole_n: float) -> Compared:
    """`x` events in a population of `n` against `whole_x` in `whole_n`. Raises ValueError for a negative count and a
    population that is not positive."""
    if whole_x < 0 or whole_n <= 0:
        raise ValueError(f"There is no rate of {whole_x} in {whole_n}.")
    likely, sure = poisson(x, n, LIKELY), poisson(x, n, SURE)
    rate = whole_x / whole_n
    if sure[0] > rate:
        against = Against.HIGHER
    elif sure[1] < rate:
        against = Against.LOWER
    elif likely[0] > rate:
        against = Against.PROBABLY_HIGHER
    else:
        against = Against.PROBABLY_LOWER if likely[1] < rate else Against.SIMILAR
    return Compared(x / n, likely, against)
