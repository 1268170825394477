"""/data/uploads/: small numbers among the figures want a tick before they are used."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.extracts import apply as applying
from indicators.extracts.findings import LIMIT, SMALL_NUMBERS, Finding
from indicators.extracts.plan import Plan
from indicators.models import Observation
from tests import held
from tests.plan import someone

pytestmark = pytest.mark.django_db

FILE = b"indicator,area_code,period_start,period_end,value\ncalls,E10000099,2018-10-01,2018-12-31,3\n"
TICK = "I have checked that these small numbers may be used"


@pytest.fixture
def analyst(client: Client) -> Client:
    held.indicator("calls")
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


@pytest.fixture
def _small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is found to have small numbers, after more warnings than are kept."""
    plan_of = applying.plan_of

    def with_small_numbers(*args: Any, **kwargs: Any) -> Plan:
        plan = plan_of(*args, **kwargs)
        plan.findings.extend([Finding(2, 5, "jump", "A jump.", "warning")] * LIMIT)
        plan.findings.add(Finding(2, 5, SMALL_NUMBERS, "This is a small number.", "warning"))
        return plan

    monkeypatch.setattr(applying, "plan_of", with_small_numbers)


def address(client: Client) -> str:
    return str(client.post("/data/upload/", {"file": SimpleUploadedFile("calls.csv", FILE, "text/csv")}).url)


def use(client: Client, at: str, **said: str) -> Any:
    found = re.search(r'name="checksum" value="(\w+)"', client.get(at).content.decode())
    assert found
    return client.post(f"{at}use/", {"checksum": found[1], **said}, follow=True)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


@pytest.mark.usefixtures("_small_numbers")
def test_without_the_tick_nothing_is_used(analyst: Client) -> None:
    response = use(analyst, address(analyst))

    assert response.status_code == 409
    assert "There is a problem Say that you have checked that the small numbers may be used." in text_of(response)
    assert 'href="#small_numbers"' in response.content.decode()
    assert not Observation.objects.exists()


@pytest.mark.usefixtures("_small_numbers")
def test_the_page_asks_for_the_tick_and_nobody_has_set_it(analyst: Client) -> None:
    page = analyst.get(address(analyst)).content.decode()

    assert TICK in page
    assert "checked>" not in page


@pytest.mark.usefixtures("_small_numbers")
def test_with_the_tick_they_are_used_and_that_is_written_down(analyst: Client) -> None:
    response = use(analyst, address(analyst), small_numbers="checked")

    assert "are in use: 1 new" in text_of(response)
    assert '"small_numbers_checked": true' in AuditEvent.objects.get(kind="extract-used").text


@pytest.mark.usefixtures("_small_numbers")
def test_a_file_may_be_left_unused_without_the_tick(analyst: Client) -> None:
    assert "is not used" in text_of(analyst.post(f"{address(analyst)}discard/", follow=True))


@pytest.mark.usefixtures("_small_numbers")
def test_those_who_may_only_see_are_not_asked(analyst: Client) -> None:
    at = address(analyst)
    analyst.force_login(someone(Role.COORDINATOR))

    assert TICK not in text_of(analyst.get(at))


def test_where_no_number_is_small_nothing_is_asked(analyst: Client) -> None:
    at = address(analyst)

    assert TICK not in text_of(analyst.get(at))
    assert "are in use: 1 new" in text_of(use(analyst, at))
    assert "small_numbers_checked" not in AuditEvent.objects.get(kind="extract-used").text
