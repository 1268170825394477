"""What the columns of a table probably are, from its first rows: a proposal for somebody to correct."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from indicators.extracts import values
from indicators.extracts.formats.columns import name_of
from indicators.extracts.formats.mapped_heads import Head, Look, names_period, without_marks, words_of
from indicators.extracts.formats.mapped_totals import is_total, named_by
from indicators.extracts.formats.mapping import THOUSANDS, Column, Heads, Layout, Mapping, Role
from indicators.extracts.register import Register, simple

AREAS = re.compile(r"\b(?:area|district|borough|ward)s?\b")
SHARES = ("percentage", "rate")
SHARE = re.compile(r"%|per ?cent|pct|proportion|share|rate", re.IGNORECASE)
IN_THOUSANDS = re.compile(r"\bthousands\b|(?<![0-9,.])(?<![0-9][ \u00a0])[£(']{0,2}000'?s?\b", re.IGNORECASE)
HEADS: tuple[Heads, ...] = ("one", "above", "below", "title")
PLACES = re.compile(
    r"\b(?:site|shop|one stop shop|venue|centre|office|station|hub|clinic|location|branch|team|service|provider|"
    r"category|type|group)s?\b"
)
# What older signs usually mean. What '-' means nobody can guess.
USUAL = {
    "*": "suppressed", "**": "suppressed", "#": "suppressed", "c": "suppressed", "~": "low", "n/a": "not_available",
    "na": "not_available", "n.a.": "not_available", "null": "not_available", "x": "not_available",
    "z": "not_applicable", "nil": "zero", "none": "zero", "suppressed": "suppressed", "withheld": "suppressed",
    "closed": "not_available", "no data": "not_available", "not available": "not_available", "tbc": "not_available",
    "not known": "not_available", "unknown": "not_available", "not applicable": "not_applicable",
}  # fmt: skip
# And after a number.
BESIDE = {"p": "provisional", "r": "revised", "e": "estimated", "u": "unreliable", "*": "said", "†": "said"}
MOST_SIGNS = 12


def propose(look: Look, register: Register, file: str = "") -> Mapping:
    """A mapping without a supplier. What cannot be guessed is left empty; `file` is the name of the file."""
    heads = max(HEADS, key=lambda heads: score(look, heads))
    return Proposal(look, register, heads, file).mapping()


def score(look: Look, heads: Heads) -> tuple[int, bool, int]:
    """Two rows that make periods together go before one that does alone; one goes before any that makes none."""
    dated = dated_in(look, heads)
    return dated, bool(dated) and heads != "one", -HEADS.index(heads)


def dated_in(look: Look, heads: Heads) -> int:
    """How many columns name a period: on one row whole, else in two parts."""
    return sum(head.is_dated and head.apart != (heads == "one") for head in look.heads(heads))


def signs_in(look: Look, mapping: Mapping) -> tuple[values.Unclear, ...]:
    """The signs and words that stand among the figures, or beside them, and may mean several things, in the order they
    are met."""
    columns = [head.at for head in look.heads(mapping.heads) if is_of_figures(head, mapping)]
    cells = (row.cells[at - 1].strip() for row in look.below(mapping.heads) for at in columns)
    found = (values.unclear_in(cell) for cell in cells if cell and not names_period(cell))
    return tuple(dict.fromkeys(sign for sign in found if sign))[:MOST_SIGNS]


def usual(found: values.Unclear) -> str:
    """What a sign usually means; nothing where nobody can guess."""
    sign = found.sign.casefold()
    if found.beside:
        return BESIDE.get(sign.strip("()"), "")
    return USUAL.get(sign, "suppressed" if sign.startswith("<") else "")


def measures_in(heads: Sequence[Head]) -> tuple[str, ...]:
    """What columns have of their periods, each once."""
    return tuple(dict.fromkeys(head.measure for head in heads if head.measure))


def is_of_figures(head: Head, mapping: Mapping) -> bool:
    said = mapping.column(head.key)
    return said.role in ("value", "total") if said else head.is_period


@dataclass
class Proposal:
    """Looks at the columns one after another."""

    look: Look
    register: Register
    headed: Heads
    file: str

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        return self.look.heads(self.headed)

    def cells(self, head: Head) -> list[str]:
        return [cell for row in self.look.below(self.headed) if (cell := without_marks(row.cells[head.at - 1]))]

    def share(self, head: Head, what: str) -> float:
        """How many of the cells of a column, from 0 to 1, name an area, an indicator or a period, or are figures."""
        cells = [cell for cell in self.cells(head) if not is_total(cell)]
        tests: dict[str, Callable[[str], object]] = {
            "area": self.register.area,
            "indicator": self.register.indicator,
            "period": names_period,
            "figure": values.is_figure,
        }
        return sum(bool(tests[what](cell)) for cell in cells) / len(cells) if cells else 0

    def has_number(self, head: Head) -> bool:
        return any(cell.casefold() not in values.UNCLEAR for cell in self.cells(head))

    def best(self, what: str, among: Sequence[Head], least: float = 0.5) -> Head | None:
        found = max(among, key=lambda head: self.share(head, what), default=None)
        return found if found is not None and self.share(found, what) >= least else None

    def mapping(self) -> Mapping:
        layout, roles = self.roles()
        names = next((head for head in self.heads if roles.get(head.key) == "area"), None)
        parts = self.are_parts(layout, names, roles)
        indicator = "" if layout == "indicators" or "indicator" in roles.values() else self.indicator()
        known = self.register.indicator(indicator)
        columns = tuple(
            Column(head.key, roles[head.key], self.slug(head) if roles[head.key] == "value" else "")
            for head in self.heads
            if head.key in roles and not (layout == "periods" and roles[head.key] == "value")
        )
        made = Mapping(
            supplier="",
            layout=layout,
            columns=columns,
            heads=self.headed,
            indicator=indicator,
            measures=self.measures(indicator) if layout == "periods" else (),
            unit=THOUSANDS if IN_THOUSANDS.search(" ".join([*self.look.titles, *self.look.header.cells])) else "",
            area=known.area if known and (parts or (names is None and layout != "areas")) else "",
            parts=parts,
            total_area="" if parts else self.total_area(names),
            sheet=self.look.sheet,
        )
        signs = tuple((found.sign, usual(found)) for found in signs_in(self.look, made))
        return Mapping.of({**made.as_dict(), "signs": signs})

    def roles(self) -> tuple[Layout, dict[str, Role]]:
        """The role of each column; periods of their own are figures."""
        dated = [head for head in self.heads if head.is_period]
        others = [head for head in self.heads if not head.is_period]
        rows_of_periods = self.best("period", [head for head in others if self.share(head, "figure") < 1], 0.6)
        if dated and rows_of_periods is None:
            return "periods", {**self.names(others), **{head.key: "value" for head in dated}}
        if rows_of_periods is None:
            return "long", self.names(others)
        rest = [head for head in self.heads if head is not rows_of_periods]
        figures = [head for head in rest if self.share(head, "figure") == 1 and self.has_number(head)]
        sums = [head for head in figures if is_total(head.label)]
        kept = [head for head in figures if head not in sums]
        roles = self.names([head for head in rest if head not in figures])
        named: dict[str, Role] = {rows_of_periods.key: "period"}
        ends: dict[str, Role] = {head.key: "total" for head in sums}
        layout: Layout = "long" if len(kept) == 1 else "indicators"
        if len(kept) > 1 and "area" not in roles.values() and not all(self.slug(head) for head in kept):
            layout = "areas"
        return layout, {**roles, **named, **{head.key: "value" for head in kept}, **ends}

    def names(self, heads: Sequence[Head]) -> dict[str, Role]:
        """Of columns of texts: which one has areas, which one indicators. Others are left out."""
        roles: dict[str, Role] = {head.key: "total" if is_total(head.label) else "out" for head in heads}
        texts = [head for head in heads if roles[head.key] == "out" and self.share(head, "figure") < 1]
        indicator = self.best("indicator", texts)
        area = self.best("area", [head for head in texts if head is not indicator])
        area = area or next((head for head in texts if head is not indicator), None)
        found: dict[str, Role] = {head.key: role for head, role in ((area, "area"), (indicator, "indicator")) if head}  # type: ignore[misc]
        return {**roles, **found}

    def are_parts(self, layout: Layout, names: Head | None, roles: dict[str, Role]) -> bool:
        """Whether the figures are of sites, or of other things that are no areas."""
        if layout == "areas":
            named = [head.label for head in self.heads if roles.get(head.key) == "value"]
            areas = sum(self.register.area(name) is not None for name in named)
            titled = self.titled()
            return areas < len(named) / 2 or bool(PLACES.search(titled) and not AREAS.search(titled))
        if names is None:
            return False
        return bool(PLACES.search(name_of(names.label))) or self.share(names, "area") < 0.5

    def titled(self) -> str:
        return " ".join(words_of([*self.look.titles, self.file]))

    def slug(self, head: Head) -> str:
        found = self.register.indicator(head.label)
        return found.slug if found else ""

    def measures(self, indicator: str) -> tuple[tuple[str, str], ...]:
        """What each thing counts that the columns have of their periods: what goes by its name, the share or rate that
        the title names, or what the whole table counts. What else there is is left out."""
        found: dict[str, str] = {}
        for measure in measures_in(self.heads):
            named = self.register.indicator(measure)
            slug = named.slug if named else self.indicator(SHARES) if SHARE.search(measure) else indicator
            found[simple(measure)] = slug if slug not in found.values() else ""
        return tuple((measure, slug or "out") for measure, slug in found.items())

    def indicator(self, kinds: Sequence[str] = ()) -> str:
        """The slug of the one (of these kinds, if any are given) whose name has most of its words in the title; nothing
        where two have as many."""
        said = set(words_of([*self.look.titles, self.file, self.look.sheet, *(head.label for head in self.heads)]))
        said |= {word.rstrip("s") for word in said}
        scores: dict[str, float] = {}
        for known in (one for one in self.register.indicators if not kinds or one.kind in kinds):
            for name in (known.name, known.short_name):
                words = {word for word in simple(name).split() if len(word) > 2}
                met = sum(word in said or word.rstrip("s") in said for word in words)
                if words and met / len(words) >= 0.6:
                    scores[known.slug] = max(scores.get(known.slug, 0), met * met / len(words))
        best = max(scores.values(), default=0)
        found = [slug for slug, score in scores.items() if score == best]
        return found[0] if len(found) == 1 else ""

    def total_area(self, names: Head | None) -> str:
        """The area that a total row names."""
        totals = [named_by(cell) for cell in self.cells(names) if is_total(cell)] if names else []
        found = [area for name in totals if name and (area := self.register.area(name))]
        return found[0].code if found else ""
