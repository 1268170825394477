"""One save of several actions: what is left alone, what is kept, what cannot be lost, and taking it back."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.models import AuditEvent
from accounts.roles import Role
from actions.answers import Addition, Answer, MilestoneAnswer, NewLink, NewMilestone, NewOutput, OutputAnswer
from actions.models import Contribution, Decision, Link, Milestone, Output, ProgressEntry, ProgressVersion, Via
from actions.plan import line_for, updated_counts
from actions.services import Saved, save_answers, save_progress
from actions.undoing import undo
from actions.writers import Writer, writer
from tests.plan import Plan, draw_plan, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def ann(plan: Plan) -> Writer:
    return writer(someone(Role.WORKING_GROUP, plan.police, name="Ann"))


@pytest.fixture
def ben(plan: Plan) -> Writer:
    return writer(someone(Role.WORKING_GROUP, plan.police, name="Ben"))


def save(plan: Plan, by: Writer, *answers: Answer, additions: tuple[Addition, ...] = ()) -> Saved:
    return save_answers(cycle=plan.march, answers=answers, additions=additions, by=by)


def rs1(text: str = "Begun.", version: int = 0, **said: Any) -> Answer:
    return Answer(**{"key": "rs1", "expected_version": version, "text": text, "status": "on-track"} | said)


def counts() -> tuple[int, int]:
    """How many versions there are, and how many events."""
    return ProgressVersion.objects.count(), AuditEvent.objects.count()


class TestLeftAlone:
    def test_what_is_left_blank_is_not_updated_and_writes_nothing(self, plan: Plan, ann: Writer) -> None:
        saved = save(plan, ann, Answer(key="rs1", expected_version=0))

        assert saved == Saved()
        assert not ProgressEntry.objects.exists()
        assert counts() == (0, 0)

    def test_what_was_carried_over_and_not_touched_is_not_updated(self, plan: Plan, ann: Writer) -> None:
        save_progress(
            action=plan.rs1,
            cycle=plan.december,
            text="As of December.",
            status="behind",
            nothing_new=False,
            expected_version=0,
            actor="test",
        )

        save(plan, ann, Answer(key="rs1", expected_version=0, text="As of December.\r\n", status="behind"))

        assert not line_for(plan.rs1, plan.march).is_updated

    def test_an_emptied_box_keeps_the_account(self, plan: Plan, ann: Writer) -> None:
        save(plan, ann, rs1("A long account."))

        save(plan, ann, rs1("", version=1, status="behind"))

        entry = ProgressEntry.objects.get()
        assert (entry.text, entry.status, entry.version) == ("A long account.", "behind", 2)

    def test_a_box_not_touched_while_a_colleague_saved_is_no_conflict(
        self, plan: Plan, ann: Writer, ben: Writer
    ) -> None:
        save(plan, ann, rs1("What Ann wrote."))

        saved = save(plan, ben, Answer(key="rs1", expected_version=0))

        assert saved == Saved()
        assert ProgressEntry.objects.get().text == "What Ann wrote."


class TestKept:
    def test_several_actions_are_one_save_and_one_event(self, plan: Plan, ann: Writer) -> None:
        saved = save(plan, ann, rs1(), Answer(key="rs2", expected_version=0, nothing_new=True))

        assert [(entry.action.key, entry.version) for entry in saved.entries] == [("rs1", 1), ("rs2", 1)]
        assert counts() == (2, 1)
        event = AuditEvent.objects.get()
        assert (event.kind, event.object_type, event.object_key) == ("progress-saved", "action", "rs1, rs2")
        assert event.sentence == (
            "Ann updated the progress of 2 actions: 'Teach young drivers' (on track), "
            "'Share campaigns' (nothing new, not stated) for March 2019."
        )

    def test_what_is_not_pursued_needs_a_reason_and_shows_it(self, plan: Plan, ann: Writer) -> None:
        with pytest.raises(ValidationError, match="Say why it is not pursued"):
            save(plan, ann, Answer(key="rs2", expected_version=0, text="x"), rs1(status="not-pursued"))
        assert counts() == (0, 0)

        save(plan, ann, rs1(status="not-pursued", reason="The grant ended."))

        line = line_for(plan.rs1, plan.march)
        assert (line.status_label, line.reason) == ("Not pursued", "The grant ended.")
        assert "not pursued because: The grant ended." in AuditEvent.objects.get().sentence

    def test_a_reason_goes_with_the_status_it_belongs_to(self, plan: Plan, ann: Writer) -> None:
        save(plan, ann, rs1(status="not-pursued", reason="The grant ended."))

        save(plan, ann, rs1(version=1, status="on-track", reason="The grant ended."))

        assert ProgressEntry.objects.get().reason == ""

    def test_outputs_steps_questions_and_links_come_with_a_version(self, plan: Plan, ann: Writer) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        step = Milestone.objects.create(action=plan.rs1, title="Draft", due_text="March 2019")

        save(
            plan,
            ann,
            Answer(
                key="rs1",
                expected_version=0,
                outputs=(OutputAnswer(output.pk, actual=Decimal("1312")),),
                milestones=(MilestoneAnswer(step.pk, done=True, due=date(2019, 3, 20)),),
                new_output=NewOutput("Talks", "talks", Decimal(4), date(2019, 6, 30)),
                question="May we go on?",
                link=NewLink("The plan", "https://example.org/plan"),
            ),
        )

        output.refresh_from_db()
        step.refresh_from_db()
        assert (output.actual, step.done, step.due, step.due_text) == (1312, True, date(2019, 3, 20), "")
        assert Output.objects.get(name="Talks").expected == 4
        decision = Decision.objects.get()
        assert (decision.question, decision.asked_by, decision.priority) == (
            "May we go on?",
            "Test Police",
            plan.road_safety,
        )
        assert Link.objects.get().url == "https://example.org/plan"
        version = ProgressVersion.objects.get()
        assert [change["kind"] for change in version.also] == ["output", "milestone", "output", "decision", "link"]
        assert version.also[0] | {"pk": 0} == {
            "kind": "output",
            "pk": 0,
            "name": "Pupils",
            "was": {"actual": None},
            "now": {"actual": "1312"},
        }
        assert counts() == (1, 1)

    def test_outputs_and_steps_of_other_actions_are_not_touched(self, plan: Plan, ann: Writer) -> None:
        output = Output.objects.create(action=plan.rs2, name="Pupils", unit="pupils", expected=1500)
        step = Milestone.objects.create(action=plan.rs2, title="Draft")

        save(
            plan,
            ann,
            rs1(outputs=(OutputAnswer(output.pk, actual=Decimal(1)),), milestones=(MilestoneAnswer(step.pk, True),)),
        )

        output.refresh_from_db()
        step.refresh_from_db()
        assert (output.actual, step.done) == (None, False)

    def test_words_of_a_partner_entered_by_the_coordinator_say_so(self, plan: Plan) -> None:
        coordinator = someone(Role.COORDINATOR, name="Cora")

        save(plan, Writer("Cora", coordinator, plan.police, Via.EMAIL), rs1())

        assert line_for(plan.rs1, plan.march).updated_by == "from Test Police by email, entered by Cora"
        version = ProgressVersion.objects.get()
        assert (version.from_partner, version.via, version.by_name) == (plan.police, "email", "Cora")
        assert "The words came from Test Police by email, entered by Cora." in AuditEvent.objects.get().sentence


class TestConflicts:
    def test_who_saves_second_keeps_nothing_of_it_but_all_of_the_rest(
        self, plan: Plan, ann: Writer, ben: Writer
    ) -> None:
        save(plan, ann, rs1("What Ann wrote."))

        saved = save(plan, ben, rs1("What Ben wrote."), Answer(key="rs2", expected_version=0, text="Shared."))

        assert [entry.text for entry in saved.conflicts] == ["What Ann wrote."]
        assert [entry.text for entry in saved.entries] == ["Shared."]
        assert save(plan, ben, rs1("Both.", version=1)).entries[0].version == 2

    def test_outputs_are_not_saved_where_the_words_are_in_conflict(self, plan: Plan, ann: Writer, ben: Writer) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        save(plan, ann, rs1())

        saved = save(plan, ben, Answer("rs1", 0, outputs=(OutputAnswer(output.pk, actual=Decimal(9)),)))

        output.refresh_from_db()
        assert (len(saved.conflicts), output.actual) == (1, None)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.slow
    def test_of_twenty_people_who_save_at_once_one_wins_and_nineteen_see_the_text(self, plan: Plan) -> None:
        if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
            pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
        start, outcomes = Barrier(20), []

        def write(number: int) -> None:
            start.wait()
            try:
                # Half of them name the actions the other way round: nobody waits for somebody who waits for them.
                said = [rs1(f"By {number}."), Answer(key="rs2", expected_version=0, text=f"By {number}.")]
                saved = save(plan, Writer(f"Writer {number}"), *said[:: 1 if number % 2 else -1])
                outcomes.append((len(saved.entries), sorted(entry.text for entry in saved.conflicts)))
            finally:
                connections.close_all()

        threads = [Thread(target=write, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        kept = sorted(entry.text for entry in ProgressEntry.objects.all())
        assert len(set(kept)) == 1
        assert sorted(outcomes) == [(0, kept)] * 19 + [(2, [])]
        assert counts() == (2, 1)


class TestUndo:
    def test_nobody_takes_back_what_somebody_else_saved(self, plan: Plan, ann: Writer, ben: Writer) -> None:
        save(plan, ann, rs1())

        saved = undo(cycle=plan.march, versions={"rs1": 1}, by=ben)

        assert [entry.version for entry in saved.conflicts] == [1]
        assert counts() == (1, 1)

    def test_not_after_the_coordinator_has_looked_at_it(self, plan: Plan, ann: Writer) -> None:
        save(plan, ann, rs1())
        ProgressEntry.objects.update(reviewed_version=1)

        assert len(undo(cycle=plan.march, versions={"rs1": 1}, by=ann).conflicts) == 1

    def test_not_after_somebody_has_saved_again_and_not_twice(self, plan: Plan, ann: Writer, ben: Writer) -> None:
        save(plan, ann, rs1())
        save(plan, ben, rs1("More.", version=1))

        assert undo(cycle=plan.march, versions={"rs1": 1}, by=ann).entries == []
        assert len(undo(cycle=plan.march, versions={"rs1": 2}, by=ben).entries) == 1
        assert undo(cycle=plan.march, versions={"rs1": 3}, by=ben).entries == []
        assert ProgressEntry.objects.get().text == "Begun."

    def test_the_first_save_taken_back_leaves_the_action_not_updated(self, plan: Plan, ann: Writer) -> None:
        save(plan, ann, rs1(), Answer(key="rs2", expected_version=0, text="Shared."))

        undo(cycle=plan.march, versions={"rs1": 1, "rs2": 1}, by=ann)

        assert not line_for(plan.rs1, plan.march).is_updated
        assert updated_counts(plan.march)[plan.road_safety.pk] == (0, 2)
        assert [version.text for version in ProgressVersion.objects.filter(entry__action=plan.rs1)] == ["", "Begun."]
        assert AuditEvent.objects.first().sentence == (  # type: ignore[union-attr]
            "Ann took back what was saved of 'Teach young drivers', 'Share campaigns' for March 2019."
        )
        assert counts() == (4, 2)

    def test_saving_again_after_an_undo_and_taking_that_back_is_not_updated_either(
        self, plan: Plan, ann: Writer
    ) -> None:
        save(plan, ann, rs1())
        undo(cycle=plan.march, versions={"rs1": 1}, by=ann)
        save(plan, ann, rs1("Again.", version=2))
        assert line_for(plan.rs1, plan.march).progress == "Again."

        undo(cycle=plan.march, versions={"rs1": 3}, by=ann)

        assert not line_for(plan.rs1, plan.march).is_updated

    def test_what_came_with_it_goes_back_too(self, plan: Plan, ann: Writer) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=Decimal("1500.5"))
        step = Milestone.objects.create(action=plan.rs1, title="Draft", due_text="March 2019")
        save(
            plan,
            ann,
            rs1(
                outputs=(OutputAnswer(output.pk, expected=Decimal(9), actual=Decimal(8)),),
                milestones=(MilestoneAnswer(step.pk, done=True, due=date(2019, 3, 20)),),
                new_milestone=NewMilestone("The site", date(2019, 9, 30)),
                new_output=NewOutput("Talks", "talks", Decimal(4), date(2019, 6, 30)),
                question="May we go on?",
                link=NewLink("The plan", "https://example.org/plan"),
            ),
        )
        assert Milestone.objects.count() == 2

        undo(cycle=plan.march, versions={"rs1": 1}, by=ann)

        output, step = Output.objects.get(), Milestone.objects.get()
        assert (output.expected, output.actual) == (Decimal("1500.5"), None)
        assert (step.done, step.due, step.due_text) == (False, None, "March 2019")
        assert not Decision.objects.exists()
        assert not Link.objects.exists()

    def test_a_cleared_quantity_comes_back_and_so_does_a_milestone_that_was_done(self, plan: Plan, ann: Writer) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500, actual=Decimal(7))
        step = Milestone.objects.create(action=plan.rs1, title="Draft", done=True)
        said = {"outputs": (OutputAnswer(output.pk, cleared=("actual",)),)}
        save(plan, ann, rs1(milestones=(MilestoneAnswer(step.pk, reopened=True),), **said))
        assert (Output.objects.get().actual, Milestone.objects.get().done) == (None, False)

        undo(cycle=plan.march, versions={"rs1": 1}, by=ann)

        assert (Output.objects.get().actual, Milestone.objects.get().done) == (7, True)

    def test_an_answered_question_and_a_value_put_right_since_stay(self, plan: Plan, ann: Writer) -> None:
        output = Output.objects.create(action=plan.rs1, name="Pupils", unit="pupils", expected=1500)
        save(plan, ann, rs1(outputs=(OutputAnswer(output.pk, actual=Decimal(8)),), question="May we go on?"))
        Output.objects.update(actual=7)
        Decision.objects.update(answer="Yes.", answered_on=date(2019, 4, 9))

        undo(cycle=plan.march, versions={"rs1": 1}, by=ann)

        assert Output.objects.get().actual == 7
        assert Decision.objects.get().answer == "Yes."


class TestContributions:
    @pytest.fixture
    def flo(self, plan: Plan) -> Writer:
        return writer(someone(Role.WORKING_GROUP, plan.fire, name="Flo"))

    def test_what_a_named_partner_adds_is_kept_beside_the_account(self, plan: Plan, flo: Writer) -> None:
        saved = save(plan, flo, additions=(Addition("rs1", "We lent an engine.", 0),))

        assert [each.key for each in saved.additions] == ["rs1"]
        assert Contribution.objects.get().text == "We lent an engine."
        assert not ProgressEntry.objects.exists()
        event = AuditEvent.objects.get()
        assert (event.kind, event.object_type, event.object_key) == ("contribution-saved", "action", "rs1")
        assert event.sentence == ("Flo changed what Test Fire and Rescue adds to 'Teach young drivers' for March 2019.")

    def test_the_same_again_writes_nothing_and_an_empty_text_takes_it_back(self, plan: Plan, flo: Writer) -> None:
        save(plan, flo, additions=(Addition("rs1", "Lent.", 0),))

        assert save(plan, flo, additions=(Addition("rs1", " Lent. ", 1),)) == Saved()
        save(plan, flo, additions=(Addition("rs1", "", 1),))

        assert not Contribution.objects.exists()
        assert AuditEvent.objects.count() == 2

    def test_two_colleagues_at_once_both_see_what_the_first_wrote(self, plan: Plan, flo: Writer) -> None:
        save(plan, flo, additions=(Addition("rs1", "Lent.", 0),))

        saved = save(plan, flo, additions=(Addition("rs1", "Mine.", 0),))

        assert [each.text for each in saved.addition_conflicts] == ["Lent."]
        assert Contribution.objects.get().text == "Lent."

    def test_the_lead_takes_it_over_into_the_account_once(self, plan: Plan, ann: Writer, flo: Writer) -> None:
        save(plan, flo, additions=(Addition("rs1", "We lent an engine.", 0),))
        key = Contribution.objects.get().pk

        save(plan, ann, rs1("Begun.", take_over=(key,)))
        save(plan, ann, rs1("Begun.\n\nWe lent an engine.", version=1, take_over=(key,)))

        assert ProgressEntry.objects.get().text == "Begun.\n\nWe lent an engine."
        assert ProgressEntry.objects.get().version == 1
        assert Contribution.objects.get().taken_over

    def test_taking_it_over_can_be_taken_back(self, plan: Plan, ann: Writer, flo: Writer) -> None:
        save(plan, flo, additions=(Addition("rs1", "We lent an engine.", 0),))
        save(plan, ann, rs1(take_over=(Contribution.objects.get().pk,)))

        undo(cycle=plan.march, versions={"rs1": 1}, by=ann)

        assert not Contribution.objects.get().taken_over
