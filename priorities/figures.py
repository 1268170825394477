"""Live figures in text: `[[asb-incidents year to January 2019]]` stands for the figure that is held.

The reference names an indicator and a period, and an area after `@` where it is not the one the indicator is
reported for. What it resolves to is written with its qualifier and status; the reference itself is stored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indicators import words
from indicators.analysis.series import Series
from indicators.periods import NotAPeriod, Period, parse
from indicators.where_from import WhereFrom, where_from

PATTERN = re.compile(r"\[\[(?P<body>[^\[\]\n]{1,200})\]\]")
BODY = re.compile(r"\s*(?P<slug>[a-z0-9][a-z0-9-]*)\s+(?P<period>[^@]+?)\s*(?:@\s*(?P<area>[A-Z]\d{8})\s*)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A live figure as it is written. `fault` says what is wrong with the writing, if anything."""

    text: str
    slug: str = ""
    period: Period | None = None
    area: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a reference resolves to: the words to show and the link to where they come from, or the fault."""

    reference: str
    text: str
    where: WhereFrom | None = None
    value: str = ""
    status: str = ""
    fault: str = ""


def filled_in(text: str, figures: Mapping[str, Figure]) -> tuple[str, tuple[WhereFrom, ...]]:
    """A text with its live figures in words, or said not to be there; and the links to where they come from, in their
    order. `figures` by reference."""
    found = [figures[match["body"]] for match in PATTERN.finditer(text)]
    filled = PATTERN.sub(lambda match: figures[match["body"]].text or f"[{match['body']}: no figure]", text)
    return filled, tuple(figure.where for figure in found if figure.where)


def references(text: str) -> list[Reference]:
    """Every reference in a text, once each, in order."""
    return [read(body) for body in dict.fromkeys(m["body"] for m in PATTERN.finditer(text))]


def read(body: str) -> Reference:
    """The reference between two pairs of brackets."""
    match = BODY.fullmatch(body)
    if not match:
        return Reference(body, fault="Expected an indicator and a period, such as [[ksi-casualties 2018]].")
    try:
        return Reference(body, match["slug"], parse(match["period"]), match["area"] or "")
    except NotAPeriod as problem:
        return Reference(body, match["slug"], area=match["area"] or "", fault=str(problem))


def resolve(reference: Reference, series: Mapping[tuple[str, str], Series], areas: Mapping[str, str]) -> Figure:
    """The figure a reference stands for. `series` by (slug, area code); `areas` the main area of each slug."""
    if reference.fault or reference.period is None:
        return Figure(reference.text, "", fault=reference.fault)
    if reference.slug not in areas:
        return Figure(reference.text, "", fault=f"'{reference.slug}' is not an indicator.")
    area = reference.area or areas[reference.slug]
    held = series.get((reference.slug, area))
    point = held.value_for(reference.period) if held else None
    if held is None or point is None:
        where = held.place.name if held else reference.area
        about = ", ".join(part for part in (where, reference.period.label) if part)
        return Figure(reference.text, "", fault=f"No figure is held for {about}.")
    text = words.value_and_marks(point, held.measure)
    return Figure(
        reference=reference.text,
        text=text,
        where=where_from(held.measure, held.place, point, text),
        value=str(point.value) if point.value is not None else "",
        status=point.status,
    )
