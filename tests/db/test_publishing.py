"""Issuing, correcting, withdrawing and publishing a report: who may not, what is kept, and one event for each."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.services import save_progress
from priorities.models import ReportingCycle
from priorities.states import Refused, State
from reports.build import build
from reports.editions import Altered, report_of
from reports.frozen import fingerprint, freeze
from reports.models import IsKept, MeetingLink, Outcome, PublishedReport, Withdrawal
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
from tests.plan import Plan, draw_plan, put, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return draw_plan()


@pytest.fixture
def chris() -> User:
    return someone(Role.COORDINATOR, name="Chris")


@pytest.fixture
def gale() -> User:
    return someone(Role.GOVERNING_GROUP, name="Gale")


@pytest.fixture
def march(plan: Plan, chris: User) -> ReportingCycle:
    """The report, checked by Chris."""
    return put(plan.march, State.CHECKED, checked_by=chris)


@pytest.fixture
def issued(march: ReportingCycle, gale: User) -> PublishedReport:
    """The report, checked by Chris and issued by Gale."""
    return issue(cycle=march, actor=gale).published


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("kind", flat=True))


def state_of(cycle: ReportingCycle) -> str:
    return ReportingCycle.objects.get(pk=cycle.pk).state


class TestIssue:
    def test_nobody_issues_what_they_prepared(self, march: ReportingCycle, chris: User) -> None:
        with pytest.raises(NotReady, match="Somebody else has to issue it"):
            issue(cycle=march, actor=chris)

        assert state_of(march) == State.CHECKED
        assert not PublishedReport.objects.exists()
        assert events() == []

    def test_nobody_issues_what_was_prepared_by_somebody_of_their_name(self, plan: Plan, chris: User) -> None:
        put(plan.march, State.CHECKED)

        with pytest.raises(NotReady):
            issue(cycle=plan.march, actor=chris)

    @pytest.mark.parametrize("state", [state for state in State if state != State.CHECKED])
    def test_only_a_checked_report_is_issued(self, plan: Plan, gale: User, state: State) -> None:
        put(plan.march, state)

        with pytest.raises(Refused, match="It cannot be issued"):
            issue(cycle=plan.march, actor=gale)

        assert not PublishedReport.objects.exists()

    def test_the_database_does_not_let_the_preparer_issue_either(self, issued: PublishedReport, chris: User) -> None:
        fields = {**kept(issued), "edition": 2, "note": "Corrected.", "issued_by_id": chris.pk}

        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedReport.objects.create(**fields)

    @pytest.mark.parametrize(
        "wrong",
        [{"edition": 1}, {"edition": 0}, {"edition": 2, "note": ""}, {"edition": 2, "prepared_by_name": ""}],
        ids=str,
    )
    def test_the_database_keeps_one_of_each_edition_with_its_names_and_note(
        self, issued: PublishedReport, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedReport.objects.create(**{**kept(issued), "note": "Corrected.", **wrong})

    def test_what_the_report_says_is_kept_with_who_and_when(
        self, march: ReportingCycle, chris: User, gale: User
    ) -> None:
        before = timezone.now()

        published = issue(cycle=march, actor=gale).published

        published.refresh_from_db()
        assert published.payload == freeze(build(march))
        assert published.sha256 == hashlib.sha256(published.payload.encode()).hexdigest()
        assert (published.edition, published.schema, published.note) == (1, 1, "")
        assert (published.prepared_by, published.issued_by) == (chris, gale)
        assert (published.prepared_by_name, published.issued_by_name) == ("Chris", "Gale")
        assert before <= published.issued_at <= timezone.now()
        assert state_of(march) == State.ISSUED
        assert asdict(report_of(published)) == asdict(build(march))

    def test_one_event_says_what_was_issued(self, issued: PublishedReport) -> None:
        event = AuditEvent.objects.get()

        assert event.sentence == "Gale issued edition 1 of the report March 2019, prepared by Chris."
        assert (event.kind, event.object_type, event.object_key) == ("report-issued", "report", "2019-03")
        assert issued.sha256 in event.text

    def test_a_report_that_has_changed_since_it_was_looked_at_is_not_issued(
        self, march: ReportingCycle, plan: Plan, gale: User
    ) -> None:
        seen = fingerprint(freeze(build(march)))
        plan.road_safety.title = "Safer Roads"
        plan.road_safety.save()

        with pytest.raises(Refused, match="Look again"):
            issue(cycle=march, actor=gale, expected=seen)
        issue(cycle=march, actor=gale, expected=fingerprint(freeze(build(march))))

        assert PublishedReport.objects.count() == 1

    def test_what_goes_wrong_at_the_end_leaves_nothing(
        self, march: ReportingCycle, gale: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**_: object) -> None:
            raise RuntimeError("The trail cannot be written.")

        monkeypatch.setattr("accounts.audit.record", fail)
        with pytest.raises(RuntimeError):
            issue(cycle=march, actor=gale)

        assert state_of(march) == State.CHECKED
        assert not PublishedReport.objects.exists()
        assert not MeetingLink.objects.exists()

    def test_it_comes_with_a_link_that_is_kept_as_a_fingerprint_alone(self, march: ReportingCycle, gale: User) -> None:
        issued = issue(cycle=march, actor=gale)

        link = MeetingLink.objects.get()
        assert link.published == issued.published
        assert link.token_sha256 == hashlib.sha256(issued.token.encode()).hexdigest()
        assert len(issued.token) == 32
        assert issued.token not in AuditEvent.objects.get().text


class TestKept:
    @pytest.mark.parametrize("model", [PublishedReport, Withdrawal, Outcome])
    def test_what_was_issued_and_said_of_it_is_neither_changed_nor_deleted(
        self, issued: PublishedReport, chris: User, model: type[models.Model]
    ) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")
        row = model._default_manager.get()

        for change in (row.save, row.delete, model._default_manager.all().delete):
            with pytest.raises(IsKept, match="can be neither changed nor deleted"):
                change()
        with pytest.raises(IsKept):
            model._default_manager.update(pk=0)

        assert model._default_manager.get() == row

    def test_people_who_prepared_or_issued_cannot_be_deleted(
        self, issued: PublishedReport, chris: User, gale: User
    ) -> None:
        for person in (chris, gale):
            with pytest.raises(models.ProtectedError):
                person.delete()

    def test_a_report_that_was_issued_cannot_be_deleted(self, issued: PublishedReport) -> None:
        with pytest.raises(models.ProtectedError):
            issued.cycle.delete()

    @pytest.mark.parametrize(
        "change", ["payload = payload || ' '", "payload = replace(payload, 'March', 'April')", "sha256 = 'x'"]
    )
    def test_what_is_altered_behind_our_back_is_not_drawn(self, issued: PublishedReport, change: str) -> None:
        report_of(issued)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE reports_publishedreport SET {change}")
        issued.refresh_from_db()

        with pytest.raises(Altered, match="not the one that was issued"):
            report_of(issued)

    def test_a_text_that_this_version_cannot_read_is_not_drawn(self, issued: PublishedReport) -> None:
        issued.payload = issued.payload.replace('"schema":1', '"schema":99')
        issued.sha256 = fingerprint(issued.payload)

        with pytest.raises(Altered, match="schema is 99"):
            report_of(issued)


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

    def test_it_is_a_new_edition_with_the_note_and_the_one_before_stays(
        self, issued: PublishedReport, plan: Plan, chris: User, gale: User
    ) -> None:
        before = kept(issued)
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
        assert kept(PublishedReport.objects.get(edition=1)) == before
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

    def test_it_can_be_said_again_and_both_are_kept(self, issued: PublishedReport, chris: User) -> None:
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

        assert kept(PublishedReport.objects.get()) == kept(issued)
        assert state_of(issued.cycle) == State.CONSIDERED
        assert Withdrawal.objects.get().reason == "A mistake."
        with pytest.raises(Refused, match="withdrawn"):
            withdraw(cycle=issued.cycle, actor=chris, reason="Again.")
        assert events()[-1] == "report-withdrawn"

    def test_a_correction_takes_its_place(self, issued: PublishedReport, chris: User, gale: User) -> None:
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")
        prepare_correction(cycle=issued.cycle, actor=chris, note="The mistake is put right.")

        second = issue_correction(cycle=issued.cycle, actor=gale).published

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


def kept(published: PublishedReport) -> dict[str, Any]:
    """Every column of an edition but its key."""
    return {field.attname: getattr(published, field.attname) for field in published._meta.fields if field.name != "id"}


def test_a_report_of_a_meeting_long_past_has_a_link_too(march: ReportingCycle, gale: User) -> None:
    march.meeting = date(2019, 3, 28)
    march.save()

    issue(cycle=march, actor=gale)

    assert MeetingLink.objects.get().ends_at > timezone.now()
