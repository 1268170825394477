"""/data/uploads/: small numbers among the figures want a tick before they are used."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from indicators.extracts.findings import LIMIT
from indicators.models import Indicator, Observation
from tests import held
from tests.plan import someone

pytestmark = pytest.mark.django_db

HEADER = "indicator,area_code,period,value\n"
FILE = HEADER + "calls,E10000099,Oct-Dec 2018,3\n"
# More warnings than are kept, and then the one small number.
LONG = HEADER + "".join(f"visits,E10000099,{1950 + n // 12}-{n % 12 + 1:02},-7\n" for n in range(LIMIT + 1))
LONG += "calls,E10000099,Oct-Dec 2018,3\n"
TICK = "I have checked that these small numbers may be used"


@pytest.fixture
def analyst(client: Client) -> Client:
    held.indicator("calls", sensitivity=Indicator.Sensitivity.STANDARD)
    held.indicator("visits")
    client.force_login(someone(Role.ANALYST, name="Ana"))
    return client


def address(client: Client, text: str = FILE) -> str:
    return str(client.post("/data/upload/", {"file": SimpleUploadedFile("calls.csv", text.encode())}).url)


def use(client: Client, at: str, **said: str) -> Any:
    found = re.search(r'name="checksum" value="(\w+)"', client.get(at).content.decode())
    assert found
    return client.post(f"{at}use/", {"checksum": found[1], **said}, follow=True)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_without_the_tick_nothing_is_used(analyst: Client) -> None:
    response = use(analyst, address(analyst))

    assert response.status_code == 409
    assert "There is a problem Say that you have checked that the small numbers may be used." in text_of(response)
    assert 'href="#small_numbers"' in response.content.decode()
    assert not Observation.objects.exists()


def test_the_page_asks_for_the_tick_and_nobody_has_set_it(analyst: Client) -> None:
    page = analyst.get(address(analyst)).content.decode()

    assert TICK in page
    assert "checked>" not in page


def test_with_the_tick_they_are_used_and_that_is_written_down(analyst: Client) -> None:
    response = use(analyst, address(analyst), small_numbers="checked")

    assert "are in use: 1 new" in text_of(response)
    event = AuditEvent.objects.get(kind="extract-used")
    assert '"small_numbers_checked": true' in event.text
    assert event.sentence == "Used calls.csv: 1 new, 0 revised. The small numbers were checked."
    assert Observation.objects.get().value == 3


def test_a_file_may_be_left_unused_without_the_tick(analyst: Client) -> None:
    assert "is not used" in text_of(analyst.post(f"{address(analyst)}discard/", follow=True))


def test_those_who_may_only_see_are_not_asked(analyst: Client) -> None:
    at = address(analyst)
    analyst.force_login(someone(Role.COORDINATOR))

    assert TICK not in text_of(analyst.get(at))


def test_the_tick_is_asked_for_after_more_warnings_than_are_kept(analyst: Client) -> None:
    at = address(analyst, LONG)

    assert TICK in text_of(analyst.get(at))
    assert use(analyst, at).status_code == 409
    assert f"are in use: {LIMIT + 2} new" in text_of(use(analyst, at, small_numbers="checked"))


@pytest.mark.parametrize(
    "change", [("calls,", "visits,"), (",3\n", ",5\n"), (",3\n", ",0\n")], ids=["open", "not so small", "none"]
)
def test_where_no_number_is_small_nothing_is_asked(analyst: Client, change: tuple[str, str]) -> None:
    at = address(analyst, FILE.replace(*change))

    assert TICK not in text_of(analyst.get(at))
    assert "are in use: 1 new" in text_of(use(analyst, at))
    event = AuditEvent.objects.get(kind="extract-used")
    assert '"small_numbers_checked": false' in event.text
    assert "small" not in event.sentence
