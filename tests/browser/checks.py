"""What every page is held to."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page: Page) -> None:
    """No rule of WCAG 2.0 to 2.2 A and AA, nor of good practice, is broken."""
    asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    results = Axe().run(page, options=asked)

    broken = [
        f"{rule['id']} ({rule['help']}): {node['html'][:200]}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]
    assert broken == [], "\n".join([page.url, *broken])


def assert_no_sideways_scroll(page: Page) -> None:
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")

    assert wide <= room, f"{page.url} is {wide} pixels wide on a screen of {room}: {too_wide(page)}"


def too_wide(page: Page) -> list[str]:
    """The first elements that stick out of the page on the right, to find the culprit by."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
            .slice(0, 5)
            .map(element => element.outerHTML.slice(0, 120))"""
    )
    return found


# Real ones only, over all pages of a tab: a label that is clicked makes its box click as well.
COUNT = """addEventListener("pointerdown", event => {
    if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);"""
COUNTED = "() => { const made = Number(sessionStorage.clicks || 0); sessionStorage.clicks = 0; return made; }"


def counted(page: Page) -> Callable[[], int]:
    """Asks how many clicks a person has made in a tab since it was last asked."""
    page.add_init_script(COUNT)
    return lambda: int(page.evaluate(COUNTED))
