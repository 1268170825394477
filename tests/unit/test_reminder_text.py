"""What a reminder says."""

from datetime import date

import pytest

from actions.reminder_text import Wanted, body, subject, when

DUE = date(2019, 6, 7)
PAGE = "https://csa.example.org/my-actions/"


def letter(**changes: object) -> str:
    told = {
        "to": "Ann",
        "report": "June 2019",
        "due": DUE,
        "on": date(2019, 6, 6),
        "wanted": [Wanted([("Teach young drivers", "")], [("Share campaigns", "Say how many.")], PAGE)],
        "sender": "Testshire",
    }
    return body(**(told | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2019, 5, 31), "Updates are wanted by 7 June 2019, in 7 days."),
        (date(2019, 6, 6), "Updates are wanted by 7 June 2019, in 1 day."),
        (DUE, "Updates are wanted by today, 7 June 2019."),
        (date(2019, 6, 8), "Updates were wanted by 7 June 2019, 1 day ago."),
        (date(2019, 6, 17), "Updates were wanted by 7 June 2019, 10 days ago."),
        (date(2019, 7, 9), "Updates were wanted by 7 June 2019."),
    ],
)
def test_it_says_by_when(on: date, said: str) -> None:
    assert when(DUE, on) == said


def test_without_a_day_it_says_soon() -> None:
    assert "Updates are wanted soon." in letter(due=None)


def test_it_names_what_one_leads_and_what_nobody_leads_apart() -> None:
    assert letter() == (
        "Hello Ann,\n\n"
        "the June 2019 report is being prepared. Updates are wanted by 7 June 2019, in 1 day.\n\n"
        "Please say what has happened on:\n- Teach young drivers\n\n"
        "No lead is stated for these. Please take the lead of those that are yours, or settle who does:\n"
        "- Share campaigns (sent back: Say how many.)\n\n"
        "Here: https://csa.example.org/my-actions/\n\n"
        "Where nothing is new, say so there: that counts as an update.\n\n"
        "Testshire\n"
    )


def test_what_there_is_none_of_is_left_out() -> None:
    assert "No lead" not in letter(wanted=[Wanted([("A", "")], [])])
    assert "Please say" not in letter(wanted=[Wanted([], [("A", "")])])


def test_the_subject_counts_what_waits() -> None:
    assert subject("June 2019", [Wanted([("A", "")], [])]) == "June 2019 report: 1 action waits for your update"
    assert (
        subject("June 2019", [Wanted([("A", "")], []), Wanted([], [("B", "")])])
        == "June 2019 report: 2 actions wait for your update"
    )


def test_what_is_wanted_in_place_of_somebody_else_says_so_and_leads_to_their_form() -> None:
    said = letter(wanted=[Wanted([("A", "")], [], PAGE), Wanted([("B", "")], [], f"{PAGE}?partner=fire", "Fire")])

    assert (
        f"- A\n\nHere: {PAGE}\n\n"
        "You stand in for somebody of Fire.\n\n"
        f"Please say what has happened on:\n- B\n\nHere: {PAGE}?partner=fire\n\n"
        "Where nothing is new"
    ) in said


def test_who_has_no_account_is_asked_for_an_answer_and_led_nowhere() -> None:
    said = letter(wanted=[Wanted([("A", "")], [])])

    assert "- A\n\nPlease answer with a sentence or two on each; where nothing is new, say so" in said
    assert "Here:" not in said
    assert "say so there" not in said
