"""The form of all the actions that a partner leads or is named in: one part for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.models import Partner
from actions import decisions
from actions.answers import Addition, Answer, MilestoneAnswer, NewLink, NewMilestone, NewOutput, OutputAnswer
from actions.forms import LARGEST_VERSION, OUT_OF_DATE
from actions.models import Contribution, Milestone, Output, ProgressEntry
from actions.services import WHY_NOT
from actions.text import tidy

STATUSES = [choice for choice in ProgressEntry.Status.choices if choice[0] != ProgressEntry.Status.NOT_STATED]
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]
IN_WHOLE = "Name it, its unit, how many and by when; or leave them all empty."
QUANTITIES = ("expected", "actual")
ONE_OF_TWO = "Write how many are expected or how many came of it. An output has one of them at least."


def version_field() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0,
        max_value=LARGEST_VERSION,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), OUT_OF_DATE),
    )


class Quantity(forms.DecimalField):
    """A number as people write it: 1500, 1,500, 1 500, £700,000, 45%."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_digits=15,
            decimal_places=4,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
            error_messages={"invalid": "Write a number, such as 1,500."},
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").translate({ord(sign): None for sign in " ,£%\u00a0"}))


def day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        input_formats=DAYS,
        error_messages={"invalid": "Write a day, such as 30/06/2019."},
    )


class PartForm(forms.Form):
    """What the parts of the form have in common: a prefix of their own, and fields of which none has to be filled in.
    With `draft` they begin with what somebody typed earlier and has not saved; `is_draft` says whether that is anything
    new."""

    def __init__(self, data: Any, *, key: str, initial: Mapping[str, Any], draft: Mapping[str, str] | None) -> None:
        super().__init__(data, prefix=key, initial=dict(initial), use_required_attribute=False)
        self.key, self.is_draft = key, False
        self.add_fields()
        for name, field in self.fields.items():
            field.depends = True  # type: ignore[attr-defined]
            if draft is not None and self.add_prefix(name) in draft:
                self.is_draft |= draft[self.add_prefix(name)].split() != str(self.initial.get(name, "")).split()
                self.initial[name] = draft[self.add_prefix(name)]

    def add_fields(self) -> None:
        """Add the fields that depend on what the part is about."""

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be put right: the id of the field to go to, and the message."""
        return [
            (self[name].id_for_label or f"{self[name].auto_id}_0", str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


class AnswerForm(PartForm):
    """The account and status of one action, and what may come with it: outputs and steps in `outputs` and
    `milestones`, what partners added in `contributions`. `began` holds quantities of outputs, by key and name, that
    have been changed since the writer began."""

    text = forms.CharField(
        label="What has happened",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}),
    )
    nothing_new = forms.BooleanField(label="Nothing new this time", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=STATUSES, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why it is not pursued", required=False, max_length=500)
    version = version_field()
    question = forms.CharField(
        label="Ask the governing group for a decision",
        help_text="One question that can be answered at a meeting.",
        required=False,
        max_length=decisions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    output_name = forms.CharField(label="What", required=False, max_length=200)
    output_unit = forms.CharField(label="Counted in", required=False, max_length=60)
    output_expected = Quantity("How many are expected")
    output_actual = Quantity("How many came of it")
    output_by = day("By when")
    milestone_title = forms.CharField(label="What", required=False, max_length=300)
    milestone_due = day("By when")
    link_title = forms.CharField(label="What it is", required=False, max_length=200)
    link_url = forms.CharField(
        label="Address",
        help_text="Beginning with https://",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        entry: ProgressEntry,
        outputs: list[Output],
        milestones: list[Milestone],
        contributions: list[Contribution],
        draft: Mapping[str, str] | None = None,
        began: Mapping[tuple[int, str], Decimal | None] | None = None,
    ) -> None:
        self.began = began or {}
        self.entry, self.outputs, self.milestones, self.contributions = entry, outputs, milestones, contributions
        initial = {name: getattr(entry, name) for name in ("text", "status", "reason", "version")}
        super().__init__(data, key=entry.action.key, initial=initial, draft=draft)

    def add_fields(self) -> None:
        for output in self.outputs:
            self.fields[f"actual-{output.pk}"] = Quantity("Actual")
            self.fields[f"expected-{output.pk}"] = Quantity("Expected")
            self.initial[f"actual-{output.pk}"] = as_text(output.actual)
            self.initial[f"expected-{output.pk}"] = as_text(output.expected)
        for milestone in self.milestones:
            if milestone.done:
                self.fields[f"reopen-{milestone.pk}"] = forms.BooleanField(label="Not done after all", required=False)
            else:
                self.fields[f"done-{milestone.pk}"] = forms.BooleanField(label="Done", required=False)
                self.fields[f"due-{milestone.pk}"] = day("New date, if it moves")
        for each in self.contributions:
            self.fields[f"take-{each.pk}"] = forms.BooleanField(label="Put this into the account", required=False)

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"])

    def clean_link_url(self) -> str:
        url: str = self.cleaned_data["link_url"]
        if url:
            try:
                URLValidator(schemes=["https"])(url)
            except ValidationError as wrong:
                raise ValidationError("Write the whole address, beginning with https://.") from wrong
        return url

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("status") == ProgressEntry.Status.NOT_PURSUED and not said.get("reason"):
            self.add_error("reason", WHY_NOT)
        began_here = said.get("version") == self.entry.version
        if said.get("nothing_new") and began_here and said.get("text") not in ("", self.entry.text):
            self.add_error(
                "nothing_new",
                "You changed the account and ticked 'Nothing new this time'. Untick it to save what you wrote.",
            )
        how_many = "output_actual" if said.get("output_actual") is not None else "output_expected"
        self.check_whole(("output_name", "output_unit", how_many, "output_by"), IN_WHOLE)
        self.check_whole(("milestone_title", "milestone_due"), "Write both what it is and by when.")
        for output in self.outputs:
            places = {name: f"{name}-{output.pk}" for name in QUANTITIES}
            if not any(place in self.errors for place in places.values()) and self.is_emptied(output):
                self.add_error(places["expected"], ONE_OF_TWO)
        self.check_whole(("link_title", "link_url"), "Write both the address and what it is.")
        return said

    def check_whole(self, names: tuple[str, ...], message: str) -> None:
        """Fields that only make sense together."""
        empty = [name for name in names if self.cleaned_data.get(name) in (None, "") and name not in self.errors]
        if empty and len(empty) < len(names) and not any(name in self.errors for name in names):
            self.add_error(empty[0], message)

    @property
    def answer(self) -> Answer:
        """What a valid form says. An output or a step that is as it was says nothing."""
        said = self.cleaned_data
        outputs = (self.said_of(each) for each in self.outputs)
        milestones = (
            MilestoneAnswer(each.pk, reopened=said[f"reopen-{each.pk}"])
            if each.done
            else MilestoneAnswer(each.pk, said[f"done-{each.pk}"], unless(said[f"due-{each.pk}"], each.due))
            for each in self.milestones
        )
        return Answer(
            key=self.key,
            expected_version=said["version"],
            text=said["text"],
            status=said["status"],
            reason=said["reason"],
            nothing_new=said["nothing_new"],
            outputs=tuple(each for each in outputs if each != OutputAnswer(each.pk)),
            new_output=self.new_output,
            milestones=tuple(each for each in milestones if each != MilestoneAnswer(each.pk)),
            new_milestone=self.new_milestone,
            question=said["question"],
            link=NewLink(said["link_title"], said["link_url"]) if said["link_url"] else None,
            take_over=tuple(each.pk for each in self.contributions if said[f"take-{each.pk}"]),
        )

    @property
    def new_output(self) -> NewOutput | None:
        said = self.cleaned_data
        by: date | None = said["output_by"]
        if by is None:
            return None
        return NewOutput(said["output_name"], said["output_unit"], said["output_expected"], by, said["output_actual"])

    @property
    def new_milestone(self) -> NewMilestone | None:
        due: date | None = self.cleaned_data["milestone_due"]
        return NewMilestone(self.cleaned_data["milestone_title"], due) if due else None

    def changed_of(self, output: Output) -> dict[str, Decimal | None]:
        """The quantities of an output that are not what the writer began from; None for one whose box was emptied. What
        was not sent, as by a spreadsheet, says nothing."""
        places = {name: f"{name}-{output.pk}" for name in QUANTITIES}
        said = {name: self.cleaned_data[at] for name, at in places.items() if self.add_prefix(at) in self.data}
        began = {name: self.began.get((output.pk, name), getattr(output, name)) for name in QUANTITIES}
        return {name: value for name, value in said.items() if value != began[name]}

    def said_of(self, output: Output) -> OutputAnswer:
        changed = self.changed_of(output)
        cleared = tuple(name for name, value in changed.items() if value is None)
        return OutputAnswer(output.pk, changed.get("expected"), changed.get("actual"), cleared)

    def is_emptied(self, output: Output) -> bool:
        """Whether nothing would be left of an output."""
        left = {name: getattr(output, name) for name in QUANTITIES} | self.changed_of(output)
        return all(value is None for value in left.values())


class AdditionForm(PartForm):
    """What a named partner adds for the lead of one action."""

    addition = forms.CharField(
        label="For the lead",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
    )
    addition_version = version_field()

    def __init__(
        self, data: Any = None, *, key: str, held: Contribution | None, draft: Mapping[str, str] | None = None
    ) -> None:
        initial = {"addition": held.text if held else "", "addition_version": held.version if held else 0}
        super().__init__(data, key=key, initial=initial, draft=draft)

    def clean_addition(self) -> str:
        return tidy(self.cleaned_data["addition"])

    @property
    def answer(self) -> Addition:
        """What a valid form says."""
        return Addition(self.key, self.cleaned_data["addition"], self.cleaned_data["addition_version"])


class ViaForm(forms.Form):
    """Whose words the coordinator enters, and how they came: those of one partner, or of one among several."""

    TIDIED = "tidied"
    via = forms.ChoiceField(
        label="Whose words are these?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whose words these are."},
    )
    from_partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Which partner",
        required=False,
        to_field_name="slug",
        empty_label="Choose a partner",
    )

    def __init__(
        self, data: Any = None, *, partners: Sequence[Partner], draft: Mapping[str, Any] | None = None, via: str = ""
    ) -> None:
        super().__init__(data, initial={"via": (draft or {}).get("via", via)}, use_required_attribute=False)
        self.partners = partners
        whom = partners[0].name if len(partners) == 1 else "a partner"
        self.fields["via"].choices = [  # type: ignore[attr-defined]
            ("email", f"From {whom}, by email"),
            ("phone", f"From {whom}, by phone"),
            ("meeting", f"From {whom}, at a meeting"),
            (self.TIDIED, "Mine: I tidied the text"),
        ]
        if len(partners) == 1:
            del self.fields["from_partner"]
        else:
            among = Partner.objects.filter(pk__in=[each.pk for each in partners]).order_by("name")
            self.fields["from_partner"].queryset = among  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("via") == self.TIDIED:
            said["from_partner"] = None
        elif len(self.partners) == 1:
            said["from_partner"] = self.partners[0]
        elif said.get("via") and not said.get("from_partner") and "from_partner" not in self.errors:
            self.add_error("from_partner", "Say which partner they came from.")
        return said

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be put right: the id of the field to go to, and the message."""
        places = {"via": "id_via_0"}
        return [
            (places.get(name, f"id_{name}"), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    @property
    def answer(self) -> str:
        """The way they came; '' for the coordinator's own."""
        said: str = self.cleaned_data["via"]
        return "" if said == self.TIDIED else said

    @property
    def partner(self) -> Partner | None:
        """Whose words they are; None for the coordinator's own."""
        found: Partner | None = self.cleaned_data["from_partner"]
        return found


def as_text(value: Decimal | None) -> str:
    """A quantity as it would be typed: '1500', '4.5'; '' for none."""
    return "" if value is None else f"{value.normalize():f}"


def unless(said: Any, held: Any) -> Any:
    """What is said, or None where it is what is held already."""
    return None if said == held else said
