"""The form of /my-actions/ and those who fill it in, for tests."""

import html
import re
from typing import Any

from django.test import Client

from accounts.models import AuditEvent, User
from tests.plan import Plan, draw_plan

ADDRESS = "/my-actions/"


def plan_of_the_police() -> Plan:
    """The plan of tests/plan.py, where the police also lead ha1."""
    plan = draw_plan()
    plan.ha1.lead = plan.police
    plan.ha1.save()
    return plan


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(**parts: dict[str, Any]) -> dict[str, Any]:
    """What the form sends of some actions: rs1={"text": "…"}; what is not named is untouched."""
    fields: dict[str, Any] = {"draft_number": "0"}
    for key, values in parts.items():
        fields |= {f"{key}-{name}": value for name, value in ({"version": "0", "text": ""} | values).items()}
    return fields


def added(key: str, text: str, version: int = 0) -> dict[str, Any]:
    return {"draft_number": "0", f"{key}-addition": text, f"{key}-addition_version": str(version)}


def page_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def events() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("kind", flat=True))


def box_holds(page: str, text: str) -> bool:
    """Whether a box of the page holds exactly this text."""
    return re.search(rf"<textarea[^>]*>\s*{re.escape(text)}</textarea>", page) is not None


def draft_number(page: str) -> str:
    """The draft that the form of a page began from."""
    found = re.search(r'name="draft_number" value="(\d+)"', page)
    assert found is not None
    return found[1]
