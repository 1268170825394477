"""The list of indicators as a table."""

import django_tables2 as tables


class IndicatorTable(tables.Table):
    """A row for each indicator, with its latest figure. Sorted by name or source."""

    name = tables.TemplateColumn(template_name="indicators/_name.html", verbose_name="Indicator", order_by="name")
    figure = tables.TemplateColumn(
        template_name="indicators/_figure.html", verbose_name="Latest figure", orderable=False
    )
    change = tables.TemplateColumn(template_name="indicators/_change.html", verbose_name="Change", orderable=False)
    tag = tables.TemplateColumn(template_name="indicators/_tag.html", verbose_name="Direction", orderable=False)
    source = tables.Column("Source")

    class Meta:
        template_name = "components/table.html"
        row_header = "name"
        attrs = {"caption": "Indicators"}
        empty_text = "No indicator matches."
        order_by_field = "sort"
