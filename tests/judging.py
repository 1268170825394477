"""Filling in the forms by which analysts say how figures are judged, for tests."""

import html
import re
from typing import Any

from django.test import Client

from accounts import audit
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target
from tests.held import held, indicator
from tests.series import quarter

KINDS = ("recording-change", "new-start", "target", "event")
# Four years of quarters, then higher ones.
VALUES = (*(98, 102) * 8, 140, 141, 142, 139)
BREAK = {
    "title": "Another system",
    "kind": "system",
    "date": "2019-01-01",
    "first_comparable": "2019-01-01",
    "reason": "Calls are typed in elsewhere.",
    "evidence": "Letter of 3 May 2019.",
}
EVENT = {"title": "A week of it", "kind": "campaign", "starts": "2019-02-04", "ends": "", "evidence": "A leaflet."}
START = {"date": "2019-01-01", "area": "", "reason": "Another call centre."}
TARGET = {
    "area": "E10000099",
    "months": "3",
    "value": "120",
    "tolerance": "",
    "period_start": "2019-04-01",
    "period_end": "2020-03-31",
    "reason": "Agreed by the governing group.",
}
MODELS = {"recording-change": SeriesBreak, "new-start": NewStart, "target": Target, "event": Event}


def judged_calls() -> Indicator:
    """Calls of the county by quarter, of which fewer are better: steady for four years, then more."""
    calls = indicator("calls", polarity="lower")
    for n, value in enumerate(VALUES):
        held(calls, quarter(2015, 1).shifted(3 * n), value)
    return calls


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def hidden(response: Any) -> dict[str, Any]:
    """What the form of a page sends along by itself."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", response.content.decode()):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return found


def everything() -> list[Any]:
    """Whatever these pages may write."""
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in (SeriesBreak, NewStart, Target, Event)]
    definitions = list(Indicator.objects.order_by("pk").values())
    links = [
        list(through.objects.order_by("pk").values())
        for through in (SeriesBreak.indicators.through, Event.indicators.through)
    ]
    return [*rows, definitions, *links, audit.state()]


def facts(kind: str, of: Indicator) -> dict[str, Any]:
    """What the form of a kind sends."""
    said: dict[str, dict[str, Any]] = {"recording-change": BREAK, "new-start": START, "target": TARGET, "event": EVENT}
    return said[kind] | ({"indicators": [of.pk]} if kind in ("recording-change", "event") else {})


def recorded(analyst: Client, of: Indicator, kind: str, **changes: Any) -> Any:
    """The answer to recording something that was seen."""
    path = f"/indicators/{of.slug}/add/{kind}/"
    preview = analyst.post(path, facts(kind, of) | changes)
    assert preview.status_code == 200, text_of(preview)
    return analyst.post(path, hidden(preview))


def definition(of: Indicator, **changes: Any) -> dict[str, Any]:
    """What the form of the definition sends, with changes."""
    names = (
        "name short_name definition counted counted_plural denominator frequency polarity decimals months_until_final"
        " caveat read_together_note"
    )
    said = {name: getattr(of, name) for name in names.split()}
    said |= {"owner": of.owner_id, "checker": of.checker_id, "next_review": "2020-03-31", "why": "It was unclear."}
    return said | changes
