"""Acronyms on the administration site."""

from django.contrib import admin

from accounts.admin_site import AuditedAdmin
from priorities.models import Acronym


@admin.register(Acronym)
class AcronymAdmin(AuditedAdmin):
    key = "short"
    list_display = ("short", "long")
    search_fields = ("short", "long")
