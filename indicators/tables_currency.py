"""How current each indicator is, as a table."""

import django_tables2 as tables


class CurrencyTable(tables.Table):
    """A row for each indicator."""

    name = tables.TemplateColumn(
        template_name="indicators/_currency_name.html", verbose_name="Indicator", order_by="name"
    )
    standing = tables.TemplateColumn(
        template_name="indicators/_currency_standing.html", verbose_name="How it stands", order_by=("rank", "name")
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
        attrs = {"caption": "How current each indicator is"}
        empty_text = "No indicator matches."
        order_by_field = "sort"
