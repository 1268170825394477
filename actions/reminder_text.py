"""The words of a reminder. Pure: no models, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.words import long_date

A_MONTH = 31
BY_ANSWER = "Please answer with a sentence or two on each; where nothing is new, say so: that counts as an update."
NO_LEAD = "No lead is stated for these. Please take the lead of those that are yours, or settle who does:\n"
NOTHING_NEW = "Where nothing is new, say so there: that counts as an update."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of somebody for one partner: titles of the actions that it leads, and of those that nobody leads
    and that name it, as pairs of a title and why it was sent back ('' where it was not).

    `link` is where they are updated; '' where nobody signs in for the partner. `in_place_of` is the name of the partner
    where it is another than their own.
    """

    leads: Sequence[tuple[str, str]]
    shares: Sequence[tuple[str, str]]
    link: str = ""
    in_place_of: str = ""

    @property
    def count(self) -> int:
        return len(self.leads) + len(self.shares)

    @property
    def parts(self) -> list[str]:
        """What it says, a paragraph each."""
        found = [f"You stand in for somebody of {self.in_place_of}."] if self.in_place_of else []
        if self.leads:
            found.append("Please say what has happened on:\n" + listed(self.leads))
        if self.shares:
            found.append(NO_LEAD + listed(self.shares))
        return [*found, f"Here: {self.link}" if self.link else BY_ANSWER]


def subject(report: str, wanted: Sequence[Wanted]) -> str:
    """'June 2019 report: 3 actions wait for your update'."""
    count = sum(each.count for each in wanted)
    return f"{report} report: {count} action{'s wait' if count != 1 else ' waits'} for your update"


def body(*, to: str, report: str, due: date | None, on: date, wanted: Sequence[Wanted], sender: str) -> str:
    """A whole reminder as plain text. `due` is the day by which updates are wanted, `on` the day it is sent."""
    parts = [f"Hello {to},", f"the {report} report is being prepared. {when(due, on)}"]
    parts += [part for each in wanted for part in each.parts]
    parts += [NOTHING_NEW] if any(each.link for each in wanted) else []
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
