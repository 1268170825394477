"""Every page of the site, seen as whoever uses it most: for the browser tests and for photographs."""

from dataclasses import dataclass

WIDTHS = (1280, 360)

ANONYMOUS = ""
POLICE = "member-police"
GOVERNING = "governing"
ANALYST = "analyst"
COORDINATOR = "coordinator"
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Page:
    """An address, the demo account that looks at it ('' for nobody), and the answer expected."""

    name: str
    path: str
    account: str
    status: int = 200


PRIORITIES = (
    "domestic-abuse",
    "road-safety",
    "anti-social-behaviour",
    "substance-misuse",
    "serious-and-organised-crime",
    "safeguarding-vulnerable-people",
    "preventing-extremism-and-hate",
)

PAGES = (
    Page("sign-in", "/accounts/login/", ANONYMOUS),
    Page("overview", "/", GOVERNING),
    *(Page(f"priority-{slug}", f"/priorities/{slug}/", GOVERNING) for slug in PRIORITIES),
)
