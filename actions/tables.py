"""The action plan as tables."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from actions.lines import ActionLine

TEMPLATE = "components/table.html"


def address_of(record: ActionLine, table: tables.Table) -> str:
    """The page of an action, for the report that this page is about."""
    asked = table.request.GET.get("cycle") if getattr(table, "request", None) else ""
    page = reverse("action_detail", args=[record.key])
    return f"{page}?cycle={asked}" if asked else page


class PriorityActionTable(tables.Table):
    """The actions of one priority with their whole progress."""

    title = tables.Column("Action", linkify=address_of, attrs={"a": {"class": "govuk-link"}})
    lead = tables.Column("Lead")
    status_label = tables.TemplateColumn(
        template_name="actions/_status.html", verbose_name="Status", order_by="status_rank"
    )
    progress = tables.TemplateColumn(
        template_name="actions/_account.html",
        verbose_name="Progress",
        orderable=False,
    )
    updated = tables.TemplateColumn(
        template_name="actions/_updated.html", verbose_name="Updated", order_by="updated_on", empty_values=()
    )

    class Meta:
        template_name = TEMPLATE
        orderable = False
        row_header = "title"
        attrs = {"caption": "Actions and progress"}
        empty_text = "No actions are planned for this priority."


class IssuedActionTable(PriorityActionTable):
    """The same of a report that was issued: it holds all there is to say, so no action leads elsewhere."""

    title = tables.Column("Action")

    class Meta(PriorityActionTable.Meta):
        pass


class ActionTable(tables.Table):
    """The whole action plan, a row each. It can be sorted by every column but the partners."""

    title = tables.Column("Action", linkify=address_of, attrs={"a": {"class": "govuk-link"}})
    priority = tables.Column("Priority", order_by=("priority_number",))
    lead = tables.Column("Lead")
    partners = tables.Column("Partners", orderable=False)
    status_label = tables.TemplateColumn(
        template_name="actions/_status.html", verbose_name="Status", order_by="status_rank"
    )
    updated = tables.TemplateColumn(
        template_name="actions/_updated.html", verbose_name="Updated", order_by="updated_on", empty_values=()
    )

    class Meta:
        template_name = TEMPLATE
        row_header = "title"
        attrs = {"caption": "Actions"}
        empty_text = "No action matches."
        order_by_field = "sort"

    def render_partners(self, value: tuple[str, ...]) -> SafeString:
        shown = ", ".join(value[:3])
        more = len(value) - 3
        return format_html("{} and {} more", shown, more) if more > 0 else format_html("{}", shown)
