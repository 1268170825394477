"""The form by which one cell of a file is corrected."""

from typing import Any

from django import forms

from indicators.extracts.correcting import LONGEST_REASON
from indicators.extracts.cutting import LONGEST_CELL, CellPlace

MOST_LINES = 2**31 - 1


class CellForm(forms.Form):
    """What a cell is to be read as, and why. `was` is what was shown beside the box."""

    line = forms.IntegerField(min_value=1, max_value=MOST_LINES, widget=forms.HiddenInput)
    column = forms.IntegerField(min_value=1, max_value=MOST_LINES, widget=forms.HiddenInput)
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    now = forms.CharField(label="Correct to", required=False, max_length=LONGEST_CELL)
    why = forms.CharField(
        label="Why", max_length=LONGEST_REASON, error_messages={"required": "Say why the cell is corrected."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["now"].depends = True  # type: ignore[attr-defined]
        for name in ("now", "why"):
            self.fields[name].widget.attrs["spellcheck"] = "false"

    @classmethod
    def at(cls, place: CellPlace, was: str) -> "CellForm":
        """The form of a cell that holds `was`."""
        return cls(initial={**place._asdict(), "was": was, "now": was}, auto_id=id_at(place))

    @property
    def place(self) -> CellPlace | None:
        """The cell that was sent; None where it is none."""
        said = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else {}
        return CellPlace(said["line"], said["column"]) if {"line", "column"} <= said.keys() else None


def id_at(place: CellPlace) -> str:
    """How the boxes of a cell are called on the page."""
    return f"cell-{place.line}-{place.column}-%s"
