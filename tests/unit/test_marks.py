"""What changed between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from actions.marks import Mark, marks

TEXT = st.text(alphabet="ab \n", max_size=60)


def text_of(before: str, after: str, *kinds: str) -> list[str]:
    return "".join(mark.text for mark in marks(before, after) if mark.kind in kinds).split()


def test_two_texts_that_are_the_same_have_no_marks() -> None:
    assert marks("One two.", "One two.") == (Mark("same", "One two."),)
    assert marks("", "") == ()


def test_words_that_were_added_and_removed_stand_where_they_belong() -> None:
    assert marks("Four newsletters were sent.", "Five newsletters were sent in May.") == (
        Mark("removed", "Four"),
        Mark("added", " Five"),
        Mark("same", " newsletters were"),
        Mark("removed", " sent."),
        Mark("added", " sent in May."),
    )


def test_a_single_word_that_stayed_between_two_changes_belongs_to_them() -> None:
    assert marks("Talks in the schools ended.", "Visits to the homes began.") == (
        Mark("removed", "Talks in the schools ended."),
        Mark("added", " Visits to the homes began."),
    )


def test_another_space_between_words_is_no_change_but_shows() -> None:
    assert marks("One two", "One\n\ntwo") == (Mark("same", "One\n\ntwo"),)


def test_a_new_text_is_all_added() -> None:
    assert marks("", "One.") == (Mark("added", "One."),)


@given(TEXT, TEXT)
def test_what_stayed_and_was_added_is_the_second_text_and_what_stayed_and_was_removed_the_first(
    before: str, after: str
) -> None:
    assert text_of(before, after, "same", "added") == after.split()
    assert text_of(before, after, "same", "removed") == before.split()


def test_a_long_text_of_one_word_takes_no_time() -> None:
    before, after = "a " * 5_000, "a " * 4_000 + "b " + "a " * 1_000

    assert text_of(before, after, "same", "added") == after.split()
