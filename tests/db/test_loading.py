"""Bringing an agreement in from its folder: all or nothing, once, and never over what people have written."""

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model

from accounts import audit
from accounts.models import AuditEvent, Partner
from actions.models import Action, Decision, Milestone, Output, ProgressEntry, ProgressVersion
from actions.services import save_progress
from indicators.extracts.in_one_go import use_file
from indicators.models import (
    Area,
    DataChange,
    Event,
    Extract,
    Indicator,
    NewStart,
    Observation,
    SeriesBreak,
    Source,
    SourceEdition,
    StatedChange,
    Target,
)
from priorities.models import (
    Acronym,
    Agreement,
    AreaOfConcern,
    ContextSummary,
    ContextSummaryVersion,
    Priority,
    PriorityIndicator,
    ReportingCycle,
)
from priorities.summaries import save_summary
from tests.db.folder import replace, write_folder

pytestmark = pytest.mark.django_db

EVERYTHING: list[type[Model]] = [
    Partner, Area, Source, SourceEdition, Indicator, SeriesBreak, NewStart, Target, Event, StatedChange,
    Extract, DataChange, Observation,
    Agreement, ReportingCycle, Priority, PriorityIndicator, AreaOfConcern, ContextSummary, ContextSummaryVersion,
    Acronym, Action, Milestone, Output, ProgressEntry, ProgressVersion, Decision, AuditEvent,
]  # fmt: skip
KENT = Path(__file__).parents[2] / "fixtures" / "kent-2018-19"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "small")


def load(folder: Path) -> str:
    said = StringIO()
    call_command("load_agreement", folder, stdout=said)
    return said.getvalue()


def refusal(folder: Path) -> str:
    with pytest.raises(CommandError) as refused:
        load(folder)
    return str(refused.value)


def state() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that loading writes to."""
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in EVERYTHING}


# --- mistakes


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "is not a folder" in refusal(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("actions.toml", 'lead = "kcc"', 'lead = "kent-polise"', "lead 'kent-polise' is not a partner; did you mean"),
        ("actions.toml", '"2019-03"]', '"2019-04"]', "progress '2019-04' is not a report; did you mean '2019-03'?"),
        ("actions.toml", 'actual = "4"', 'actual = "four"', "actual has to be a number in quotes"),
        ("actions.toml", '"not-stated"', '"done"', "status 'done' is not one of not-stated"),
        ("partners.toml", 'kind = "police"', 'kind = "polise"', "did you mean 'police'?"),
        ("areas.toml", 'parent = "E23000032"', 'parent = "E23000033"', "is not an area that stands above it"),
        ("sources.toml", 'source = "chief-constable"', 'source = "chief"', "source 'chief' is not a source"),
        ("indicators.toml", 'owner = "kent-police"', 'owner = "police"', "owner 'police' is not a partner"),
        ("indicators.toml", 'sensitivity = "standard"', 'part_of = "asb-incidents"\nsensitivity = "standard"',
         "part_of 'asb-incidents' is not an indicator that stands above it"),
        ("indicators.toml", 'sensitivity = "standard"', 'multi_coded = true\nsensitivity = "standard"',
         "several parts can count the same only of a whole: part_of is missing"),
        ("indicators.toml", 'polarity = "neither"', 'polarity = "down"', "polarity 'down' is not one of"),
        ("indicators.toml", "against_start = 2017-02-01", "against_start = 2017-02-02", "first day of a month"),
        ("indicators.toml", 'percent = "-20.7"', "percent = -20.7", "percent has to be a number in quotes"),
        ("indicators.toml", 'date = 2018-02-01', "date = 2018-02-02", "limits start anew on the first day of a month"),
        ("indicators.toml", 'ends = 2018-10-07', "ends = 2018-09-07", "ends is before starts"),
        ("indicators.toml", 'kind = "campaign"', 'kind = "campain"', "did you mean 'campaign'?"),
        ("priorities.toml", 'role = "main"', 'role = "first"', "role 'first' is not one of main"),
        ("priorities.toml", 'indicator = "asb-incidents"', 'indicator = "asb"', "indicator 'asb' is not an indicator"),
        ("agreement.toml", "period_start = 2018-02-01", "period_start = 2018-02-28", "first day of a month"),
        ("agreement.toml", "starts = 2018-04-01", "starts = 2018-14-01", "Expected newline"),
        ("agreement.toml", 'name = "A small', 'name = A small', "Invalid value"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_file_and_line_and_nothing_is_written(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    line = replace(folder / file, old, new)

    message = refusal(folder)

    assert f"{folder / file} line {line}: " in message
    assert said in message
    assert not any(state().values())


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    replace(folder / "actions.toml", 'actual = "4"', "actual = 4")
    replace(folder / "partners.toml", 'kind = "police"', 'kind = "polise"')

    message = refusal(folder)

    assert "actions.toml" in message
    assert "partners.toml" in message


def test_a_priority_without_a_main_indicator_has_to_say_why(folder: Path) -> None:
    replace(folder / "priorities.toml", 'role = "main"', 'role = "context"')

    assert "needs a main indicator or a no_indicator_reason" in refusal(folder)


def test_a_name_that_is_too_long_names_its_table(folder: Path) -> None:
    line = replace(folder / "partners.toml", 'name = "Kent County Council"', f'name = "{"x" * 201}"') - 2

    message = refusal(folder)

    assert f"partners.toml line {line}: name: " in message
    assert not any(state().values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("31204", "many", "line 3"),
        ("2018-02-01", "2018-02-02", "line 3"),
        ("asb-incidents,E23000032,2018", "asb,E23000032,2018", "line 3"),
    ],
)
def test_a_mistake_in_figures_names_its_file_and_line_and_nothing_is_written(
    folder: Path, old: str, new: str, said: str
) -> None:
    replace(folder / "observations" / "report.csv", old, new)

    message = refusal(folder)

    assert f"{folder / 'observations' / 'report.csv'} {said}" in message
    assert not any(state().values())


def test_small_numbers_come_in_once_somebody_says_that_they_were_seen(folder: Path) -> None:
    replace(folder / "observations" / "report.csv", "31204", "3")

    message = refusal(folder)

    assert f"{folder / 'observations' / 'report.csv'}: " in message
    assert "say so with --small-numbers-seen" in message
    assert not any(state().values())
    call_command("load_agreement", folder, "--small-numbers-seen", stdout=StringIO())
    assert Observation.objects.filter(value=3).exists()


def test_a_second_agreement_may_not_take_the_name_of_a_report_or_an_action(folder: Path) -> None:
    load(folder)
    before = state()
    replace(folder / "agreement.toml", 'slug = "small"', 'slug = "second"')

    assert "agreement.toml line 12: '2019-03' is a report of A small agreement; choose" in refusal(folder)
    assert state() == before

    Agreement.objects.filter(slug="small").update(slug="first")
    ReportingCycle.objects.update(slug="2018-03")

    assert "actions.toml line 2: 'ab1' is an action of A small agreement; choose" in refusal(folder)


def test_a_live_figure_that_stands_for_nothing_names_its_file_and_line(folder: Path) -> None:
    path = folder / "summaries" / "introduction.md"
    path.write_text("Read with care.\n\nThere were [[asb-incidents 2018]].\n", encoding="utf-8")

    message = refusal(folder)

    assert f"{path} line 3: [[asb-incidents 2018]]: No figure is held" in message
    assert not any(state().values())


def test_a_live_figure_in_a_key_message_that_stands_for_nothing_names_its_file_and_line(folder: Path) -> None:
    replace(folder / "agreement.toml", "Fewer reports.", "There were [[asb-incidents 2018]].")

    message = refusal(folder)

    assert re.search(r"agreement\.toml line \d+: \[\[asb-incidents 2018\]\]: No figure is held", message)
    assert not any(state().values())


def test_a_note_that_nobody_knows_names_its_file_and_line(folder: Path) -> None:
    replace(folder / "summaries" / "anti-social-behaviour.md", "[^report-2019]", "[^report-2020]")

    assert "anti-social-behaviour.md line 1: [^report-2020]" in refusal(folder)


def test_a_summary_of_no_priority_is_named(folder: Path) -> None:
    (folder / "summaries" / "anti-social.md").write_text("Words.", encoding="utf-8")

    assert "anti-social.md line 1: the name 'anti-social' is not 'introduction' or a priority" in refusal(folder)


# --- what comes in


def test_everything_in_the_folder_is_there_afterwards(folder: Path) -> None:
    load(folder)

    action = Action.objects.get()
    assert (action.lead.slug if action.lead else "", action.partners.count()) == ("kcc", 2)
    assert (action.outputs.get().actual, action.milestones.get().due_text) == (4, "April 2019")
    assert Priority.objects.get().uses.get().role == "main"
    assert SeriesBreak.objects.get().evidence == "Kent Police, Report, March 2019"
    assert StatedChange.objects.get().words == ""
    assert (AreaOfConcern.objects.count(), Decision.objects.count(), Acronym.objects.count()) == (1, 1, 1)
    assert ReportingCycle.objects.get().key_messages == ["Fewer reports."]
    assert ProgressEntry.objects.get().text == "Four newsletters."
    assert {summary.title for summary in ContextSummary.objects.all()} == {"Introduction", "Anti-Social Behaviour"}


def test_figures_come_in_as_an_extract_with_a_file_and_a_line(folder: Path) -> None:
    load(folder)

    latest = Observation.objects.get(period_start="2018-02-01")
    assert (latest.value, latest.line, latest.edition.slug if latest.edition else "") == (31204, 3, "report-2019")
    assert (latest.extract.original_name, latest.extract.state) == ("report.csv", "used")


def test_every_change_is_one_link_of_an_unbroken_chain(folder: Path) -> None:
    load(folder)

    assert list(audit.faults()) == []
    objects = AuditEvent.objects.filter(kind="brought-in").values_list("object_type", "object_key")
    assert len(objects) == len(set(objects)) > 10


# --- again


def test_a_second_run_changes_nothing(folder: Path) -> None:
    load(folder)
    before = state()

    said = load(folder)

    assert "nothing has changed" in said
    assert state() == before


def test_a_second_run_keeps_what_people_have_written_since(folder: Path) -> None:
    load(folder)
    action, cycle, priority = Action.objects.get(), ReportingCycle.objects.get(), Priority.objects.get()
    save_progress(
        action=action,
        cycle=cycle,
        text="Five.",
        status="on-track",
        nothing_new=False,
        expected_version=1,
        actor="Somebody",
    )
    save_summary(cycle=cycle, priority=priority, text="Newer words.", expected_version=1, actor="Somebody")
    Partner.objects.filter(slug="kcc").update(name="The county council")
    before = state()

    load(folder)

    assert state() == before


def test_figures_that_were_revised_or_taken_back_since_stay_so(folder: Path) -> None:
    load(folder)
    newer = (folder / "observations" / "report.csv").read_bytes().replace(b"31204", b"31210")
    use_file(source=BytesIO(newer), original_name="newer.csv", actor="Somebody")
    Extract.objects.filter(original_name="report.csv").update(state=Extract.State.TAKEN_BACK)
    before = state()

    said = load(folder)

    assert "nothing has changed" in said
    assert state() == before
    assert Observation.objects.get(until=None, period_start="2018-02-01").value == 31210


def test_a_file_that_has_changed_changes_what_nobody_has_edited(folder: Path) -> None:
    load(folder)
    Partner.objects.filter(slug="kcc").update(short_name="The council")
    replace(folder / "partners.toml", 'name = "Kent County Council"', 'name = "Kent Council"')
    replace(folder / "partners.toml", 'short_name = "KCC"', 'short_name = "K"')
    replace(folder / "actions.toml", 'actual = "4"', 'actual = "5"')
    replace(folder / "actions.toml", "Four newsletters.", "Five newsletters.")
    replace(folder / "summaries" / "introduction.md", "care", "great care")

    load(folder)
    said = load(folder)

    partner = Partner.objects.get(slug="kcc")
    assert (partner.name, partner.short_name) == ("Kent Council", "The council")
    assert Output.objects.get().actual == 5
    assert (ProgressEntry.objects.get().text, ProgressEntry.objects.get().version) == ("Five newsletters.", 2)
    assert ContextSummary.objects.get(priority=None).text == "Read with great care."
    assert "nothing has changed" in said


def test_a_file_that_has_changed_leaves_what_people_have_edited(folder: Path) -> None:
    load(folder)
    action, cycle = Action.objects.get(), ReportingCycle.objects.get()
    save_progress(
        action=action, cycle=cycle, text="Mine.", status="behind", nothing_new=False, expected_version=1, actor="Me"
    )
    save_summary(cycle=cycle, priority=None, text="Mine too.", expected_version=1, actor="Me")
    Output.objects.update(actual=7)
    replace(folder / "actions.toml", 'actual = "4"', 'actual = "5"')
    replace(folder / "actions.toml", "Four newsletters.", "Five newsletters.")
    replace(folder / "summaries" / "introduction.md", "care", "great care")

    load(folder)

    assert (ProgressEntry.objects.get().text, ProgressEntry.objects.get().version) == ("Mine.", 2)
    assert ContextSummary.objects.get(priority=None).text == "Mine too."
    assert Output.objects.get().actual == 7


# --- Kent


@pytest.mark.slow
def test_the_kent_folder_comes_in_and_comes_in_again_without_a_change() -> None:
    load(KENT)
    before = state()

    said = load(KENT)

    assert "nothing has changed" in said
    assert state() == before
    assert (Priority.objects.count(), Action.objects.count(), ProgressEntry.objects.count()) == (7, 30, 30)
    assert Observation.objects.filter(until=None).count() == 1203
    assert ContextSummary.objects.count() == 8
    codes = {finding["code"] for extract in Extract.objects.all() for finding in extract.findings}
    assert not codes & {"part-above-whole", "districts-above-whole"}
    parts = dict(Indicator.objects.exclude(part_of=None).values_list("slug", "part_of__slug"))
    assert (parts["road-deaths"], parts["ksi-casualties"]) == ("ksi-casualties", "road-casualties")
