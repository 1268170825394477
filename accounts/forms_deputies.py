"""The form by which a deputy is named."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import Permission

NO_DAY = "Enter a day, such as 30 June 2019."
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]


def day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")
    messages = {"required": NO_DAY, "invalid": NO_DAY}
    return forms.DateField(label=label, widget=widget, input_formats=FORMATS, error_messages=messages)


class DeputyForm(forms.Form):
    """Who is away, who acts for them, and when."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who is away", error_messages={"required": "Choose who is away."}
    )
    deputy = forms.ModelChoiceField(
        User.objects.none(), label="Who acts for them", error_messages={"required": "Choose who acts for them."}
    )
    starts = day("First day")
    ends = day("Last day")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        people = User.objects.filter(is_active=True).select_related("partner").order_by("name", "pk")
        able = [user for user in people if user.may(Permission.UPDATE_ACTIONS)]
        for name in ("person", "deputy"):
            field: Any = self.fields[name]
            field.queryset = people.filter(pk__in=[user.pk for user in able])
            field.empty_label = "Choose"
            field.label_from_instance = with_partner


def with_partner(user: User) -> str:
    return f"{user.name}, {user.partner.name}" if user.partner else user.name
