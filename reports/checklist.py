"""What stands in the way of issuing a report."""

from accounts.models import User
from priorities.models import ReportingCycle
from reports.report import Report


def preparer(cycle: ReportingCycle) -> tuple[User | None, str]:
    """Who prepared what is to be issued, and their name: whoever prepares the correction, else whoever marked the
    report as checked. Nobody where they have no account."""
    if cycle.is_correcting:
        return cycle.correction_by, cycle.correction_by_name
    return cycle.checked_by, cycle.checked_by_name


def errors(cycle: ReportingCycle, report: Report, issuer: User) -> list[str]:
    """Why this person cannot issue this report now, a sentence each; nothing where they can."""
    prepared_by, name = preparer(cycle)
    is_preparer = prepared_by == issuer if prepared_by else name == issuer.name
    return ["You prepared this report. Somebody else has to issue it."] if is_preparer else []
