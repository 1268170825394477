"""The text of a running account."""

import pytest
from django.core.exceptions import ValidationError

from actions.text import LONGEST, Block, blocks, tidy


def test_a_text_is_kept_with_one_form_of_each_letter_and_without_space_around_it() -> None:
    assert tidy("  Cafe\u0301 at Thanet\r\nSecond line\r \n") == "Café at Thanet\nSecond line"


def test_a_text_of_just_the_longest_length_is_kept() -> None:
    assert tidy("é" * LONGEST) == "é" * LONGEST


def test_a_text_that_is_too_long_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValidationError, match=r"10,001 characters long\. It can be up to 10,000"):
        tidy("x" * (LONGEST + 1))


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_character_that_no_database_keeps_is_refused(character: str) -> None:
    with pytest.raises(ValidationError, match="cannot be kept"):
        tidy(f"before{character}after")


def test_a_blank_line_parts_paragraphs_and_line_breaks_are_kept() -> None:
    assert blocks("One\ntwo\n\n \nThree") == (
        Block("paragraph", ("One", "two")),
        Block("paragraph", ("Three",)),
    )


def test_lines_that_begin_with_a_mark_or_a_number_are_lists() -> None:
    assert blocks("Done:\n- first\n• second\n1. one\n2) two\nafter") == (
        Block("paragraph", ("Done:",)),
        Block("bullets", ("first", "second")),
        Block("numbers", ("one", "two")),
        Block("paragraph", ("after",)),
    )


def test_a_year_or_a_dash_inside_a_line_makes_no_list() -> None:
    assert [block.kind for block in blocks("2018. A year\n\n-5 degrees")] == ["paragraph", "paragraph"]


def test_no_text_has_no_blocks() -> None:
    assert blocks(" \n ") == ()
