"""Lists of people and partners as tables."""

import django_tables2 as tables

from accounts.models import AuditEvent

LINK = {"a": {"class": "govuk-link"}}


class PersonTable(tables.Table):
    name = tables.Column("Name", linkify=("person_edit", {"pk": tables.A("pk")}), attrs=LINK)
    email = tables.Column("Email address")
    role = tables.Column("Role", accessor="get_role_display", order_by="role")
    partner = tables.Column("Partner", accessor="partner__short_name", default="No single partner")
    is_active = tables.TemplateColumn(template_name="accounts/_may_sign_in.html", verbose_name="May sign in")
    last_login = tables.DateColumn(verbose_name="Last signed in", format="j F Y", default="Never")

    class Meta:
        template_name = "components/table.html"
        row_header = "name"
        attrs = {"caption": "People"}
        order_by = "name"
        order_by_field = "sort"
        empty_text = "Nobody has an account."


class PartnerTable(tables.Table):
    name = tables.Column("Name", linkify=("partner_edit", {"slug": tables.A("slug")}), attrs=LINK)
    short_name = tables.Column("Short name")
    kind = tables.Column("Kind", accessor="get_kind_display", order_by="kind")
    active_people = tables.Column("People who may sign in", attrs={"cell": {"numeric": True}})

    class Meta:
        template_name = "components/table.html"
        row_header = "name"
        attrs = {"caption": "Partners"}
        order_by = "name"
        order_by_field = "sort"
        empty_text = "No partner is listed yet."


class TrailTable(tables.Table):
    """A row for each change, the latest first. It is not sorted otherwise: a trail has one order."""

    number = tables.Column("No.", attrs={"cell": {"numeric": True}})
    at = tables.DateTimeColumn(verbose_name="When", format="j\N{NO-BREAK SPACE}M\N{NO-BREAK SPACE}Y, H:i:s")
    actor_name = tables.Column("Who")
    sentence = tables.Column("What happened")
    about = tables.Column("About", empty_values=())

    class Meta:
        template_name = "components/table.html"
        row_header = "number"
        attrs = {"caption": "Changes"}
        orderable = False
        empty_text = "Nothing matches."

    def render_about(self, record: AuditEvent) -> str:
        return f"{record.object_type} {record.object_key}".strip()
