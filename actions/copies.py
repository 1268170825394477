"""A copy by mail of what somebody has saved."""

from collections.abc import Iterator
from smtplib import SMTPException

from django.core.mail import send_mail

from accounts.models import Partner, User
from actions.also_words import said_also
from actions.answers import Addition
from actions.models import Action, ProgressEntry, ProgressVersion
from actions.services import Saved
from priorities.models import ReportingCycle


def send_copy(*, to: User, saved: Saved, partner: Partner, cycle: ReportingCycle) -> bool:
    """Mail a person what they saved for a partner; whether it went out. What was saved is saved either way."""
    count = len(saved.entries) + len(saved.additions)
    parts = [f"{cycle.title}: you saved {count} action{'' if count == 1 else 's'}.", *copied(saved, partner)]
    try:
        return bool(send_mail(f"Your progress for {cycle.title}", "\n\n\n".join(parts) + "\n", None, [to.email]))
    except (SMTPException, OSError):
        return False


def copied(saved: Saved, partner: Partner) -> Iterator[str]:
    """Each action as the mail has it."""
    versions = ProgressVersion.objects.filter(entry__in=saved.entries)
    also = {(version.entry_id, version.number): version.also for version in versions}
    for entry in saved.entries:
        sentences = [sentence for kept in also[entry.pk, entry.version] for sentence in said_also(kept)]
        yield copied_entry(entry, sentences)
    titles = dict(Action.objects.filter(key__in=[each.key for each in saved.additions]).values_list("key", "title"))
    yield from (copied_addition(each, titles[each.key], partner) for each in saved.additions)


def copied_entry(entry: ProgressEntry, also: list[str]) -> str:
    """An action that the partner leads: title, status, the whole account, and what was saved beside it."""
    status = entry.get_status_display() + (f": {entry.reason}" if entry.reason else "")
    new = "\nNothing new this time." if entry.nothing_new else ""
    beside = "".join(f"\n- {sentence}" for sentence in also)
    return "\n\n".join(
        part
        for part in (
            f"{entry.action.title}\nStatus: {status}{new}",
            entry.text or "Nothing has been written yet.",
            beside.strip(),
        )
        if part
    )


def copied_addition(addition: Addition, title: str, partner: Partner) -> str:
    """An action that the partner is named in: what it adds for the lead."""
    return f"{title}\nFor the lead, from {partner}:\n\n{addition.text or 'Taken back.'}"
