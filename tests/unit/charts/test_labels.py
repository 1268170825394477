"""Where the words of a chart stand."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.labels import Box, Obstacles, free, height, width, wrapped

SIDES = st.tuples(st.integers(-50, 400), st.integers(-50, 400), st.integers(0, 200), st.integers(0, 200))
BOXES = SIDES.map(lambda box: Box(box[0], box[1], box[0] + box[2], box[1] + box[3]))


def test_boxes_that_only_touch_do_not_overlap() -> None:
    assert Box(0, 0, 10, 10).overlaps(Box(5, 5, 15, 15))
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
    assert Box(1, 1, 9, 9).within(Box(0, 0, 10, 10))
    assert not Box(1, 1, 11, 9).within(Box(0, 0, 10, 10))


def test_broad_letters_take_more_room_than_slim_ones() -> None:
    assert width("Will", 10) < width("WWWW", 10)
    assert width("til", 10) < width("1/2", 10) < width("abc", 10)
    assert width("ab", 20) == 2 * width("ab", 10)
    assert height(2, 10) == 26


def test_a_text_is_wrapped_at_words_and_a_long_word_is_left_whole() -> None:
    assert wrapped("New recording system", 10, 1000) == ["New recording system"]
    assert wrapped("New recording system", 10, 90) == ["New recording", "system"]
    assert wrapped("Incomprehensibilities", 10, 20) == ["Incomprehensibilities"]
    assert wrapped("", 10, 20) == []


def test_the_first_place_that_is_free_is_taken_and_none_where_all_are_covered() -> None:
    picture, first, second = Box(0, 0, 100, 100), Box(0, 0, 10, 10), Box(20, 0, 30, 10)

    covered = Obstacles([Box(5, 5, 6, 6)])

    assert free([first, second], Obstacles(), picture) == first
    assert free([first, second], covered, picture) == second
    assert free([first], covered, picture) is None
    assert free([Box(-1, 0, 5, 5)], Obstacles(), picture) is None


@given(st.lists(BOXES, max_size=8), BOXES)
def test_obstacles_reach_a_box_where_one_of_them_overlaps_it(boxes: list[Box], box: Box) -> None:
    assert Obstacles(boxes).reach(box) == any(box.overlaps(each) for each in boxes)
