"""What must never happen in a page, noted while it happens."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Error, Page, Request

PageAs = Callable[..., Page]


@dataclass
class Watch:
    """Console errors (violations of the Content-Security-Policy are among them), failures of scripts, and
    requests that leave the site at `url`. A page may answer with `status`."""

    url: str
    status: int = 200
    problems: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", self.failure)
        page.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        answer = f"the server responded with a status of {self.status} "
        if message.type in ("error", "warning") and not (self.status != 200 and answer in message.text):
            self.problems.append(f"console: {message.text}")

    def failure(self, error: Error) -> None:
        self.problems.append(f"script: {error}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.problems.append(f"left the site: {request.url}")
