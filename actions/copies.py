"""A copy by mail of what somebody has saved."""

from collections.abc import Sequence
from smtplib import SMTPException

from django.core.mail import send_mail

from accounts.models import User
from actions.models import ProgressEntry
from priorities.models import ReportingCycle


def send_copy(*, to: User, entries: Sequence[ProgressEntry], cycle: ReportingCycle) -> bool:
    """Mail a person what was saved; whether it went out. What was saved is saved either way."""
    count = f"{len(entries)} action{'' if len(entries) == 1 else 's'}"
    parts = [f"{cycle.title}: you saved {count}.", *(copied(entry) for entry in entries)]
    try:
        return bool(send_mail(f"Your progress for {cycle.title}", "\n\n\n".join(parts) + "\n", None, [to.email]))
    except (SMTPException, OSError):
        return False


def copied(entry: ProgressEntry) -> str:
    """One action as the mail has it: title, status, the whole account."""
    status = entry.get_status_display() + (f": {entry.reason}" if entry.reason else "")
    new = "\nNothing new this time." if entry.nothing_new else ""
    return f"{entry.action.title}\nStatus: {status}{new}\n\n{entry.text or 'Nothing has been written yet.'}"
