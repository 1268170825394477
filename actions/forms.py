"""Forms of the actions app."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.lines import ActionLine
from actions.models import ProgressEntry
from actions.services import WHY_NOT
from actions.text import LONGEST, tidy

LARGEST_VERSION = 2**31 - 1
OUT_OF_DATE = "The page was out of date. Read what is below, then save again."


class ProgressForm(forms.Form):
    """The progress of one action: the running account, its status, and the version that the writer began from.

    `entry` is what is kept now.
    """

    text = forms.CharField(
        label="What has happened",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
        help_text=(
            f"The whole account is printed. Add to it or rewrite it, up to {LONGEST:,} characters. "
            "A blank line begins a paragraph; a line that begins with - is an item of a list."
        ),
    )
    nothing_new = forms.BooleanField(
        label="Nothing new this time",
        required=False,
        help_text="The account stays as it is and counts as updated.",
    )
    status = forms.ChoiceField(
        label="Status",
        choices=ProgressEntry.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a status. 'Not stated' is one of them."},
    )
    reason = forms.CharField(label="Why it is not pursued", required=False, max_length=500)
    version = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_VERSION,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OUT_OF_DATE),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        entry: ProgressEntry,
        text: str | None = None,
        status: str = "",
        reason: str = "",
        nothing_new: bool = False,
    ) -> None:
        self.entry = entry
        initial = {
            "text": entry.text if text is None else text,
            "status": status or entry.status,
            "reason": reason or entry.reason,
            "nothing_new": nothing_new,
        }
        super().__init__(data, initial=initial)
        self.fields["reason"].depends = True  # type: ignore[attr-defined]

    @property
    def began_from(self) -> int:
        """The version that the writer began from; the present one where the form did not bring any."""
        said = self.cleaned_data if self.is_bound else {}
        version: int = said.get("version", self.entry.version)
        return version

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be put right: the id of the field to go to, and the message."""
        places = {"status": "id_status_0", "version": "id_text"}
        return [
            (places.get(name, f"id_{name}"), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Refuse to drop words: 'nothing new' beside a text that was changed. What is not pursued needs a reason."""
        said = self.cleaned_data
        if said.get("status") == ProgressEntry.Status.NOT_PURSUED and not said.get("reason"):
            self.add_error("reason", WHY_NOT)
        began_here = said.get("version") == self.entry.version
        if said.get("nothing_new") and began_here and said.get("text", self.entry.text) != self.entry.text:
            raise ValidationError(
                {
                    "nothing_new": "You changed the account and ticked 'Nothing new this time'. "
                    "Untick it to save what you wrote."
                }
            )
        return said


class SendBackForm(forms.Form):
    """Why the progress of an action is sent back, and the version that was read."""

    reason = forms.CharField(
        label="What is to be changed",
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
        help_text="Those who update the action see this until they save again.",
        error_messages={"required": "Say why, so that they know what to change."},
    )
    version = forms.IntegerField(
        min_value=0,
        max_value=LARGEST_VERSION,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OUT_OF_DATE),
    )


class FilterForm(forms.Form):
    """Which actions to list. The choices are those that some action has."""

    priority = forms.ChoiceField(label="Priority", required=False)
    partner = forms.ChoiceField(label="Partner, leading or named", required=False)
    status = forms.ChoiceField(label="Status", required=False)
    mine = forms.BooleanField(label="Only mine", required=False)

    def __init__(self, data: Any, *, lines: Iterable[ActionLine], own: str) -> None:
        super().__init__(data)
        self.own = own
        listed = list(lines)
        priorities = {line.priority_slug: line.priority for line in listed}
        partners = {line.lead_slug: line.lead for line in listed if line.lead_slug}
        for line in listed:
            partners |= dict(zip(line.partner_slugs, line.partners, strict=True))
        used = {line.status for line in listed}
        statuses = [(value, label) for value, label in ProgressEntry.Status.choices if value in used]
        by_name = sorted(partners.items(), key=lambda partner: partner[1].casefold())
        self.offer("priority", "All priorities", priorities.items())
        self.offer("partner", "All partners", by_name)
        self.offer("status", "Every status", statuses)
        if not own:
            del self.fields["mine"]

    @property
    def selects(self) -> list[forms.BoundField]:
        """The fields that offer a choice, for the template."""
        return [self[name] for name in ("priority", "partner", "status")]

    def offer(self, name: str, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]
