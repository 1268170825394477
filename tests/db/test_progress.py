"""Who may write progress, and that nobody's words are lost."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.models import AuditEvent
from accounts.roles import Role
from actions.models import Action, Output, ProgressEntry, ProgressVersion
from actions.plan import line_for, plan_for, updated_counts
from actions.rules import may_update, reason_for_refusal
from actions.services import Conflict, entry_for, save_progress
from priorities.models import ReportingCycle
from tests.plan import Plan, action, draw_plan, partner, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


def save(action: Action, cycle: ReportingCycle, text: str = "Begun.", **changes: Any) -> ProgressEntry:
    told = {"status": "on-track", "nothing_new": False, "expected_version": 0, "actor": "test"} | changes
    return save_progress(action=action, cycle=cycle, text=text, **told)


@pytest.mark.parametrize("role", [Role.GOVERNING_GROUP, Role.ANALYST, Role.ADMINISTRATOR])
def test_who_only_reads_may_not_update_even_their_own_partners_action(plan: Plan, role: Role) -> None:
    reader = someone(role, plan.police)

    assert not may_update(reader, plan.rs1)
    assert "does not update" in reason_for_refusal(reader, plan.rs1)


def test_a_member_of_a_partner_that_is_not_named_may_not_update(plan: Plan) -> None:
    stranger = someone(Role.WORKING_GROUP, partner("health", "Test Health"))

    assert not any(may_update(stranger, each) for each in (plan.rs1, plan.rs2, plan.ha1))
    assert "Test Health, which is not named" in reason_for_refusal(stranger, plan.rs2)
    assert "Test Police leads" in reason_for_refusal(stranger, plan.rs1)


def test_a_named_partner_may_not_rewrite_the_account_of_the_lead(plan: Plan) -> None:
    named = someone(Role.WORKING_GROUP, plan.fire)

    assert not may_update(named, plan.rs1)
    assert "is named for this action, but Test Police leads it" in reason_for_refusal(named, plan.rs1)


def test_someone_who_may_no_longer_sign_in_may_not_update(plan: Plan) -> None:
    gone = someone(Role.COORDINATOR)
    gone.is_active = False

    assert not may_update(gone, plan.rs1)


def test_the_lead_may_update_and_where_none_is_stated_whoever_is_named(plan: Plan) -> None:
    assert may_update(someone(Role.WORKING_GROUP, plan.police), plan.rs1)
    assert may_update(someone(Role.WORKING_GROUP, plan.fire), plan.rs2)


def test_the_coordinator_may_update_every_action(plan: Plan) -> None:
    coordinator = someone(Role.COORDINATOR)

    assert all(may_update(coordinator, each) for each in (plan.rs1, plan.rs2, plan.ha1))


def test_saving_keeps_a_version_and_one_event_that_reads_as_a_sentence(plan: Plan) -> None:
    ann = someone(Role.WORKING_GROUP, plan.police, name="Ann")

    saved = save(plan.rs1, plan.march, "  Begun in May.\r\n", actor=ann)

    assert (saved.text, saved.status, saved.version, saved.updated_by_name) == ("Begun in May.", "on-track", 1, "Ann")
    version = ProgressVersion.objects.get()
    assert (version.number, version.text, version.by, version.by_name) == (1, "Begun in May.", ann, "Ann")
    event = AuditEvent.objects.get()
    assert event.sentence == ("Ann updated the progress of 'Teach young drivers' for March 2019. Status: on track.")
    assert (event.kind, event.object_key, event.actor) == ("progress-saved", "rs1", ann.email)


def test_what_has_not_changed_writes_nothing(plan: Plan) -> None:
    save(plan.rs1, plan.march)

    again = save(plan.rs1, plan.march, " Begun. ", expected_version=1)

    assert again.version == 1
    assert (ProgressVersion.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_who_saves_second_is_told_what_the_first_wrote_and_nothing_is_lost(plan: Plan) -> None:
    save(plan.rs1, plan.march, "The first.", actor="Ann")

    with pytest.raises(Conflict) as told:
        save(plan.rs1, plan.march, "The second.", actor="Ben")

    assert (told.value.current.text, told.value.current.version, told.value.current.updated_by_name) == (
        "The first.",
        1,
        "Ann",
    )
    assert [version.text for version in ProgressVersion.objects.all()] == ["The first."]
    assert save(plan.rs1, plan.march, "Both.", expected_version=1).version == 2


def test_a_version_that_never_was_is_a_conflict_and_leaves_nothing_behind(plan: Plan) -> None:
    with pytest.raises(Conflict):
        save(plan.rs1, plan.march, expected_version=7)

    assert not ProgressEntry.objects.exists()


def test_nothing_new_keeps_the_last_text_of_this_report(plan: Plan) -> None:
    save(plan.rs1, plan.march, "Begun.")

    saved = save(plan.rs1, plan.march, "ignored", nothing_new=True, expected_version=1)

    assert (saved.text, saved.nothing_new, saved.version) == ("Begun.", True, 2)


def test_nothing_new_carries_the_text_of_the_report_before_over_and_counts_as_updated(plan: Plan) -> None:
    save(plan.rs1, plan.december, "As of December.", status="behind")

    before = line_for(plan.rs1, plan.march)
    saved = save(plan.rs1, plan.march, "", status="behind", nothing_new=True, actor="Ann")
    after = line_for(plan.rs1, plan.march)

    assert (before.progress, before.is_updated, before.carried_from) == ("As of December.", False, "December 2018")
    assert saved.text == "As of December."
    assert (after.progress, after.is_updated, after.carried_from, after.nothing_new) == (
        "As of December.",
        True,
        "",
        True,
    )
    assert AuditEvent.objects.first().sentence == (  # type: ignore[union-attr]
        "Ann said that there is nothing new on 'Teach young drivers' for March 2019. Status: behind."
    )


def test_the_box_begins_with_the_last_text_and_status(plan: Plan) -> None:
    save(plan.rs1, plan.december, "As of December.", status="behind")

    entry = entry_for(plan.rs1, plan.march)

    assert (entry.text, entry.status, entry.version) == ("As of December.", "behind", 0)


def test_an_earlier_report_never_shows_what_was_written_later(plan: Plan) -> None:
    save(plan.rs1, plan.march, "As of March.")

    assert line_for(plan.rs1, plan.december).progress == ""
    assert entry_for(plan.rs1, plan.december).text == ""


def test_no_text_with_a_status_is_kept(plan: Plan) -> None:
    assert save(plan.rs1, plan.march, "", status="not-started").text == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "a\0b"}, "cannot be kept"),
        ({"text": "x" * 10_001}, "up to 10,000"),
        ({"status": "splendid"}, "not a status"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    plan: Plan, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        save(plan.rs1, plan.march, **changes)

    assert not ProgressEntry.objects.exists()


def test_the_plan_says_in_words_what_is_stated_and_what_is_not(plan: Plan) -> None:
    Output.objects.create(action=plan.rs2, name="Pupils at the event", unit="pupils", expected=1500, qualifier="about")
    plan.rs2.supports.add(plan.hate)

    rs1, rs2, ha1 = plan_for(None, plan.march)

    assert (rs1.lead, rs1.partners, rs1.status_label) == ("Test Police", ("Test Fire and Rescue",), "Not stated")
    assert (rs2.lead, rs2.supports, rs2.outputs[0].expected, rs2.outputs[0].actual) == (
        "Not stated",
        ("Hate",),
        "about 1,500",
        "",
    )
    assert (ha1.key, ha1.partners, ha1.updated) == ("ha1", (), "")
    assert [line.key for line in plan_for(plan.hate, plan.march)] == ["ha1"]


def test_updates_are_counted_by_home_priority(plan: Plan) -> None:
    save(plan.rs1, plan.march)
    save(plan.rs2, plan.december)

    assert updated_counts(plan.march) == {plan.road_safety.pk: (1, 2), plan.hate.pk: (0, 1)}


def test_three_hundred_actions_take_as_many_queries_as_three(plan: Plan, django_assert_num_queries: Any) -> None:
    save(plan.rs1, plan.march)
    with django_assert_num_queries(6) as few:
        plan_for(None, plan.march)
    for number in range(297):
        save(action(plan.hate, f"more{number}", "More", partners=[plan.fire]), plan.march)

    with django_assert_num_queries(len(few.captured_queries)):
        lines = plan_for(None, plan.march)

    assert len(lines) == 300


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_people_who_save_at_the_same_moment_one_wins(plan: Plan) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
    start, outcomes = Barrier(2), []

    def write(name: str) -> None:
        start.wait()
        try:
            save(plan.rs1, plan.march, f"By {name}.", actor=name)
            outcomes.append("saved")
        except Conflict as conflict:
            outcomes.append(f"conflict with {conflict.current.updated_by_name}")
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(name,)) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winner = ProgressEntry.objects.get()
    assert sorted(outcomes) == [f"conflict with {winner.updated_by_name}", "saved"]
    assert (ProgressVersion.objects.count(), AuditEvent.objects.count()) == (1, 1)
