"""Django's administration site, for administrators who came in through the site's own sign-in."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.auth import logout as sign_out
from django.db import transaction
from django.db.models import Model, QuerySet, URLField
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.bringing_in import plain_value
from accounts.models import AuditEvent
from accounts.trail import is_about


class AuditedAdmin(ModelAdmin):
    """Leaves one event in the trail for everything added, changed or deleted, in the transaction of the change.

    `key` is the field that other things, and the trail, know the object by: it stays as it was when the object
    was added.
    """

    key = "slug"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (self.key,) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def save_related(self, request: HttpRequest, form: BaseForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        names = form.changed_data if change else list(form.fields)
        now = {name: plain(form.cleaned_data[name]) for name in names}
        if not change:
            self.record(request, [form.instance], "added", {"now": now})  # type: ignore[attr-defined]
        elif now:
            was = {name: plain(form.initial.get(name)) for name in names}
            self.record(request, [form.instance], "changed", {"was": was, "now": now})  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.record(request, [obj], "deleted", {})
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.record(request, list(queryset), "deleted", {})
        super().delete_queryset(request, queryset)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Django's own log stays empty: the trail has it all."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """As for additions."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As for additions."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the trail says of an object, latest first."""
        obj = self.get_object(request, unquote(object_id))
        key = getattr(obj, self.key, "")
        events = AuditEvent.objects.filter(is_about(key), object_type=str(self.opts.verbose_name))
        return super().history_view(request, object_id, {"events": events} | (extra_context or {}))

    @method_decorator(transaction.atomic)
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, extra_context)

    def record(self, request: HttpRequest, objects: Sequence[Model], did: str, data: dict[str, Any]) -> None:
        """One event, whatever the number of objects."""
        actor, opts = audit.actor_of(request.user), self.opts
        name = opts.verbose_name if len(objects) == 1 else opts.verbose_name_plural
        named = ", ".join(f"'{obj}'" for obj in objects)
        audit.record(
            actor=actor,
            kind="reference-data",
            object_type=str(opts.verbose_name),
            object_key=", ".join(getattr(obj, self.key) for obj in objects)[:200],
            sentence=f"{actor.name} {did} the {name} {named}.",
            data=data,
        )


def plain(value: Any) -> Any:
    """A value of a form as the trail can hold it."""
    return [plain_value(item) for item in value] if isinstance(value, QuerySet) else plain_value(value)


class AdministratorSite(AdminSite):
    """Signing in, signing out and passwords are the site's own. What leaves no trail is not registered: the
    tables of other people's packages, which register themselves."""

    site_header = "Administration"
    site_title = "Administration"
    index_title = "Reference data"
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class is not None and issubclass(admin_class, AuditedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("admin:index")

    @method_decorator(require_POST)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        sign_out(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")
