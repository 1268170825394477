"""Issuing a report: who may not, and what is kept."""

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import AuditEvent, User
from priorities.models import ContextSummary, ReportingCycle
from priorities.states import Refused, State
from reports.current import complete
from reports.editions import Altered, Later, report_of
from reports.frozen import SCHEMA, fingerprint, freeze
from reports.models import IsKept, Kept, MeetingLink, Outcome, PublishedReport, Withdrawal
from reports.publishing import NotReady, enter_outcome, issue, issue_correction, prepare_correction, withdraw
from tests.issued import columns, events, state_of
from tests.kept import TABLES, sql
from tests.plan import Plan, cycle, put, write_up

pytestmark = pytest.mark.django_db


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
        put(plan.march, state, checked_by=None)

        with pytest.raises(Refused, match="It cannot be issued"):
            issue(cycle=plan.march, actor=gale)

        assert not PublishedReport.objects.exists()

    def test_the_database_does_not_let_the_preparer_issue_either(self, issued: PublishedReport, chris: User) -> None:
        fields = {**columns(issued), "edition": 2, "note": "Corrected.", "issued_by_id": chris.pk}

        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedReport.objects.create(**fields)

    def test_the_database_does_not_let_somebody_of_the_preparers_name_issue_what_nobody_else_prepared(
        self, issued: PublishedReport, gale: User
    ) -> None:
        fields = {**columns(issued), "edition": 2, "note": "Corrected.", "prepared_by_id": None}
        PublishedReport.objects.create(**fields)

        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedReport.objects.create(**fields | {"edition": 3, "prepared_by_name": gale.name})

    @pytest.mark.parametrize(
        "wrong",
        [{"edition": 1}, {"edition": 0}, {"edition": 2, "note": ""}, {"edition": 2, "prepared_by_name": ""}],
        ids=str,
    )
    def test_the_database_keeps_one_of_each_edition_with_its_names_and_note(
        self, issued: PublishedReport, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            PublishedReport.objects.create(**{**columns(issued), "note": "Corrected.", **wrong})

    def test_what_the_report_says_is_kept_with_who_and_when(
        self, march: ReportingCycle, chris: User, gale: User
    ) -> None:
        before = timezone.now()

        published = issue(cycle=march, actor=gale).published

        published.refresh_from_db()
        assert published.payload == freeze(complete(march))
        assert published.sha256 == hashlib.sha256(published.payload.encode()).hexdigest()
        assert (published.edition, published.schema, published.note) == (1, SCHEMA, "")
        assert (published.prepared_by, published.issued_by) == (chris, gale)
        assert (published.prepared_by_name, published.issued_by_name) == ("Chris", "Gale")
        assert before <= published.issued_at <= timezone.now()
        assert state_of(march) == State.ISSUED
        assert asdict(report_of(published)) == asdict(complete(march))

    def test_one_event_says_what_was_issued(self, issued: PublishedReport) -> None:
        event = AuditEvent.objects.get()

        assert event.sentence == "Gale issued edition 1 of the report March 2019, prepared by Chris."
        assert (event.kind, event.object_type, event.object_key) == ("report-issued", "report", "2019-03")
        assert issued.sha256 in event.text

    def test_a_report_that_has_changed_since_it_was_looked_at_is_not_issued(
        self, march: ReportingCycle, plan: Plan, gale: User
    ) -> None:
        seen = fingerprint(freeze(complete(march)))
        plan.road_safety.title = "Safer Roads"
        plan.road_safety.save()

        with pytest.raises(Refused, match="Look again"):
            issue(cycle=march, actor=gale, expected=seen)
        issue(cycle=march, actor=gale, expected=fingerprint(freeze(complete(march))))

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


def rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()


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

    def test_every_table_of_what_is_kept_is_guarded(self) -> None:
        assert {AuditEvent._meta.db_table, *(model._meta.db_table for model in Kept.__subclasses__())} == set(TABLES)

    @pytest.mark.parametrize("table", TABLES)
    @pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
    def test_the_database_refuses_it_too(self, issued: PublishedReport, chris: User, table: str, change: str) -> None:
        enter_outcome(cycle=issued.cycle, actor=chris, text="Noted.", minute="")
        withdraw(cycle=issued.cycle, actor=chris, reason="A mistake.")
        column = "number" if table == "accounts_auditevent" else "id"
        before = rows(table)

        refused = pytest.raises(IntegrityError, match="can be neither changed nor deleted")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table, column, column))

        assert before
        assert rows(table) == before

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
        sql(f"UPDATE reports_publishedreport SET {change}")
        issued.refresh_from_db()

        with pytest.raises(Altered, match="not the one that was issued"):
            report_of(issued)

    def test_a_text_that_this_version_cannot_read_is_not_drawn(self, issued: PublishedReport) -> None:
        text = issued.payload.replace(f'"schema":{SCHEMA}', '"schema":99')
        sql("UPDATE reports_publishedreport SET payload = %s, sha256 = %s", text, fingerprint(text))
        issued.refresh_from_db()

        with pytest.raises(Later, match="schema is 99"):
            report_of(issued)


def test_what_a_withdrawn_report_said_is_not_said_again(
    plan: Plan, march: ReportingCycle, gale: User, chris: User
) -> None:
    september = cycle(plan.agreement, "2018-09", "September 2018", date(2018, 7, 31))
    for each in (september, plan.december):
        write_up(plan, each)
        issue(cycle=put(each, State.CHECKED), actor=gale)
    ContextSummary.objects.filter(cycle=plan.december).update(text="Corrected.")
    prepare_correction(cycle=plan.december, actor=chris, note="A wrong sum.")
    issue_correction(cycle=plan.december, actor=gale)
    assert complete(march).changed_since == "December 2018"

    withdraw(cycle=plan.december, actor=chris, reason="A person can be recognised.")

    assert complete(march).changed_since == "September 2018"


def test_a_report_whose_predecessor_was_altered_is_drawn_without_what_changed_and_cannot_be_issued(
    plan: Plan, march: ReportingCycle, gale: User
) -> None:
    write_up(plan, plan.december)
    issue(cycle=put(plan.december, State.CHECKED), actor=gale)
    assert complete(march).changed_since == "December 2018"
    sql("UPDATE reports_publishedreport SET payload = payload || ' '")

    assert (complete(march).changed_since, complete(march).changes) == ("", ())
    with pytest.raises(NotReady, match="What changed since the report before cannot be told"):
        issue(cycle=march, actor=gale)
