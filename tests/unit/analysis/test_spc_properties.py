"""What holds for every series, and that a slow second implementation finds the same."""

from fractions import Fraction
from math import isclose

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.analysis.signals import Limits, SpecialCause, signals
from indicators.analysis.spc import Xmr, xmr
from tests.oracle.xmr import chart

VALUES = st.lists(st.integers(0, 12), min_size=1, max_size=40)
# Steps that keep a direction for a while, so that trends and shifts come about.
WANDERING = st.lists(st.tuples(st.sampled_from([-2, -1, 1, 3]), st.integers(1, 9)), min_size=1, max_size=8).map(
    lambda legs: [
        sum(step * n for step, n in legs[:leg]) + step * k for leg, (step, n) in enumerate(legs) for k in range(n)
    ]
)
GAPPED = st.one_of(
    st.lists(st.one_of(st.none(), *[st.integers(0, 12)] * 9), max_size=40),
    VALUES,
    WANDERING,
)
MIRRORED = {
    SpecialCause.NONE: SpecialCause.NONE,
    SpecialCause.ABOVE: SpecialCause.BELOW,
    SpecialCause.RISING: SpecialCause.FALLING,
    SpecialCause.NEAR_UPPER: SpecialCause.NEAR_LOWER,
    SpecialCause.SHIFT_UP: SpecialCause.SHIFT_DOWN,
}
MIRRORED |= {low: high for high, low in MIRRORED.items()}


def clear_of_ties(values: list[int], found: Xmr) -> bool:
    """Whether no value lies so close to a line that rounding decides on which side."""
    for value, mean, lower, upper in zip(values, found.mean, found.lpl, found.upl, strict=True):
        if mean is None or lower is None or upper is None or upper - lower < 1e-9:
            continue
        near = Limits(mean, lower, upper).near or (lower, upper)
        if value is not None and any(abs(value - line) < 1e-9 for line in (lower, upper, *near)):
            return False
    return True


def close(ours: float | None, theirs: Fraction | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return isclose(ours, float(theirs), rel_tol=1e-9, abs_tol=1e-9)


@given(GAPPED, st.sets(st.integers(1, 39), max_size=2), st.one_of(st.none(), st.integers(1, 20)))
def test_the_slow_implementation_finds_the_same(values: list[int], starts: set[int], fix_after: int | None) -> None:
    rebase = [at for at in starts if at < len(values)]
    exact = [None if value is None else Fraction(value) for value in values]

    found = xmr(values, rebase=rebase, fix_after=fix_after)

    assume(clear_of_ties(values, found))
    slow = chart(exact, rebase, fix_after)
    for at, (mean, lower, upper, label) in enumerate(slow):
        assert close(found.mean[at], mean)
        assert close(found.lpl[at], lower)
        assert close(found.upl[at], upper)
        assert found.special_cause_type[at] == label


@given(VALUES | WANDERING, st.integers(-500, 500))
def test_a_series_moved_as_a_whole_keeps_its_labels(values: list[int], by: int) -> None:
    found, moved = xmr(values), xmr([value + by for value in values])

    assume(clear_of_ties(values, found))
    assert moved.special_cause_type == found.special_cause_type
    assert all(isclose(b - a, by, abs_tol=1e-9) for a, b in zip(found.mean, moved.mean, strict=True))


@given(VALUES | WANDERING, st.integers(2, 500))
def test_a_series_in_another_unit_keeps_its_labels(values: list[int], times: int) -> None:
    found, scaled = xmr(values), xmr([value * times for value in values])

    assume(clear_of_ties(values, found))
    assert scaled.special_cause_type == found.special_cause_type
    for name in ("mean", "lpl", "upl"):
        pairs = zip(getattr(found, name), getattr(scaled, name), strict=True)
        assert all(b is None if a is None else isclose(a * times, b, abs_tol=1e-6) for a, b in pairs)


@given(VALUES | WANDERING)
def test_a_mirrored_series_has_the_opposite_labels(values: list[int]) -> None:
    found = xmr(values, improvement="decrease", target=5)
    mirrored = xmr([-value for value in values], improvement="increase", target=-5)

    assert mirrored.special_cause_type == [MIRRORED[cause] for cause in found.special_cause_type]
    assert mirrored.point_type == found.point_type
    assert mirrored.assurance == found.assurance


@given(VALUES | WANDERING, VALUES | WANDERING)
def test_for_runs_a_gap_makes_two_series_of_one(before: list[int], after: list[int]) -> None:
    limits = Limits(6, 1, 11)

    assert signals([*before, None, *after], limits) == [*signals(before, limits), None, *signals(after, limits)]


@given(GAPPED, st.integers(0, 40))
def test_new_limits_make_two_series_of_one(values: list[int], at: int) -> None:
    assume(0 < at < len(values))

    found, before, after = xmr(values, rebase=[at]), xmr(values[:at]), xmr(values[at:])

    for name in ("mean", "lpl", "upl", "special_cause_type"):
        assert getattr(found, name) == getattr(before, name) + getattr(after, name)
