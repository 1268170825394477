"""The trail of changes: nothing is lost from it, nothing altered in it, and nothing written that did not happen."""

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction

from accounts import audit
from accounts.models import AuditEvent, AuditHead
from accounts.roles import Role
from tests.kept import behind_our_back
from tests.plan import someone

pytestmark = pytest.mark.django_db


def record(sentence: str = "Something happened.", **changes: Any) -> AuditEvent:
    said: dict[str, Any] = {"actor": "test", "kind": "tested", "object_type": "thing", "object_key": "one"} | changes
    return audit.record(sentence=sentence, **said)


def test_nobody_changes_anything_without_having_signed_in() -> None:
    with pytest.raises(TypeError):
        audit.actor_of(AnonymousUser())


def test_an_event_says_who_did_what_to_what() -> None:
    analyst = someone(Role.ANALYST, name="Ann Analyst")

    event = record("Ann Analyst used a file.", actor=analyst, data={"rows": 12})

    assert (event.actor, event.actor_name) == (analyst.email, "Ann Analyst")
    assert (event.kind, event.object_type, event.object_key) == ("tested", "thing", "one")
    assert '"rows": 12' in event.text
    assert str(event) == "Ann Analyst used a file."


def test_events_are_numbered_without_gaps_and_the_last_number_is_the_version() -> None:
    before = audit.version()

    numbers = [record().number for _ in range(3)]

    assert (before, numbers, audit.version()) == (0, [1, 2, 3], 3)


def test_each_event_is_chained_to_the_one_before() -> None:
    first, second = record("One."), record("Two.")

    assert first.hash == audit.chained("", first.text)
    assert second.hash == audit.chained(first.hash, second.text)
    assert audit.state() == second.hash


def test_an_untouched_chain_has_no_faults() -> None:
    assert list(audit.faults()) == []

    for sentence in ("One.", "Zwei – ‘zwei’.", ""):
        record(sentence)

    assert list(audit.faults()) == []


def test_what_is_undone_leaves_no_event_and_no_gap() -> None:
    record("One.")

    with transaction.atomic():
        record("Two, which is undone.")
        transaction.set_rollback(True)

    assert record("Two.").number == 2
    assert list(audit.faults()) == []


def test_data_that_no_two_systems_write_alike_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        record(data={"share": float("nan")})

    assert audit.version() == 0


class TestFaults:
    @pytest.fixture(autouse=True)
    def _chain(self) -> Iterator[None]:
        for sentence in ("One.", "Two.", "Three."):
            record(sentence)
        with behind_our_back():
            yield

    def test_an_altered_sentence_is_found(self) -> None:
        AuditEvent.objects.filter(number=2).update(sentence="Nothing happened.")

        assert list(audit.faults()) == ["Event 2 says something else than was recorded."]

    @pytest.mark.parametrize("column", ["actor", "actor_name", "kind", "object_type", "object_key"])
    def test_an_altered_column_is_found(self, column: str) -> None:
        AuditEvent.objects.filter(number=1).update(**{column: "another"})

        assert list(audit.faults()) == ["Event 1 says something else than was recorded."]

    def test_another_time_is_found(self) -> None:
        last = AuditEvent.objects.get(number=3)
        AuditEvent.objects.filter(number=1).update(at=last.at)

        assert list(audit.faults()) == ["Event 1 says something else than was recorded."]

    def test_an_altered_text_is_found(self) -> None:
        AuditEvent.objects.filter(number=2).update(text="not even JSON")

        assert list(audit.faults()) == ["Event 2 does not follow from the one before it."]

    def test_an_altered_text_with_a_hash_of_its_own_breaks_the_chain_after_it(self) -> None:
        first, second = AuditEvent.objects.get(number=1), AuditEvent.objects.get(number=2)
        forged = second.text.replace("Two.", "2.")
        AuditEvent.objects.filter(number=2).update(text=forged, sentence="2.", hash=audit.chained(first.hash, forged))

        assert list(audit.faults()) == ["Event 3 does not follow from the one before it."]

    def test_a_deleted_event_is_found(self) -> None:
        AuditEvent.objects.filter(number=2).delete()

        assert list(audit.faults()) == [
            "Event 2 is missing: the next one present is 3.",
            "Event 3 does not follow from the one before it.",
        ]

    def test_a_missing_beginning_is_found(self) -> None:
        AuditEvent.objects.filter(number=1).delete()

        assert next(audit.faults()) == "Event 1 is missing: the next one present is 2."

    def test_a_missing_end_is_found(self) -> None:
        AuditEvent.objects.filter(number=3).delete()

        assert list(audit.faults()) == ["The chain should end at event 3 but ends at 2."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
@pytest.mark.parametrize("already", [0, 1])
def test_two_people_at_once_write_one_chain(already: int) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
    for _ in range(already):
        record()
    start = Barrier(2)

    def write(name: str) -> None:
        start.wait()
        try:
            for _ in range(5):
                record(actor=name)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(name,)) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditEvent.objects.count() == AuditHead.objects.get().number == already + 10
    assert list(audit.faults()) == []
