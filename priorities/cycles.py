"""Which report a page is about."""

from priorities.models import ReportingCycle


def cycles() -> list[ReportingCycle]:
    """Every report of every agreement, the latest first."""
    return list(ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk"))


def cycle_for(slug: str | None) -> ReportingCycle:
    """The report of that name, or the latest. Raises ReportingCycle.DoesNotExist where there is none."""
    found = ReportingCycle.objects.select_related("agreement__area").order_by("-period_end", "-pk")
    if slug is not None:
        found = found.filter(slug=slug)
    first = found.first()
    if first is None:
        raise ReportingCycle.DoesNotExist(f"There is no report '{slug}'." if slug else "There is no report yet.")
    return first
