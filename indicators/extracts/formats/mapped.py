"""Any other table, read as an analyst said: see mapping.Mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.extracts import comparing, personal
from indicators.extracts.checking import Checked
from indicators.extracts.findings import Finding
from indicators.extracts.formats.held import HeldOf
from indicators.extracts.formats.mapped_rows import rows
from indicators.extracts.formats.mapping import Mapping
from indicators.extracts.reading import Table
from indicators.extracts.register import Register
from indicators.extracts.rows import Tally, TidyRow
from indicators.extracts.supplied import Supplied

ID = "mapped"
TITLE = "Table of a partner's own"


@dataclass(slots=True)
class Mapped:
    """The format that a mapping makes."""

    mapping: Mapping
    ID: str = ID
    TITLE: str = TITLE

    def detect(self, header: Sequence[str]) -> bool:
        """No table is known by its columns alone."""
        return False

    def rows(self, table: Table, register: Register) -> Iterator[TidyRow | Finding | Tally]:
        return rows(personal.guarded(table, register.names), self.mapping, register)

    def settle(self, checked: Checked, register: Register, held_of: HeldOf) -> None:
        """Warn of what does not fit together, or what is held. It changes nothing in how the rows are taken."""
        comparing.compare(
            checked, register, held_of(register.related({row.key.indicator for row in checked.rows}), None)
        )

    def supplied(self) -> tuple[Supplied, ...]:
        """None: its figures are of indicators that are there."""
        return ()
