"""Extracts into figures: the only writer of observations.

An extract is received (its bytes kept), looked at (indicators.extracts.current.plan_of), and used or not. Using it is
one transaction under one lock, that of the trail of changes, so data changes are numbered in the order they happen.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditHead, User
from indicators.extracts.bringing_in import CannotBringIn, bring_in_supplied
from indicators.extracts.current import as_kept, plan_of, refused
from indicators.extracts.findings import CannotRead, Finding
from indicators.extracts.plan import Plan
from indicators.extracts.reading import refuse_at_once
from indicators.extracts.storage import Kept, forget, keep, measure, path_of
from indicators.extracts.writing import close_figures, keep_what_was_corrected, next_number, open_figures
from indicators.models import DataChange, Extract

HELD_ALREADY = "Everything in this file is held already. Nothing has changed."
TO_CHECK = (Extract.State.PREVIEW, Extract.State.TAKEN_BACK)
LONGEST_NAME = 255


class CannotUse(Exception):
    """Nothing was changed; the message says why. `findings` are the errors of the file, where there are any."""

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class SmallNumbersNotChecked(CannotUse):
    """There are small numbers among the figures, and nobody has said that they may be used."""


class UsedAlready(CannotUse):
    """The same figures were used before: `change` says when and by whom."""

    def __init__(self, change: DataChange) -> None:
        at = timezone.localtime(change.at)
        super().__init__(
            f"These figures were used already on {at.day} {at:%B %Y at %H:%M} by {change.by_name}, "
            f"from {change.extract.original_name}. Nothing has changed."
        )
        self.change = change


def receive(*, source: BinaryIO, original_name: str, actor: User | str) -> Extract:
    """The extract that holds these bytes: a new one to be checked, or refused where it has errors; the one that is
    there where the same bytes are to be checked already, are in use or were taken back.

    Of a file with details of people, or that is no table at all, only what was found is kept, not its bytes. Raises
    TooLarge beyond the largest file one may upload.
    """
    try:
        refuse_at_once(source)
    except CannotRead as reason:
        return enter(measure(source), refused(reason.finding), original_name, actor)
    kept = keep(source)
    if extract := here_already(kept):
        return extract
    plan = plan_of(path_of(kept.sha256))
    if plan.findings.has_personal_data:
        forget(kept.sha256)
    return enter(kept, plan, original_name, actor)


def here_already(kept: Kept, **only: Any) -> Extract | None:
    states = (Extract.State.USED, Extract.State.TAKEN_BACK, Extract.State.PREVIEW)
    return Extract.objects.filter(sha256=kept.sha256, state__in=states, **only).order_by("-state", "-pk").first()


@transaction.atomic
def enter(kept: Kept, plan: Plan, original_name: str, actor: User | str) -> Extract:
    """Write down that a file came in, with what was found in it."""
    extract = Extract.objects.create(
        sha256=kept.sha256,
        rows_sha256=plan.rows_sha256,
        original_name=original_name[:LONGEST_NAME],
        format=plan.format,
        mapping=plan.mapping,
        sheet=plan.sheet or "",
        size=kept.size,
        rows=plan.rows,
        state=Extract.State.REFUSED if plan.findings.errors else Extract.State.PREVIEW,
        **kept_findings(plan),
        uploaded_by=actor if isinstance(actor, User) else None,
        uploaded_by_name=name_of(actor),
    )
    audit.record(
        actor=actor,
        kind="extract-received",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Uploaded {extract.original_name}.",
        data={"sha256": kept.sha256, "rows": plan.rows, "errors": plan.findings.errors},
    )
    return extract


@transaction.atomic
def apply(*, extract: Extract, checksum: str, actor: User | str, small_numbers_checked: bool = False) -> DataChange:
    """Use an extract: its new figures are added, and those it revises closed and added anew.

    It is planned again under the lock. Raises CannotUse, and changes nothing, when the plan is no longer the one
    that `checksum` stands for, has errors or changes nothing; UsedAlready when the same figures were used before;
    SmallNumbersNotChecked when there are some and nobody has checked them.
    """
    lock()
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    if before := earlier_use(extract.sha256, extract.sheet, extract.rows_sha256):
        raise UsedAlready(before)
    if extract.state not in TO_CHECK:
        raise CannotUse(f"{extract.original_name} is no longer to be checked: {extract.get_state_display().lower()}.")
    plan = plan_for(extract)
    if plan.findings.errors:
        raise CannotUse(f"{extract.original_name} has errors.", plan.findings.of("error"))
    if plan.checksum != checksum:
        raise CannotUse("What this file changes is not what it was when you looked. Check it again.")
    if not plan.changes:
        raise CannotUse(HELD_ALREADY)
    return carry_out(plan, extract, actor, small_numbers_checked=small_numbers_checked)


def plan_for(extract: Extract) -> Plan:
    """What using an extract would change as things stand, read as it was when it came in, or as was said since."""
    return plan_of(path_of(extract.sha256), **as_kept(extract))


def write_down(extract: Extract, plan: Plan, **how: Any) -> None:
    """Keep with an extract that is not used yet what came of reading it anew; `how` is what it is now read as."""
    how |= {"rows": plan.rows, "rows_sha256": plan.rows_sha256}
    how |= kept_findings(plan)
    how["state"] = Extract.State.REFUSED if plan.findings.errors else Extract.State.PREVIEW
    for name, value in how.items():
        setattr(extract, name, value)
    extract.save(update_fields=list(how))


def kept_findings(plan: Plan) -> dict[str, Any]:
    """What is kept with an extract of what was found in it."""
    return {"findings": [finding.as_dict() for finding in plan.findings], "found": plan.findings.counts}


def lock() -> None:
    """Wait until nobody else changes anything; they then wait until this transaction ends."""
    AuditHead.objects.select_for_update().get_or_create(pk=1)


def earlier_use(sha256: str, sheet: str, rows_sha256: str) -> DataChange | None:
    """The last use, still standing, of the same sheet of the same bytes, or of the same figures."""
    used = DataChange.objects.filter(kind=DataChange.Kind.USE, extract__state=Extract.State.USED)
    same = used.filter(extract__sha256=sha256, extract__sheet=sheet)
    if rows_sha256:
        same |= used.filter(extract__rows_sha256=rows_sha256)
    return same.select_related("extract").first()


def carry_out(plan: Plan, extract: Extract, actor: User | str, *, small_numbers_checked: bool = False) -> DataChange:
    """Write what a plan says, under the lock. Indicators that come with the supplier's format are brought in first.

    Raises SmallNumbersNotChecked, and writes nothing, where there are some and nobody has checked them.
    """
    has_small_numbers = plan.findings.has_small_numbers
    if has_small_numbers and not small_numbers_checked:
        raise SmallNumbersNotChecked("Say that you have checked that the small numbers may be used.")
    try:
        bring_in_supplied(plan.format, {step.key.indicator for step in plan.new})
    except CannotBringIn as reason:
        raise CannotUse(str(reason)) from reason
    change = DataChange.objects.create(
        number=next_number(),
        kind=DataChange.Kind.USE,
        extract=extract,
        at=timezone.now(),
        by_name=name_of(actor),
        new=len(plan.new),
        revised=len(plan.revised),
        unchanged=len(plan.unchanged),
    )
    close_figures([step.held.pk for step in plan.revised if step.held], change)
    open_figures((*plan.new, *plan.revised), change)
    keep_what_was_corrected(extract, plan)
    extract.state = Extract.State.USED
    extract.format = plan.format
    extract.mapping = plan.mapping
    extract.rows_sha256 = plan.rows_sha256
    findings = kept_findings(plan)
    extract.findings, extract.found = findings["findings"], findings["found"]
    extract.save(update_fields=["state", "format", "mapping", "rows_sha256", *findings])
    counts = {"new": change.new, "revised": change.revised, "unchanged": change.unchanged}
    audit.record(
        actor=actor,
        kind="extract-used",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Used {extract.original_name}: {change.new} new, {change.revised} revised."
        + (" The small numbers were checked." if has_small_numbers else ""),
        data={"change": change.number, "sha256": extract.sha256, **counts, "small_numbers_checked": has_small_numbers},
    )
    return change


@transaction.atomic
def discard(*, extract: Extract, actor: User | str) -> None:
    """Decide not to use an extract. Raises CannotUse when it is used already."""
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    if extract.state == Extract.State.DISCARDED:
        return
    if extract.state not in (Extract.State.PREVIEW, Extract.State.REFUSED):
        raise CannotUse(f"{extract.original_name} is {extract.get_state_display().lower()}.")
    extract.state = Extract.State.DISCARDED
    extract.save(update_fields=["state"])
    audit.record(
        actor=actor,
        kind="extract-discarded",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Decided not to use {extract.original_name}.",
    )


def name_of(actor: User | str) -> str:
    return actor.name if isinstance(actor, User) else actor
