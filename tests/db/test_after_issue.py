"""What becomes of a report that was issued: corrected, considered, made public, withdrawn."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, User
from actions.services import save_progress
from priorities.models import ReportingCycle
from priorities.states import Refused, State
from reports.models import MeetingLink, Outcome, PublishedReport, Withdrawal
from reports.publishing import (
    NotReady,
    drop_correction,
    enter_outcome,
    issue,
    issue_correction,
    make_link,
    make_public,
    prepare_correction,
    revoke_link,
    withdraw,
)
from tests.issued import columns, events, state_of
from tests.plan import Plan, put

pytestmark = pytest.mark.django_db


class TestCorrection:
    def test_nothing_is_corrected_that_was_not_issued(self, plan: Plan, march: ReportingCycle, chris: User) -> None:
        for state in (State.DRAFT, State.CHECKED):
            put(march, state, checked_by=None)
            with pytest.raises(Refused):
                prepare_correction(cycle=march, actor=chris, note="A wrong sum.")
        put(march, State.ISSUED)
        with pytest.raises(Refused, match="Nothing has been issued"):
            prepare_correction(cycle=march, actor=chris, note="A wrong sum.")

    @pytest.mark.parametrize("note", ["", "  \r\n "])
    def test_a_correction_needs_a_note(self, issued: PublishedReport, chris: User, note: str) -> None:
        with pytest.raises(Refused, match="Say what is corrected"):
            prepare_correction(cycle=issued.cycle, actor=chris, note=note)

        assert events() == ["report-issued"]

    def test_a_note_that_cannot_be_kept_is_refused(self, issued: PublishedReport, chris: User) -> None:
        with pytest.raises(ValidationError):
            prepare_correction(cycle=issued.cycle, actor=chris, note="\0")

    def test_whoever_prepared_it_does_not_issue_it(self, issued: PublishedReport, chris: User) -> None:
        prepare_correction(cycle=issued.cycle, actor=chris, note="A wrong sum.")

        with pytest.raises(NotReady):
            issue_correction(cycle=issued.cycle, actor=chris)

    def test_nobody_issues_a_correction_that_nobody_prepared(self, issued: PublishedReport, gale: User) -> None:
        with pytest.raises(Refused, match="No correction of this report is being prepared"):
            issue_correction(cycle=issued.cycle, actor=gale)

    def test_one_that_corrects_nothing_is_refused(self, issued: PublishedReport, chris: User, gale: User) -> None:
        prepare_correction(cycle=issued.cycle, actor=chris, note="A wrong sum.")

        with pytest.raises(NotReady, match="Nothing in it is other than in edition 1"):
            issue_correction(cycle=issued.cycle, actor=gale)

        assert PublishedReport.objects.count() == 1
        assert events() == ["report-issued", "report-correction-prepared"]
        assert ReportingCycle.objects.get(pk=issued.cycle_id).is_correcting

    def test_it_is_a_new_edition_with_the_note_and_the_one_before_stays(
        self, issued: PublishedReport, plan: Plan, chris: User, gale: User
    ) -> None:
        before = columns(issued)
        prepare_correction(cycle=issued.cycle, actor=chris, note=" A wrong sum. ")
        save_progress(
            action=plan.rs1,
            cycle=plan.march,
            text="Held in May.",
            status="complete",
            nothing_new=False,
            expected_version=0,
            actor=chris,
        )

        second = issue_correction(cycle=issued.cycle, actor=gale).published

        assert (second.edition, second.note, second.prepared_by, second.issued_by) == (2, "A wrong sum.", chris, gale)
        assert "Held in May." in second.payload
        assert "Held in May." not in issued.payload
        assert columns(PublishedReport.objects.get(edition=1)) == before
        cycle = ReportingCycle.objects.get(pk=issued.cycle_id)
        assert (cycle.state, cycle.is_correcting, cycle.correction_by) == (State.ISSUED, False, None)
        assert events() == ["report-issued", "report-correction-prepared", "progress-saved", "report-issued"]
        assert AuditEvent.objects.first().sentence == (  # type: ignore[union-attr]
            "Gale issued edition 2 of the report March 2019, prepared by Chris, with the note: A wrong sum."
        )

    def test_it_can_be_dropped(self, issued: PublishedReport, chris: User, gale: User) -> None:
        prepare_correction(cycle=issued.cycle, actor=chris, note="A wrong sum.")

        drop_correction(cycle=issued.cycle, actor=chris)

        with pytest.raises(Refused):
            issue_correction(cycle=issued.cycle, actor=gale)
        assert PublishedReport.objects.count() == 1
        assert events()[-1] == "report-correction-dropped"

    def test_one_is_prepared_at_a_time(self, issued: PublishedReport, chris: User) -> None:
        prepare_correction(cycle=issued.cycle, actor=chris, note="A wrong sum.")

        with pytest.raises(Refused, match="already"):
            prepare_correction(cycle=issued.cycle, actor=chris, note="Another.")


class TestOutcomeAndPublic:
    def test_nothing_is_made_public_before_the_meeting(self, issued: PublishedReport, chris: User) -> None:
        with pytest.raises(Refused, match="It cannot be made public"):
            make_public(cycle=issued.cycle, actor=chris)

    def test_what_the_meeting_made_of_it_is_kept_with_its_minute(self, issued: PublishedReport, chris: User) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted, with thanks.", minute="12/19")

        outcome = Outcome.objects.get()
        assert (outcome.published, outcome.text, outcome.minute, outcome.by) == (
            issued,
            "Noted, with thanks.",
            "12/19",
            chris,
        )
        assert state_of(issued.cycle) == State.CONSIDERED
        assert AuditEvent.objects.first().sentence == (  # type: ignore[union-attr]
            "Chris entered what the meeting made of the report March 2019 (12/19): Noted, with thanks."
        )

    def test_it_can_be_said_again_and_both_are_columns(self, issued: PublishedReport, chris: User) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")
        make_public(cycle=issued.cycle, actor=chris)

        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted and agreed.", minute="12/19")

        assert [outcome.text for outcome in issued.outcomes.all()] == ["Noted and agreed.", "Noted."]
        assert state_of(issued.cycle) == State.PUBLIC

    def test_nothing_said_is_refused(self, issued: PublishedReport, chris: User) -> None:
        with pytest.raises(Refused, match="Say what the meeting made"):
            enter_outcome(cycle=issued.cycle, actor=chris, text=" ", minute="12/19")

        assert state_of(issued.cycle) == State.ISSUED

    def test_a_considered_report_is_made_public(self, issued: PublishedReport, chris: User) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")

        make_public(cycle=issued.cycle, actor=chris)

        assert state_of(issued.cycle) == State.PUBLIC
        assert events() == ["report-issued", "report-considered", "report-made-public"]

    def test_a_withdrawn_report_is_neither_considered_nor_made_public(
        self, issued: PublishedReport, chris: User
    ) -> None:
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")

        with pytest.raises(Refused, match="withdrawn"):
            enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")
        put(issued.cycle, State.CONSIDERED)
        with pytest.raises(Refused, match="withdrawn"):
            make_public(cycle=issued.cycle, actor=chris)


class TestWithdraw:
    def test_it_needs_a_reason_and_something_to_withdraw(
        self, march: ReportingCycle, issued: PublishedReport, chris: User, plan: Plan
    ) -> None:
        with pytest.raises(Refused, match="Say why"):
            withdraw(cycle=issued.cycle, actor=chris, reason=" ")
        with pytest.raises(Refused):
            withdraw(cycle=plan.december, actor=chris, reason="A mistake.")
        put(plan.december, State.ISSUED)
        with pytest.raises(Refused, match="Nothing has been issued"):
            withdraw(cycle=plan.december, actor=chris, reason="A mistake.")

    def test_the_text_is_kept_and_what_was_public_is_no_longer(self, issued: PublishedReport, chris: User) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")
        make_public(cycle=issued.cycle, actor=chris)

        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")

        assert columns(PublishedReport.objects.get()) == columns(issued)
        assert state_of(issued.cycle) == State.CONSIDERED
        assert Withdrawal.objects.get().reason == "A mistake."
        with pytest.raises(Refused, match="withdrawn"):
            withdraw(cycle=issued.cycle, actor=chris, reason="Again.")
        assert events()[-1] == "report-withdrawn"

    def test_what_was_withdrawn_by_mistake_is_issued_again_as_it_was(
        self, issued: PublishedReport, chris: User, gale: User
    ) -> None:
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")
        prepare_correction(cycle=issued.cycle, actor=chris, note="It was right after all.")

        second = issue_correction(cycle=issued.cycle, actor=gale).published

        assert second.payload == issued.payload
        assert not Withdrawal.objects.filter(published=second).exists()


class TestLink:
    @pytest.mark.parametrize(
        ("meeting", "days"), [(None, 14), (timedelta(days=30), 44), (timedelta(days=-400), 14)], ids=str
    )
    def test_it_ends_a_set_time_after_the_meeting(
        self, march: ReportingCycle, gale: User, meeting: timedelta | None, days: int
    ) -> None:
        today = timezone.localdate()
        march.meeting = today + meeting if meeting is not None else None
        march.save()

        issue(cycle=march, actor=gale)

        assert timezone.localdate(MeetingLink.objects.get().ends_at) == today + timedelta(days=days)

    def test_another_can_be_made_and_each_is_ended_alone(self, issued: PublishedReport, chris: User) -> None:
        token = make_link(cycle=issued.cycle, actor=chris)
        second = MeetingLink.objects.get(token_sha256=hashlib.sha256(token.encode()).hexdigest())

        revoke_link(link=second, actor=chris)

        assert [link.revoked_by_name for link in MeetingLink.objects.all()] == ["Chris", ""]
        with pytest.raises(Refused, match="already"):
            revoke_link(link=second, actor=chris)
        assert events() == ["report-issued", "meeting-link-made", "meeting-link-ended"]

    def test_none_is_made_of_what_was_not_issued_or_was_withdrawn(
        self, issued: PublishedReport, plan: Plan, chris: User
    ) -> None:
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")

        for cycle in (issued.cycle, plan.december):
            with pytest.raises(Refused):
                make_link(cycle=cycle, actor=chris)


Change = Callable[..., object]
CHANGES: list[tuple[Change, dict[str, str]]] = [
    (prepare_correction, {"note": "A wrong sum."}),
    (enter_outcome, {"text": "Noted.", "minute": ""}),
    (withdraw, {"reason": "A mistake."}),
    (make_link, {}),
]


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_undone_leaves_neither_event_nor_trace(
    issued: PublishedReport, chris: User, change: Change, said: dict[str, str]
) -> None:
    with transaction.atomic():
        change(cycle=issued.cycle, actor=chris, **said)
        assert len(events()) == 2
        transaction.set_rollback(True)

    assert events() == ["report-issued"]
    assert state_of(issued.cycle) == State.ISSUED
    assert not Outcome.objects.exists()
    assert not Withdrawal.objects.exists()
    assert MeetingLink.objects.count() == 1


def test_a_report_of_a_meeting_long_past_has_a_link_too(march: ReportingCycle, gale: User) -> None:
    march.meeting = date(2019, 3, 28)
    march.save()

    issue(cycle=march, actor=gale)

    assert MeetingLink.objects.get().ends_at > timezone.now()
