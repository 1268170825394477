"""Whatever is tried with a report, in whichever order: it reaches no state that cannot be, and nothing moves unless it
may. What may be is written here a second time, without the table."""

import os
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.sending_back import send_back_progress
from actions.services import entry_for, save_progress
from indicators.periods import parse
from priorities.key_messages import save_key_messages
from priorities.models import ReportingCycle
from priorities.opening import Dates, open_report, save_dates
from priorities.states import Refused
from priorities.summaries import save_summary, summary_of
from reports import publishing
from reports.models import Outcome, PublishedReport, Withdrawal
from reports.running import check_report, send_back_report
from tests.plan import Plan, draw_plan, someone, write_up

EXAMPLES, STEPS = (200, 60) if os.environ.get("PROVE") else (12, 40)
OFFICERS = ("Chris", "Gale")
officers = st.sampled_from(OFFICERS)
ISSUED = ("issued", "considered", "public")
ANY = (
    *("check", "send_back", "issue", "prepare_correction", "drop_correction", "issue_correction", "consider"),
    *("publish", "withdraw", "open_next", "send_one_back"),
)


class AReport(RuleBasedStateMachine):
    """The reports of one agreement, in a transaction that is undone at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(steps=st.integers(0, 4))
    def begin(self, steps: int) -> None:
        """A draft whose words are written, and two officers, who bring it on by some steps."""
        self.plan: Plan = draw_plan()
        ReportingCycle.objects.exclude(pk=self.plan.march.pk).delete()
        self.cycle = self.plan.march
        self.people: dict[str, User] = {name: someone(Role.COORDINATOR, name=name) for name in OFFICERS}
        self.ann = someone(Role.WORKING_GROUP, self.plan.police, name="Ann")
        write_up(self.plan)
        self.state, self.checker, self.corrector = "draft", "", ""
        self.editions: list[tuple[str, str]] = []
        self.withdrawn = self.is_other = False
        self.texts: dict[int, str] = {}
        self.writes = 0
        self.go_on("Chris", steps)

    def attempt(self, may: bool, act: Callable[..., Any], **said: Any) -> bool:
        """Try something: it is done with one event in the trail, or refused with none; and as it should be."""
        before = AuditEvent.objects.count()
        try:
            with transaction.atomic():
                act(**said)
            done = True
        except Refused:
            done = False
        assert AuditEvent.objects.count() == before + done
        assert done == may
        return done

    def take(self, may: bool, step: Callable[..., Any], who: str, **said: Any) -> bool:
        return self.attempt(may, step, cycle=self.cycle, actor=self.people[who], **said)

    @rule(step=st.sampled_from(ANY), who=officers)
    def try_any(self, step: str, who: str) -> None:
        getattr(self, step)(who)

    @property
    def stands(self) -> bool:
        """Whether something was issued of this report and not withdrawn."""
        return self.state in ISSUED and not self.withdrawn

    def check(self, who: str) -> None:
        if self.take(self.state == "draft", check_report, who):
            self.state, self.checker = "checked", who

    def send_back(self, who: str) -> None:
        if self.take(self.state == "checked", send_back_report, who, reason="Not yet."):
            self.state, self.checker = "draft", ""

    def issue(self, who: str) -> None:
        if self.take(self.state == "checked" and who != self.checker, publishing.issue, who):
            self.state, self.is_other = "issued", False
            self.editions.append((self.checker, who))

    def prepare_correction(self, who: str) -> None:
        may = self.state in ISSUED and not self.corrector
        if self.take(may, publishing.prepare_correction, who, note="A wrong sum."):
            self.corrector = who

    def drop_correction(self, who: str) -> None:
        if self.take(bool(self.corrector), publishing.drop_correction, who):
            self.corrector = ""

    def issue_correction(self, who: str) -> None:
        may = bool(self.corrector) and who != self.corrector and (self.is_other or self.withdrawn)
        if self.take(may, publishing.issue_correction, who):
            self.editions.append((self.corrector, who))
            self.corrector, self.withdrawn, self.is_other = "", False, False

    def consider(self, who: str) -> None:
        if self.take(self.stands, publishing.enter_outcome, who, text="Noted.", minute="4.2"):
            self.state = "considered" if self.state == "issued" else self.state

    def publish(self, who: str) -> None:
        if self.take(self.stands and self.state == "considered", publishing.make_public, who):
            self.state = "public"

    def withdraw(self, who: str) -> None:
        if self.take(self.stands, publishing.withdraw, who, reason="Wrong."):
            self.withdrawn = True
            self.state = "considered" if self.state == "public" else self.state

    def go_on(self, who: str, steps: int) -> None:
        """Bring the report on by the way it should go, so that what lies far along it is tried as often."""
        onward = {"draft": self.check, "checked": self.issue, "issued": self.consider, "considered": self.publish}
        for _ in range(steps):
            if self.state in onward:
                second = next(name for name in OFFICERS if name != self.checker)
                onward[self.state](second if self.state == "checked" else who)

    def open_next(self, who: str) -> None:
        end = parse(f"year to {self.cycle.period_end + timedelta(days=1):%B %Y}")
        day = end.end + timedelta(days=40)
        dates = Dates(end, day, day, day, day)
        said = {"agreement": self.plan.agreement, "dates": dates, "actor": self.people[who]}
        if self.attempt(self.state in ISSUED, open_report, **said):
            self.cycle = ReportingCycle.objects.order_by("-period_end").first() or self.cycle
            self.state, self.checker, self.corrector = "draft", "", ""
            self.editions, self.withdrawn, self.is_other = [], False, False

    @rule(who=st.sampled_from([*OFFICERS, "Ann"]), what=st.sampled_from(["progress", "summary", "messages", "dates"]))
    def write(self, who: str, what: str) -> None:
        may = self.state == "draft" or (bool(self.corrector) and who != "Ann")
        self.writes += 1
        if self.attempt(may, self.written, what=what, actor=self.people.get(who, self.ann)):
            self.is_other = True

    def written(self, what: str, actor: User) -> None:
        """Write something new in the report, and undo what would change its months."""
        words = f"Words {self.writes}."
        if what == "progress":
            entry = entry_for(self.plan.rs1, self.cycle)
            said = {"text": words, "status": "on-track", "nothing_new": False, "expected_version": entry.version}
            save_progress(action=self.plan.rs1, cycle=self.cycle, actor=actor, **said)  # type: ignore[arg-type]
        elif what == "summary":
            version = summary_of(self.cycle, None).version
            save_summary(cycle=self.cycle, priority=None, text=words, expected_version=version, actor=actor)
        elif what == "messages":
            before = ReportingCycle.objects.get(pk=self.cycle.pk).key_messages
            save_key_messages(cycle=self.cycle, messages=[words], before=before, actor=actor)
        else:
            due = self.cycle.period_start + timedelta(days=self.writes)
            meeting = self.cycle.period_end + timedelta(days=40)
            save_dates(cycle=self.cycle, dates=Dates(self.cycle.period, due, due, due, meeting), actor=actor)

    def send_one_back(self, who: str) -> None:
        entry = entry_for(self.plan.rs1, self.cycle)
        waits = bool(entry.pk) and entry.sent_back.filter(version=entry.version).exists()
        may = (self.state == "draft" or bool(self.corrector)) and entry.version > 0 and not waits
        said = {"entry": entry, "expected_version": entry.version, "reason": "How many?"}
        self.attempt(may, send_back_progress, actor=self.people[who], **said)

    @rule(who=officers, steps=st.integers(1, 4))
    def bring_on(self, who: str, steps: int) -> None:
        self.go_on(who, steps)

    @invariant()
    def is_as_it_should_be(self) -> None:
        held = ReportingCycle.objects.get(pk=self.cycle.pk)
        published = list(PublishedReport.objects.filter(cycle=held).order_by("edition"))
        assert (held.state, held.checked_by_name, held.correction_by_name) == (self.state, self.checker, self.corrector)
        assert [(each.prepared_by_name, each.issued_by_name) for each in published] == self.editions
        assert all(each.prepared_by != each.issued_by for each in published)
        assert bool(published) == (held.state in ISSUED)
        assert self.withdrawn == bool(published and Withdrawal.objects.filter(published=published[-1]).exists())
        assert not (held.state == "public" and self.withdrawn)
        assert held.state in ("draft", "checked", "issued") or Outcome.objects.filter(published__cycle=held).exists()
        assert ReportingCycle.objects.filter(state__in=("draft", "checked")).count() <= 1

    @invariant()
    def what_was_issued_is_as_it_was(self) -> None:
        for each in PublishedReport.objects.all():
            assert self.texts.setdefault(each.pk, each.payload) == each.payload
            assert publishing.fingerprint(each.payload) == each.sha256


@pytest.mark.slow
@pytest.mark.django_db
def test_no_state_is_reached_that_cannot_be() -> None:
    how = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(AReport, settings=how)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("corrects", [False, True])
@pytest.mark.parametrize("steps", range(5))
def test_every_step_is_refused_or_taken_as_it_should_be_from_every_state(steps: int, *, corrects: bool) -> None:
    report = AReport()
    report.begin(steps)
    if corrects:
        report.prepare_correction("Chris")
    began = dict(vars(report)) | {"editions": list(report.editions)}

    for step, who in product(ANY, OFFICERS):
        with transaction.atomic():
            getattr(report, step)(who)
            report.is_as_it_should_be()
            transaction.set_rollback(True)
        vars(report).update(began | {"editions": list(began["editions"])})

    report.teardown()
