"""Districts against their county: indicators/analysis/districts.py"""

import pytest

from indicators.analysis.districts import Against, compared
from indicators.analysis.rates import poisson


@pytest.mark.parametrize(("x", "n", "whole_x", "whole_n"), [(-1, 100, 10, 100), (1, 0, 10, 100), (1, 100, 10, 0)])
def test_what_has_no_rate_is_refused(x: int, n: int, whole_x: int, whole_n: int) -> None:
    with pytest.raises(ValueError, match="There is no"):
        compared(x, n, whole_x, whole_n)


def test_the_rate_has_its_95_percent_interval() -> None:
    found = compared(65, 100_000, 1_000, 1_000_000)

    assert found.rate == pytest.approx(0.00065)
    assert found.interval == poisson(65, 100_000, 0.95)


# 100 of 100,000 at 95 %: 81.4 to 121.6; at 99.8 %: 71.9 to 134.9.
@pytest.mark.parametrize(
    ("whole", "against"),
    [
        (71, Against.HIGHER),
        (75, Against.PROBABLY_HIGHER),
        (81, Against.PROBABLY_HIGHER),
        (82, Against.SIMILAR),
        (100, Against.SIMILAR),
        (121, Against.SIMILAR),
        (122, Against.PROBABLY_LOWER),
        (134, Against.PROBABLY_LOWER),
        (136, Against.LOWER),
    ],
)
def test_a_part_differs_where_its_interval_leaves_out_the_rate_of_the_whole(whole: int, against: Against) -> None:
    assert compared(100, 100_000, whole, 100_000).against == against


def test_none_at_all_is_lower_than_many() -> None:
    found = compared(0, 100_000, 1_000, 1_000_000)

    assert found.interval[0] == 0
    assert found.against == Against.LOWER
