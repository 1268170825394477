"""Which indicators the page on how current they are shows."""

from collections.abc import Iterable
from typing import Any

from django import forms

from indicators.analysis.currency import Standing
from indicators.currency_lines import CurrencyLine

SHOWN = {
    "overdue": Standing.OVERDUE,
    "silent": Standing.SILENT,
    "nothing-held": Standing.NOTHING_HELD,
    "up-to-date": Standing.UP_TO_DATE,
    "irregular": Standing.IRREGULAR,
}
PROVISIONAL = "provisional"


class CurrencyForm(forms.Form):
    """Each choice says how many there are."""

    def __init__(self, data: Any, *, lines: Iterable[CurrencyLine]) -> None:
        super().__init__(data)
        self.lines = list(lines)
        late = sum(1 for line in self.lines if line.provisional)
        choices = [
            ("", f"All ({len(self.lines)})"),
            *((name, f"{standing.value} ({self.count(standing)})") for name, standing in SHOWN.items()),
            (PROVISIONAL, f"Provisional past its date ({late})"),
        ]
        self.fields["show"] = forms.ChoiceField(label="Show", required=False, choices=choices)

    def count(self, standing: Standing) -> int:
        return sum(1 for line in self.lines if line.state.standing is standing)

    def found(self) -> list[CurrencyLine]:
        """The lines asked for; what was asked for that does not exist counts for nothing."""
        self.is_valid()
        asked = self.cleaned_data.get("show", "")
        if asked == PROVISIONAL:
            return [line for line in self.lines if line.provisional]
        return [line for line in self.lines if not asked or line.state.standing is SHOWN[asked]]
