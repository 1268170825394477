"""Reminding people whose actions are missing: when, whom, and never twice a day."""

from collections.abc import Callable, Iterable, Sequence
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
PRINTED = "django.core.mail.backends.console.EmailBackend"


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
    """'7 days and 1 day before, and 1 day, 3 days and 7 days after'; '' where none or no mails go out."""
    before = sorted(settings.REMINDER_DAYS_BEFORE, reverse=True)
    parts = [
        f"{enumerated([counted(each) for each in days])} {side}"
        for days, side in ((before, "before"), (sorted(settings.REMINDER_DAYS_AFTER), "after"))
        if days
    ]
    return ", and ".join(parts) if mails_go_out() else ""


def mails_go_out() -> bool:
    """Whether mails leave this machine: without a mail server they are only printed, which is enough for a demo."""
    return settings.DEMO or settings.EMAIL_BACKEND != PRINTED


def enumerated(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def said_of(actions: Iterable[ActionState]) -> list[tuple[str, str]]:
    return [(action.title, action.reason) for action in actions]


def text_to(cycle: ReportingCycle, to: str, wanted: Sequence[Wanted], *, sender: str, on: date) -> ReminderText:
    words = body(to=to, report=cycle.title, due=cycle.due, on=on, wanted=wanted, sender=sender)
    return ReminderText(to, subject(cycle.title, wanted), words)


def page_of(partner: str = "") -> str:
    """The whole address of the page on which one updates one's own actions, or those of the partner of that name."""
    return f"{settings.SITE_URL}{reverse('my_actions')}" + (f"?partner={partner}" if partner else "")


def texts_of(
    cycle: ReportingCycle, progress: Completeness, *, sender: str, on: date
) -> list[tuple[PartnerState, ReminderText]]:
    """For each partner that something is missing from, a text to paste."""
    found = []
    for p in progress.partners:
        if p.missing:
            has_own = any(writer.partner == p.pk for writer in p.people)
            link = page_of("" if has_own else p.slug) if p.people else ""
            wanted = Wanted(said_of(p.leads), said_of(p.shares), link)
            found.append((p, text_to(cycle, p.name, [wanted], sender=sender, on=on)))
    return found


def wanted_of(progress: Completeness) -> dict[Writer, list[Wanted]]:
    """What is missing of each person, by name: for their own partner first, then for those of whom they stand in for.
    Nothing is named twice."""
    partners = {writer: [p for p in progress.partners if writer in p.people] for writer in people_in(progress)}
    found: dict[Writer, list[Wanted]] = {}
    for writer, own in partners.items():
        named: set[str] = set()
        for partner in sorted(own, key=lambda each: (each.pk != writer.partner, each.name)):
            leads = [action for action in partner.leads if action.key not in named]
            shares = [action for action in partner.shares if action.key not in named]
            named |= {action.key for action in (*leads, *shares)}
            if leads or shares:
                other = partner if partner.pk != writer.partner else None
                link, place = (page_of(other.slug), other.name) if other else (page_of(), "")
                found.setdefault(writer, []).append(Wanted(said_of(leads), said_of(shares), link, place))
    return found


def people_in(progress: Completeness) -> list[Writer]:
    """Everybody who updates actions, once each, by name."""
    people = {writer for partner in progress.partners for writer in partner.people}
    return sorted(people, key=lambda writer: (writer.name, writer.pk))


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


Deliver = Callable[[ReportingCycle, Writer, Sequence[Wanted], ReminderText, date], bool]


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


def pretend(cycle: ReportingCycle, writer: Writer, wanted: Sequence[Wanted], text: ReminderText, on: date) -> bool:
    return not Reminder.objects.filter(person=writer.pk, day=on).exists()


def send(cycle: ReportingCycle, writer: Writer, wanted: Sequence[Wanted], text: ReminderText, on: date) -> bool:
    """Send one mail, unless another run has taken this person for this day; whether it was sent. Who takes, sends: a
    run that is killed in between leaves somebody without a mail for a day, and nobody with two."""
    count = sum(each.count for each in wanted)
    taken, is_mine = Reminder.objects.get_or_create(
        person_id=writer.pk, day=on, defaults={"cycle": cycle, "actions": count}
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
