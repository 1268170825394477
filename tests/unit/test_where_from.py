"""From a figure to where it comes from."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from indicators import words
from indicators.analysis.comparison import Comparison, compare, year_before
from indicators.analysis.reading import read
from indicators.analysis.series import Stated
from indicators.periods import Period
from indicators.templatetags.figures import linked
from indicators.where_from import (
    WhereFrom,
    of_earlier,
    of_edition,
    of_headline,
    of_sum,
    pieces,
    quoted,
    quoted_briefly,
    quoted_for,
    where_from,
)
from tests.series import INCIDENTS, KENT, SHARE, change_of_recording, point, quarter, quarters, series, year, year_to


def link(text: str, after: str = "") -> WhereFrom:
    return WhereFrom(text, "label", "/address/", after)


def words_of(found: WhereFrom | None) -> str:
    assert found is not None
    return found.words


def kept(points: list[Any]) -> list[Any]:
    """The points as they come from the database: each with a key of its own."""
    return [replace(each, key=number) for number, each in enumerate(points, start=1)]


# --- the link ---------------------------------------------------------------------------------


def test_what_is_not_held_leads_nowhere() -> None:
    assert where_from(INCIDENTS, KENT, None) is None
    assert where_from(INCIDENTS, KENT, point(year(2018), 10)) is None


def test_a_figure_leads_to_its_own_page_and_says_which_it_is() -> None:
    found = where_from(INCIDENTS, KENT, point(year_to(2019, 1), 31204, status="provisional", key=12))

    assert found == WhereFrom(
        words="31,204",
        label="Where does 31,204 (provisional), Incidents of a kind, Kent, the year to January 2019 come from",
        address="/observations/12/",
    )


def test_a_sum_is_asked_for_by_its_indicator_area_and_period() -> None:
    total = series(kept(quarters([1, 2, 3, 4], quarter(2018, 1)))).added_up(year(2018))

    found = where_from(INCIDENTS, KENT, total)

    assert found is not None
    assert found.address == "/indicators/incidents/figures/?area=E10000016&from=2018-01&to=2018-12"
    assert found.label.startswith("Where does 10 (added up from 4 figures), ")


def test_the_link_of_a_figure_without_a_value_is_the_word_that_says_why() -> None:
    assert words_of(where_from(INCIDENTS, KENT, point(year(2018), None, status="suppressed", key=1))) == "suppressed"


# --- a change and a headline ------------------------------------------------------------------

STATED = series(kept([point(year(2017), 12), point(year(2018), 10)]))
REFUSED = series(kept([point(year(2016), 4200), point(year(2018), 4700)]), [change_of_recording()])
ALONE = series(kept([point(year(2018), 10)]))
OF_SUMS = series(kept([*quarters([3, 3, 3, 3], quarter(2017, 1)), point(year(2018), 10)]))


@pytest.mark.parametrize(("held", "expected"), [(STATED, "2017"), (REFUSED, "4,200"), (OF_SUMS, "2017")])
def test_a_change_leads_to_the_figure_it_is_a_change_from(held: Any, expected: str) -> None:
    comparison = read(held).comparison
    assert comparison is not None

    found = of_earlier(held, comparison)

    assert words_of(found) == expected
    assert found in pieces(words.change(comparison, held.measure), [found])


def test_a_change_from_nothing_leads_nowhere() -> None:
    latest = point(year(2018), 10, key=2)
    without = compare(STATED, latest, point(year(2017), None, status="suppressed", key=1))

    assert of_earlier(ALONE, None) is None
    assert of_earlier(ALONE, year_before(ALONE, ALONE.points[0])) is None
    assert of_earlier(STATED, without) is None
    assert of_earlier(STATED, Comparison(latest, None)) is None


@pytest.mark.parametrize("held", [STATED, REFUSED, ALONE, OF_SUMS, series([])])
def test_a_headline_leads_to_each_of_its_figures_and_loses_no_word(held: Any) -> None:
    reading = read(held)
    links = of_headline(reading)

    found = pieces(words.headline(reading), links)

    assert [each for each in found if isinstance(each, WhereFrom)] == [each for each in links if each]
    assert "".join(each if isinstance(each, str) else each.words for each in found) == words.headline(reading)


def test_a_number_in_the_name_is_not_taken_for_the_figure() -> None:
    held = series(
        kept([point(year(2018), 10)]), measure=replace(INCIDENTS, name="Referrals of people aged 10"), seasonal=False
    )

    before = pieces(words.headline(read(held)), of_headline(read(held)))[0]

    assert before == "Referrals of people aged 10: "


# --- a sum beside what was published ----------------------------------------------------------


def test_where_the_parts_add_up_to_another_figure_the_sum_leads_to_them() -> None:
    held = series(kept([*quarters([1, 2, 3, 4], quarter(2018, 1)), point(year(2018), 11)]))

    published = held.at(year(2018))
    assert published is not None

    found = of_sum(held, published)

    assert words_of(found) == "10"
    assert pieces(words.both_values(held, published), [found]) == ["11 published · ", found, " added up from 4 figures"]


def test_where_they_do_not_there_is_no_second_link() -> None:
    held = series(kept([*quarters([1, 2, 3, 4], quarter(2018, 1)), point(year(2018), 10)]))

    assert of_sum(held, held.at(year(2018))) is None
    assert of_sum(held, None) is None
    assert of_sum(series([point(year(2018), 10)], measure=SHARE), point(year(2018), 10)) is None


# --- the pieces of a text ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "before"),
    [
        ("12 of 2", "2", "12 of "),
        ("2,345 of 2", "2", "2,345 of "),
        ("1.2 and 2.1 and 2", "2", "1.2 and 2.1 and "),
        ("2.", "2", ""),
        ("2, then more", "2", ""),
        ("from 83% to 3%", "3%", "from 83% to "),
    ],
)
def test_a_number_is_found_whole_and_not_within_another(text: str, wanted: str, before: str) -> None:
    assert pieces(text, [link(wanted)])[:2] == [before, link(wanted)]


def test_several_are_found_in_their_order() -> None:
    first, second = link("10"), link("10")

    assert pieces("10 and 10", [first, second]) == ["", first, " and ", second, ""]


def test_words_that_are_not_there_change_nothing() -> None:
    assert pieces("about the same", [link("10"), None]) == ["about the same"]
    assert pieces("a 10", [link("10", after="Name: ")]) == ["a ", link("10", after="Name: "), ""]


# --- what a source states ---------------------------------------------------------------------


def stated(period: Period, percent: str | None = "17.1", **said: Any) -> Stated:
    fields: dict[str, Any] = {
        "against": period.shifted(-12),
        "absolute": None,
        "qualifier": "exact",
        "words": "" if percent else "Similar to the year before",
        "source": "Test Police, Returns 2019",
        "publisher": "Test Police",
        "edition": "returns-2019",
    }
    return Stated(period, percent=Decimal(percent) if percent else None, **(fields | said))


def test_a_quoted_change_leads_to_the_publication_that_states_it() -> None:
    long, brief = quoted(stated(year(2018)), INCIDENTS), quoted_briefly(stated(year(2018)), INCIDENTS)
    unsigned = quoted_briefly(stated(year(2018), publisher=""), INCIDENTS)

    assert long.text == "+17.1% on 2017, as stated by Test Police, Returns 2019"
    assert [words_of(each.where) for each in (long, brief, unsigned)] == [
        "Test Police, Returns 2019",
        "Test Police",
        "Test Police, Returns 2019",
    ]
    for each in (long, brief, unsigned):
        assert each.where is not None
        assert each.where.address == "/sources/returns-2019/"
        assert pieces(each.text, [each.where]) == ["+17.1% on 2017, as stated by ", each.where, ""]


def test_a_publication_is_named_also_where_its_number_stands_for_it() -> None:
    assert of_edition("1", "returns-2019", "Source 1: Returns 2019").label == "Source 1: Returns 2019"


def test_of_the_latest_period_the_first_change_that_is_stated_in_numbers_is_quoted() -> None:
    told, sized, earlier = stated(year(2018), None), stated(year(2018), "2"), stated(year(2017), "3")
    held = series([point(year(2018), 10)], stated=[told, sized, earlier])

    found, of_any = quoted_for(held, held.points[0]), quoted_for(held, None)

    assert found == of_any == quoted_briefly(sized, INCIDENTS)
    assert quoted_for(series([], stated=[told]), None) is None
    assert quoted_for(series([], stated=[earlier]), held.points[0]) is None


# --- as HTML ----------------------------------------------------------------------------------


def test_a_link_in_a_text_is_html_and_nothing_else_of_it_is() -> None:
    where = WhereFrom("<b>1</b>", 'Where does "1" come from', "/indicators/a/figures/?area=A&from=B")

    assert linked("<i> & <b>1</b>", where) == (
        "&lt;i&gt; &amp; "
        '<a class="govuk-link csa-figure" href="/indicators/a/figures/?area=A&amp;from=B"'
        ' aria-label="Where does &quot;1&quot; come from">&lt;b&gt;1&lt;/b&gt;</a>'
    )


def test_a_text_without_links_is_itself() -> None:
    assert linked("<i>", None) == linked("<i>", []) == linked("<i>", [None]) == "&lt;i&gt;"
