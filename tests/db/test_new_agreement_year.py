"""A new agreement year from its file: priorities carry on, split, merge and are renamed; and the file to begin from."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.models import Action
from actions.services import save_progress
from priorities.lineage import origins_of
from priorities.models import Agreement, Priority, PriorityIndicator, PriorityLineage
from priorities.opening import open_report
from priorities.states import State
from tests.db.test_opening import JUNE
from tests.plan import Plan, put, someone
from tests.years import HEAD, MERGED, NEW, SPLIT, plan_with_indicators, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return plan_with_indicators()


@pytest.fixture
def chris(plan: Plan) -> User:
    return someone(Role.COORDINATOR, name="Chris")


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
        (HEAD + SPLIT + NEW.replace('"new1"', '"rs1"'), "line 33: there is an action 'rs1' already"),
        (HEAD + SPLIT + NEW.replace('"new1"', '"a-key-that-is-too-long"'), "line 33: key has more than 20 characters"),
        (HEAD + SPLIT + NEW.replace('"young-drivers"', '"young"'), "line 34: priority 'young' is not a priority"),
        (HEAD + SPLIT + NEW.replace('"test-police"', '"police"'), "line 36: lead 'police' is not a partner"),
        (HEAD + SPLIT + NEW.replace('["test-fire"]', '["fire"]'), "line 37: partners 'fire' is not a partner"),
        (
            HEAD + SPLIT + NEW.replace('["hate"]', '["young-drivers"]'),
            "line 38: supports",
        ),
        (HEAD + SPLIT + NEW + NEW, "line 41: key 'new1' is used twice"),
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
