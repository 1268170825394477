"""Forms about decisions."""

from typing import Any

from django import forms

from actions.decisions import LONGEST
from actions.models import Action, Decision
from priorities.models import Priority, ReportingCycle

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AskForm(forms.Form):
    """A question to the governing group, about an action, a priority or the agreement as a whole."""

    question = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One question that can be answered at a meeting.",
        error_messages={"required": "Write a question."},
    )
    asked_by = forms.CharField(
        label="Asked by",
        max_length=200,
        help_text="A partner or group, as the papers will name it.",
        error_messages={"required": "Say who asks."},
    )
    about = forms.ChoiceField(required=False, help_text="An action, or a priority, or neither.")

    def __init__(self, data: Any, *, cycle: ReportingCycle, asked_by: str) -> None:
        super().__init__(data, initial={"asked_by": asked_by})
        self.priorities = {
            f"priority-{p.pk}": p for p in Priority.objects.filter(agreement=cycle.agreement_id).order_by("number")
        }
        listed = Action.objects.filter(priority__agreement=cycle.agreement_id).select_related("priority")
        self.actions = {f"action-{a.pk}": a for a in listed.order_by("priority__number", "order", "key")}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "The agreement as a whole"),
            ("Priorities", [(key, priority.title) for key, priority in self.priorities.items()]),
            ("Actions", [(key, f"{action.priority}: {action}") for key, action in self.actions.items()]),
        ]

    @property
    def chosen(self) -> dict[str, Priority | Action | None]:
        """What the question is about, as `actions.decisions.ask` takes it."""
        about = self.cleaned_data["about"]
        return {"priority": self.priorities.get(about), "action": self.actions.get(about)}


class AnswerForm(forms.Form):
    """What was decided, when, where, and where it stands in the minutes."""

    answer = forms.CharField(
        label="What was decided",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was decided."},
    )
    answered_on = forms.DateField(
        label="On which day", widget=DATE, error_messages={"required": "Say when.", "invalid": "Not a date."}
    )
    meeting = forms.CharField(label="At which meeting", max_length=200, required=False)
    minute = forms.CharField(
        label="Minute reference", max_length=100, required=False, help_text="Such as ‘item 4’ or ‘27/19’."
    )

    def __init__(self, data: Any, *, decision: Decision) -> None:
        cycle = decision.cycle
        group = cycle.agreement.governing_group
        initial = {
            "answer": decision.answer,
            "answered_on": decision.answered_on or cycle.meeting,
            "meeting": decision.meeting or group,
            "minute": decision.minute,
        }
        super().__init__(data, initial=initial)


class WithdrawForm(forms.Form):
    """Why a question is no longer asked."""

    why = forms.CharField(
        label="Why it is no longer asked",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write a reason."},
    )
