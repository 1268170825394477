"""The forms by which a report is opened, dated and introduced."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.periods import NotAPeriod, Period, parse
from priorities import key_messages
from priorities.models import ReportingCycle
from priorities.opening import Dates
from priorities.summaries import figures_in

NO_DAY = "Enter a day, such as 30 June 2019."
EVERY = 3


def day(label: str, help_text: str) -> forms.DateField:
    """A day, by the browser's own calendar or typed."""
    widget = forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=widget,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )


class DatesForm(forms.Form):
    """The months and days of a report. Once valid, `dates` holds them."""

    dates: Dates

    period = forms.CharField(
        label="Months reported",
        max_length=60,
        help_text="Any run of months, such as year to April 2019, or January 2019 to March 2019.",
        error_messages={"required": "Say which months, such as year to April 2019."},
    )
    progress_to = day("Progress is told up to", "The last day that updates are about.")
    due = day("Updates are wanted by", "Reminders go out before and after this day.")
    data_due = day("Figures are wanted by", "What should be in by this day is listed as missing until it is.")
    meeting = day("Meeting", "The report is called after the month of its meeting.")

    def clean_period(self) -> Period:
        try:
            return parse(self.cleaned_data["period"])
        except NotAPeriod as problem:
            raise ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if set(self.fields) <= set(said):
            self.dates = Dates(**said)
            for field, fault in self.dates.faults():
                self.add_error(field, fault)
        return said


def dates_of(cycle: ReportingCycle) -> dict[str, Any]:
    """What the form begins with for a report that is there."""
    return {"period": cycle.period.label} | {
        name: getattr(cycle, name) for name in ("progress_to", "due", "data_due", "meeting")
    }


def next_dates(before: ReportingCycle | None) -> dict[str, Any]:
    """What the form begins with for the next report: everything a quarter later than the last time, as far as the
    calendar reaches."""
    if before is None:
        return {}
    days = {name: getattr(before, name) for name in ("progress_to", "due", "data_due", "meeting")}
    try:
        later = {name: a_quarter_after(value) for name, value in days.items() if value}
        return {"period": before.period.shifted(EVERY).label} | later
    except NotAPeriod:
        return {}


def a_quarter_after(day_: date) -> date:
    """The same day three months later; the last of the month where the day was one, or where that month is shorter."""
    month = Period.of(day_.year, day_.month).shifted(EVERY).end
    is_last = day_ == Period.of(day_.year, day_.month).end
    return month if is_last else month.replace(day=min(day_.day, month.day))


class KeyMessagesForm(forms.Form):
    """Up to three key messages, a box each, with those that the writer began from."""

    before = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, messages: list[str]) -> None:
        super().__init__(data, initial={"before": messages})
        for number in range(1, key_messages.MOST + 1):
            self.fields[f"message_{number}"] = forms.CharField(
                label=f"Message {number}",
                required=False,
                max_length=key_messages.CHARACTERS,
                initial=messages[number - 1] if number <= len(messages) else "",
                widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
            )

    @property
    def messages(self) -> list[str]:
        said = self.cleaned_data
        return [said[name] for name in self.fields if name != "before" and said.get(name)]

    def clean_before(self) -> list[str]:
        before = self.cleaned_data["before"] or []
        if not isinstance(before, list) or not all(isinstance(each, str) for each in before):
            raise ValidationError("The page was out of date. Read what is below, then save again.")
        return before

    def clean(self) -> dict[str, Any]:
        for name, text in list(self.cleaned_data.items()):
            words = len(text.split()) if name != "before" else 0
            if words > key_messages.LONGEST:
                self.add_error(name, f"This has {words} words. At most {key_messages.LONGEST} can be kept.")
            for figure in figures_in([text] if name != "before" else []).values():
                if figure.fault:
                    self.add_error(name, f"[[{figure.reference}]]: {figure.fault}")
        return self.cleaned_data
