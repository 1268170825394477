"""The report as it stands, built once for each state of what it shows."""

from accounts import audit
from priorities.models import ReportingCycle
from reports.build import build
from reports.report import Report

BUILT: dict[int, tuple[str, Report]] = {}


def report_for(cycle: ReportingCycle) -> Report:
    """The report of a cycle. Whatever changes writes an audit event, so the end of that chain is the version
    of everything shown: one cheap query, right with several processes."""
    state = audit.state()
    held = BUILT.get(cycle.pk)
    if held is None or held[0] != state:
        held = BUILT[cycle.pk] = (state, build(cycle))
    return held[1]
