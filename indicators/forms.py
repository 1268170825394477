"""Forms of the indicators app."""

from collections.abc import Iterable
from typing import Any

from django import forms

from indicators.pages import IndicatorLine


class FindForm(forms.Form):
    """Which indicators to list: some words, a source."""

    q = forms.CharField(label="Words in the name", required=False, max_length=200)

    def __init__(self, data: Any, *, lines: Iterable[IndicatorLine]) -> None:
        super().__init__(data)
        self.lines = list(lines)
        publishers = sorted({line.source for line in self.lines})
        choices = [("", "All sources"), *((name, name) for name in publishers)]
        self.fields["source"] = forms.ChoiceField(label="Source", required=False, choices=choices)

    def found(self) -> list[IndicatorLine]:
        """The lines that match; what was asked for that does not exist counts for nothing."""
        self.is_valid()
        asked = self.cleaned_data.get("q", "").casefold().split()
        source = self.cleaned_data.get("source", "")
        return [
            line
            for line in self.lines
            if (not source or line.source == source)
            and all(word in f"{line.name} {line.counted}".casefold() for word in asked)
        ]
