"""/data/add/: figures are typed or pasted, and then go the way of every file."""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from indicators.models import Extract, Indicator, Observation
from tests import held
from tests.plan import partner, someone

pytestmark = pytest.mark.django_db

PATH = "/data/add/"
FIGURE = {
    "indicator": "calls",
    "area": "E10000099",
    "period": "year to January 2019",
    "period_start": "",
    "period_end": "",
    "value": "1,234",
    "status": "final",
    "coverage": "",
    "source_edition": "",
    "note": "",
}
ROW = "Calls\tTestshire\tOct-Dec 2018\t700"


@pytest.fixture(autouse=True)
def _december_2019(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2019, 12, 31, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def typed(client: Client, **said: str) -> Any:
    return client.post(PATH, {**FIGURE, **said})


def use(client: Client, response: Any) -> Any:
    """Go on to the page of what was typed, and press 'Use these figures'."""
    assert response.status_code == 302, text_of(response)
    page = client.get(response.url).content.decode()
    found = re.search(r'name="checksum" value="(\w+)"', page)
    assert found
    return client.post(f"{response.url}use/", {"checksum": found[1]}, follow=True)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


# --- who may not


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ANALYST)])
def test_only_analysts_add_figures(client: Client, role: Role | None) -> None:
    if role:
        client.force_login(someone(role, partner("somebody", "Somebody") if role is Role.WORKING_GROUP else None))
    refused = 403 if role else 302

    answers = [client.get(PATH), typed(client), client.post(PATH, {"rows": ROW})]

    assert [answer.status_code for answer in answers] == [refused] * 3
    assert not Extract.objects.exists()


# --- what cannot be used


@pytest.mark.parametrize(
    ("said", "field", "problem"),
    [
        ({"indicator": ""}, "indicator", "Choose an indicator."),
        ({"area": ""}, "area", "Choose an area."),
        ({"indicator": "made-up"}, "indicator", "Select a valid choice."),
        ({"period": ""}, "period", "The period is empty."),
        ({"period": "Q1 2026"}, "period", "can be a quarter of the calendar year or of the financial year"),
        ({"period_start": "2018-01-01"}, "period", "Give the period in words, or its first and last day, not both."),
        ({"period": "", "period_start": "2018-01-01"}, "period_end", "The date is empty."),
        ({"period": "", "period_start": "x", "period_end": "31/12/2018"}, "period_start", "“x” is not a date"),
        ({"value": ""}, "value", "The value is empty."),
        ({"value": "7OO"}, "value", "“7OO” is not a number."),
        ({"value": "25 to 15"}, "value", "The upper end of the range has to be above the value."),
        ({"value": "7", "status": "suppressed"}, "value", "the value has to be empty"),
        ({"value": "7.5"}, "value", "is not a whole number"),
        ({"status": "made-up"}, "status", "Select a valid choice."),
    ],
)
def test_a_mistake_stands_at_its_box_and_what_was_typed_stays(
    analyst: Client, said: dict[str, str], field: str, problem: str
) -> None:
    response = typed(analyst, note="page 12", **said)

    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert problem in re.sub(
        r"\s+", " ", html.unescape(page.partition(f'id="id_{field}_error"')[2].partition("</div>")[0])
    )
    assert f'href="#id_{field}"' in page
    assert 'value="page 12"' in page
    assert not Extract.objects.exists()


def test_every_mistake_is_said_at_once_and_each_box_has_one(analyst: Client) -> None:
    said = text_of(typed(analyst, indicator="", period="Q1 2026", value="7OO")).partition("Add figures")[0]

    assert "Choose an indicator. “Q1 2026” can be" in said
    assert "“7OO” is not a number." in said
    assert "The indicator is empty" not in said


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("", "Paste at least one row."),
        ("Calls, Testshire", "Row 1: there is only one cell."),
        (f"{ROW}\nCals\tTestshire\t2018\t7", "Row 2, indicator: “Cals” is not an indicator. Did you mean calls?"),
        (f"{ROW}\n\nCalls\tTestfjord\t2018\t7", "Row 3, area: “Testfjord” is not an area."),
        (f"Indicator\tArea\tPeriod\tValue\n{ROW}\nCalls\tTestshire\t2018\t7O", "Row 3, value: “7O” is not a number."),
        (f"{ROW}\n\n{ROW[:-1]}1", "Row 3, value: Row 1 gives 700"),
        (f"{ROW}\tperhaps", "Row 1, qualifier: “perhaps” is not a qualifier."),
        (f"{ROW}\tabout\tnowhere", "Row 1, source edition: “nowhere” is not a source edition."),
    ],
)
def test_a_mistake_in_pasted_rows_names_row_and_column_and_the_rows_stay(
    analyst: Client, rows: str, problem: str
) -> None:
    response = analyst.post(PATH, {"rows": rows})

    assert response.status_code == 422
    assert problem in text_of(response)
    assert rows in html.unescape(response.content.decode())
    assert not Extract.objects.exists()


def test_of_many_mistakes_the_first_twenty_are_listed(analyst: Client) -> None:
    response = analyst.post(PATH, {"rows": "Calls\tNowhere\t2018\t7\n" * 30})

    assert "Row 20, area" in text_of(response)
    assert "Row 21, area" not in text_of(response)
    assert "And 10 more." in text_of(response)


def test_what_is_typed_is_never_taken_for_markup(analyst: Client) -> None:
    hostile = "</textarea><script>alert(1)</script>"

    for response in (typed(analyst, value=hostile, note=hostile), analyst.post(PATH, {"rows": f"{ROW}\n{hostile}\t1"})):
        assert response.status_code == 422
        assert "<script>alert" not in response.content.decode()


# --- what can


def test_a_typed_figure_is_shown_before_it_is_used_and_kept_as_a_file(analyst: Client) -> None:
    response = typed(analyst)

    said = text_of(analyst.get(response.url))
    assert "Typed by Ana, 31 December 2019.csv" in said
    assert "Nothing has changed yet. 1 new" in said
    assert not Observation.objects.exists()


def test_used_it_is_a_figure_like_any_other_and_can_be_taken_back(analyst: Client) -> None:
    held.edition()
    response = typed(
        analyst,
        value="about 3,100",
        status="provisional",
        coverage="38 of 43 forces",
        source_edition="returns-2019",
        note="page 12",
    )

    assert "are in use: 1 new" in text_of(use(analyst, response))

    figure = Observation.objects.get()
    assert (figure.value, figure.qualifier, figure.status) == (Decimal(3100), "about", "provisional")
    assert (figure.coverage, figure.note, str(figure.edition)) == ("38 of 43 forces", "page 12", str(held.edition()))
    assert (figure.period_start, figure.period_end) == (date(2018, 2, 1), date(2019, 1, 31))
    assert figure.extract.original_name == "Typed by Ana, 31 December 2019.csv"
    analyst.post(f"{response.url}take-back/")
    assert not Observation.objects.filter(until=None).exists()


def test_the_period_may_be_two_dates_in_any_usual_dress(analyst: Client) -> None:
    use(analyst, typed(analyst, period="", period_start="01/04/2018", period_end="31 March 2019"))

    figure = Observation.objects.get()
    assert (figure.period_start, figure.period_end) == (date(2018, 4, 1), date(2019, 3, 31))


def test_a_figure_there_is_none_of_says_why(analyst: Client) -> None:
    use(analyst, typed(analyst, value="", status="suppressed"))

    assert Observation.objects.get().status == "suppressed"


def test_a_sign_beside_the_value_counts_where_the_status_is_left_as_it_is(analyst: Client) -> None:
    use(analyst, typed(analyst, value="1,234 [p]"))

    assert Observation.objects.get().status == "provisional"


def test_pasted_rows_go_the_same_way(analyst: Client) -> None:
    held.edition()
    rows = f"{ROW}\t\tReturns 2019\t12\r\nCalls\tE10000099\t2018/19 Q4\tover 7,000\r\n"

    assert "are in use: 2 new" in text_of(use(analyst, analyst.post(PATH, {"rows": rows})))

    first, second = Observation.objects.order_by("period_start")
    assert (first.value, first.note, first.line) == (700, "Page 12", 2)
    assert (second.value, second.qualifier, second.period_start) == (7000, "over", date(2019, 1, 1))


def test_the_same_again_leads_to_the_page_of_the_first(analyst: Client) -> None:
    first = typed(analyst)
    use(analyst, first)

    assert typed(analyst).url == first.url


def test_a_revision_shows_the_old_and_the_new_value(analyst: Client) -> None:
    use(analyst, typed(analyst))

    assert "1,240 (was 1,234) Revised" in text_of(analyst.get(typed(analyst, value="1,240").url))


@pytest.mark.parametrize("rows", [2, 200])
def test_pasting_takes_the_same_queries_for_2_and_200_rows(
    analyst: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    text = "\n".join(f"Calls\tTestshire\t{1900 + n}\t7" for n in range(rows))

    with django_assert_max_num_queries(40):
        assert analyst.post(PATH, {"rows": text}).status_code == 302
