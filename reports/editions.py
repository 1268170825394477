"""Reports as they were issued, read back from the text that was kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts import audit
from priorities.models import ReportingCycle
from priorities.states import State
from reports.addresses import closed
from reports.frozen import OfLaterVersion, Unreadable, fingerprint, thaw
from reports.models import Outcome, PublishedReport
from reports.once import once
from reports.report import Report

READ: dict[str, tuple[Report, Report]] = {}
READ_AT_ONCE = 8


class NotShown(Exception):
    """What is kept cannot be shown; the message says why."""


class Altered(NotShown):
    """What is kept is not what was issued; the message says in what."""


class Later(NotShown):
    """What is kept is what was issued, by a later version of the program, which alone can show it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition and what is known of it besides, in one state of everything shown: `successor`, the last edition where
    that is another, and what the meeting made of the report."""

    published: PublishedReport
    editions: tuple[PublishedReport, ...]
    outcome: Outcome | None
    state: str

    @property
    def cycle(self) -> ReportingCycle:
        return self.published.cycle

    @property
    def successor(self) -> PublishedReport | None:
        return self.editions[0] if self.editions[0] != self.published else None

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self.published, "withdrawal")

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it: the last edition of a public report."""
        return self.cycle.state == State.PUBLIC and self.successor is None


def editions_of(reports: Iterable[ReportingCycle]) -> list[PublishedReport]:
    """Every edition of some reports, the latest report and of each the last edition first; their texts are left until
    they are asked for."""
    found = PublishedReport.objects.filter(cycle__in=reports).select_related("cycle", "withdrawal").defer("payload")
    return list(found.order_by("-cycle__period_end", "-cycle", "-edition"))


def edition_of(report: str, number: int | None = None) -> Edition | None:
    """An edition of a report by its name, the last where no number is given; None where there is none."""
    state = audit.state()
    editions, outcome = once(("editions", report), state, lambda: known_of(report))
    published = next((each for each in editions if number in (None, each.edition)), None)
    return Edition(published, editions, outcome, state) if published else None


def known_of(report: str) -> tuple[tuple[PublishedReport, ...], Outcome | None]:
    """The editions of a report by its name, the last first, and what the meeting made of it."""
    outcome = Outcome.objects.filter(published__cycle__slug=report).order_by("-pk").first()
    return tuple(editions_of(ReportingCycle.objects.filter(slug=report))), outcome


def latest_report() -> str | None:
    """The name of the latest report that was issued and stands; None where there is none."""
    last = {each.cycle.slug: each for each in reversed(editions_of(ReportingCycle.objects.all()))}
    return next((slug for slug, each in reversed(last.items()) if not hasattr(each, "withdrawal")), None)


def text_of(published: PublishedReport) -> str:
    """The text of an edition as it is kept now, compared with what was issued. Raises Altered."""
    text, recorded = PublishedReport.objects.values_list("payload", "sha256").get(pk=published.pk)
    if not fingerprint(text) == recorded == published.sha256:
        raise Altered(f"{published}: the text is not the one that was issued.")
    return text


def report_of(published: PublishedReport, *, signed_in: bool = True) -> Report:
    """The report that an edition is; without the links that lead out of it for readers who have not signed in.

    Its bytes are compared with what was issued each time; reading them takes longer and is done once. Raises NotShown.
    """
    text, found = text_of(published), published.sha256
    if found not in READ:
        while len(READ) >= READ_AT_ONCE:
            READ.pop(next(iter(READ)), None)
        try:
            report = thaw(text)
        except OfLaterVersion as problem:
            raise Later(f"{published}: {problem}") from problem
        except Unreadable as problem:
            raise Altered(f"{published}: {problem}") from problem
        READ[found] = report, closed(report)
    return READ[found][0 if signed_in else 1]
