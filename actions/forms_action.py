"""Small forms about one action: who leads it, what is said about it, files."""

from typing import Any

from django import forms

from accounts.models import Partner
from actions.files import LIMITS
from actions.models import Action
from actions.remarks import LONGEST


class LeadForm(forms.Form):
    """Which partner leads an action."""

    lead = forms.ModelChoiceField(
        Partner.objects.order_by("name"),
        label="Lead",
        required=False,
        to_field_name="slug",
        empty_label="Not stated",
        help_text="The partner that answers for the action and writes its progress.",
    )

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(data, initial={"lead": action.lead}, use_required_attribute=False)
        self.fields["lead"].depends = True  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """A line of the thread of an action."""

    text = forms.CharField(
        label="Say something",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        error_messages={"required": "Write something."},
    )


class FileForm(forms.Form):
    """A file that belongs to an action."""

    file = forms.FileField(
        help_text=LIMITS,
        error_messages={"required": "Choose a file.", "empty": "The file is empty.", "missing": "Choose a file."},
    )
    title = forms.CharField(
        label="What it is", required=False, max_length=200, help_text="Without it, its name stands on the page."
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, use_required_attribute=False)
