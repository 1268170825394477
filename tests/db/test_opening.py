"""Opening the next report: what comes along, and what does not."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import AuditEvent, User
from accounts.roles import Role
from actions.models import ProgressEntry
from actions.services import entry_for, save_progress
from indicators.periods import parse
from priorities.key_messages import save_key_messages
from priorities.models import ContextSummary, ContextSummaryVersion, ReportingCycle
from priorities.opening import Dates, open_report, save_dates
from priorities.states import Refused, State
from priorities.summaries import Conflict, save_summary, say_still_true, summary_of
from tests.plan import Plan, draw_plan, put, someone

pytestmark = pytest.mark.django_db

JUNE = Dates(parse("year to April 2019"), date(2019, 6, 30), date(2019, 6, 7), date(2019, 6, 14), date(2019, 6, 27))


@pytest.fixture
def plan() -> Plan:
    """The plan with its two reports issued."""
    plan = draw_plan()
    put(plan.december, State.PUBLIC)
    put(plan.march, State.ISSUED)
    return plan


@pytest.fixture
def chris(plan: Plan) -> User:
    return someone(Role.COORDINATOR, name="Chris")


def open_june(plan: Plan, chris: User, dates: Dates = JUNE) -> ReportingCycle:
    return open_report(agreement=plan.agreement, dates=dates, actor=chris)


@pytest.mark.parametrize("state", [State.DRAFT, State.CHECKED])
def test_no_report_is_opened_beside_one_that_is_not_issued(plan: Plan, chris: User, state: State) -> None:
    put(plan.march, state)

    with pytest.raises(Refused, match="The March 2019 report has not been issued yet"):
        open_june(plan, chris)

    assert ReportingCycle.objects.count() == 2
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"meeting": date(2019, 3, 20), "due": date(2019, 3, 1), "data_due": date(2019, 3, 1)},
            "end after the meeting",
        ),
        ({"due": date(2019, 6, 28)}, "Updates are wanted after the meeting"),
        ({"data_due": date(2019, 6, 28)}, "Figures are wanted after the meeting"),
        ({"period": parse("year to January 2019")}, "Choose later ones"),
        ({"period": parse("2018")}, "Choose later ones"),
    ],
)
def test_dates_that_cannot_be_are_refused(plan: Plan, chris: User, changes: dict[str, date], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        open_june(plan, chris, replace(JUNE, **changes))


def test_there_is_one_report_for_the_meetings_of_a_month(plan: Plan, chris: User) -> None:
    put(open_june(plan, chris), State.ISSUED)

    with pytest.raises(Refused, match="There is a report for the meeting of June 2019 already"):
        open_june(plan, chris, replace(JUNE, period=parse("year to May 2019")))


def test_a_report_is_called_after_the_month_of_its_meeting_and_begins_as_a_draft(plan: Plan, chris: User) -> None:
    june = open_june(plan, chris)

    assert (june.slug, june.title, june.state, june.key_messages) == ("2019-06", "June 2019", "draft", [])
    assert (june.period.label, june.due, june.data_due) == ("year to April 2019", JUNE.due, JUNE.data_due)
    assert [event.sentence for event in AuditEvent.objects.all()] == [
        "Chris opened the June 2019 report, on May 2018 to April 2019."
    ]


def test_any_run_of_months_may_be_reported(plan: Plan, chris: User) -> None:
    assert open_june(plan, chris, replace(JUNE, period=parse("February 2019 to March 2019"))).period.months == 2


def test_what_was_said_of_an_action_comes_along_and_does_not_count_as_an_update(plan: Plan, chris: User) -> None:
    put(plan.march, State.DRAFT)
    save_progress(
        action=plan.rs1,
        cycle=plan.march,
        text="As of March.",
        status="behind",
        nothing_new=False,
        expected_version=0,
        actor="test",
    )
    put(plan.march, State.ISSUED)

    june = open_june(plan, chris)

    entry = entry_for(plan.rs1, june)
    assert (entry.text, entry.status, entry.version) == ("As of March.", "behind", 0)
    assert not ProgressEntry.objects.filter(cycle=june).exists()


def with_summaries(plan: Plan, chris: User) -> ReportingCycle:
    """June, after an introduction and a summary of Hate were written for March."""
    put(plan.march, State.DRAFT)
    for priority, text in ((None, "Crime."), (plan.hate, "Hate.")):
        save_summary(cycle=plan.march, priority=priority, text=text, expected_version=0, actor="Ann")
    put(plan.march, State.ISSUED)
    return open_june(plan, chris)


def test_summaries_come_along_as_not_looked_at_this_time(plan: Plan, chris: User) -> None:
    june = with_summaries(plan, chris)

    copied = ContextSummary.objects.filter(cycle=june)
    assert {(s.title, s.text, s.version, s.looked_at, s.carried_from) for s in copied} == {
        ("Introduction", "Crime.", 1, None, plan.march),
        ("Hate", "Hate.", 1, None, plan.march),
    }
    assert ContextSummaryVersion.objects.filter(summary__cycle=june, by_name="Chris").count() == 2


def test_what_is_written_in_the_new_report_leaves_the_old_one_alone(plan: Plan, chris: User) -> None:
    june = with_summaries(plan, chris)

    written = save_summary(cycle=june, priority=plan.hate, text="Newer.", expected_version=1, actor=chris)

    assert (written.looked_by_name, written.version) == ("Chris", 2)
    assert written.looked_at is not None
    assert summary_of(plan.march, plan.hate).text == "Hate."


def test_that_a_summary_is_still_true_is_noted_once(plan: Plan, chris: User) -> None:
    june = with_summaries(plan, chris)
    before = AuditEvent.objects.count()

    for _ in range(2):
        say_still_true(cycle=june, priority=plan.hate, version=1, actor=chris)

    noted = summary_of(june, plan.hate)
    assert (noted.looked_by_name, noted.version, noted.text) == ("Chris", 1, "Hate.")
    assert noted.looked_at is not None
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.first().sentence == (  # type: ignore[union-attr]
        "Chris said that the context summary of Hate is still true, June 2019."
    )


def test_nobody_confirms_what_they_have_not_read(plan: Plan, chris: User) -> None:
    june = with_summaries(plan, chris)

    with pytest.raises(Conflict):
        say_still_true(cycle=june, priority=plan.hate, version=7, actor=chris)
    with pytest.raises(Refused, match="Nothing has been written yet"):
        say_still_true(cycle=june, priority=plan.road_safety, version=0, actor=chris)
    with pytest.raises(Refused, match="This report is issued"):
        say_still_true(cycle=plan.march, priority=plan.hate, version=1, actor=chris)

    assert summary_of(june, plan.hate).looked_at is None


def test_a_meeting_in_another_month_changes_the_title_and_not_the_address(plan: Plan, chris: User) -> None:
    june = open_june(plan, chris)

    assert save_dates(cycle=june, dates=replace(JUNE, meeting=date(2019, 7, 2)), actor=chris)
    assert not save_dates(cycle=june, dates=replace(JUNE, meeting=date(2019, 7, 2)), actor=chris)

    june.refresh_from_db()
    assert (june.slug, june.title, june.meeting) == ("2019-06", "July 2019", date(2019, 7, 2))
    assert AuditEvent.objects.count() == 2


@pytest.mark.parametrize("period", ["year to January 2019", "year to December 2018", "year to October 2018"])
def test_reports_stay_in_the_order_of_their_months(plan: Plan, chris: User, period: str) -> None:
    june = open_june(plan, chris)

    with pytest.raises(Refused, match="end after those of the one before"):
        save_dates(cycle=june, dates=replace(JUNE, period=parse(period)), actor=chris)


def test_an_issued_report_keeps_its_dates_and_messages(plan: Plan, chris: User) -> None:
    with pytest.raises(Refused, match="This report is issued"):
        save_dates(cycle=plan.march, dates=JUNE, actor=chris)
    with pytest.raises(Refused, match="This report is issued"):
        save_key_messages(cycle=plan.march, messages=["New."], before=[], actor=chris)


def test_key_messages_are_kept_unless_somebody_else_has_saved_others(plan: Plan, chris: User) -> None:
    june = open_june(plan, chris)
    save_key_messages(cycle=june, messages=["  Fewer\r\n fires. ", "", " "], before=[], actor=chris)
    save_key_messages(cycle=june, messages=["Fewer fires."], before=[], actor=chris)

    with pytest.raises(Refused, match="Somebody else saved key messages"):
        save_key_messages(cycle=june, messages=["Mine."], before=[], actor=chris)

    june.refresh_from_db()
    assert june.key_messages == ["Fewer fires."]
    assert [event.kind for event in AuditEvent.objects.all()] == ["key-messages-saved", "report-opened"]
