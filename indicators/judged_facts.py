"""What is said about how figures are judged, as plain values for the trail of changes and in words for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from accounts.bringing_in import name_of, plain_value
from indicators.models import Area, Event, Indicator, NewStart, SeriesBreak, Target

# What each says, by the names that the files of an agreement use, with the words for it on pages.
LABELS: dict[type[Model], dict[str, str]] = {
    SeriesBreak: {
        "title": "What changed",
        "kind": "Kind of change",
        "date": "When it changed",
        "first_comparable": "First day from which figures compare with one another again",
        "reason": "Why figures cannot be compared across it",
        "evidence": "Evidence",
        "indicators": "Indicators",
    },
    NewStart: {
        "date": "First period of the new limits",
        "area": "Where",
        "reason": "Why the limits start anew",
    },
    Target: {
        "area": "Area",
        "months": "Length of period",
        "value": "Figure to reach",
        "tolerance": "Tolerance",
        "period_start": "First day it holds for",
        "period_end": "Last day it holds for",
        "reason": "Who agreed it, and where that is written",
    },
    Event: {
        "title": "What happened",
        "kind": "Kind of event",
        "starts": "First day",
        "ends": "Last day",
        "evidence": "Evidence",
        "indicators": "Indicators",
    },
    Indicator: {
        "name": "Name",
        "short_name": "Short name",
        "definition": "Definition",
        "counted": "What is counted, one of it",
        "counted_plural": "What is counted, several of it",
        "denominator": "Out of what",
        "frequency": "How often",
        "polarity": "Which way is better",
        "seasonal": "It has seasons",
        "decimals": "Decimals shown",
        "months_until_final": "Months until figures are final",
        "final_expected": "Final figures expected by",
        "owner": "Kept by",
        "checker": "Checked by",
        "next_review": "Next review",
        "part_of": "Part of",
        "caveat": "Read with caution",
        "read_together": "Read together with",
        "read_together_note": "Why they are read together",
    },
}
MANY = ("indicators", "read_together")
# What stands in addresses.
KINDS: dict[type[Model], str] = {
    SeriesBreak: "recording-change",
    NewStart: "new-start",
    Target: "target",
    Event: "event",
}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One thing that is said, before and afterwards; '' where nothing was."""

    label: str
    was: str
    now: str


def facts_of(row: Model | None, linked: Iterable[Indicator] = ()) -> dict[str, Any]:
    """What a row says, as the trail keeps it; `linked` are the indicators it is for, or is read together with. Empty
    for no row."""
    if row is None:
        return {}
    slugs = sorted(name_of(each) for each in linked)
    return {name: slugs if name in MANY else plain_value(getattr(row, name)) for name in LABELS[type(row)]}


def linked_to(row: Model | None) -> list[Indicator]:
    """The indicators that a row is for: those of a break or event, the one of a new start or target; of an indicator
    those that it is read together with."""
    if row is None:
        return []
    if isinstance(row, NewStart | Target):
        return [row.indicator]
    many = row.read_together if isinstance(row, Indicator) else row.indicators  # type: ignore[attr-defined]
    return list(many.select_related("area").order_by("name", "pk"))


def key_of(row: Model) -> str:
    """What the trail calls a row: its slug, else the key it has in the database."""
    return str(getattr(row, "slug", row.pk))


class Names:
    """The names of indicators, areas and partners, by what the trail calls them: each sort in one query, when asked."""

    def __init__(self) -> None:
        self.found: dict[type[Model], dict[str, str]] = {}

    def of(self, model: type[Model], key: str) -> str:
        if model not in self.found:
            self.found[model] = {name_of(row): str(row) for row in model._default_manager.all()}
        return self.found[model].get(key, key)


def shown(model: type[Model], name: str, value: Any, names: Names) -> str:
    """A fact in words: 'Recording practice', '1 April 2017', 'Knife offences, Robbery'; '' for none."""
    if name in MANY:
        return ", ".join(sorted(names.of(Indicator, slug) for slug in value or ()))
    field = model._meta.get_field(name)
    if name == "area" and model is NewStart and not value:
        return "Every area"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, ""):
        return ""
    if field.is_relation:
        return names.of(Area if name == "area" else field.related_model, str(value))  # type: ignore[arg-type]
    if choices := dict(getattr(field, "flatchoices", ())):
        return str(choices.get(value, value))
    return long_date(value) if field.get_internal_type() == "DateField" else str(value)


def long_date(value: str | date) -> str:
    """'1 April 2017'."""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {day:%B %Y}"
