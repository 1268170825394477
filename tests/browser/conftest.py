"""Chromium, a demo of its own for each file of tests, and pages that complain when anything goes wrong."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.watch import PageAs, Watch
from tools import browser as tools_browser
from tools.demo import Demo, Folder, build, copy, served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Without one the tests are left out; where CI=true they fail."""
    if tools_browser.find_chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{tools_browser.NOT_FOUND}, and CI needs one")
        pytest.skip(tools_browser.NOT_FOUND)
    with tools_browser.chromium() as running:
        yield running


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Folder:
    """The demo, built once for all processes of a test run, never served itself."""
    base = tmp_path_factory.getbasetemp()
    path = (base if worker_id == "master" else base.parent) / "ready-made-demo"
    with Path(f"{path}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (path / "sessions.json").exists():
            return Folder(path, f"sqlite:///{path / 'demo.sqlite3'}")
        return build(path)


@pytest.fixture(scope="module")
def folder(
    chromium: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Folder]:
    """A demo on the database the tests run on, to be written to freely: each file of tests has its own."""
    path = tmp_path_factory.mktemp("demo") / "served"
    if os.environ["DATABASE_URL"].startswith("postgres"):
        with postgresql_database() as url:
            yield build(path, url)
    else:
        yield copy(request.getfixturevalue("ready_made"), path)


@pytest.fixture(scope="module")
def demo(folder: Folder) -> Iterator[Demo]:
    """That demo, served."""
    with served(folder) as running:
        yield running


@contextmanager
def postgresql_database() -> Iterator[str]:
    """The address of an empty database beside the one that DATABASE_URL names, while it is needed."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    name = f"csa_browser_{os.getpid()}"
    connection = psycopg2.connect(f"{server}/postgres".replace("postgres:", "postgresql:", 1))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()


@pytest.fixture
def page_as(chromium: Browser, demo: Demo) -> Iterator[PageAs]:
    """page_as("coordinator", width=360) is an empty tab in which the coordinator has signed in.

    `javascript=False` switches it off; with `status=404` pages may answer so. After the test, any console
    error, broken rule of the Content-Security-Policy or request to another site makes it fail.
    """
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_tab(account: str = "", *, width: int = 1280, javascript: bool = True, status: int = 200) -> Page:
        context = chromium.new_context(
            base_url=demo.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        context.add_cookies(demo.signed_in(account))
        context.set_default_timeout(10_000)
        watches.append(Watch(demo.url, status))
        contexts.append(context)
        page = context.new_page()
        watches[-1].attach(page)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert [problem for watch in watches for problem in watch.problems] == []
