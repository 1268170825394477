"""The main navigation: what each item leads to, and the permission it takes to see it."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission


@dataclass(frozen=True, slots=True)
class Item:
    """An item as a page shows it. `current` is 'page' on that page itself, 'true' below it, else ''."""

    label: str
    url: str
    current: str


# Label, name of its address, permission.
Items = tuple[tuple[str, str, Permission], ...]
ITEMS: Items = (
    ("Overview", "overview", Permission.READ),
    ("Report", "cycle", Permission.RUN_REPORTS),
    ("Priorities", "priority_list", Permission.READ),
    ("Indicators", "indicator_list", Permission.READ),
    ("Actions", "action_list", Permission.READ),
    ("My actions", "my_actions", Permission.UPDATE_ACTIONS),
    ("Areas", "area_list", Permission.READ),
    ("Issued reports", "report_list", Permission.READ),
    ("Data", "data", Permission.READ_DATA),
    ("People", "people", Permission.MANAGE_PEOPLE),
    ("Partners", "partners", Permission.MANAGE_PEOPLE),
)


AT_THE_FOOT: Items = (
    ("Decisions", "decision_list", Permission.READ),
    ("How we judge change", "how_we_judge_change", Permission.READ),
    ("Who’s who", "whos_who", Permission.READ),
    ("Glossary", "glossary", Permission.READ),
    ("Acronyms", "acronyms", Permission.READ),
    ("Trail of changes", "audit_trail", Permission.READ_AUDIT),
)


def items_for(user: User, path: str, items: Items = ITEMS) -> list[Item]:
    """The items a person may use, in order, for the page at `path`."""
    return [
        Item(label, url, current(url, path)) for label, url, permission in with_addresses(items) if user.may(permission)
    ]


@cache
def with_addresses(items: Items) -> Items:
    """The items with the address of each in place of its name. Every page shows them, and they never change."""
    return tuple((label, reverse(name), permission) for label, name, permission in items)


def current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
