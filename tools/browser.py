"""Debian's Chromium, driven by playwright: for the browser tests and for photographs of the pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NOT_FOUND = "no Chromium was found"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without the background services it stays on this machine; root, as in a container, has no sandbox.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. RuntimeError where none is installed."""
    path = find_chromium()
    if path is None:
        raise RuntimeError(f"{NOT_FOUND}; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
