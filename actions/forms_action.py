"""Small forms: who leads an action, what is said about it, its files; links and the names of those who use them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.models import Partner
from actions.files import LIMITS
from actions.forms_mine import DAYS
from actions.models import Action
from actions.remarks import LONGEST
from actions.rules import partners_with_actions
from actions.text import tidy
from actions.writers import Writer
from priorities.models import ReportingCycle

LARGEST_SHEET = 2 * 1024 * 1024


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

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be put right: the id of the field to go to, and the message."""
        return [("id_text", str(message)) for messages in self.errors.values() for message in messages]


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


class SheetForm(forms.Form):
    """A spreadsheet of one's actions, filled in."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text=f"The file that was downloaded here, as xlsx or ods, up to {LARGEST_SHEET // 1024**2} MB.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty.", "missing": "Choose a file."},
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, use_required_attribute=False)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_SHEET:
            raise forms.ValidationError(f"The file is larger than {LARGEST_SHEET // 1024**2} MB.")
        return file


class PartnerLinkForm(forms.Form):
    """For which partner a link is made, and until when."""

    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        to_field_name="slug",
        empty_label="Choose a partner",
        error_messages={"required": "Choose a partner."},
    )
    last_day = forms.DateField(
        label="Until",
        help_text="The last day on which it can be used.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        input_formats=DAYS,
        error_messages={"required": "Choose a day.", "invalid": "Write a day, such as 30/06/2019."},
    )

    def __init__(self, data: Any = None, *, cycle: ReportingCycle) -> None:
        today = timezone.localdate()
        initial = {"last_day": max(cycle.meeting or cycle.due or today, today + timedelta(days=14))}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.fields["partner"].queryset = partners_with_actions(cycle)  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """Who writes, where nobody has signed in."""

    name = forms.CharField(
        label="Your name",
        help_text="It stands beside what you write, with your organisation.",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )

    def __init__(self, data: Any = None, *, draft: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial={"name": (draft or {}).get("name", "")}, use_required_attribute=False)

    def clean_name(self) -> str:
        return " ".join(tidy(self.cleaned_data["name"]).split())

    def named(self, by: Writer) -> Writer:
        """Who came by a link, with the name that a valid form says."""
        partner = by.partner.short_name if by.partner else ""
        return replace(by, name=f"{self.cleaned_data['name']} of {partner}, by link")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be put right: the id of the field to go to, and the message."""
        return [("id_name", str(message)) for messages in self.errors.values() for message in messages]
