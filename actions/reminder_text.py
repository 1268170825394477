"""The words of a reminder. Pure: no models, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.words import long_date

A_MONTH = 31


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of somebody: titles of the actions that they lead, and of those that nobody leads and that name
    them, as pairs of a title and why it was sent back ('' where it was not)."""

    leads: Sequence[tuple[str, str]]
    shares: Sequence[tuple[str, str]]

    @property
    def count(self) -> int:
        return len(self.leads) + len(self.shares)


def subject(report: str, wanted: Wanted) -> str:
    """'June 2019 report: 3 actions wait for your update'."""
    return f"{report} report: {wanted.count} action{'s wait' if wanted.count != 1 else ' waits'} for your update"


def body(*, to: str, report: str, due: date | None, on: date, wanted: Wanted, link: str, sender: str) -> str:
    """A whole reminder as plain text. `due` is the day by which updates are wanted, `on` the day it is sent."""
    parts = [f"Hello {to},", f"the {report} report is being prepared. {when(due, on)}"]
    if wanted.leads:
        parts.append("Please say what has happened on:\n" + listed(wanted.leads))
    if wanted.shares:
        parts.append("No lead is stated for these. Please update them, or settle who does:\n" + listed(wanted.shares))
    parts.append(f"Here: {link}\nWhere nothing is new, say so there: that counts as an update.")
    return "\n\n".join([*parts, sender]) + "\n"


def when(due: date | None, on: date) -> str:
    """By when: in days where it is near, and how long ago where it has passed."""
    if due is None:
        return "Updates are wanted soon."
    days = (due - on).days
    if days == 0:
        return f"Updates are wanted by today, {long_date(due)}."
    if days < 0:
        return f"Updates were wanted by {long_date(due)}" + (f", {counted(-days)} ago." if days >= -A_MONTH else ".")
    return f"Updates are wanted by {long_date(due)}, in {counted(days)}."


def counted(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def listed(titles: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {title}" + (f" (sent back: {reason})" if reason else "") for title, reason in titles)
