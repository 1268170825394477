"""Context summaries as safe HTML."""

import re

import pytest

from indicators.where_from import WhereFrom
from priorities.figures import Figure
from priorities.narrative import Citation, Narrative, cited, render

FIGURES = {
    "road-deaths 2018": Figure(
        "road-deaths 2018",
        "47 (provisional)",
        WhereFrom("47 (provisional)", 'Where does 47, Road deaths, "Kent", 2018 come from', "/observations/1/?a=b&c=d"),
    ),
    "road-deaths 2019": Figure("road-deaths 2019", "<50"),
    "rode-deaths 2018": Figure("rode-deaths 2018", "", fault="'rode-deaths' is not an indicator."),
}
CITATIONS = {"review-2017": Citation("Kent *County* Council, Annual Review [2017]", "https://example.org/a b")}


def rendered(text: str) -> Narrative:
    return render(text, figures=FIGURES, citations=CITATIONS, doc_id="road")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        '[x](https://example.org "onmouseover=alert(1)")',
        "[[<script>alert(1)</script> 2018]]",
        "<svg/onload=alert(1)>",
        "[^x]\n\n[^x]: <iframe src=//example.org>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_hostile_remains(text: str) -> None:
    found = rendered(text)
    html = found.body + found.notes

    assert not re.search(r"<(script|img|iframe|svg|style)", html, re.IGNORECASE)
    assert not re.search(r"<[^>]*\s(on\w+|style|src)=", html, re.IGNORECASE)
    assert not re.search(r'href="(javascript|data):', html, re.IGNORECASE)


def test_a_live_figure_leads_to_where_it_comes_from_and_says_which_it_is() -> None:
    body = rendered("There were [[road-deaths 2018]] deaths.").body

    assert 'href="/observations/1/?a=b&amp;c=d"' in body
    assert 'aria-label="Where does 47, Road deaths, &quot;Kent&quot;, 2018 come from"' in body
    assert ">47 (provisional)</a> deaths." in body


def test_a_live_figure_without_an_address_is_plain_words() -> None:
    assert "There were &lt;50 deaths." in rendered("There were [[road-deaths 2019]] deaths.").body


@pytest.mark.parametrize("text", ["[[rode-deaths 2018]]", "[[never-looked-up 2018]]"])
def test_a_figure_that_is_not_held_is_marked_and_never_guessed(text: str) -> None:
    assert 'class="csa-figure-missing"' in rendered(text).body


def test_notes_number_themselves_and_lead_there_and_back() -> None:
    found = rendered("One[^review-2017] and again[^review-2017] and own[^own].\n\n[^own]: In our words.")

    assert found.body.count('href="#road-note-1"') == 2
    assert 'id="road-note-1"' in found.notes
    assert 'href="#road-note-1-from-2"' in found.notes
    assert "Kent *County* Council, Annual Review [2017]" in found.notes
    assert 'href="https://example.org/a%20b"' in found.notes
    assert "In our words." in found.notes
    assert "Annual Review" not in found.body


def test_a_note_that_nobody_knows_stays_as_it_was_written() -> None:
    assert "[^unknown]" in rendered("A claim[^unknown].").body
    assert cited("A[^b] c[^d] e[^b]") == ["b", "d"]


def test_two_texts_on_a_page_do_not_share_addresses() -> None:
    other = render("A[^review-2017]", figures={}, citations=CITATIONS, doc_id="abuse")

    assert 'id="abuse-note-1"' in other.notes
    assert "road" not in other.body + other.notes.replace("Road", "")


def test_headings_fit_the_page_and_tables_carry_no_styles() -> None:
    body = rendered("# Top\n\n##### Deep\n\n| a | b |\n|---|--:|\n| c | 1 |").body

    assert re.findall(r"<(h\d)", body) == ["h3", "h4"]
    assert "style" not in body
    assert 'class="govuk-table__cell--numeric' in body
    assert body.count('scope="col"') == 2


def test_deep_nesting_ends_soon() -> None:
    assert rendered(">" * 20_000 + "x").body
