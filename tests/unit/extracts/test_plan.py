"""What a file would change: new, revised, unchanged; the same file twice changes nothing."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indicators.extracts.plan import plan
from tests.unit.extracts.small import ASB, HEADER, planned, values

YEARS = [f"asb-incidents,E23000032,20{y}-01-01,20{y}-12-31," for y in range(10, 20)]
row = st.tuples(st.sampled_from(YEARS), st.integers(-9, 9)).map(lambda pair: f"{pair[0]}{pair[1]}")
files = st.lists(row, min_size=1, unique_by=lambda line: line.rpartition(",")[0])


def test_each_row_is_new_revised_or_unchanged() -> None:
    before = planned(f"{YEARS[0]}1", f"{YEARS[1]}2")

    after = planned(f"{YEARS[1]}2", f"{YEARS[0]}5", f"{YEARS[2]}3", held=before)

    assert [step.key.start for step in after.new] == [date(2012, 1, 1)]
    assert [step.key.start for step in after.revised] == [date(2010, 1, 1)]
    assert [step.key.start for step in after.unchanged] == [date(2011, 1, 1)]
    assert [(step.line, step.held.figure.value, step.figure.value) for step in after.revised if step.held] == [
        (3, 1, 5)
    ]
    assert after.changes == 2
    assert after.is_usable


def test_a_status_alone_is_a_revision() -> None:
    before = planned(f"{ASB},provisional", header=f"{HEADER},status")

    assert len(planned(ASB, held=before).revised) == 1


def test_a_note_that_the_file_leaves_out_takes_nothing_away() -> None:
    before = planned(f"{ASB},As stated", header=f"{HEADER},note")

    assert len(planned(ASB, held=before).unchanged) == 1
    assert len(planned(f"{ASB},Corrected", header=f"{HEADER},note", held=before).revised) == 1


def test_a_file_with_an_error_cannot_be_used() -> None:
    assert not planned(ASB, "nothing").is_usable


def test_a_file_that_changes_nothing_has_nothing_to_use() -> None:
    assert not planned(ASB, held=planned(ASB)).is_usable


@given(files)
def test_the_same_file_again_changes_nothing(lines: list[str]) -> None:
    once = planned(*lines)

    again = planned(*lines, held=once)

    assert again.changes == 0
    assert len(again.unchanged) == len(lines)
    assert again.rows_sha256 == once.rows_sha256


@given(files, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(lines: list[str], chance: random.Random) -> None:
    other = lines.copy()
    chance.shuffle(other)

    assert planned(*lines).rows_sha256 == planned(*other).rows_sha256
    assert planned(*lines).checksum == planned(*other).checksum
    assert values(planned(*lines)) == values(planned(*other))


@given(files, files)
def test_files_with_other_rows_have_another_sum(one: list[str], other: list[str]) -> None:
    assert (planned(*one).rows_sha256 == planned(*other).rows_sha256) == (set(one) == set(other))


def test_how_a_number_is_written_makes_no_difference() -> None:
    assert planned(f'{YEARS[0]}"1,234.0"').rows_sha256 == planned(f"{YEARS[0]}1234").rows_sha256


def test_what_the_rows_are_compared_with_is_part_of_what_was_seen() -> None:
    seen = planned(f"{YEARS[0]}5")
    since = planned(f"{YEARS[0]}5", held=planned(f"{YEARS[0]}4"))

    assert seen.rows_sha256 == since.rows_sha256
    assert seen.checksum != since.checksum


def test_nothing_readable_has_no_sum() -> None:
    empty = planned("nothing")

    assert (empty.rows_sha256, empty.checksum, empty.changes) == ("", "", 0)
    assert plan([], {}, empty.findings, read=0, format="").steps == ()
