"""Where the words of a chart stand."""

from indicators.charts.labels import Box, free, height, width, wrapped


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

    assert free([first, second], [], picture) == first
    assert free([first, second], [Box(5, 5, 6, 6)], picture) == second
    assert free([first], [Box(5, 5, 6, 6)], picture) is None
    assert free([Box(-1, 0, 5, 5)], [], picture) is None
