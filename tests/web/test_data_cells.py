"""/data/uploads/<id>/: a wrong cell is corrected on the page of its file. All figures are illustrative."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.extracts.storage import path_of
from indicators.models import Extract, ExtractCorrection, Indicator, Observation
from tests import held
from tests.plan import partner, someone
from tests.unit.extracts.books import row, xlsx
from tests.web.test_data import TWO, address, text_of, use

pytestmark = pytest.mark.django_db

WRONG = TWO.replace("700", "7OO")
SAID = {"line": "2", "column": "5", "was": "7OO", "now": "700", "why": "A letter O for a nought"}


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def offered(client: Client, at: str) -> list[dict[str, str]]:
    """What each form of a cell would send as it stands on the page."""
    forms = re.findall(r'<form[^>]*class="csa-cell".*?</form>', client.get(at).content.decode(), re.DOTALL)
    return [
        {
            name: html.unescape(value)
            for name, value in re.findall(r'<input[^>]* name="(\w+)"(?: value="([^"]*)")?', form)
            if name != "csrfmiddlewaretoken"
        }
        for form in forms
    ]


def corrected(client: Client, at: str, **said: str) -> Any:
    return client.post(f"{at}correct/", {**SAID, **said}, follow=True)


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_correct_cells_and_take_corrections_back(client: Client, role: Role | None) -> None:
    client.force_login(someone(Role.ANALYST))
    first, second = address(client, WRONG), address(client, WRONG + "\n")
    corrected(client, first)
    made = ExtractCorrection.objects.get()
    client.logout()
    if role:
        client.force_login(someone(role, partner("some", "Some") if role is Role.WORKING_GROUP else None))
    refused = 403 if role else 302

    answers = [client.post(f"{second}correct/", SAID), client.post(f"{first}correct/{made.pk}/remove/")]

    assert [answer.status_code for answer in answers] == [refused] * 2
    assert ExtractCorrection.objects.get().pk == made.pk


def test_those_who_may_only_see_are_offered_no_form(client: Client) -> None:
    client.force_login(someone(Role.ANALYST))
    at = address(client, WRONG)
    client.force_login(someone(Role.COORDINATOR))

    said = text_of(client.get(at))

    assert "is not a number" in said
    assert offered(client, at) == []
    assert "Correct single cells" not in said


def test_nothing_is_corrected_by_an_address_alone(analyst: Client) -> None:
    at = address(analyst, WRONG)

    assert analyst.get(f"{at}correct/", SAID).status_code == 405
    assert not ExtractCorrection.objects.exists()


def test_a_correction_is_removed_on_the_page_of_its_own_file_only(analyst: Client) -> None:
    first, second = address(analyst, WRONG), address(analyst, WRONG + "\n")
    corrected(analyst, first)

    assert analyst.post(f"{second}correct/{ExtractCorrection.objects.get().pk}/remove/").status_code == 404
    assert ExtractCorrection.objects.exists()


# --- what cannot be


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"why": ""}, "Say why the cell is corrected."),
        ({"was": "71"}, "does not hold “71”: it holds “7OO”"),
        ({"now": "7OO"}, "The file has “7OO” there already."),
        ({"now": "Call CT9 1XX"}, "looks like a full postcode"),
        ({"column": "9"}, "There is no cell at line 2, column 9."),
        ({"line": "0"}, "greater than or equal to 1"),
        ({"line": "x"}, "Enter a whole number"),
        ({"line": ""}, "This field is required"),
        ({"line": "9" * 30}, "less than or equal"),
        ({"now": "x" * 10_001}, "at most 10000 characters"),
        ({"now": "7\x000"}, "Null characters are not allowed"),
    ],
)
def test_a_correction_that_cannot_be_says_why_and_keeps_what_was_typed(
    analyst: Client, said: dict[str, str], expected: str
) -> None:
    at = address(analyst, WRONG)

    response = corrected(analyst, at, **said)

    assert response.status_code == 422
    assert expected in text_of(response)
    assert "There is a problem" in text_of(response)
    assert not ExtractCorrection.objects.exists()
    if "why" in said:
        assert 'value="700"' in response.content.decode()
        assert 'href="#cell-2-5-why"' in response.content.decode()


def test_of_two_who_correct_at_once_the_second_sees_what_the_first_did(analyst: Client) -> None:
    at = address(analyst, WRONG)
    corrected(analyst, at, now="70O")

    response = corrected(analyst, at, now="708")

    assert response.status_code == 422
    assert "it holds “70O”, by the correction of Ana. Look at it again." in text_of(response)


def test_a_row_of_another_width_is_for_the_file(analyst: Client) -> None:
    at = address(analyst, TWO.replace(",700,final,", ",1,200,final,Said by phone"))

    assert offered(analyst, at) == []
    assert "upload it again" in text_of(analyst.get(at))


def test_a_file_that_is_used_can_no_longer_be_corrected(analyst: Client) -> None:
    at = address(analyst, TWO)
    use(analyst, at)

    response = corrected(analyst, at, was="700", now="701")

    assert response.status_code == 422
    assert "can no longer be corrected: used" in text_of(response)
    assert not ExtractCorrection.objects.exists()


def test_of_a_file_with_details_of_people_nothing_is_offered(analyst: Client) -> None:
    at = address(analyst, WRONG.replace(",final,", ",final,Margate CT9 1XX"))

    assert offered(analyst, at) == []
    assert corrected(analyst, at).status_code == 422


# --- what is offered


def test_each_wrong_cell_has_a_form_with_what_stands_in_the_file(analyst: Client) -> None:
    at = address(
        analyst, WRONG.replace("provisional", "provisionall").replace("calls,E10000099,2019", "cals,Kemt,2019")
    )

    assert [(each["line"], each["column"], each["was"], each["now"], each["why"]) for each in offered(analyst, at)] == [
        ("2", "5", "7OO", "7OO", ""),
        ("3", "1", "cals", "cals", ""),
        ("3", "2", "Kemt", "Kemt", ""),
        ("3", "6", "provisionall", "provisionall", ""),
    ]
    page = analyst.get(at).content.decode()
    assert 'href="#cell-2-5-now"' in page
    assert 'id="cell-2-5-now"' in page
    assert page.count("Line 2, column 5 (value)") >= 2


def test_two_errors_of_one_cell_share_a_form(analyst: Client) -> None:
    both = TWO.replace("700,final", "[c] 7,final")
    at = address(analyst, both)

    assert len(offered(analyst, at)) == 1


def test_every_box_has_a_label_of_its_own(analyst: Client) -> None:
    main = analyst.get(address(analyst, WRONG.replace("provisional", "x"))).content.decode().partition("<main")[2]

    ids = re.findall(r'<input type="text"[^>]* id="([^"]+)"', main)

    assert len(ids) == len(set(ids)) == 4
    assert [name for name in ids if f'for="{name}"' not in main] == []


def test_what_stands_in_a_cell_is_never_taken_for_markup(analyst: Client) -> None:
    at = address(analyst, TWO.replace("700", '"<img src=x> ""1"""'))

    page = analyst.get(at).content.decode()

    assert "<img" not in page
    (form,) = offered(analyst, at)
    assert form["was"] == '<img src=x> "1"'
    assert "Nothing has changed yet" in text_of(
        analyst.post(f"{at}correct/", {**form, "now": "1", "why": "x"}, follow=True)
    )


def test_a_cell_of_several_lines_can_be_corrected(analyst: Client) -> None:
    at = address(analyst, TWO.replace("700", '"7\n00"'))
    (form,) = offered(analyst, at)

    sent = {**form, "was": form["was"].replace("\n", "\r\n"), "now": "700", "why": "Two lines"}
    assert "Nothing has changed yet" in text_of(analyst.post(f"{at}correct/", sent, follow=True))


def test_a_long_list_of_errors_offers_the_first_forms_and_says_so(analyst: Client) -> None:
    lines = "".join(f"calls,E10000099,20{at}-01-01,20{at}-01-31,x,,\n" for at in range(10, 60))
    at = address(analyst, TWO.splitlines(keepends=True)[0] + lines)

    assert len(offered(analyst, at)) == 20
    assert "What has no link above can only be corrected in the file." in text_of(analyst.get(at))


# --- what is corrected


def test_a_corrected_cell_is_used_and_the_page_says_who_and_why(analyst: Client) -> None:
    at = address(analyst, WRONG)

    said = text_of(corrected(analyst, at))
    assert "Line 2, column 5 is corrected. The file stays as it is." in said
    assert "2 new, 0 revised, 0 unchanged" in said
    assert "Line 2, column 5 7OO 700 A letter O for a nought Ana, " in said
    assert "Remove the correction of Line 2, column 5" in said
    after = text_of(use(analyst, at))

    assert "Corrected cells" in after
    assert "7OO 700 A letter O for a nought Ana, " in after
    assert "Remove" not in after
    assert sorted(Observation.objects.values_list("value", flat=True)) == [700, 1200]
    assert analyst.get(f"{at}file/").getvalue() == WRONG.encode()  # type: ignore[attr-defined]
    assert AuditEvent.objects.filter(kind="cell-corrected").count() == 1


def test_a_form_sent_as_it_stands_with_a_new_value_is_enough(analyst: Client) -> None:
    at = address(analyst, WRONG)
    (form,) = offered(analyst, at)

    response = analyst.post(f"{at}correct/", {**form, "now": "700", "why": "Typing"}, follow=True)

    assert response.redirect_chain == [(at, 302)]
    assert "What this file changes" in text_of(response)


def test_a_correction_that_is_still_wrong_can_be_corrected_again(analyst: Client) -> None:
    at = address(analyst, WRONG)
    corrected(analyst, at, now="70O")

    (form,) = offered(analyst, at)
    assert (form["was"], form["now"]) == ("70O", "70O")
    assert "In the file: 7OO , corrected so far to 70O" in text_of(analyst.get(at))
    analyst.post(f"{at}correct/", {**form, "now": "700", "why": "Typing"})

    made = ExtractCorrection.objects.get()
    assert (made.was, made.now) == ("7OO", "700")


def test_a_removed_correction_brings_the_error_back(analyst: Client) -> None:
    at = address(analyst, WRONG)
    corrected(analyst, at)

    said = text_of(analyst.post(f"{at}correct/{ExtractCorrection.objects.get().pk}/remove/", follow=True))

    assert "is read as it stands in the file again" in said
    assert "This file cannot be used" in said
    assert "Corrected cells" not in said


def test_a_cell_of_a_workbook_is_corrected_like_any_other(analyst: Client) -> None:
    names = row(1, "indicator", "area_code", "period", "value")
    at = address(analyst, xlsx({"Oct": names + row(2, "calls", "E10000099", "Oct 2018", "7O")}), "book.xlsx")
    (form,) = offered(analyst, at)

    analyst.post(f"{at}correct/", {**form, "now": "70", "why": "Typing"})
    use(analyst, at)

    assert [figure.value for figure in Observation.objects.all()] == [70]


def test_the_page_of_the_figure_says_what_was_corrected(analyst: Client) -> None:
    at = address(analyst, WRONG)
    corrected(analyst, at)
    use(analyst, at)
    first, second = Observation.objects.order_by("line")
    analyst.force_login(someone(Role.GOVERNING_GROUP))

    said = text_of(analyst.get(f"/observations/{first.pk}/"))
    other = text_of(analyst.get(f"/observations/{second.pk}/"))

    assert "calls,E10000099,2018-10-01,2018-12-31,7OO,final," in said
    assert "Line 2, column 5: the file has “ 7OO ”, read as “ 700 ”" in said
    assert re.search(r"Corrected by Ana on \d+ \w+ \d{4} at \d\d:\d\d: A letter O for a nought", said)
    assert "Corrected" not in other


def test_of_a_figure_that_may_not_be_shown_no_cell_is_shown_either(analyst: Client, calls: Indicator) -> None:
    Indicator.objects.filter(pk=calls.pk).update(sensitivity=Indicator.Sensitivity.STANDARD)
    held.district()
    at = address(analyst, WRONG.replace("E10000099,2018", "E07000099,2018"))
    said = text_of(corrected(analyst, at, now="77777"))

    assert "77777" not in said
    assert "not shown below county not shown below county A letter O" in said


def test_the_number_of_queries_does_not_grow_with_errors_and_corrections(
    analyst: Client, django_assert_max_num_queries: Any
) -> None:
    lines = [f"calls,E10000099,20{at}-01-01,20{at}-01-31,x,,\n" for at in range(10, 40)]
    at = address(analyst, TWO.splitlines(keepends=True)[0] + "".join(lines))
    for line in range(2, 12):
        corrected(analyst, at, line=str(line), was="x", now=str(line))

    with django_assert_max_num_queries(12):
        said = text_of(analyst.get(at))

    assert said.count("A letter O for a nought") == 10


def test_a_file_of_which_the_bytes_are_gone_still_has_a_page(analyst: Client) -> None:
    at = address(analyst, WRONG)
    path_of(Extract.objects.get().sha256).unlink()

    assert offered(analyst, at) == []
    assert corrected(analyst, at).status_code == 422
