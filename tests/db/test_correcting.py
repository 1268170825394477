"""A cell that somebody has corrected is read so from then on; the bytes stay. All figures are illustrative."""

import hashlib
import io
from typing import Any

import pytest

from accounts import audit
from accounts.models import AuditEvent
from indicators.extracts import correcting
from indicators.extracts.apply import CannotUse, apply, discard, plan_for, receive
from indicators.extracts.correcting import CannotCorrect, correct_cell, remove_correction
from indicators.extracts.cutting import CellPlace
from indicators.extracts.in_one_go import use_file
from indicators.extracts.storage import open_kept, path_of
from indicators.extracts.taking_back import take_back
from indicators.models import Extract, ExtractCorrection, Indicator, Observation
from tests import held
from tests.extracts import AUTUMN, FIRST, HEADER, WINTER

pytestmark = pytest.mark.django_db

WRONG = HEADER + AUTUMN.format("7OO") + WINTER.format("1200")
CELL = CellPlace(2, 5)


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


def received(data: str | bytes, name: str = "calls.csv") -> Extract:
    data = data.encode() if isinstance(data, str) else data
    return receive(source=io.BytesIO(data), original_name=name, actor="Ana")


def correct(extract: Extract, now: str = "700", was: str = "7OO", place: CellPlace = CELL, **said: Any) -> Extract:
    said = {"why": "A letter O for a nought", "actor": "Ana", **said}
    correct_cell(extract=extract, place=place, was=was, now=now, **said)
    extract.refresh_from_db()
    return extract


def used(extract: Extract) -> Extract:
    apply(extract=extract, checksum=plan_for(extract).checksum, actor="Ana", small_numbers_checked=True)
    extract.refresh_from_db()
    return extract


def values(**only: Any) -> list[tuple[str, str, int]]:
    rows = Observation.objects.filter(until=None, **only).order_by("area__name", "period_start", "indicator__slug")
    return [(row.area.name, row.period.label, int(row.value or 0)) for row in rows]


def said_of(extract: Extract) -> dict[tuple[int, int], Any]:
    return {(made.line, made.column): made.figures for made in extract.corrections.all()}


# --- what is refused, and changes nothing


@pytest.mark.parametrize(
    ("place", "was", "now", "why", "said"),
    [
        (CellPlace(2, 5), "700", "701", "x", "does not hold “700”: it holds “7OO”"),
        (CellPlace(2, 5), "", "700", "x", "does not hold nothing: it holds “7OO”"),
        (CellPlace(2, 9), "", "x", "x", "no cell at line 2, column 9"),
        (CellPlace(9, 1), "", "x", "x", "no cell at line 9, column 1"),
        (CellPlace(2, 0), "", "x", "x", "no cell at line 2, column 0"),
        (CellPlace(0, 1), "", "x", "x", "no cell at line 0, column 1"),
        (CellPlace(2, 5), "7OO", " 7OO ", "x", "has “7OO” there already"),
        (CellPlace(2, 5), "7OO", "700", " \n ", "Say why"),
        (CellPlace(2, 5), "7OO", "700", "x" * 501, "at most 500"),
        (CellPlace(2, 5), "7OO", "7" * 10_001, "x", "at most 10,000"),
        (CellPlace(2, 8), "From the return.", "Seen at CT9 1XX", "x", "looks like a full postcode"),
        (CellPlace(2, 8), "From the return.", "Mr Smith called", "x", "looks like a person's name"),
        (CellPlace(2, 5), "7OO", "700", "Told by ann@example.org", "looks like an e-mail address"),
        (CellPlace(1, 8), "note", "Victim name", "x", "is for details of people"),
    ],
)
def test_what_does_not_fit_is_refused(place: CellPlace, was: str, now: str, why: str, said: str) -> None:
    extract = received(WRONG)
    before = AuditEvent.objects.count()

    with pytest.raises(CannotCorrect, match=said):
        correct(extract, now, was, place, why=why)

    assert not ExtractCorrection.objects.exists()
    assert AuditEvent.objects.count() == before
    assert Extract.objects.get().state == "refused"
    assert path_of(extract.sha256).exists()


def test_a_file_that_somebody_decided_on_is_not_corrected() -> None:
    extract = correct(received(WRONG))
    (made,) = extract.corrections.all()
    used(extract)

    for state in ("used", "taken-back"):
        assert Extract.objects.get().state == state
        with pytest.raises(CannotCorrect, match="can no longer be corrected"):
            correct(extract, "701", "700")
        with pytest.raises(CannotCorrect, match="can no longer be corrected"):
            remove_correction(correction=made, actor="Ana")
        if state == "used":
            take_back(extract=extract, actor="Ana")
    assert said_of(extract) == {CELL: [["calls", "E10000099", "2018-10-01", "2018-12-31"]]}


def test_a_file_that_is_not_used_or_no_longer_kept_is_not_corrected() -> None:
    gone, dropped = received(WRONG), received(WRONG.replace("1200", "1300"))
    path_of(gone.sha256).unlink()
    discard(extract=dropped, actor="Ana")

    with pytest.raises(CannotCorrect, match="no cell at"):
        correct(gone)
    with pytest.raises(CannotCorrect, match="not used"):
        correct(dropped)


def test_of_a_file_with_details_of_people_no_cell_is_corrected() -> None:
    extract = received(WRONG.replace("From the return.", "Margate CT9 1XX"))

    with pytest.raises(CannotCorrect, match="can no longer be corrected"):
        correct(extract, "Margate", "Margate CT9 1XX", CellPlace(2, 8))
    assert not path_of(extract.sha256).exists()


def test_of_two_who_correct_a_cell_the_second_is_told_of_the_first() -> None:
    extract = correct(received(WRONG))

    with pytest.raises(CannotCorrect, match="it holds “700”, by the correction of Ana"):
        correct(extract, "708", "7OO", actor="Ben")

    assert [made.now for made in extract.corrections.all()] == ["700"]


def test_no_more_than_so_many_cells_are_corrected(monkeypatch: Any) -> None:
    monkeypatch.setattr(correcting, "MOST", 1)
    extract = correct(received(WRONG))

    with pytest.raises(CannotCorrect, match="Correct the file itself"):
        correct(extract, "x", "From the return.", CellPlace(2, 8))
    assert [made.now for made in correct(extract, "701", "700").corrections.all()] == ["701"]


# --- what is kept


def test_it_is_kept_with_who_when_and_why_and_the_bytes_stay() -> None:
    extract = correct(received(WRONG))

    made = extract.corrections.get()
    assert (made.line, made.column, made.was, made.now) == (2, 5, "7OO", "700")
    assert (made.why, made.made_by_name) == ("A letter O for a nought", "Ana")
    assert made.made_at is not None
    with open_kept(extract.sha256) as file:
        assert file.read() == WRONG.encode()
    assert hashlib.sha256(WRONG.encode()).hexdigest() == extract.sha256


def test_each_correction_and_each_removal_is_one_event_of_the_trail() -> None:
    extract = received(WRONG)
    correct(extract)
    correct(extract, "701", "700")
    remove_correction(correction=extract.corrections.get(), actor="Ben")

    events = list(AuditEvent.objects.order_by("number").values_list("kind", "sentence", "actor_name"))[1:]
    assert events == [
        ("cell-corrected", "Corrected line 2, column 5 of calls.csv.", "Ana"),
        ("cell-corrected", "Corrected line 2, column 5 of calls.csv.", "Ana"),
        ("correction-removed", "Removed the correction of line 2, column 5 of calls.csv.", "Ben"),
    ]
    assert '"was": "7OO"' in AuditEvent.objects.get(number=2).text
    assert list(audit.faults()) == []


def test_a_removed_correction_leaves_the_file_as_it_came_in() -> None:
    extract = received(WRONG)
    before = Extract.objects.values().get()
    correct(extract)
    assert Extract.objects.get().state == "preview"

    remove_correction(correction=extract.corrections.get(), actor="Ana")

    assert Extract.objects.values().get() == before


def test_a_second_correction_of_a_cell_stands_in_place_of_the_first() -> None:
    extract = correct(correct(received(WRONG), "70O"), "700", "70O")

    assert [(made.was, made.now) for made in extract.corrections.all()] == [("7OO", "700")]
    assert extract.state == "preview"


# --- what is read


def test_the_figures_are_used_as_corrected_and_know_from_which_cell() -> None:
    extract = correct(received(WRONG))
    plan = plan_for(extract)

    used(extract)

    assert not plan.findings.errors
    assert values() == [("Testshire", "October to December 2018", 700), ("Testshire", "January to March 2019", 1200)]
    assert said_of(extract) == {CELL: [["calls", "E10000099", "2018-10-01", "2018-12-31"]]}


def test_what_was_seen_before_a_correction_is_not_what_is_used() -> None:
    extract = received(FIRST)
    seen = plan_for(extract).checksum
    correct(extract, "From their return.", "From the return.", CellPlace(2, 8))

    with pytest.raises(CannotUse, match="Check it again"):
        apply(extract=extract, checksum=seen, actor="Ana")
    assert plan_for(extract).rows_sha256 != ""


def test_a_correction_that_leaves_every_figure_as_it_was_is_another_plan_all_the_same() -> None:
    extract = received(FIRST)
    before = plan_for(extract)

    after = plan_for(correct(extract, "0700", "700"))

    assert after.rows_sha256 == before.rows_sha256
    assert after.checksum != before.checksum


def test_taken_back_and_used_again_the_figures_are_as_corrected() -> None:
    extract = used(correct(received(WRONG)))

    take_back(extract=extract, actor="Ana")
    assert values() == []
    extract.refresh_from_db()
    used(extract)

    assert [value for *_, value in values()] == [700, 1200]
    assert set(said_of(extract)) == {CELL}


def test_a_name_of_a_column_that_is_corrected_concerns_every_figure() -> None:
    extract = correct(received(FIRST.replace("value", "amount")), "value", "amount", CellPlace(1, 5))

    used(extract)

    assert [value for *_, value in values()] == [700]
    assert said_of(extract) == {(1, 5): None}


def test_the_same_bytes_are_live_once_corrected_or_not() -> None:
    used(correct(received(WRONG)))

    assert received(WRONG).state == "used"
    assert use_file(source=io.BytesIO(WRONG.encode()), original_name="again.csv", actor="the shell") is None


def test_a_file_used_from_the_shell_is_used_without_the_corrections_of_a_preview() -> None:
    extract = correct(received(FIRST), "7", "700")

    use_file(source=io.BytesIO(FIRST.encode()), original_name="shell.csv", actor="the shell")

    assert [value for *_, value in values()] == [700]
    extract.refresh_from_db()
    assert extract.state == "preview"
    assert Observation.objects.get().extract.original_name == "shell.csv"


def test_what_a_corrected_file_had_last_time_is_missing_next_time() -> None:
    used(correct(received(WRONG)))

    summer = AUTUMN.format(5).replace("2018-10-01,2018-12-31", "2018-07-01,2018-09-30")
    plan = plan_for(received(HEADER + summer + WINTER.format("1200"), "next.csv"))

    assert [key.end.isoformat() for key in plan.missing] == ["2018-12-31"]


def test_details_of_people_that_a_correction_brings_to_light_keep_the_file_out(
    django_capture_on_commit_callbacks: Any,
) -> None:
    extract = received(WRONG.replace("7OO", '7"OO').replace("From the return.", "Margate CT9 1XX"))
    assert [finding["code"] for finding in extract.findings] == ["quote"]

    with django_capture_on_commit_callbacks(execute=True):
        correct(extract, "700", '7"OO')

    assert [(finding["code"], finding["column"]) for finding in extract.findings] == [("personal-data", 8)]
    assert extract.state == "refused"
    assert not path_of(extract.sha256).exists()
