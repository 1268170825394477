"""How fast series are read: 60 indicators in 14 areas over 51 quarters, twice as much, and once more unchanged.

python -m tests.performance readings. It needs no database.
"""

import random
import sys
import time
from collections.abc import Sequence
from datetime import date

from indicators.analysis.reading import read
from indicators.analysis.series import Break, Measure, Place, Series
from indicators.periods import Period
from tests.performance.measure import say
from tests.series import quarters

INDICATORS, AREAS, QUARTERS = 60, 14, 51
FIRST = Period.of(2006, 4, 3)
SECONDS = 2.0
# Twice as much may take twice as long and a little: a busy machine is never twice the same.
GROWTH = 2.6
RUNS = 3


def made(indicators: int, number: int) -> list[Series]:
    """Series with a season, noise and a break, each other ones."""
    chance = random.Random(1)
    recording = Break(date(2017, 4, 1), date(2017, 4, 1), "Recording changed", "Because.")
    return [
        Series.of(
            Measure(f"indicator-{which}", f"Indicator {which}", f"Indicator {which}", "call", "calls"),
            Place(f"E0700{area:04}", f"District {area}"),
            quarters([400 + 60 * (n % 4) + chance.randrange(80) for n in range(number)], FIRST),
            [recording] if which % 2 else [],
            seasonal=which % 3 > 0,
        )
        for which in range(indicators)
        for area in range(AREAS)
    ]


def seconds(series: Sequence[Series], *, again: bool = False) -> float:
    """The best of some runs: what else the machine does only adds."""
    found = []
    for _ in range(RUNS):
        if not again:
            read.cache_clear()
        begun = time.perf_counter()
        for each in series:
            read(each)
        found.append(time.perf_counter() - begun)
    return min(found)


def main() -> None:
    series = made(INDICATORS, QUARTERS)
    once, again = seconds(series), seconds(series, again=True)
    more, longer = seconds(made(2 * INDICATORS, QUARTERS)), seconds(made(INDICATORS, 2 * QUARTERS))
    title = f"read {INDICATORS} indicators × {AREAS} areas × {QUARTERS} quarters"
    for name, ours, beside, goal in (
        (title, once, SECONDS, 1.0),
        ("… unchanged ÷ the first time", again, once, 0.25),
        ("… of twice as many indicators ÷ the first time", more, once, GROWTH),
        ("… of twice as many quarters ÷ the first time", longer, once, GROWTH),
    ):
        verdict = f"≤ {goal:g} {'met' if ours / beside <= goal else 'not met'}"
        say(name, f"{ours:.2f} s", f"{beside:.2f} s", f"{ours / beside:.2f}", "", verdict)


if __name__ == "__main__":
    sys.exit(main())
