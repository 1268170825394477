"""Every page of Kent's report, drawn from what is kept of it and drawn from what it was before."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from django.test import RequestFactory

from accounts.roles import Role
from priorities.models import ReportingCycle
from reports import views_issued
from reports.addresses import closed
from reports.current import complete
from reports.editions import Edition
from reports.frozen import freeze, thaw
from reports.models import PublishedReport
from reports.report import Report
from reports.views_issued import Found
from tests.plan import someone
from tests.web.test_issued import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def report(kent_agreement: None) -> Report:
    return complete(ReportingCycle.objects.get(slug="2019-03"))


def pages(report: Report, *, signed_in: bool) -> Iterator[str]:
    """The main content of every page of a report."""
    cycle = ReportingCycle.objects.get(slug="2019-03")
    edition = Edition(PublishedReport(cycle=cycle, edition=1), (PublishedReport(cycle=cycle, edition=1),), None, "")
    found = Found(edition, report, signed_in)
    request: Any = RequestFactory().get("/")
    request.user = someone(Role.GOVERNING_GROUP)
    yield main_of(views_issued.overview(request, found))
    yield main_of(views_issued.introduction(request, found))
    for priority in report.priorities:
        yield main_of(views_issued.priority(request, found, priority.slug))
    for line in report.lines:
        yield main_of(views_issued.figure(request, found, line.id))


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_is_the_same_to_the_byte(report: Report, signed_in: bool) -> None:
    kept = thaw(freeze(report))
    as_it_was, as_kept = (report, kept) if signed_in else (closed(report), closed(kept))

    before, after = (list(pages(each, signed_in=False)) for each in (as_it_was, as_kept))

    assert len(before) > 2 + len(report.priorities)
    assert after == before
    assert asdict(kept) == asdict(report)
