"""The list of extracts as a table."""

from typing import Any

import django_tables2 as tables
from django.db.models import OuterRef, QuerySet, Subquery

from indicators.extracts.naming import awaits_columns
from indicators.models import DataChange, Extract


def extracts() -> QuerySet[Extract]:
    """What came in, latest first, each with how many figures its use added and revised."""
    use = DataChange.objects.filter(extract=OuterRef("pk"), kind=DataChange.Kind.USE).order_by("-number")
    return Extract.objects.annotate(
        new=Subquery(use.values("new")[:1]), revised=Subquery(use.values("revised")[:1])
    ).order_by("-uploaded_at", "-pk")


def waits_for(extract: Extract) -> str:
    """What somebody has to say of a file before it can be read; nothing where nobody has."""
    if not awaits_columns(extract):
        return ""
    sheets = any(finding["code"] == "which-sheet" for finding in extract.findings)
    return "Sheet to be chosen" if sheets else "Columns to be named"


class StateColumn(tables.TemplateColumn):
    """What became of a file, or what it waits for."""

    def render(self, record: Extract, **kwargs: Any) -> str:
        self.extra_context = {"waits_for": waits_for(record)}
        return str(super().render(record=record, **kwargs))


class ExtractTable(tables.Table):
    """A row for each file that came in."""

    original_name = tables.Column(
        "File", linkify=("upload_detail", [tables.A("pk")]), attrs={"a": {"class": "govuk-link csa-file-name"}}
    )
    state = StateColumn(template_name="indicators/_extract_state.html", verbose_name="State")
    rows = tables.Column("Rows", attrs={"cell": {"numeric": True}})
    new = tables.Column("New", default="–", attrs={"cell": {"numeric": True}})
    revised = tables.Column("Revised", default="–", attrs={"cell": {"numeric": True}})
    uploaded_by_name = tables.Column("Who")
    uploaded_at = tables.DateTimeColumn(verbose_name="When", format="j\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}Y, H:i")

    class Meta:
        template_name = "components/table.html"
        row_header = "original_name"
        attrs = {"caption": "Files that came in"}
        empty_text = "No file has come in yet."
        order_by_field = "sort"
