"""Files looked at, or received and used, in one go: from the shell and from an agreement's folder."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from accounts.models import User
from indicators.extracts.apply import CannotUse, carry_out, earlier_use, enter, here_already, lock
from indicators.extracts.current import plan_of, private_in_a_sheet, refused
from indicators.extracts.findings import Finding
from indicators.extracts.plan import Plan
from indicators.extracts.storage import Kept, forget, keep, path_of, too_large
from indicators.models import DataChange

UNCHECKED = (
    "there are small numbers, of which people may be recognised. Look at them; where they may be used, say so with "
    "--small-numbers-seen."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `change` is its use; `before` the earlier use of the same bytes or figures."""

    name: str
    sha256: str
    plan: Plan
    before: DataChange | None = None
    change: DataChange | None = None
    small_numbers_checked: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether it has errors; what was used before is not refused, whatever has been renamed since."""
        return self.before is None and self.plan.findings.errors > 0

    @property
    def is_live(self) -> bool:
        """Whether everything in it has been used or is held already, so that it was not used again."""
        return self.change is None and not self.is_refused and (self.before is not None or not self.plan.changes)

    @property
    def is_unchecked(self) -> bool:
        """Whether nobody has said of the small numbers in it that they may be used."""
        waits = self.change is None and not self.is_refused and not self.is_live
        return waits and self.plan.findings.has_small_numbers and not self.small_numbers_checked


class Refused(CannotUse):
    """At least one of several files has errors, or small numbers that nobody has checked, so none was used. `outcomes`
    has all of them."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        wrong = [outcome for outcome in outcomes if outcome.is_refused]
        unchecked = [outcome for outcome in outcomes if outcome.is_unchecked]
        said = [f"{names_of(wrong)} cannot be used."] if wrong else []
        said += [f"{names_of(unchecked)}: {UNCHECKED}"] if unchecked else []
        found = (finding for outcome in wrong for finding in outcome.plan.findings.of("error"))
        super().__init__(" ".join([*said, "Nothing has changed."]), found)
        self.outcomes = tuple(replace(outcome, change=None) for outcome in outcomes)


def names_of(outcomes: Iterable[Outcome]) -> str:
    return ", ".join(outcome.name for outcome in outcomes)


def look(path: Path, *, format: str = "", sheet: str = "") -> Outcome:
    """What using a file would change as things stand. Nothing is stored. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size > settings.MAX_UPLOAD_BYTES:
        return Outcome(path.name, sha256, refused(Finding(None, None, "too-large", too_large())))
    plan = plan_of(path, format=format, sheet=sheet)
    if sheet and not plan.findings.errors:
        with path.open("rb") as file:
            private = private_in_a_sheet(file)
        plan = refused(private, sheet) if private else plan
    return outcome_of(path.name, sha256, plan)


def outcome_of(name: str, sha256: str, plan: Plan) -> Outcome:
    rows_sha256 = "" if plan.findings.errors else plan.rows_sha256
    return Outcome(name, sha256, plan, before=earlier_use(sha256, plan.sheet or "", rows_sha256))


@transaction.atomic
def use_files(
    paths: Iterable[Path], *, actor: User | str, small_numbers_checked: bool = False, **how: str
) -> list[Outcome]:
    """Use several files in their order, all or none, each looked at as `how` says. What is live already changes
    nothing.

    Raises Refused with what is wrong where any file has errors or is too large, or where small numbers were not
    checked; and OSError where one cannot be read.
    """
    lock()
    outcomes = [use_path(path, actor, small_numbers_checked, **how) for path in paths]
    if any(outcome.is_refused or outcome.is_unchecked for outcome in outcomes):
        raise Refused(outcomes)
    return outcomes


def use_path(path: Path, actor: User | str, small_numbers_checked: bool, **how: str) -> Outcome:
    outcome = replace(look(path, **how), small_numbers_checked=small_numbers_checked)
    if outcome.is_refused or outcome.is_live or outcome.is_unchecked:
        return outcome
    with path.open("rb") as source:
        kept = keep(source)
    if kept.sha256 != outcome.sha256:
        raise OSError(f"{path} changed while it was read")
    return used(outcome, kept, actor)


@transaction.atomic
def use_file(
    *, source: BinaryIO, original_name: str, actor: User | str, small_numbers_checked: bool = False
) -> DataChange | None:
    """Receive a file, plan it and use it; None where everything in it has been used or is held already.

    Raises CannotUse with the errors of the file, each with its line and column, or because of small numbers that were
    not checked, or TooLarge; then nothing is written.
    """
    kept = keep(source)
    lock()
    outcome = outcome_of(original_name, kept.sha256, plan_of(path_of(kept.sha256)))
    outcome = replace(outcome, small_numbers_checked=small_numbers_checked)
    if outcome.plan.findings.has_personal_data:
        forget(kept.sha256)
    if outcome.is_refused or outcome.is_unchecked:
        raise Refused([outcome])
    return None if outcome.is_live else used(outcome, kept, actor).change


def used(outcome: Outcome, kept: Kept, actor: User | str) -> Outcome:
    """Write down that a file came in and what its plan, made under the lock, says."""
    there = here_already(kept, sheet=outcome.plan.sheet or "", corrections=None)
    extract = there or enter(kept, outcome.plan, outcome.name, actor)
    change = carry_out(outcome.plan, extract, actor, small_numbers_checked=outcome.small_numbers_checked)
    return replace(outcome, change=change)
