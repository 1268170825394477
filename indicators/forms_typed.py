"""The forms by which figures are typed or pasted. What they make is a tidy file; its mistakes stand at the boxes."""

import io
import re
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.extracts.current import plan_of
from indicators.extracts.findings import Finding
from indicators.extracts.register import simple
from indicators.models import Area, Indicator, Observation, SourceEdition
from indicators.typed import Row, as_csv, columns_for, dressed, pasted

LONGEST_TEXT = 200_000
MOST_PROBLEMS = 20
FINAL = Observation.Status.FINAL


def mistakes_in(rows: Sequence[Row]) -> list[tuple[int | None, str, Finding]]:
    """What prevents the use of these rows: the number of the row from 0, the name of the column, what was found."""
    columns = columns_for(rows)
    errors = plan_of(io.BytesIO(as_csv(rows))).findings.of("error")
    return [
        (
            error.line - 2 if error.line and error.line > 1 else None,
            columns[error.column - 1] if error.column else "",
            error,
        )
        for error in errors
    ]


class FigureForm(forms.Form):
    """One figure. Once valid, `csv` is the file that holds it."""

    csv: bytes

    indicator = forms.ChoiceField(label="Indicator", error_messages={"required": "Choose an indicator."})
    area = forms.ChoiceField(label="Area", error_messages={"required": "Choose an area."})
    period = forms.CharField(
        label="In words",
        required=False,
        max_length=100,
        help_text="Such as 2018, year to January 2019, 2018/19 Q1 or Oct-Dec 2018.",
    )
    period_start = forms.CharField(
        label="Or its first day", required=False, max_length=40, help_text="Such as 01/04/2018"
    )
    period_end = forms.CharField(
        label="And its last day", required=False, max_length=40, help_text="Such as 31/03/2019"
    )
    value = forms.CharField(
        label="Value",
        required=False,
        max_length=100,
        help_text="Such as 1,234, about 3,100, over 7,000, 15 to 25 or 45.2%. Empty where the status says why there is "
        "none.",
    )
    status = forms.ChoiceField(label="Status", choices=Observation.Status.choices, initial=FINAL)
    coverage = forms.CharField(
        label="Coverage", required=False, max_length=200, help_text="Where not all is counted, such as 38 of 43 forces"
    )
    source_edition = forms.ChoiceField(label="Read in", required=False)
    note = forms.CharField(label="Page or note", required=False, max_length=1000, help_text="Such as page 12")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicators = Indicator.objects.values_list("slug", "name").order_by("name", "slug")
        areas = Area.objects.values_list("code", "name").order_by("name", "code")
        editions = SourceEdition.objects.values_list("slug", "title").order_by("title", "slug")
        for name, choices in (("indicator", indicators), ("area", areas), ("source_edition", editions)):
            self.fields[name].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        for name in ("period_start", "period_end"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"
        for name in ("period", "period_start", "period_end", "value"):
            self.fields[name].depends = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("period") and (said.get("period_start") or said.get("period_end")):
            self.add_error("period", "Give the period in words, or its first and last day, not both.")
        else:
            self.check(said)
        return said

    def check(self, said: dict[str, Any]) -> None:
        """Every mistake at its box; none at one that has one already."""
        plain = {name: " ".join(value.split()) for name, value in said.items()}
        row = dressed({**plain, "status": "" if plain.get("status") == FINAL else plain.get("status", "")})
        wrong = set(self.errors)
        for _, column, error in mistakes_in([row]):
            name = "value" if column in ("value_to", "qualifier") else column
            if name not in wrong:
                self.add_error(name if name in self.fields else None, error.message)
        self.csv = as_csv([row])


class RowsForm(forms.Form):
    """Rows pasted from a spreadsheet. Once valid, `csv` is the file that holds them."""

    csv: bytes

    rows = forms.CharField(
        label="Rows",
        max_length=LONGEST_TEXT,
        strip=False,
        help_text="Indicator, area, period, value, qualifier, source edition, page. The last three may be left out; a "
        "first row with the names of the columns is welcome, and then they may be in any order.",
        error_messages={"required": "Paste at least one row."},
        widget=forms.Textarea(attrs={"rows": 8, "class": "csa-pasted", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_rows(self) -> str:
        text: str = self.cleaned_data["rows"]
        titles = SourceEdition.objects.values_list("title", "slug")
        found = pasted(text, {simple(title): slug for title, slug in titles})
        problems = found.problems or self.problems_of(found.rows)
        if problems:
            more = len(problems) - MOST_PROBLEMS
            raise forms.ValidationError(problems[:MOST_PROBLEMS] + ([f"And {more} more."] if more > 0 else []))
        self.csv = as_csv([row for _, row in found.rows])
        return text

    def problems_of(self, rows: Sequence[tuple[int, Row]]) -> list[str]:
        """Each mistake with the row of the box and the name of the column."""
        said = []
        for at, column, error in mistakes_in([row for _, row in rows]):
            place = "" if at is None else f"Row {rows[at][0]}"
            name = column.replace("_", " ")
            message = with_rows(error, [number for number, _ in rows])
            said.append(": ".join(filter(None, (", ".join(filter(None, (place, name))), message))))
        return said


def with_rows(error: Finding, numbers: Sequence[int]) -> str:
    """The message of a finding, naming the row of the box where it names a line of the file that is made of it."""
    if error.code != "two-values":
        return error.message
    return re.sub(r"^Line ([0-9]+)", lambda found: f"Row {numbers[int(found[1]) - 2]}", error.message)
