"""Partners on the administration site."""

from django.contrib import admin

from accounts.admin_site import AuditedAdmin
from accounts.models import Partner


@admin.register(Partner)
class PartnerAdmin(AuditedAdmin):
    list_display = ("name", "short_name", "kind", "responsible_authority")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")
    prepopulated_fields = {"slug": ("name",)}
