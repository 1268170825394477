"""Reports as they were issued, read back from the text that was kept."""

from reports.frozen import Unreadable, fingerprint, thaw
from reports.models import PublishedReport
from reports.report import Report

READ: dict[str, Report] = {}
READ_AT_ONCE = 8


class Altered(Exception):
    """What is kept is not what was issued; the message says in what."""


def report_of(published: PublishedReport) -> Report:
    """The report that an edition is. Its bytes are compared with what was issued each time; reading them takes longer
    and is done once. Raises Altered."""
    found = fingerprint(published.payload)
    if found != published.sha256:
        raise Altered(f"{published}: the text is not the one that was issued.")
    if found not in READ:
        while len(READ) >= READ_AT_ONCE:
            READ.pop(next(iter(READ)), None)
        try:
            READ[found] = thaw(published.payload)
        except Unreadable as problem:
            raise Altered(f"{published}: {problem}") from problem
    return READ[found]
