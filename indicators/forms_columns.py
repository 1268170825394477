"""The form that says what the columns of a table are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from indicators.extracts.formats.mapped_heads import Head, Look, without_marks
from indicators.extracts.formats.mapped_proposal import measures_in, signs_in
from indicators.extracts.formats.mapped_totals import is_total
from indicators.extracts.formats.mapping import THOUSANDS, Column, Mapping
from indicators.extracts.register import Register, simple

NOT_CHOSEN = ("", "Choose")
LAYOUTS = (
    ("periods", "A period each"),
    ("areas", "An area or a site each"),
    ("indicators", "What they count"),
    ("long", "Nothing: there is only one"),
)
HEADS = (
    ("one", "Beside each month or quarter"),
    ("above", "In the row above the names"),
    ("below", "In the row of names; months below it"),
    ("title", "In the title only"),
)
ROLES = (
    ("area", "Names of areas or sites"),
    ("period", "Periods"),
    ("indicator", "What is counted"),
    ("value", "Figures"),
    ("total", "Totals of the figures"),
    ("out", "Left out"),
)
PARTS = (("", "Areas"), ("parts", "Sites: parts of one area"))
YEARS = (
    ("0", "As written: 2018/19 in April"),
    ("1", "In January"),
    ("4", "In April"),
    ("7", "In July"),
    ("9", "In September"),
    ("10", "In October"),
)
UNITS = (("", "Numbers"), (THOUSANDS, "Thousands"), ("%", "Per cent"), ("£", "Pounds"))
LEFT_OUT = ("out", "Left out")
MISSING = (
    ("suppressed", "Suppressed"),
    ("not_available", "Not available"),
    ("not_applicable", "Not applicable"),
    ("zero", "Zero"),
)
BLANKS = (("", "No figure is given"), *MISSING)
SIGNS = (NOT_CHOSEN, *MISSING, ("low", "More than zero, rounded to it"))
BESIDE = (
    NOT_CHOSEN,
    ("provisional", "Provisional"),
    ("revised", "Revised"),
    ("estimated", "Estimated"),
    ("unreliable", "Unreliable"),
    ("said", "A mark of a footnote"),
)
ROWS = (("value", "An area"), ("total", "A total of rows above"), ("out", "Left out"))
MOST_NAMES = 20
EXAMPLES = 3


class ColumnsForm(forms.Form):
    """What each column is, and what holds for all. Once valid, `mapping` says it."""

    mapping: Mapping

    supplier = forms.CharField(
        label="Supplier",
        max_length=100,
        help_text="Who sends this table. The next one of the kind is then known.",
        error_messages={"required": "Say who sends this table."},
        widget=forms.TextInput(attrs={"list": "suppliers", "class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    indicator = forms.ChoiceField(label="Indicator", required=False, help_text="Where the table holds only one.")
    layout = forms.ChoiceField(label="Columns of figures are named after", choices=LAYOUTS)
    heads = forms.ChoiceField(label="Where the year stands", choices=HEADS)
    parts = forms.ChoiceField(label="Rows are named after", choices=PARTS, required=False)
    area = forms.ChoiceField(
        label="Area of all figures", required=False, help_text="Where the table names none, or only parts of one."
    )
    total_area = forms.ChoiceField(
        label="Total rows are kept as figures of",
        required=False,
        help_text="They are compared with their parts in any case.",
    )
    year_start = forms.TypedChoiceField(label="Years and their quarters begin", choices=YEARS, coerce=int)
    unit = forms.ChoiceField(label="The figures are", choices=UNITS, required=False)
    blank = forms.ChoiceField(label="An empty cell means", choices=BLANKS, required=False)

    def __init__(self, *args: Any, look: Look, register: Register, said: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look, self.register, self.said = look, register, said
        self.indicators = [(known.slug, known.name) for known in sorted(register.indicators, key=lambda i: i.name)]
        areas = [(area.code, area.name) for area in sorted(register.areas, key=lambda area: area.name)]
        for name, choices, none in (
            ("indicator", self.indicators, "Choose"),
            ("area", areas, "Named in the table"),
            ("total_area", areas, "None: only compared"),
        ):
            self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = not field.required  # type: ignore[attr-defined]
        for name in ("supplier", "indicator", "layout", "heads", "area", "total_area", "year_start", "unit", "blank"):
            self.initial.setdefault(name, getattr(said, name))
        self.initial.setdefault("parts", "parts" if said.parts else "")
        self.heads_now = look.heads(self.text("heads"))  # type: ignore[arg-type]
        self.columns = [self.add_column(head) for head in self.heads_now]
        self.beside = {found.sign for found in signs_in(look, said) if found.beside}
        self.signs = list(dict.fromkeys([*(found.sign for found in signs_in(look, said)), *dict(said.signs)]))
        self.measures = measures_in(self.heads_now) if self.text("layout") == "periods" else ()
        self.add_measures()
        self.add_signs()
        self.add_names()

    def text(self, name: str) -> str:
        """What a select says, before the form is checked; what was proposed where it says nothing possible."""
        given = str(self.data.get(name, "")) if self.is_bound else ""
        known = {str(key) for key, _ in self.fields[name].choices}  # type: ignore[attr-defined]
        return given if given in known else str(self.initial.get(name, self.fields[name].initial))

    def add(self, name: str, label: str, choices: Sequence[tuple[str, str]], initial: str, hint: str = "") -> str:
        """A select of its own; its name."""
        field = forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, help_text=hint)
        field.depends = True  # type: ignore[attr-defined]
        self.fields[name] = field
        return name

    def add_column(self, head: Head) -> str:
        known = self.said.column(head.key)
        role = known.role if known else "value" if head.is_period else "out"
        cells = [row.cells[head.at - 1].strip() or "(empty)" for row in self.look.below(self.said.heads)[:EXAMPLES]]
        name = self.add(f"column_{head.at}", title(head), ROLES, role, ", ".join(cells)[:100])
        if self.text("layout") == "indicators" and self.text(name) == "value":
            slugs = [NOT_CHOSEN, *self.indicators]
            self.add(f"counts_{head.at}", f"What {title(head)} counts", slugs, known.indicator if known else "")
        return name

    def add_measures(self) -> None:
        """A select for each thing that the columns have of their periods."""
        slugs = dict(self.said.measures)
        for number, measure in enumerate(self.measures):
            choices = [NOT_CHOSEN, LEFT_OUT, *self.indicators]
            self.add(f"measure_{number}", f"“{measure}” counts", choices, slugs.get(simple(measure), ""))

    def add_signs(self) -> None:
        meant = dict(self.said.signs)
        for number, sign in enumerate(self.signs):
            meaning = meant.get(sign, "")
            beside = sign in self.beside or meaning in dict(BESIDE[1:])
            label = f"“{sign}” beside a number means" if beside else f"“{sign}” means"
            self.add(f"sign_{number}", label, BESIDE if beside else SIGNS, meaning)

    def add_names(self) -> None:
        """Selects for the rows that may be no area, and for what a column of indicators says."""
        roles = {column.role: column.name for column in self.said.columns}
        self.row_names, self.counted = self.cells(roles.get("area")), self.cells(roles.get("indicator"))
        known = dict(self.said.rows)
        parts = self.text("parts") == "parts"
        self.row_names = [n for n in self.row_names if is_total(n) or not (parts or self.register.area(n))][:MOST_NAMES]
        for number, name in enumerate(self.row_names):
            role = known.get(simple(name)) or ("total" if is_total(name) else "value")
            self.add(f"row_{number}", f"Rows named “{name}”", ROWS, role)
        slugs = dict(self.said.indicators)
        for number, name in enumerate(self.counted[:MOST_NAMES]):
            found = self.register.indicator(name)
            initial = slugs.get(simple(name)) or (found.slug if found else "")
            self.add(f"name_{number}", f"“{name}” counts", [NOT_CHOSEN, *self.indicators], initial)

    def cells(self, key: str | None) -> list[str]:
        """What stands in a column beside something else, each once."""
        head = next((head for head in self.heads_now if head.key == key), None)
        if head is None:
            return []
        rows = (row for row in self.look.below(self.said.heads) if sum(bool(cell.strip()) for cell in row.cells) > 1)
        texts = [without_marks(row.cells[head.at - 1]) for row in rows]
        return list(dict.fromkeys(text for text in texts if text))

    def fields_of(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def fields_of_columns(self) -> list[forms.BoundField]:
        """The selects of the columns that are not named after a period."""
        return [self[name] for name, head in zip(self.columns, self.heads_now, strict=True) if not head.is_period]

    @property
    def fields_of_periods(self) -> list[forms.BoundField]:
        return [self[name] for name, head in zip(self.columns, self.heads_now, strict=True) if head.is_period]

    @property
    def fields_of_measures(self) -> list[forms.BoundField]:
        """What each thing counts that the columns have of their periods."""
        return self.fields_of("measure_")

    @property
    def fields_of_rest(self) -> list[forms.BoundField]:
        """What holds for single names and signs."""
        return [field for prefix in ("counts_", "name_", "row_", "sign_") for field in self.fields_of(prefix)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.mapping = self.said_by(said)
            self.check(self.mapping)
        return said

    def said_by(self, said: dict[str, Any]) -> Mapping:
        roles = {head: said[name] for head, name in zip(self.heads_now, self.columns, strict=True)}
        periods = said["layout"] == "periods"
        columns = tuple(
            Column(head.key, role, said.get(f"counts_{head.at}", "") if role == "value" else "")
            for head, role in roles.items()
            if not (periods and role == "value" and head.is_period)
        )
        made = replace(
            self.said,
            columns=columns,
            parts=said["parts"] == "parts",
            signs=tuple((sign, said[f"sign_{n}"]) for n, sign in enumerate(self.signs) if said[f"sign_{n}"]),
            rows=self.pairs(said, "row_", self.row_names, usual="value"),
            indicators=self.pairs(said, "name_", self.counted[:MOST_NAMES]),
            measures=self.pairs(said, "measure_", self.measures),
            sheet=self.look.sheet,
            **{name: said[name] for name in self.initial if name in said and name != "parts"},
        )
        return replace(made, names=self.parts_of(made))

    def pairs(self, said: dict[str, Any], prefix: str, names: Sequence[str], usual: str = "") -> tuple[Any, ...]:
        found = ((simple(name), said.get(f"{prefix}{number}", "")) for number, name in enumerate(names))
        return tuple((name, role) for name, role in found if role not in ("", usual))

    def parts_of(self, made: Mapping) -> tuple[str, ...]:
        """The names of the parts in the first rows."""
        if not made.parts:
            return ()
        if made.layout == "areas":
            return tuple(head.label for head in self.heads_now if (c := made.column(head.key)) and c.role == "value")
        out = {name for name, _ in made.rows}
        key = next((column.name for column in made.columns if column.role == "area"), None)
        return tuple(name for name in self.cells(key) if not is_total(name) and simple(name) not in out)

    def check(self, made: Mapping) -> None:
        """What cannot be together, each at its select."""
        roles: list[str] = [column.role for column in made.columns]
        for role, called in (("area", "names of areas"), ("period", "periods"), ("indicator", "what is counted")):
            if roles.count(role) > 1:
                self.add_error(self.columns[0], f"Only one column can hold {called}.")
        if made.layout == "periods" and "period" in roles:
            self.add_error("layout", "Either columns are named after periods, or one column holds them.")
        if made.layout != "periods" and "period" not in roles:
            self.add_error("layout", "Say which column holds the periods, or that columns are named after them.")
        if made.layout == "long" and roles.count("value") != 1:
            self.add_error("layout", "Say which one column holds the figures.")
        if made.layout in ("areas", "indicators") and "value" not in roles:
            self.add_error("layout", "Say which columns hold figures.")
        if not made.area and (made.parts or ("area" not in roles and made.layout != "areas")):
            self.add_error("area", "Choose the area that the figures are of.")
        self.check_indicator(made, roles)

    def check_indicator(self, made: Mapping, roles: list[str]) -> None:
        if "indicator" in roles:
            return
        meant = dict(made.measures)
        for number, measure in enumerate(self.measures):
            if simple(measure) not in meant:
                self.add_error(f"measure_{number}", f"Say what “{measure}” counts, or that it is left out.")
        if meant and set(meant.values()) == {LEFT_OUT[0]}:
            self.add_error("measure_0", "Say what at least one of them counts.")
        if made.layout != "indicators":
            if not made.indicator and not meant:
                self.add_error("indicator", "Choose the indicator that the figures are of.")
            return
        for head in self.heads_now:
            column = made.column(head.key)
            if column and column.role == "value" and not column.indicator:
                self.add_error(f"counts_{head.at}", f"Say what {title(head)} counts.")


def title(head: Head) -> str:
    """A column as it is called on the page."""
    return " ".join(filter(None, (head.label, head.year, head.measure))) or f"Column {head.at}"
