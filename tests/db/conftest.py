"""The report of tests/issued.py, checked and about to be issued, for the tests of what becomes of it."""

import pytest

from accounts.models import User
from priorities.models import ReportingCycle
from reports.models import PublishedReport
from tests.issued import Office, open_office
from tests.plan import Plan


@pytest.fixture
def office() -> Office:
    return open_office()


@pytest.fixture
def plan(office: Office) -> Plan:
    return office.plan


@pytest.fixture
def chris(office: Office) -> User:
    return office.chris


@pytest.fixture
def gale(office: Office) -> User:
    return office.gale


@pytest.fixture
def march(office: Office) -> ReportingCycle:
    return office.report


@pytest.fixture
def issued(office: Office) -> PublishedReport:
    return office.issue()
