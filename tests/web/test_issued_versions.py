"""/reports/…: what other versions of the program have issued."""

import json
from typing import Any

import pytest
from django.test import Client

from reports.frozen import SCHEMA, canonical, fingerprint
from reports.models import PublishedReport
from tests.issued import Office, columns
from tests.web.test_issued import FILES, PAGES, main_of, office, reader, words_of

__all__ = ["office", "reader"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES)
def test_what_a_later_version_issued_is_said_to_be_unchanged_but_is_not_shown(
    reader: Client, office: Office, page: str
) -> None:
    kept = columns(office.issue())
    text = kept["payload"].replace(f'"schema":{SCHEMA}', f'"schema":{SCHEMA + 1}')
    PublishedReport.objects.create(**kept | {"edition": 2, "note": "x", "payload": text, "sha256": fingerprint(text)})

    response = reader.get("/reports/2019-03/" + page)

    assert response.status_code == 503
    assert "It is unchanged since it was issued, by a later version of this dashboard" in words_of(response)


def test_a_report_that_was_issued_by_an_earlier_version_is_drawn(reader: Client, office: Office) -> None:
    kept = columns(office.issue())
    PublishedReport.objects.create(**kept | {"edition": 2, "note": "x"} | under_schema_1(kept["payload"]))

    for page in (*PAGES, *FILES):
        first, second = (reader.get(f"/reports/2019-03/editions/{number}/{page}") for number in (1, 2))
        assert second.status_code == 200
        if page in PAGES:
            assert main_of(second) == main_of(first)


def under_schema_1(text: str) -> dict[str, Any]:
    """That text as the first version of the program would have kept it."""
    kept = json.loads(text)
    report = kept["report"]
    for name in ("concern_rule", "not_concerns"):
        del report[name]
    for question in report["questions"]:
        del question["decided"]
    for action in (action for priority in report["priorities"] for action in priority["actions"]):
        del action["continues"]
    was = canonical({"report": report, "schema": 1})
    return {"payload": was, "sha256": fingerprint(was), "schema": 1}
