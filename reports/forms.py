"""Forms of the reports app."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from priorities.concerns import LONGEST
from priorities.models import Priority


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="Why", max_length=LONGEST, error_messages={"required": "Say why."})


class ConcernForm(ReasonForm):
    """An area of concern that a person adds."""

    field_order = ["priority", "text", "reason"]
    priority = forms.ModelChoiceField(
        Priority.objects.none(), empty_label=None, error_messages={"required": "Choose a priority."}
    )
    text = forms.CharField(
        label="What the concern is",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence, as the governing group will read it.",
        error_messages={"required": "Say what the concern is."},
    )

    def __init__(self, data: Any, *, priorities: QuerySet[Priority]) -> None:
        super().__init__(data)
        self.fields["priority"].queryset = priorities.order_by("number")  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What a correction corrects."""

    note = forms.CharField(
        label="What is corrected",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands on the new edition, for every reader.",
        error_messages={"required": "Say what is corrected: it stands on the new edition."},
    )


class WithdrawForm(forms.Form):
    """Why a report is withdrawn."""

    why = forms.CharField(
        label="Why it is withdrawn",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in place of the report.",
        error_messages={"required": "Say why the report is withdrawn: it stands in its place."},
    )


class OutcomeForm(forms.Form):
    """What the meeting made of a report."""

    text = forms.CharField(
        label="What the meeting made of it",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what the meeting made of the report."},
    )
    minute = forms.CharField(label="Where its minutes say so", max_length=100, required=False)
