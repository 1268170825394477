"""What is wrong with a file, or worth knowing about it: each with the line and column of the file as it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
LIMIT = 200
# The code of the warning that somebody has to tick before the figures are used.
SMALL_NUMBERS = "small-numbers"
# The code of the error for which the bytes of a file are not kept.
PERSONAL_DATA = "personal-data"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `line` and `column` count from 1; None where it is about the whole file or row. `code` is
    in kebab case and never changes; `message` says what stands there and what was expected; `name` is what the file
    calls the column. With an error nothing of the file can be used, a warning needs a person's eye, a note says what
    was understood."""

    line: int | None
    column: int | None
    code: str
    message: str
    severity: Severity = "error"
    name: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    @property
    def place(self) -> str:
        """'Line 5, column 3 (value)', 'Line 5', or nothing."""
        if self.line is None:
            return ""
        if self.column is None:
            return f"Line {self.line}"
        return f"Line {self.line}, column {self.column}" + (f" ({self.name})" if self.name else "")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Findings:
    """Findings in the order they were made: all are counted, of each severity the first `most` are kept. `codes` has
    the code of every one."""

    kept: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "note": 0})
    codes: set[str] = field(default_factory=set)
    most: int = LIMIT

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.kept)

    def add(self, finding: Finding) -> None:
        self.counts[finding.severity] += 1
        self.codes.add(finding.code)
        if self.counts[finding.severity] <= self.most:
            self.kept.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def name_columns(self, header: Sequence[str], line: int) -> None:
        """Say what the file calls the column of each finding below the header, which stands on `line`."""
        names = {at: cell.strip()[:40] for at, cell in enumerate(header, 1)}
        self.kept = [
            replace(finding, name=names.get(finding.column or 0, "")) if finding.line != line else finding
            for finding in self.kept
        ]

    def of(self, severity: Severity) -> list[Finding]:
        """Those of one severity that are kept, by line."""
        return sorted((f for f in self.kept if f.severity == severity), key=lambda f: (f.line or 0, f.column or 0))

    def more(self, severity: Severity) -> int:
        """How many of a severity are counted but not kept."""
        return max(0, self.counts[severity] - self.most)

    @property
    def errors(self) -> int:
        return self.counts["error"]

    @property
    def has_small_numbers(self) -> bool:
        """Whether somebody has to say that they have checked the small numbers before the figures are used."""
        return SMALL_NUMBERS in self.codes

    @property
    def has_personal_data(self) -> bool:
        """Whether details of people were found, so that the bytes may not be kept."""
        return PERSONAL_DATA in self.codes


class CannotRead(Exception):
    """A file that is no table at all. `finding` says what it is instead and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding
