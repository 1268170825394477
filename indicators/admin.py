"""Areas, sources and their editions on the administration site."""

from typing import Any

from django import forms
from django.contrib import admin

from accounts.admin_site import AuditedAdmin
from indicators.models import Area, Source, SourceEdition


class AreaForm(forms.ModelForm):
    def clean_aliases(self) -> list[str]:
        aliases: Any = self.cleaned_data["aliases"] or []
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            raise forms.ValidationError('Write the names in quotes, between brackets: ["Shepway"].')
        return aliases


@admin.register(Area)
class AreaAdmin(AuditedAdmin):
    key = "code"
    form = AreaForm
    list_display = ("name", "code", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "code")


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    list_display = ("name", "publisher", "kind", "licence")
    list_filter = ("kind",)
    search_fields = ("name", "publisher")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(SourceEdition)
class SourceEditionAdmin(AuditedAdmin):
    list_display = ("title", "source", "published")
    list_select_related = ("source",)
    search_fields = ("title", "source__name", "source__publisher")
    prepopulated_fields = {"slug": ("title",)}
