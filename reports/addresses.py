"""Where the pages around a report are, as its templates ask for them: of one that is being written, and of one that was
issued."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Protocol, TypeVar

from django.urls import reverse

from indicators.charts.chart import Chart
from indicators.where_from import WhereFrom
from priorities.narrative import Narrative
from reports.report import FigureLine, Value

Part = TypeVar("Part")
# A link that leads elsewhere in this site, in the HTML of a narrative.
WITHIN = re.compile(r'<a [^>]*href="/[^"]*"[^>]*>(.*?)</a>')


class Addresses(Protocol):
    """The addresses that a page of a report needs."""

    def priority(self, slug: str) -> str: ...
    def introduction(self) -> str: ...
    def figure(self, line: FigureLine) -> str: ...
    def csv(self, chart: Chart) -> str: ...


@dataclass(frozen=True, slots=True)
class Live:
    """Of a report that is being written: figures are those of the indicators' own pages. `suffix` names the report
    where it is not the latest."""

    suffix: str = ""

    def priority(self, slug: str) -> str:
        return reverse("priority_detail", args=[slug]) + self.suffix

    def introduction(self) -> str:
        return reverse("introduction") + self.suffix

    def figure(self, line: FigureLine) -> str:
        return f"{reverse('indicator_detail', args=[line.slug])}?area={line.area_code}"

    def csv(self, chart: Chart) -> str:
        return f"{reverse('indicator_csv', args=[chart.slug])}?area={chart.area}"


@dataclass(frozen=True, slots=True)
class Issued:
    """Of a report that was issued: within it, from the page that they stand on, so that a page is the same wherever the
    report is read. `root` leads from the page to the report: '', '../' or '../../'."""

    root: str = ""

    def priority(self, slug: str) -> str:
        return f"{self.root}priorities/{slug}/"

    def introduction(self) -> str:
        return f"{self.root}introduction/"

    def figure(self, line: FigureLine) -> str:
        return f"{self.root}figures/{line.id}/"

    def csv(self, chart: Chart) -> str:
        return f"{self.root}figures/{chart.id}.csv"


def closed(value: Part) -> Part:
    """A report, or part of one, without the links that lead out of it into this site and without the names of files:
    for readers who have not signed in."""
    if isinstance(value, Narrative):
        return replace(value, body=WITHIN.sub(r"\1", value.body), notes=WITHIN.sub(r"\1", value.notes))
    if isinstance(value, Value):
        return replace(value, file="", line=None)
    if isinstance(value, tuple):
        return tuple(closed_part(each) for each in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: closed_part(getattr(value, f.name)) for f in fields(value)})
    return value


def closed_part(value: Any) -> Any:
    return None if isinstance(value, WhereFrom) else closed(value)
