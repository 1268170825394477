"""Saving context summaries."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from priorities.models import ContextSummary, ContextSummaryVersion
from priorities.summaries import Conflict, citation, faults, figures_in, save_summary, summary_of, tidy
from tests.held import edition, held, indicator
from tests.plan import Plan, draw_plan, someone
from tests.series import year

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


def save(plan: Plan, text: str, expected_version: int = 0) -> ContextSummary:
    return save_summary(cycle=plan.march, priority=plan.hate, text=text, expected_version=expected_version, actor="Ann")


def test_a_summary_is_kept_with_what_its_figures_said(plan: Plan) -> None:
    held(indicator("hate-incidents"), year(2018), 5040, status="provisional")

    summary = save(plan, "There were [[hate-incidents 2018]].")

    version = ContextSummaryVersion.objects.get(summary=summary)
    assert (summary.version, version.number, version.by_name) == (1, 1, "Ann")
    (figure,) = version.figures
    assert figure["text"] == "5,040 (provisional)"
    assert Decimal(figure["value"]) == 5040
    assert AuditEvent.objects.first().sentence == "Ann wrote version 1 of the context summary of Hate, March 2019."


def test_the_introduction_is_a_summary_without_a_priority(plan: Plan) -> None:
    save_summary(cycle=plan.march, priority=None, text="Crime.", expected_version=0, actor="Ann")

    assert summary_of(plan.march, None).text == "Crime."
    assert summary_of(plan.march, None).title == "Introduction"


def test_whoever_saves_second_is_told_and_nothing_is_lost(plan: Plan) -> None:
    save(plan, "Ann's text.")

    with pytest.raises(Conflict) as told:
        save(plan, "Ben's text.")

    assert told.value.current.text == "Ann's text."
    assert summary_of(plan.march, plan.hate).text == "Ann's text."
    assert ContextSummaryVersion.objects.count() == 1


def test_the_same_text_again_makes_no_version(plan: Plan) -> None:
    save(plan, "The text.")
    events = AuditEvent.objects.count()

    save(plan, "  The text.\r\n", expected_version=1)

    assert ContextSummaryVersion.objects.count() == 1
    assert AuditEvent.objects.count() == events


def test_earlier_versions_stay(plan: Plan) -> None:
    save(plan, "First.")
    save(plan, "Second.", expected_version=1)

    assert list(ContextSummaryVersion.objects.values_list("number", "text")) == [(2, "Second."), (1, "First.")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[hate-incidents 2018]]", "'hate-incidents' is not an indicator"),
        ("[[hate-incidents 2017/18]]", "has several meanings"),
        ("A claim[^nobody].", "no source of this name is known"),
        ("a\0b", "NUL"),
        ("x" * 50_001, "at most 50,000"),
    ],
)
def test_what_cannot_be_kept_says_why(plan: Plan, text: str, fault: str) -> None:
    (found,) = faults(text)

    assert fault in found


def test_a_note_explained_in_the_text_needs_no_source(plan: Plan) -> None:
    assert faults("A claim[^own].\n\n[^own]: In our words.") == []


def test_text_is_kept_in_one_form() -> None:
    assert tidy("  Cafe\u0301\r\nnext\rlast \n") == "Caf\u00e9\nnext\nlast"


def test_many_figures_take_as_many_queries_as_one(plan: Plan, django_assert_num_queries: Any) -> None:
    for number in range(20):
        held(indicator(f"kind-{number}"), year(2018), number)

    with django_assert_num_queries(20, exact=False) as one:
        figures_in(["[[kind-1 2018]]"])
    with django_assert_num_queries(len(one.captured_queries)):
        found = figures_in([f"[[kind-{number} 2018]]" for number in range(20)])

    assert [figure.text for figure in found.values()] == [str(number) for number in range(20)]


def test_a_person_who_saves_is_named(plan: Plan) -> None:
    coordinator = someone(Role.COORDINATOR, name="Cora")

    save_summary(cycle=plan.march, priority=plan.hate, text="x", expected_version=0, actor=coordinator)

    assert ContextSummaryVersion.objects.get().by == coordinator


@pytest.mark.parametrize(
    ("title", "published", "published_text", "text"),
    [
        ("Returns", date(2019, 3, 20), "", "Test Police, Returns, 20 March 2019."),
        ("Returns, March 2019", date(2019, 3, 20), "", "Test Police, Returns, 20 March 2019."),
        ("Returns, 20 March 2019", date(2019, 3, 20), "", "Test Police, Returns, 20 March 2019."),
        ("Returns, March 2019", None, "March 2019", "Test Police, Returns, March 2019."),
        ("Returns", None, "", "Test Police, Returns."),
    ],
)
def test_a_note_says_once_when_its_source_was_published(
    title: str, published: date | None, published_text: str, text: str
) -> None:
    noted = edition()
    noted.title, noted.published, noted.published_text = title, published, published_text

    assert citation(noted).text == text
