"""A new agreement year: priorities carry on, split, merge and are renamed; the history of actions stays readable."""

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.decisions import ask
from actions.models import Action, Milestone, Output
from actions.plan import line_for
from actions.services import entry_for, save_progress
from priorities.lineage import origins_of
from priorities.models import Agreement, Priority, PriorityIndicator, PriorityLineage, ReportingCycle
from priorities.opening import open_report
from priorities.states import State
from priorities.summaries import save_summary, summary_of
from reports.build import build
from tests.db.test_opening import JUNE
from tests.held import indicator
from tests.plan import Plan, draw_plan, put, someone

pytestmark = pytest.mark.django_db

HEAD = """
[agreement]
slug = "test-2019-20"
name = "Test Agreement 2019/20"
follows = "test-2018-19"
starts = 2019-04-01
ends = 2020-03-31
"""
SPLIT = """
[[priorities]]
slug = "road-safety"
number = 1
title = "Safer Roads"
origins = ["road-safety"]
actions = ["rs1"]

[[priorities]]
slug = "young-drivers"
number = 2
title = "Young Drivers"
origins = ["road-safety"]
note = "Young drivers were part of Road Safety before."
actions = ["rs2"]
no_indicator_reason = "Nothing counts them yet."

[[priorities]]
slug = "hate"
number = 3
title = "Hate"
origins = ["hate"]
actions = ["ha1"]
"""
MERGED = """
[[priorities]]
slug = "safe-places"
number = 1
title = "Safe Places"
origins = ["hate", "road-safety"]
actions = ["ha1", "rs1"]

[[priorities]]
slug = "arson"
number = 2
title = "Arson"
summary = "Fewer fires."
no_indicator_reason = "None is agreed yet."
"""


@pytest.fixture
def plan() -> Plan:
    plan = draw_plan()
    put(plan.december, State.PUBLIC)
    for priority, name, role in (
        (plan.road_safety, "deaths", "main"),
        (plan.road_safety, "casualties", "supporting"),
        (plan.hate, "hate-incidents", "main"),
        (plan.hate, "deaths", "context"),
    ):
        made = indicator(name) if not PriorityIndicator.objects.filter(indicator__slug=name) else None
        found = made or PriorityIndicator.objects.get(indicator__slug=name, role="main").indicator
        PriorityIndicator.objects.create(priority=priority, indicator=found, role=role)
    return plan


@pytest.fixture
def chris(plan: Plan) -> User:
    return someone(Role.COORDINATOR, name="Chris")


def run(tmp_path: Path, text: str, who: str = "chris@example.invalid", *arguments: str) -> str:
    file, said = tmp_path / "year.toml", StringIO()
    file.write_text(text)
    call_command("new_agreement_year", file, "--as", who, *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_who_runs_reports_begins_a_year(plan: Plan, tmp_path: Path, role: Role) -> None:
    someone(role, plan.police, name="Chris")

    with pytest.raises(CommandError, match="nobody who runs reports"):
        run(tmp_path, HEAD + SPLIT)

    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD, "line 2: an agreement needs at least one priority"),
        (HEAD.replace("test-2018-19", "nobody") + SPLIT, "line 5: 'follows' is no agreement that is held"),
        (HEAD.replace('"test-2019-20"', '"test-2018-19"') + SPLIT, "line 3: there is an agreement"),
        (HEAD.replace("2020-03-31", "2019-04-01") + SPLIT, "line 7: ends is not after starts"),
        (HEAD.replace("2019-04-01", "2018-04-01") + SPLIT, "line 6: starts is not after"),
        (HEAD + SPLIT.replace('["rs2"]', '["rs1"]'), "the action 'rs1' has one home"),
        (HEAD + SPLIT.replace('["rs2"]', '["rs9"]'), "line 22: .*'rs9'"),
        (HEAD + SPLIT.replace('["hate"]', '["hat"]'), "line 29: .*'hat'"),
        (HEAD + SPLIT.replace("number = 2", "number = 1"), "line 18: number '1' is used twice"),
        (HEAD + SPLIT.replace("number = 3", "number = 4"), "line 27: number is 4: expected 1 to 3"),
        (HEAD + SPLIT.replace("no_indicator_reason", "# "), "'young-drivers' needs indicators or"),
        (HEAD + MERGED.replace("summary", "# "), "'arson' comes from no earlier priority"),
        (HEAD + MERGED.replace("no_indicator_reason", "# "), "'arson' needs indicators or"),
        (HEAD + MERGED + 'indicators = ["fires"]', "'fires'"),
        (HEAD + SPLIT.replace("number = 3", 'number = "three"'), "line 27: number has to be a whole number"),
        ("[agreement", "line 1"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_line_and_nothing_is_kept(
    plan: Plan, chris: User, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        run(tmp_path, text)

    assert (Agreement.objects.count(), AuditEvent.objects.count()) == (1, 0)


def test_an_action_key_that_is_taken_undoes_everything(plan: Plan, chris: User, tmp_path: Path) -> None:
    Action.objects.create(key="ha1-19", priority=plan.hate, title="In the way")

    with pytest.raises(CommandError, match="There is an action 'ha1-19' already"):
        run(tmp_path, HEAD + SPLIT)

    assert (Agreement.objects.count(), Priority.objects.count()) == (1, 2)


def test_a_dry_run_says_where_everything_comes_from_and_keeps_nothing(plan: Plan, chris: User, tmp_path: Path) -> None:
    assert run(tmp_path, HEAD + SPLIT, "chris@example.invalid", "--dry-run") == (
        "1. Safer Roads. It was called Road Safety in the Test Agreement.\n"
        "2. Young Drivers. Young drivers were part of Road Safety before.\n"
        "3. Hate. Carried on from the Test Agreement.\n"
        "The March 2019 report is not issued yet. Milestones and outputs were carried on as they are now: what is "
        "still answered in it is to be answered again. Better begin the year once it is issued.\n"
        "Nothing was kept.\n"
    )
    assert Agreement.objects.count() == 1


def test_priorities_are_renamed_split_and_carried_on_with_their_indicators(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    run(tmp_path, HEAD + SPLIT)

    made = Agreement.objects.get(slug="test-2019-20")
    kinds = PriorityLineage.objects.values_list("to_priority__slug", "from_priority__slug", "kind")
    assert (made.follows, made.partnership, made.working_group) == (
        plan.agreement,
        plan.agreement.partnership,
        plan.agreement.working_group,
    )
    assert set(kinds) == {
        ("road-safety", "road-safety", "renamed"),
        ("young-drivers", "road-safety", "split"),
        ("hate", "hate", "carried-on"),
    }
    uses = PriorityIndicator.objects.filter(priority__agreement=made)
    assert list(
        uses.values_list("priority__slug", "indicator__slug", "role").order_by("priority__number", "order")
    ) == [
        ("road-safety", "deaths", "main"),
        ("road-safety", "casualties", "supporting"),
        ("hate", "hate-incidents", "main"),
        ("hate", "deaths", "context"),
    ]
    assert AuditEvent.objects.get().sentence == (
        "Chris began the Test Agreement 2019/20, which follows the Test Agreement: "
        "3 priorities, 3 actions that carry on."
    )


def test_priorities_are_merged_and_new_ones_begin(plan: Plan, chris: User, tmp_path: Path) -> None:
    run(tmp_path, HEAD + MERGED)

    places, arson = Priority.objects.filter(agreement__slug="test-2019-20")
    assert [origin.sentence for origin in origins_of([places, arson])[places.pk]] == [
        "It took in Road Safety of the Test Agreement.",
        "It took in Hate of the Test Agreement.",
    ]
    assert not origins_of([arson])
    assert list(places.uses.values_list("indicator__slug", "role")) == [
        ("hate-incidents", "main"),
        ("deaths", "context"),
        ("casualties", "supporting"),
    ]


def test_a_note_about_several_origins_is_said_once(plan: Plan, chris: User, client: Client, tmp_path: Path) -> None:
    said = HEAD + MERGED.replace('actions = ["ha1", "rs1"]', 'actions = ["ha1"]\nnote = "Two were brought together."')

    put(plan.march, State.ISSUED)
    printed = run(tmp_path, said)
    open_report(agreement=Agreement.objects.get(slug="test-2019-20"), dates=JUNE, actor=chris)
    client.force_login(chris)
    page = client.get("/priorities/safe-places/").content.decode()

    assert printed.startswith("1. Safe Places. Two were brought together.\n2. Arson.")
    assert "is not issued yet" not in printed
    assert page.count("Two were brought together.") == 1
    assert 'href="/priorities/road-safety/?cycle=2019-03"' in page
    assert 'href="/priorities/hate/?cycle=2019-03"' in page


def test_named_indicators_replace_those_of_the_origin(plan: Plan, chris: User, tmp_path: Path) -> None:
    changed = SPLIT.replace('no_indicator_reason = "Nothing counts them yet."', 'indicators = ["casualties", "deaths"]')

    run(tmp_path, HEAD + changed)

    young = Priority.objects.get(slug="young-drivers")
    assert list(young.uses.values_list("indicator__slug", "role")) == [("casualties", "main"), ("deaths", "supporting")]


def begun(plan: Plan, chris: User, tmp_path: Path, text: str = HEAD + SPLIT) -> Agreement:
    """The new year, after rs1 was updated in March and Hate described, and March was issued."""
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="As of March.",
        status="behind",
        nothing_new=False,
        expected_version=0,
        actor="Ann",
    )
    for priority, words in ((plan.hate, "Hate."), (plan.road_safety, "Roads."), (None, "Crime.")):
        save_summary(cycle=plan.march, priority=priority, text=words, expected_version=0, actor="Ann")
    Milestone.objects.create(action=plan.rs1, title="Draft", due=date(2019, 3, 1))
    Milestone.objects.create(action=plan.rs1, title="Kick-off", due=date(2018, 5, 1), done=True)
    Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
    Output.objects.create(action=plan.rs1, name="Leaflets", unit="leaflets", actual=3)
    plan.rs1.supports.add(plan.hate)
    put(plan.march, State.ISSUED)
    run(tmp_path, text)
    return Agreement.objects.get(slug="test-2019-20")


def test_an_action_carries_on_with_its_people_its_open_promises_and_what_was_last_said(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    made = begun(plan, chris, tmp_path)
    june = open_report(agreement=made, dates=JUNE, actor=chris)

    action = Action.objects.get(continues=plan.rs1)
    entry, line = entry_for(action, june), line_for(action, june)
    assert (action.key, action.lead, list(action.partners.all())) == ("rs1-19", plan.police, [plan.fire])
    assert [supported.title for supported in action.supports.all()] == ["Hate"]
    assert action.supports.get().agreement == made
    assert list(action.milestones.values_list("title", flat=True)) == ["Draft"]
    assert list(action.outputs.values_list("name", flat=True)) == ["Pupils"]
    assert (entry.text, entry.status, entry.version) == ("As of March.", "behind", 0)
    assert (line.progress, line.is_updated, line.carried_from) == ("As of March.", False, "March 2019")


def test_what_an_action_itself_says_comes_before_what_it_continues(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path)
    june = open_report(agreement=made, dates=JUNE, actor=chris)
    action = Action.objects.get(continues=plan.rs1)
    save_progress(
        action=action,
        cycle=june,
        text="As of June.",
        status="on-track",
        nothing_new=False,
        expected_version=0,
        actor="Ann",
    )
    later = ReportingCycle.objects.create(
        agreement=made,
        slug="2019-09",
        title="September 2019",
        period_start=date(2018, 8, 1),
        period_end=date(2019, 7, 31),
        progress_to=date(2019, 9, 30),
    )

    assert entry_for(action, later).text == "As of June."
    assert line_for(plan.rs1, plan.march).progress == "As of March."


def test_the_words_go_to_the_priority_that_carries_them_on(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path)

    june = open_report(agreement=made, dates=JUNE, actor=chris)

    words = {p.slug: summary_of(june, p).text for p in made.priorities.all()}
    assert words == {"road-safety": "Roads.", "young-drivers": "", "hate": "Hate."}
    assert summary_of(june, None).text == "Crime."


def test_the_words_of_priorities_that_were_merged_are_brought_together(plan: Plan, chris: User, tmp_path: Path) -> None:
    made = begun(plan, chris, tmp_path, HEAD + MERGED)

    june = open_report(agreement=made, dates=JUNE, actor=chris)

    assert summary_of(june, made.priorities.get(slug="safe-places")).text == "Roads.\n\nHate."


def test_the_first_report_of_a_year_waits_for_the_last_of_the_year_before(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    made = begun(plan, chris, tmp_path)
    put(plan.march, State.CHECKED)

    with pytest.raises(Exception, match="The March 2019 report has not been issued yet"):
        open_report(agreement=made, dates=JUNE, actor=chris)
    put(plan.march, State.ISSUED)
    with pytest.raises(Exception, match="The months of the March 2019 report end in January 2019"):
        open_report(agreement=made, dates=replace(JUNE, period=plan.march.period), actor=chris)


def test_pages_lead_back_to_the_year_before(plan: Plan, chris: User, tmp_path: Path, client: Client) -> None:
    made = begun(plan, chris, tmp_path)
    open_report(agreement=made, dates=JUNE, actor=chris)
    client.force_login(chris)

    young = client.get("/priorities/young-drivers/").content.decode()
    action = client.get("/actions/rs1-19/").content.decode()
    before = client.get("/actions/rs1/")
    hate = client.get("/priorities/hate/").content.decode()

    assert "Young drivers were part of Road Safety before." in young
    assert 'href="/priorities/road-safety/?cycle=2019-03"' in young
    assert 'href="/actions/rs1/"' in action
    assert 'It goes on as <a class="govuk-link" href="/actions/rs1-19/">' in before.content.decode()
    assert "It goes on as" not in action
    assert (before.status_code, "March 2019" in before.content.decode()) == (200, True)
    assert 'href="/priorities/road-safety/?cycle=2019-03"' in before.content.decode()
    assert "Supported by actions of other priorities" in hate
    assert "Teach young drivers, of" in hate


def test_a_question_that_is_open_stays_so_under_the_priority_that_carries_its_own_on(
    plan: Plan, chris: User, tmp_path: Path
) -> None:
    for priority, question in ((plan.hate, "A second conference?"), (plan.road_safety, "A new road?"), (None, "When?")):
        ask(cycle=plan.march, question=question, asked_by="Working Group", priority=priority, actor=chris)
    told = HEAD + MERGED.replace('origins = ["hate", "road-safety"]', 'origins = ["hate"]').replace(', "rs1"]', "]")
    june = open_report(agreement=begun(plan, chris, tmp_path, told), dates=JUNE, actor=chris)

    assert [(q.text, q.priority, q.slug, q.since) for q in build(june).asked] == [
        ("A second conference?", "Safe Places", "safe-places", "March 2019"),
        ("A new road?", "Road Safety", "", "March 2019"),
        ("When?", "", "", "March 2019"),
    ]


def test_the_address_of_a_priority_that_ended_leads_to_its_last_report(
    plan: Plan, chris: User, tmp_path: Path, client: Client
) -> None:
    made = begun(plan, chris, tmp_path, HEAD + MERGED)
    open_report(agreement=made, dates=JUNE, actor=chris)
    client.force_login(chris)

    assert client.get("/priorities/hate/").headers["Location"] == "/priorities/hate/?cycle=2019-03"
    assert client.get("/priorities/hate/?cycle=2019-06").status_code == 404
    assert client.get("/priorities/never/").status_code == 404
    assert client.get("/actions/rs1/?cycle=2019-06").status_code == 404


def test_the_draft_carries_everything_on_but_what_has_ended(plan: Plan, chris: User, tmp_path: Path) -> None:
    save_progress(
        action=plan.ha1,
        cycle=plan.march,
        text="Held.",
        status="complete",
        nothing_new=False,
        expected_version=0,
        actor="Ann",
    )
    Priority.objects.filter(pk=plan.hate.pk).update(title='Hate "and" \\ more')
    Agreement.objects.update(name="Test Agreement 1998/99")
    said = StringIO()
    call_command("new_agreement_year", "--draft", "test-2018-19", stdout=said)

    told: dict[str, Any] = {"ends": date(2020, 3, 31)}
    assert '    # "ha1",  # Complete: Hold a conference' in said.getvalue()
    assert "Nothing was kept." in run(tmp_path, said.getvalue(), "chris@example.invalid", "--dry-run")
    run(tmp_path, said.getvalue())
    made = Agreement.objects.get(slug="test-2019-20")
    assert (made.name, made.follows) == ("Test Agreement 1999/00", plan.agreement)
    assert {name: getattr(made, name) for name in told} == told
    assert list(made.priorities.values_list("title", flat=True)) == ["Road Safety", 'Hate "and" \\ more']
    assert set(Action.objects.filter(priority__agreement=made).values_list("key", flat=True)) == {"rs1-19", "rs2-19"}


def test_the_draft_after_an_agreement_that_names_no_year_has_a_name_of_its_own(plan: Plan) -> None:
    Agreement.objects.update(slug="test", name="Test Agreement")
    said = StringIO()
    call_command("new_agreement_year", "--draft", "test", stdout=said)

    assert 'slug = "test-next"\nname = "Test Agreement"\nfollows = "test"' in said.getvalue()


@pytest.mark.parametrize(("arguments", "message"), [([], "Name a file"), (["--draft", "x"], "Held: test-2018-19")])
def test_what_the_command_cannot_do_it_says(plan: Plan, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("new_agreement_year", *arguments)
