"""The forms by which analysts say how figures are judged."""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, When

from indicators.analysis.usual_range import HELD_ON
from indicators.judged_changes import Change, Row
from indicators.judged_facts import KINDS, LABELS, MANY, linked_to
from indicators.models import Area, Event, Indicator, NewStart, Observation, SeriesBreak, Target
from indicators.pages import areas_held
from indicators.periods import Period

DATE = forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")
SENTENCES = forms.Textarea(attrs={"rows": 3, "spellcheck": "true"})
SHORT = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})
NOTHING_DIFFERS = "Nothing differs from what is recorded."
LONGEST_WHY = 1000


def why_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_WHY,
        widget=SENTENCES,
        help_text="It is kept with your name and the time.",
        error_messages={"required": "Say why."},
    )


class WithdrawForm(forms.Form):
    """Why something that was recorded is withdrawn."""

    why = why_field("Why it is withdrawn")

    def change(self, row: Row) -> Change:
        return Change(row, None, tuple(linked_to(row)), (), self.cleaned_data["why"])


class JudgingForm(forms.ModelForm):
    """Something about how the figures of an indicator are judged: new, or `row` with other words. Once valid,
    `change` is what it would record."""

    def __init__(self, data: Any = None, *, indicator: Indicator, by_name: str, row: Any = None) -> None:
        self.indicator, self.was = indicator, row
        made = {"recorded_by_name": by_name} | ({"indicator": indicator} if self.of_one else {})
        super().__init__(data, instance=copy(row) if row else self._meta.model(**made), initial=self.first(row))
        if row:
            self.fields["why"] = why_field("Why you change it")
        for name, field in self.fields.items():
            if name != "why":
                field.error_messages["required"] = f"Fill in ‘{field.label}’."
            if name in MANY:
                field.queryset = ticked_first(field.queryset, linked_to(row) if row else [indicator])  # type: ignore[attr-defined]
            if name in ("kind", "frequency"):
                field.choices = [("", "Choose"), *list(field.choices)[1:]]  # type: ignore[attr-defined]

    @property
    def of_one(self) -> bool:
        """Whether it belongs to one indicator, rather than to those that are ticked."""
        return "indicators" not in self._meta.fields  # type: ignore[operator]

    def first(self, row: Any) -> dict[str, Any]:
        """What a new one begins with."""
        return {} if row or self.of_one else {"indicators": [self.indicator.pk]}

    def linked(self) -> tuple[Indicator, ...]:
        return (self.indicator,) if self.of_one else tuple(self.cleaned_data["indicators"])

    @property
    def change(self) -> Change:
        was = tuple(linked_to(self.was))
        return Change(self.was, self.instance, was, self.linked(), self.cleaned_data.get("why", ""))

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.was and not self.errors:
            was, now = self.change.facts()
            if was == now:
                self.add_error(None, NOTHING_DIFFERS)

    def in_order(self, first: str, last: str, message: str) -> None:
        """Put a mistake at the second of two days where it is before the first."""
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end < start:
            self.add_error(last, message)


class BreakForm(JudgingForm):
    class Meta:
        model = SeriesBreak
        fields = ["title", "kind", "date", "first_comparable", "reason", "evidence", "indicators"]
        labels = LABELS[SeriesBreak]
        widgets = {
            "date": DATE,
            "first_comparable": DATE,
            "reason": SENTENCES,
            "evidence": SENTENCES,
            "indicators": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": "For charts, in a few words, such as New recording system.",
            "date": "",
            "first_comparable": "Often the same day; later where old and new were mixed for a while.",
            "reason": "In a sentence or two that a councillor understands.",
            "evidence": "Where that can be read: a report, a notice, a message with its date.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = True

    def clean(self) -> dict[str, Any]:
        self.in_order("date", "first_comparable", "Figures cannot compare again before the change.")
        return self.cleaned_data


class EventForm(JudgingForm):
    class Meta:
        model = Event
        fields = ["title", "kind", "starts", "ends", "evidence", "indicators"]
        labels = LABELS[Event]
        widgets = {"starts": DATE, "ends": DATE, "evidence": SENTENCES, "indicators": forms.CheckboxSelectMultiple}
        help_texts = {
            "title": "For charts, in a few words.",
            "ends": "Leave it empty for one day, or for what has gone on since.",
            "evidence": "Where that can be read.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = True

    def clean(self) -> dict[str, Any]:
        self.in_order("starts", "ends", "It ends before it begins.")
        return self.cleaned_data


class NewStartForm(JudgingForm):
    date = forms.TypedChoiceField(label=LABELS[NewStart]["date"], coerce=date.fromisoformat)

    class Meta:
        model = NewStart
        fields = ["date", "area", "reason"]
        labels = LABELS[NewStart]
        widgets = {"reason": SENTENCES}
        help_texts = {"reason": "What changed for good, so that earlier figures no longer say what is usual."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = held_in(self.indicator)  # type: ignore[attr-defined]
        self.fields["area"].empty_label = "Every area"  # type: ignore[attr-defined]
        periods = [(start.isoformat(), label) for start, label in beginnings(self.indicator)]
        if self.was and self.was.date.isoformat() not in dict(periods):
            periods.append((self.was.date.isoformat(), Period.of(self.was.date.year, self.was.date.month).label))
        self.fields["date"].choices = [("", "Choose a period"), *periods]  # type: ignore[attr-defined]
        if not periods:
            self.fields["date"].help_text = "No two months or quarters are held, so there are no limits to start anew."

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        day, area = said.get("date"), said.get("area")
        others = NewStart.objects.in_force().exclude(pk=self.instance.pk).filter(indicator=self.indicator)
        if day and any(area is None or other.area_id in (None, area.pk) for other in others.filter(date=day)):
            self.add_error("date", "Limits start anew there already with that period.")
        return said


class TargetForm(JudgingForm):
    class Meta:
        model = Target
        fields = ["area", "months", "value", "tolerance", "period_start", "period_end", "reason"]
        labels = LABELS[Target]
        widgets = {
            "months": forms.RadioSelect,
            "value": SHORT,
            "tolerance": SHORT,
            "period_start": DATE,
            "period_end": DATE,
            "reason": SENTENCES,
        }
        help_texts = {
            "months": "How long a period the figure is for. Only for months and quarters it can be told how reliably "
            "it is met.",
            "tolerance": "How far beyond it a figure still counts as meeting it. Leave it empty for none.",
            "period_start": "The first day of a month.",
            "period_end": "The last day of a month.",
            "reason": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = held_in(self.indicator)  # type: ignore[attr-defined]
        self.fields["months"].choices = Target.Each.choices  # type: ignore[attr-defined]
        self.fields["tolerance"].required = False
        if not self.was:
            self.initial.update({"area": self.indicator.area_id, "tolerance": None})

    def clean_value(self) -> Any:
        return self.fine_enough("value")

    def clean_tolerance(self) -> Any:
        tolerance = self.fine_enough("tolerance") or 0
        if tolerance < 0:
            raise forms.ValidationError("A tolerance is 0 or more.")
        return tolerance

    def fine_enough(self, name: str) -> Any:
        value, decimals = self.cleaned_data[name], self.indicator.decimals
        if value is not None and value != round(value, decimals):
            raise forms.ValidationError(f"Figures of this indicator have {decimals or 'no'} decimals.")
        return value

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self.in_order("period_start", "period_end", "It ends before it begins.")
        if {"area", "months", "period_start", "period_end"} <= said.keys():
            others = (
                Target.objects.in_force()
                .exclude(pk=self.instance.pk)
                .filter(
                    indicator=self.indicator,
                    area=said["area"],
                    months=said["months"],
                    period_start__lte=said["period_end"],
                    period_end__gte=said["period_start"],
                )
            )
            if others.exists():
                self.add_error("period_start", "Another target holds in some of that time. Withdraw or change it.")
        return said


class DefinitionForm(JudgingForm):
    class Meta:
        model = Indicator
        fields = list(LABELS[Indicator])
        labels = LABELS[Indicator]
        widgets = {
            "definition": SENTENCES,
            "caveat": SENTENCES,
            "read_together_note": SENTENCES,
            "final_expected": DATE,
            "next_review": DATE,
            "decimals": SHORT,
            "months_until_final": SHORT,
            "polarity": forms.RadioSelect,
            "read_together": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "definition": "In a sentence or two. Another count of the same thing is another indicator.",
            "counted": "Such as incident, offence, person.",
            "denominator": "",
            "polarity": "‘Neither’ where a rise may come from better recording.",
            "part_of": "What counts all that this one counts, and more. Files are compared with it.",
            "seasonal": "Its months or quarters differ by time of year; the season is taken out before it is judged.",
        }

    def __init__(self, data: Any = None, *, indicator: Indicator, by_name: str) -> None:
        super().__init__(data, indicator=indicator, by_name=by_name, row=indicator)
        together = self.fields["read_together"]
        together.queryset = together.queryset.exclude(pk=indicator.pk)  # type: ignore[attr-defined]
        whole = self.fields["part_of"]
        whole.queryset = whole.queryset.exclude(pk=indicator.pk)  # type: ignore[attr-defined]
        whole.empty_label = "No other indicator"  # type: ignore[attr-defined]
        self.fields["polarity"].choices = Indicator.Polarity.choices  # type: ignore[attr-defined]

    def linked(self) -> tuple[Indicator, ...]:
        return tuple(self.cleaned_data["read_together"])

    def clean_polarity(self) -> str:
        polarity: str = self.cleaned_data["polarity"]
        if polarity == Indicator.Polarity.NEITHER and self.indicator.targets.in_force().exists():
            raise forms.ValidationError("A target is set, and needs a way that is better. Withdraw the target first.")
        return polarity


FORMS: dict[str, type[JudgingForm]] = {
    KINDS[form.Meta.model]: form for form in (BreakForm, NewStartForm, TargetForm, EventForm)
}


def ticked_first(listed: Any, ticked: Iterable[Indicator]) -> Any:
    """Indicators by name, after those that are ticked already."""
    first = Case(When(pk__in=[each.pk for each in ticked], then=0), default=1)
    return listed.order_by(first, "name", "pk")


def held_in(indicator: Indicator) -> Any:
    """The areas that figures are held for and may be shown, and the one it is reported for."""
    shown, _ = areas_held(indicator)
    return Area.objects.filter(pk__in=[*(area.pk for area in shown), indicator.area_id])


def beginnings(indicator: Indicator) -> list[tuple[date, str]]:
    """The months or quarters, whichever there are more of, that limits may start anew with: the first day and the name
    of each, the latest first. Nothing starts anew with the first."""
    held = Observation.objects.filter(indicator=indicator, until__isnull=True)
    periods = {Period(start, end) for start, end in held.values_list("period_start", "period_end").distinct()}
    lengths = Counter(period.months for period in periods if period.months in HELD_ON)
    if not lengths:
        return []
    months = max(lengths, key=lambda length: (lengths[length], length))
    listed = sorted((period for period in periods if period.months == months), reverse=True)
    return [(period.start, period.label) for period in listed[:-1]]
