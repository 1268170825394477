"""Saving people: there is always somebody left who can manage them."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.models import AuditEvent, User
from accounts.roles import Role
from accounts.services import save_person
from tests.plan import someone

pytestmark = pytest.mark.django_db


def test_the_last_administrator_cannot_be_made_something_else() -> None:
    last = someone(Role.ADMINISTRATOR)
    last.role = Role.ANALYST

    with pytest.raises(ValidationError, match="last administrator"):
        save_person(actor=last, person=last)

    assert User.objects.get().role == Role.ADMINISTRATOR
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_administrators_who_step_down_at_once_one_stays() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("A database in memory has one connection; this runs on PostgreSQL.")
    people = [someone(Role.ADMINISTRATOR), someone(Role.ADMINISTRATOR)]
    start, refused = Barrier(2), []

    def step_down(person: User) -> None:
        person.role = Role.ANALYST
        start.wait()
        try:
            save_person(actor=person, person=person)
        except ValidationError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=step_down, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert User.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert AuditEvent.objects.count() == 1
