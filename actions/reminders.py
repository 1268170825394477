"""Reminding people whose actions are missing: when, whom, and never twice a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from actions.missing import ActionState, Completeness, PartnerState, Writer, completeness
from actions.models import Reminder
from actions.reminder_text import Wanted, body, counted, subject
from priorities.models import ReportingCycle
from priorities.states import State

ACTOR = "send_reminders"


@dataclass(frozen=True, slots=True)
class ReminderText:
    """What to send to somebody, or to a partner."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: whom it reminded, how many had been reminded before, and what failed, a sentence each."""

    sent: tuple[tuple[Writer, ReminderText], ...]
    before: int
    failed: tuple[str, ...]


def reminder_day(due: date, on: date) -> date | None:
    """The last day up to `on` on which reminders were to go out; None before the first."""
    days = [due - timedelta(days) for days in settings.REMINDER_DAYS_BEFORE]
    days += [due + timedelta(days) for days in settings.REMINDER_DAYS_AFTER]
    return max((day for day in days if day <= on), default=None)


def schedule_in_words() -> str:
    """'7 days and 1 day before, and 1 day, 3 days and 7 days after'; '' where no reminders go out."""
    before = sorted(settings.REMINDER_DAYS_BEFORE, reverse=True)
    parts = [
        f"{enumerated([counted(each) for each in days])} {side}"
        for days, side in ((before, "before"), (sorted(settings.REMINDER_DAYS_AFTER), "after"))
        if days
    ]
    return ", and ".join(parts)


def enumerated(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def said_of(actions: Iterable[ActionState]) -> list[tuple[str, str]]:
    return [(action.title, action.reason) for action in actions]


def text_to(cycle: ReportingCycle, to: str, wanted: Wanted, *, sender: str, on: date) -> ReminderText:
    words = body(
        to=to,
        report=cycle.title,
        due=cycle.due,
        on=on,
        wanted=wanted,
        link=f"{settings.SITE_URL}{reverse('my_actions')}",
        sender=sender,
    )
    return ReminderText(to, subject(cycle.title, wanted), words)


def texts_of(
    cycle: ReportingCycle, progress: Completeness, *, sender: str, on: date
) -> list[tuple[PartnerState, ReminderText]]:
    """For each partner that something is missing from, a text to paste."""
    return [
        (p, text_to(cycle, p.name, Wanted(said_of(p.leads), said_of(p.shares)), sender=sender, on=on))
        for p in progress.partners
        if p.missing
    ]


def wanted_of(progress: Completeness) -> dict[Writer, Wanted]:
    """What is missing of each person, over all the partners that they act for; by name."""
    leads: dict[Writer, dict[str, ActionState]] = defaultdict(dict)
    shares: dict[Writer, dict[str, ActionState]] = defaultdict(dict)
    for partner in progress.partners:
        for writer in partner.people:
            leads[writer] |= {action.key: action for action in partner.leads}
            shares[writer] |= {action.key: action for action in partner.shares}
    return {
        writer: Wanted(said_of(leads[writer].values()), said_of(shares[writer].values()))
        for writer in sorted(leads, key=lambda writer: (writer.name, writer.pk))
        if leads[writer] or shares[writer]
    }


def send_reminders(*, on: date, dry_run: bool = False) -> dict[ReportingCycle, Outcome]:
    """Remind everybody whose actions are missing and who has not been reminded since the last day on which reminders
    were to go out, for each report that is open. With `dry_run` nothing is sent or written down."""
    deliver = pretend if dry_run else send
    open_now = ReportingCycle.objects.filter(state=State.DRAFT, due__isnull=False).order_by("pk")
    return {
        cycle: remind(cycle, day, on, deliver)
        for cycle in open_now
        if cycle.due and (day := reminder_day(cycle.due, on)) is not None
    }


Deliver = Callable[[ReportingCycle, Writer, Wanted, ReminderText, date], bool]


def remind(cycle: ReportingCycle, day: date, on: date, deliver: Deliver) -> Outcome:
    sent: list[tuple[Writer, ReminderText]] = []
    failed: list[str] = []
    wanted_now = wanted_of(completeness(cycle, on))
    for writer, wanted in wanted_now.items():
        text = text_to(cycle, writer.name, wanted, sender=settings.SITE_NAME, on=on)
        try:
            if (writer.reminded is None or writer.reminded < day) and deliver(cycle, writer, wanted, text, on):
                sent.append((writer, text))
        except OSError as problem:
            failed.append(f"{writer.email}: {problem}")
    if sent and deliver is send:
        note(cycle, [writer for writer, _ in sent], on)
    return Outcome(tuple(sent), len(wanted_now) - len(sent) - len(failed), tuple(failed))


def pretend(cycle: ReportingCycle, writer: Writer, wanted: Wanted, text: ReminderText, on: date) -> bool:
    return not Reminder.objects.filter(person=writer.pk, day=on).exists()


def send(cycle: ReportingCycle, writer: Writer, wanted: Wanted, text: ReminderText, on: date) -> bool:
    """Send one mail, unless another run has taken this person for this day; whether it was sent. Who takes, sends: a
    run that is killed in between leaves somebody without a mail for a day, and nobody with two."""
    taken, is_mine = Reminder.objects.get_or_create(
        person_id=writer.pk, day=on, defaults={"cycle": cycle, "actions": wanted.count}
    )
    if not is_mine:
        return False
    try:
        send_mail(text.subject, text.body, None, [writer.email])
    except OSError:
        taken.delete()
        raise
    Reminder.objects.filter(pk=taken.pk).update(sent_at=timezone.now())
    return True


def note(cycle: ReportingCycle, reminded: list[Writer], on: date) -> None:
    count = len(reminded)
    audit.record(
        actor=ACTOR,
        kind="reminders-sent",
        object_type="report",
        object_key=cycle.slug,
        sentence=f"{ACTOR} reminded {count} {'people' if count != 1 else 'person'} of the {cycle.title} report.",
        data={"day": on.isoformat(), "people": [writer.email for writer in reminded]},
    )
