"""Parts that add up to one area, such as the sites of a service: their sum is the figure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.extracts.findings import Finding
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.register import Register, simple
from indicators.extracts.rows import Figure, TidyRow
from indicators.periods import Period

# The kinds of indicators whose figures may be added up.
ADDED_UP = ("count", "money")
Of = tuple[str, Period | None]


@dataclass(slots=True)
class Parts:
    """The figures of the parts, and the totals that the file states, by indicator and period."""

    given: dict[Of, list[TidyRow]] = field(default_factory=lambda: defaultdict(list))
    stated: dict[Of, TidyRow] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, row: TidyRow) -> None:
        self.names.setdefault(simple(name), name)
        self.given[row.indicator, row.period].append(row)

    def state(self, row: TidyRow) -> None:
        self.stated[row.indicator, row.period] = row

    def rows(self, mapping: Mapping, register: Register) -> Iterator[TidyRow | Finding]:
        """The sum of each period, with the line of its first part, and what was added up. Where no part has a number
        there is none."""
        for of, parts in self.given.items():
            known = register.indicator(of[0])
            if known is not None and known.kind not in ADDED_UP:
                said = f"{known.name} is a {known.kind}: its parts cannot be added up. "
                said += "Say that they are areas, or leave it out."
                yield Finding(parts[0].line, parts[0].column("area"), "not-added-up", said)
                return
            if any(part.figure and part.figure.value is not None for part in parts):
                yield self.sum(of, parts)
        yield from self.told(mapping, register)

    def sum(self, of: Of, parts: list[TidyRow]) -> TidyRow:
        """Where a part has no number, the total that the file states; else what there is, as incomplete."""
        known = [part.figure for part in parts if part.figure and part.figure.value is not None]
        value = sum((figure.value for figure in known if figure.value is not None), Decimal(0))
        states = [figure.status for figure in known if figure.status != "final"]
        whole = replace(parts[0], corrected=tuple(place for part in parts for place in part.corrected))
        stated = self.stated.get(of)
        if len(known) == len(parts):
            return replace(whole, figure=Figure(value, status=states[0] if states else "final"))
        if stated is not None and stated.figure and (stated.figure.value or 0) >= value:
            return stated
        coverage = f"{len(known)} of {len(parts)} parts"
        return replace(whole, figure=Figure(value, status="incomplete", coverage=coverage))

    def told(self, mapping: Mapping, register: Register) -> Iterator[Finding]:
        area = register.area(mapping.area)
        names = list(self.names.values())
        listed = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
        said = f"{len(names)} parts were added up to {area.name if area else mapping.area}: {listed}."
        yield Finding(None, None, "added-up", said, "note")
        before = {simple(name): name for name in mapping.names}
        if gone := [name for key, name in before.items() if key not in self.names]:
            said = f"{', '.join(gone)}: not in this file. What is added up is less than when the columns were named."
            yield Finding(None, None, "part-gone", said, "warning")
        if new := [name for key, name in self.names.items() if before and key not in before]:
            said = f"{', '.join(new)}: not there when the columns were named. What is added up is more than it was."
            yield Finding(None, None, "part-new", said, "warning")
