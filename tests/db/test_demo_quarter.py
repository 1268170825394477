"""The quarter that the demonstration shows: March 2019 issued as it stood, June 2019 open and called illustrative."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accounts import audit
from accounts.models import AuditEvent, Partner
from actions.models import Decision, ProgressEntry
from priorities.models import ReportingCycle
from priorities.states import State
from reports.current import report_for
from reports.models import PublishedReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def _demo(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"
    call_command("load_demo", stdout=StringIO())


@pytest.mark.usefixtures("_demo")
def test_the_demonstration_is_in_the_middle_of_a_quarter() -> None:
    march, june = ReportingCycle.objects.get(slug="2019-03"), ReportingCycle.objects.get(slug="2019-06")

    issued = PublishedReport.objects.get(cycle=march)
    assert (march.state, june.state) == (State.ISSUED, State.DRAFT)
    assert (issued.edition, issued.prepared_by_name, issued.issued_by_name) == (
        1,
        "Coordinator",
        "Governing group member",
    )
    text = json.loads(issued.payload)["report"]
    assert "illustrative" not in issued.payload.lower()
    assert "ksi-casualties" in issued.payload
    assert [len(priority["actions"]) for priority in text["priorities"]] == [4, 3, 3, 5, 5, 6, 4]

    report = report_for(june)
    told = [change.text for change in report.changes]
    assert any("revised from 728 to 739 (provisional, illustrative)" in text for text in told)
    assert all("llustrative" in entry.text for entry in written(june))
    assert {entry.updated_by_name for entry in written(june)} == {"Police member"}
    late = Partner.objects.get(slug="kcc")
    assert not ProgressEntry.objects.filter(cycle=june, action__lead=late).exists()
    assert [decision.question[:12] for decision in Decision.objects.filter(cycle=june, answer="")] == ["Illustrative"]
    assert report.key_messages[0].text.startswith("Illustrative")
    assert list(audit.faults()) == []

    before = AuditEvent.objects.count()
    call_command("load_demo", stdout=StringIO())
    assert AuditEvent.objects.count() == before


def written(cycle: ReportingCycle) -> list[ProgressEntry]:
    """What was written for a report, but for 'nothing new'."""
    return list(ProgressEntry.objects.filter(cycle=cycle, version__gt=0, nothing_new=False))
