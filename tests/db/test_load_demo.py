"""Demo accounts: in demo mode only, one for each role, the same ones every time."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User
from accounts.roles import Role
from reports.management.commands import load_demo
from tests.db.folder import write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(load_demo, "FOLDER", write_folder(tmp_path / "small"))


def load() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def test_outside_demo_mode_it_refuses_and_makes_nobody(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="demo mode only"):
        load()

    assert not User.objects.exists()


def test_there_is_an_account_for_every_role(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"

    load()

    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    names = "member-police member-fire member-kcc governing analyst coordinator admin"
    assert {user.email for user in User.objects.all()} == {f"{name}@demo.invalid" for name in names.split()}


def test_members_answer_for_their_partners(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"

    load()

    partners = dict(User.objects.values_list("email", "partner__slug"))
    assert partners["member-police@demo.invalid"] == "kent-police"
    assert partners["member-kcc@demo.invalid"] == "kcc"


def test_the_password_is_the_one_that_is_set_and_is_not_printed(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"

    said = load()

    assert "a long password" not in said
    assert User.objects.get(email="analyst@demo.invalid").check_password("a long password")


def test_without_a_password_one_is_made_up_and_printed_once(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, ""

    said = load()

    password = said.split("demo accounts is ")[1].strip()
    assert User.objects.get(email="analyst@demo.invalid").check_password(password)
    assert "The password" not in load()


def test_a_second_run_changes_nothing(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"
    load()
    before = list(User.objects.order_by("pk").values()), AuditEvent.objects.count()

    load()

    assert (list(User.objects.order_by("pk").values()), AuditEvent.objects.count()) == before


def test_another_password_is_given_to_every_account(settings: Any) -> None:
    settings.DEMO, settings.DEMO_PASSWORD = True, "a long password"
    load()
    settings.DEMO_PASSWORD = "another password"

    load()

    assert all(user.check_password("another password") for user in User.objects.all())
