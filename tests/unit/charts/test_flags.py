"""Names on poles above a plot: none covers another, or the pole of another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.flags import PAD, Flag, flags

WIDTH = 320.0
POLES = st.lists(st.tuples(st.integers(40, 300), st.integers(20, 150)), max_size=6)


def flown(*poles: tuple[float, float]) -> list[Flag]:
    found = flags(poles, WIDTH)
    assert found is not None
    return found


def test_without_marks_there_are_no_flags() -> None:
    assert flown() == []


def test_a_name_flies_to_the_right_of_its_pole_and_at_the_end_to_the_left() -> None:
    assert flown((100, 50)) == [Flag((100, 150 + PAD), 0, False)]
    assert flown((300, 50)) == [Flag((250 - PAD, 300), 0, True)]


def test_names_with_room_beside_one_another_share_the_lowest_row() -> None:
    assert [flag.row for flag in flown((50, 40), (150, 40), (250, 40))] == [0, 0, 0]


def test_of_two_that_do_not_fit_the_earlier_flies_higher() -> None:
    assert [(flag.row, flag.is_left) for flag in flown((40, 100), (60, 100))] == [(1, False), (0, False)]


def test_turning_one_to_the_left_saves_a_row() -> None:
    assert [(flag.row, flag.is_left) for flag in flown((150, 100), (170, 100))] == [(0, True), (0, False)]


def test_two_of_one_day_stand_over_one_another() -> None:
    rows = [flag.row for flag in flown((20, 100), (20, 100))]

    assert sorted(rows) == [0, 1]


def test_where_two_reach_over_the_poles_of_each_other_there_is_no_way() -> None:
    assert flags([(100, 140), (200, 150)], WIDTH) is None


def test_a_name_that_fits_on_neither_side_has_no_way() -> None:
    assert flags([(160, 200)], WIDTH) is None


@given(POLES)
def test_no_name_covers_another_or_the_pole_of_another(poles: list[tuple[int, int]]) -> None:
    found = flags(poles, WIDTH)
    if found is None:
        return

    for one, other in combinations(range(len(poles)), 2):
        a, b = found[one], found[other]
        assert a.row != b.row or a.span[1] <= b.span[0] or b.span[1] <= a.span[0]
        for name, pole, x in ((a, b, poles[other][0]), (b, a, poles[one][0])):
            # A pole is as high as its own name: it passes by all names in the rows below.
            assert not (name.span[0] < x < name.span[1]) or name.row > pole.row


@given(POLES)
def test_names_begin_or_end_at_their_poles(poles: list[tuple[int, int]]) -> None:
    for (x, wide), flag in zip(poles, flags(poles, WIDTH) or (), strict=False):
        assert flag.span == ((x - PAD - wide, x) if flag.is_left else (x, x + PAD + wide))


@given(st.lists(st.tuples(st.integers(40, 300), st.integers(20, 95)), max_size=6))
def test_names_under_a_third_of_the_picture_always_find_a_place_within_it(poles: list[tuple[int, int]]) -> None:
    assert all(flag.span[0] >= 0 and flag.span[1] <= WIDTH for flag in flown(*poles))
