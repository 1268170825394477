"""/how-we-judge-change/: the rules, and an example from what is held."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from indicators.models import Area, Indicator, Observation
from tests.held import district, held, indicator, recording_changed
from tests.plan import someone
from tests.series import quarter

pytestmark = pytest.mark.django_db

ADDRESS = "/how-we-judge-change/"
FIRST = quarter(2010, 1)
# Mean 102, distances of 4 alternately: 102 ± 2.66 × 4 is 91.36 to 112.64.
STEADY = (100, 104) * 8


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(someone(Role.GOVERNING_GROUP))
    return client


def quarters(of: Indicator, values: tuple[int, ...], **said: Any) -> None:
    for number, value in enumerate(values):
        held(of, FIRST.shifted(3 * number), value, **said)


def text_of(response: Any) -> str:
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([,.:])", r"\1", re.sub(r"\s+", " ", html.unescape(plain)))


# --- who may not ------------------------------------------------------------------------------


def test_people_who_are_not_signed_in_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302


def test_nothing_can_be_posted(reader: Client) -> None:
    assert reader.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("sensitivity", ["", "standard", "high", "closed"])
def test_an_indicator_of_a_district_that_may_not_be_shown_is_no_example(reader: Client, sensitivity: str) -> None:
    quarters(indicator("calls", area=district(), sensitivity=sensitivity), STEADY)

    assert "An example with real figures" not in text_of(reader.get(ADDRESS))
    assert reader.get(ADDRESS, {"indicator": "calls"}).status_code == 404


# --- the rules --------------------------------------------------------------------------------


def test_it_says_the_rules_without_any_figure_held(reader: Client) -> None:
    said = text_of(reader.get(ADDRESS))

    for title in ("Outside the usual range", "Seven on one side", "Seven rising or falling", "Two of three far out"):
        assert title in said
    assert "The values in these four pictures are illustrative." in said
    assert "An example with real figures" not in said


# --- the example ------------------------------------------------------------------------------


def test_the_example_is_computed_from_what_is_held_up_to_the_recording_change(reader: Client) -> None:
    calls = indicator("calls")
    quarters(calls, (*STEADY, 120, 103, 500))
    recording_changed(calls, FIRST.shifted(3 * 18).start, "Crime recording changed")

    said = text_of(reader.get(ADDRESS))

    assert "Calls, Testshire, each quarter from January to March 2010 to April to June 2014: 18 figures" in said
    assert "Then crime recording changed." in said
    assert "of the first 16, up to October to December 2013: 102." in said
    assert "from one quarter to the next: 4." in said
    assert "102 and, on either side of it, 2.66 times 4: from 91 to 113." in said
    assert "Look which figures stand out: 1 of 18." in said
    assert "January to March 2014 120 91 to 113 January to March 2014 is above the usual range" in said
    assert "Take out the season" not in said


def test_each_figure_of_the_example_leads_to_where_it_comes_from(reader: Client) -> None:
    quarters(indicator("calls"), STEADY)
    page = reader.get(ADDRESS).content.decode()

    for figure in Observation.objects.all():
        assert f'href="/observations/{figure.pk}/"' in page


def test_a_season_is_taken_out_first(reader: Client) -> None:
    quarters(indicator("calls", seasonal=True), (80, 120, 110, 90) * 4)

    said = text_of(reader.get(ADDRESS))

    assert "figures are usually 80% in January to March, 120% in April to June, 110% in July to September and" in said
    assert "of the first 16, up to October to December 2013: 100." in said


def test_what_is_held_for_twelve_figures_is_no_example(reader: Client) -> None:
    quarters(indicator("calls"), STEADY[:12])

    assert "An example with real figures" not in text_of(reader.get(ADDRESS))


def test_the_longest_run_is_the_example_and_of_equals_the_calmest_and_another_may_be_chosen(reader: Client) -> None:
    quarters(indicator("a-short-one"), STEADY[:14])
    quarters(indicator("a-wild-one"), (*STEADY[:15], 500))
    quarters(indicator("the-calm-one"), STEADY)

    assert "The calm one, Testshire, each quarter" in text_of(reader.get(ADDRESS))
    assert "A wild one, Testshire, each quarter" in text_of(reader.get(ADDRESS, {"indicator": "a-wild-one"}))


@pytest.mark.parametrize("slug", ["nothing-of-the-kind", "é", "visits"])
def test_an_indicator_without_a_usual_range_is_not_found(reader: Client, slug: str) -> None:
    held(indicator("visits"), FIRST, 5)

    assert reader.get(ADDRESS, {"indicator": slug}).status_code == 404


def test_many_indicators_take_as_many_queries_as_one(reader: Client, django_assert_num_queries: Any) -> None:
    quarters(indicator("calls"), STEADY)
    reader.get(ADDRESS)
    with django_assert_num_queries(30, exact=False) as few:
        reader.get(ADDRESS)
    for number in range(8):
        other = Area.objects.create(code=f"E1000000{number}", name=f"Shire {number}", kind=Area.Kind.COUNTY)
        more = indicator(f"calls-{number}", area=other)
        quarters(more, STEADY)
        recording_changed(more, date(2020, 1, 1))

    with django_assert_num_queries(len(few.captured_queries)):
        reader.get(ADDRESS)
