"""How often a signal is false or late, as /how-we-judge-change/ and docs/how-we-judge-change.md state it: simulated."""

import random
from collections.abc import Sequence
from itertools import count
from statistics import median

import pytest

from indicators.analysis.signals import SpecialCause
from indicators.analysis.spc import xmr

pytestmark = pytest.mark.slow

HELD_ON = 16


def stands_out(values: Sequence[float]) -> list[bool]:
    return [cause is not SpecialCause.NONE for cause in xmr(values, fix_after=HELD_ON).special_cause_type]


@pytest.mark.parametrize(("figures", "low", "high"), [(13, 0.5, 1.8), (16, 0.5, 2.0), (24, 3.5, 6.0)])
def test_the_latest_of_figures_that_do_not_change_stands_out_in_about_one_then_five_of_a_hundred(
    figures: int, low: float, high: float
) -> None:
    chance = random.Random(2019)
    runs = [stands_out([chance.gauss(100, 10) for _ in range(figures)])[-1] for _ in range(3_000)]

    assert low < 100 * sum(runs) / len(runs) < high


def test_rolling_years_of_quarters_that_do_not_change_stand_out_in_45_of_a_hundred_and_somewhere_in_96() -> None:
    chance, latest, anywhere = random.Random(2019), 0, 0
    for _ in range(1_500):
        quarters = [chance.gauss(100, 10) for _ in range(27)]
        found = stands_out([sum(quarters[at : at + 4]) for at in range(24)])
        latest, anywhere = latest + found[-1], anywhere + any(found)

    assert latest / 15 == pytest.approx(45, abs=4)
    assert anywhere / 15 == pytest.approx(96, abs=2)


@pytest.mark.parametrize(("deviations", "quarters"), [(1, {7}), (2, {3}), (3, {1, 2})])
def test_a_step_of_so_many_deviations_is_seen_after_so_many_quarters_in_half_of_all_runs(
    deviations: int, quarters: set[int]
) -> None:
    chance, late = random.Random(2019), []
    for _ in range(601):
        values = [chance.gauss(0, 1) for _ in range(HELD_ON)]
        for after in count(1):
            values.append(chance.gauss(deviations, 1))
            if stands_out(values)[-1] or after == 40:
                late.append(after)
                break

    assert median(late) in quarters
