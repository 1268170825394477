"""How current each indicator is: a table for each way to stand."""

from collections.abc import Iterable
from dataclasses import dataclass

import django_tables2 as tables
from django.http import HttpRequest
from django_tables2 import RequestConfig

from indicators.analysis.currency import Standing
from indicators.currency_lines import CurrencyLine

SAYS = {
    Standing.SILENT: "Late by more than two years. Ask whether they still come before you wait for them.",
    Standing.IRREGULAR: "These are expected by no day, so they are never overdue.",
}


class CurrencyTable(tables.Table):
    """A row for each indicator that stands alike. A column that nothing stands in is left out."""

    name = tables.TemplateColumn(
        template_name="indicators/_currency_name.html", verbose_name="Indicator", order_by="name"
    )
    latest = tables.Column("Latest held", accessor="state__latest", default="–", order_by="latest_end")
    next = tables.TemplateColumn(
        template_name="indicators/_currency_next.html", verbose_name="Next expected", order_by="expected"
    )
    provisional = tables.TemplateColumn(
        template_name="indicators/_currency_provisional.html", verbose_name="Still provisional", orderable=False
    )

    class Meta:
        template_name = "components/table.html"
        row_header = "name"
        order_by_field = "sort"


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators that stand alike, as a table under a heading. `says` is what that means, where it needs words."""

    title: str
    says: str
    count: int
    table: CurrencyTable


def groups(lines: Iterable[CurrencyLine], request: HttpRequest) -> list[Group]:
    """What needs doing first comes first; each table in the order that the address asks for."""
    listed = list(lines)
    return [
        group([line for line in listed if line.state.standing is standing], standing, request)
        for standing in Standing
        if any(line.state.standing is standing for line in listed)
    ]


def group(lines: list[CurrencyLine], standing: Standing, request: HttpRequest) -> Group:
    empty = {
        "latest": not any(line.state.latest for line in lines),
        "next": not any(line.state.next for line in lines),
        "provisional": not any(line.provisional for line in lines),
    }
    left_out = [name for name, is_empty in empty.items() if is_empty]
    table = CurrencyTable(lines, request=request, exclude=left_out, attrs={"caption": standing.value})
    RequestConfig(request, paginate=False).configure(table)
    return Group(standing.value, SAYS.get(standing, ""), len(lines), table)
