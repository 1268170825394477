"""What the components of the design need to render Django's forms."""

from typing import Any

from django import forms, template
from django.forms.widgets import Input
from django.utils.safestring import SafeString

register = template.Library()

Problems = list[tuple[str, str]]

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (Input, "govuk-input"),
)


@register.filter
def govuk(field: forms.BoundField) -> SafeString:
    """The widget of a field with the class of the design."""
    widget = field.field.widget
    css = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
    error = f" {css}--error" if field.errors and css != "govuk-checkboxes__input" else ""
    return field.as_widget(attrs={"class": f"{widget.attrs.get('class', '')} {css}{error}".strip()})


@register.filter
def is_checkbox(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_file(field: forms.BoundField) -> bool:
    """Whether a file is chosen in it: with JavaScript one may also be dropped there."""
    return isinstance(field.field.widget, forms.FileInput)


@register.filter
def is_radio(field: forms.BoundField) -> bool:
    widget = field.field.widget
    return isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple)


@register.filter
def is_choice_list(field: forms.BoundField) -> bool:
    """Whether it is a group of radio buttons or checkboxes."""
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def problems_of(form: forms.BaseForm | Problems | str | None) -> Problems:
    """What must be put right in a form: the id of the field to go to ('' for the whole form) and the message."""
    if isinstance(form, list):
        return form
    if not isinstance(form, forms.BaseForm):
        return []
    return [("", str(error)) for error in form.non_field_errors()] + [
        (first_id(field), str(error)) for field in form for error in field.errors
    ]


def first_id(field: forms.BoundField) -> str:
    """Where a link to the field leads: of a group of radio buttons, the first."""
    return f"{field.auto_id}_0" if is_choice_list(field) else field.auto_id


@register.filter
def sort_direction(column: Any) -> str:
    """'ascending' or 'descending', for the sorted column of a django-tables2 table."""
    return "descending" if column.order_by_alias.is_descending else "ascending"


@register.simple_tag(takes_context=True)
def sort_address(context: dict[str, Any], table: Any, column: Any) -> str:
    """This page, sorted by a column; the other way round where it is sorted by it already."""
    query = context["request"].GET.copy()
    query[table.prefixed_order_by_field] = column.order_by_alias.next
    query.pop(table.prefixed_page_field, None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], field: str, number: int) -> str:
    """Another page of the same list."""
    query = context["request"].GET.copy()
    query[field] = str(number)
    return f"?{query.urlencode()}"
