"""Whether a month of street-level crime was published whole: crimes without anti-social behaviour, per force.

A month with less than 70 % of the median of the months around it, up to six on each side, in the file or held, is taken
as incomplete. Beside fewer than four others it is only pointed out, and stays incomplete where it is held as that.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from indicators.extracts.checking import Checked
from indicators.extracts.findings import Finding
from indicators.extracts.plan import Held
from indicators.extracts.rows import CheckedRow, Key
from indicators.periods import Period

SHARE = Decimal("0.7")
EACH_SIDE = 6
ENOUGH = 4


class Verdict(NamedTuple):
    """How a month stands beside those around it: `usual` is their median, `beside` how many they are."""

    value: Decimal
    usual: Decimal
    beside: int

    @property
    def is_low(self) -> bool:
        return self.beside > 0 and self.value < SHARE * self.usual

    @property
    def is_incomplete(self) -> bool:
        return self.is_low and self.beside >= ENOUGH

    @property
    def is_whole(self) -> bool:
        return not self.is_low and self.beside >= ENOUGH

    @property
    def words(self) -> str:
        share = round(100 * self.value / self.usual) if self.usual else 100
        return (
            f"{self.value:,} crimes, {share}% of the usual {round(self.usual):,} (the middle of the {self.beside} "
            f"month{'s' if self.beside > 1 else ''} around it)"
        )


def verdict(series: Mapping[Period, Decimal], period: Period) -> Verdict:
    """A month beside those around it."""
    around = [period.shifted(months) for months in range(-EACH_SIDE, EACH_SIDE + 1) if months]
    others = [series[near] for near in around if near in series]
    return Verdict(series[period], Decimal(median(others)) if others else Decimal(0), len(others))


def settle(
    checked: Checked,
    total: str,
    forces: Mapping[str, frozenset[str]],
    history: Mapping[Key, Held],
    held_in: Callable[[Iterable[Period]], Mapping[Key, Held]],
) -> None:
    """Give the months of a file the status they have beside those held, and those held the one they now have.

    `forces` are the areas of each force by its code; `history` what is held of all its crime; `held_in` gives every
    figure of the supplier that is held of some months.
    """
    for force, areas in forces.items():
        now = {row.key.period: row.figure for row in checked.rows if row.key[:2] == (total, force)}
        before = {key.period: held.figure for key, held in history.items() if key[:2] == (total, force)}
        series = {p: f.value for p, f in {**before, **now}.items() if f.value is not None}
        verdicts = {period: verdict(series, period) for period in series}
        low = {period for period in now if period in series and verdicts[period].is_incomplete}
        stays = {period for period in now.keys() & before.keys() & series.keys() if verdicts[period].is_low}
        stays = {period for period in stays - low if before[period].status == "incomplete"}
        mark(checked, areas, low | stays)
        for period in sorted(now.keys() & series.keys()):
            tell(checked, period, verdicts[period], stays=period in stays)
        near = {period for period in before.keys() & series.keys() - now.keys() if is_near(period, now)}
        changed = {p for p in near if before[p].status == "final" and verdicts[p].is_incomplete}
        changed |= {p for p in near if before[p].status == "incomplete" and verdicts[p].is_whole}
        propose(checked, areas, changed, {p: verdicts[p] for p in changed}, held_in)


def is_near(period: Period, months: Iterable[Period]) -> bool:
    return any(period.shifted(by) in months for by in range(-EACH_SIDE, EACH_SIDE + 1))


def mark(checked: Checked, areas: frozenset[str], months: set[Period]) -> None:
    """Take all figures of these months as incomplete."""
    checked.rows = [
        replace(row, figure=replace(row.figure, status="incomplete"))
        if row.key.period in months and row.key.area in areas and row.figure.status == "final"
        else row
        for row in checked.rows
    ]


def tell(checked: Checked, period: Period, found: Verdict, *, stays: bool) -> None:
    if found.is_incomplete:
        said = f"{period} has {found.words}: it is taken as incomplete."
        checked.findings.add(Finding(None, None, "incomplete-month", said, "warning"))
    elif found.is_low:
        said = f"{period} has {found.words}. Check that it is whole: too few months are there to tell."
        said += " It is held as incomplete and stays so." if stays else ""
        checked.findings.add(Finding(None, None, "low-month", said, "warning"))


def propose(
    checked: Checked,
    areas: frozenset[str],
    months: set[Period],
    verdicts: Mapping[Period, Verdict],
    held_in: Callable[[Iterable[Period]], Mapping[Key, Held]],
) -> None:
    """Add the figures held of these months with their other status."""
    if not months:
        return
    for key, held in sorted(held_in(months).items()):
        status = "incomplete" if verdicts[key.period].is_incomplete else "final"
        if key.area in areas and held.figure.status in ("final", "incomplete") and held.figure.status != status:
            checked.rows.append(CheckedRow(1, key, replace(held.figure, status=status)))
    for period in sorted(months):
        now = "incomplete" if verdicts[period].is_incomplete else "whole"
        said = f"{period}, held already, has {verdicts[period].words}: with this file it is taken as {now}."
        checked.findings.add(Finding(None, None, "month-held", said, "warning"))
