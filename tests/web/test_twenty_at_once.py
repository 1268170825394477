"""Twenty people save the same action at the same moment, each in their own browser."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from accounts import audit
from accounts.models import AuditEvent
from accounts.roles import Role
from actions.models import ProgressEntry, ProgressVersion
from tests.mine import ADDRESS, box_holds, browser, page_of, said
from tests.plan import draw_plan, someone


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_wins_and_nineteen_see_a_conflict_with_both_texts_and_keep_their_own() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
    plan = draw_plan()
    writers = {f"By writer {n:02}.": browser(someone(Role.WORKING_GROUP, plan.police)) for n in range(20)}
    start, answers = Barrier(20), dict[str, Any]()

    def write(text: str, own: Client) -> None:
        start.wait()
        try:
            answers[text] = own.post(ADDRESS, said(rs1={"text": text}))
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=each) for each in writers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept = ProgressEntry.objects.get()
    assert sorted(answer.status_code for answer in answers.values()) == [302] + [409] * 19
    assert answers[kept.text].status_code == 302
    for text in writers.keys() - {kept.text}:
        page = page_of(answers[text])
        assert box_holds(page, text)
        assert kept.text in page
        assert box_holds(page_of(writers[text].get(ADDRESS)), text)
    assert (kept.version, ProgressVersion.objects.count(), AuditEvent.objects.count()) == (1, 1, 1)
    assert list(audit.faults()) == []
