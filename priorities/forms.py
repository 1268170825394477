"""Forms of the priorities app."""

from django import forms

from priorities.summaries import LONGEST, faults

LARGEST_VERSION = 2**31 - 1
OUT_OF_DATE = "The page was out of date. Read what is below, then save again."


class SummaryForm(forms.Form):
    """A context summary as text, with the version that the writer began from."""

    text = forms.CharField(
        label="Context summary",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=(
            "Markdown: a blank line between paragraphs, **bold**, - for a list. A live figure is written "
            "[[asb-incidents year to January 2019]]; a note is written [^name-of-source]."
        ),
    )
    version = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_VERSION,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OUT_OF_DATE),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := faults(text):
            raise forms.ValidationError(found)
        return text
