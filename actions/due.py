"""What falls due by the time a report reaches to: it is asked for, the rest can wait."""

import re
from calendar import month_name, monthrange
from datetime import date

from actions.models import Milestone, Output
from priorities.models import ReportingCycle

MONTHS = [name.lower() for name in month_name[1:]]
MONTH_AND_YEAR = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


def falls_due(milestone: Milestone) -> date | None:
    """The last day of a step: its date, or the end of the last month that its words name ('March or April 2019');
    None where they name no month."""
    if milestone.due or not (named := MONTH_AND_YEAR.findall(milestone.due_text)):
        return milestone.due
    month, year = MONTHS.index(named[-1][0].lower()) + 1, int(named[-1][1])
    return date(year, month, monthrange(year, month)[1]) if year else None


def milestone_is_due(milestone: Milestone, cycle: ReportingCycle) -> bool:
    """Whether a step should have been taken by the end of what a report covers, and was not."""
    day = falls_due(milestone)
    return not milestone.done and day is not None and day <= cycle.progress_to


def milestone_is_shown(milestone: Milestone, cycle: ReportingCycle) -> bool:
    """Whether a step is still asked about: until it is done, and then as long as it belongs to what a report covers."""
    day = falls_due(milestone)
    return not milestone.done or day is None or day >= cycle.period_start


def output_is_due(output: Output, cycle: ReportingCycle) -> bool:
    """Whether a quantity was expected by then, and nobody has said what it came to."""
    by = output.period_end or output.period_start
    return output.expected is not None and output.actual is None and (by is None or by <= cycle.progress_to)
