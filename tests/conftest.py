"""True of every test: no network, files in a folder of its own. (pyproject.toml makes warnings errors.)"""

import socket
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings
from hypothesis import settings as hypothesis_settings

from reports.drawn import HELD
from reports.once import BUILT
from tools.browser import NOT_FOUND

PLAIN_STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
KENT = django_settings.BASE_DIR / "fixtures" / "kent-2018-19"
FAST_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"

hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")


def pytest_configure() -> None:
    """Cheap passwords and static files without a manifest, for tests alone; and nothing but this machine."""
    django_settings.PASSWORD_HASHERS = [FAST_HASHER]
    django_settings.STORAGES["staticfiles"] = {"BACKEND": PLAIN_STATIC_FILES}
    socket.socket.connect = refuse_strangers(socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse_strangers(socket.socket.connect_ex)  # type: ignore[method-assign]


def refuse_strangers(connect: Any) -> Any:
    """`connect`, for addresses of this machine only."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise ConnectionRefusedError(f"A test tried to reach {address[0]}. Tests stay on this machine.")
        return connect(self, address)

    return guarded


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/browser needs Chromium."""
    for item in items:
        if "browser" in item.path.relative_to(Path(__file__).parent).parts:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which tests a machine without a browser left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    without_browser = sum(NOT_FOUND in str(report.longrepr) for report in skipped)
    if without_browser:
        terminalreporter.write_line(f"Left out: {without_browser} browser tests, because {NOT_FOUND}.")


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_built_before() -> None:
    """Tests put rows into the database without the audit event that every change of the site writes."""
    BUILT.clear()
    HELD.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; before it is dropped, PostgreSQL ends what sessions a thread or a program that was killed
    has left in it."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def _kent_held(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Kent's agreement in the database while a file of tests runs, and the folder of its files. It loads slowly."""
    media = tmp_path_factory.mktemp("kent")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            call_command("load_agreement", KENT, stdout=StringIO())
        yield media
        transaction.set_rollback(True)


@pytest.fixture
def kent_agreement(_kent_held: Path, db: None, settings: Any) -> None:
    """Kent's agreement as its folder tells it. What a test changes is undone; every test of that file has it."""
    settings.MEDIA_ROOT = _kent_held
