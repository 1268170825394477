"""Photograph every page at 1280 and 360 pixels, from a demo of its own. Run it as `./run look [DIR]`.

`./run look --readme` makes docs/overview.png, the picture in the README, and nothing else.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser

from tools.browser import chromium
from tools.demo import Demo, build, served
from tools.pages import GOVERNING, PAGES, WIDTHS, Page

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "docs" / "overview.png"


def photograph(browser: Browser, demo: Demo, page: Page, width: int, file: Path) -> None:
    """One page as its main reader sees it, after the charts have drawn themselves."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=demo.url)
    context.add_cookies(demo.signed_in(page.account))
    tab = context.new_page()
    tab.goto(page.path, wait_until="networkidle")
    file.parent.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=file, full_page=True)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run look", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "look")
    parser.add_argument("--readme", action="store_true", help="only docs/overview.png")
    options = parser.parse_args()
    with chromium() as browser, served(build(ROOT / "var" / "look-demo")) as demo:
        if options.readme:
            photograph(browser, demo, Page("overview", "/", GOVERNING), 1280, README)
            print(README)
            return
        for page in PAGES:
            for width in WIDTHS:
                photograph(browser, demo, page, width, options.folder / f"{page.name}-{width}.png")
    print(f"{len(PAGES) * len(WIDTHS)} photographs in {options.folder}")


if __name__ == "__main__":
    main()
