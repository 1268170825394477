"""Correcting single cells of a file that nobody has decided on yet: who, when, why; the bytes stay as they are."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.extracts.apply import CannotUse, lock, name_of, plan_for, write_down
from indicators.extracts.cells import shown
from indicators.extracts.cutting import LONGEST_CELL, CellPlace
from indicators.extracts.findings import PERSONAL_DATA, CannotRead
from indicators.extracts.personal import kind_of
from indicators.extracts.plan import Plan
from indicators.extracts.sheets import OPEN
from indicators.extracts.standing import cells_standing
from indicators.extracts.storage import forget, open_kept
from indicators.models import Extract, ExtractCorrection

MOST = 200
LONGEST_REASON = 500


class CannotCorrect(CannotUse):
    """Nothing was changed; the message says why."""


def can_be_corrected(extract: Extract) -> bool:
    """Whether cells of an extract may be corrected: nobody has decided on it, and its bytes were kept."""
    private = any(finding["code"] == PERSONAL_DATA for finding in extract.findings)
    return extract.state in OPEN and not private


@transaction.atomic
def correct_cell(
    *, extract: Extract, place: CellPlace, was: str, now: str, why: str, actor: User | str
) -> ExtractCorrection:
    """Read a cell of an extract as `now` says, from now on. `was` is what stood there when it was looked at, in the
    file or by an earlier correction, which this one then replaces.

    Raises CannotCorrect where the extract is decided on, the cell is not in the file, holds something else by now or
    would hold the same, or where what is typed looks like a person's details.
    """
    lock()
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    now, why = " ".join(now.split()), " ".join(why.split())
    refuse_what_is_typed(extract, now, why)
    before = extract.corrections.filter(line=place.line, column=place.column).first()
    stands = standing(extract, place)
    refuse_the_cell(place, stands, before, was, now)
    if before:
        before.delete()
    elif extract.corrections.count() >= MOST:
        raise CannotCorrect(f"{MOST} cells are corrected already. Correct the file itself.")
    made = ExtractCorrection.objects.create(
        extract=extract,
        line=place.line,
        column=place.column,
        was=stands or "",
        now=now,
        why=why,
        made_by_name=name_of(actor),
    )
    plan = read_again(extract, place)
    audit.record(
        actor=actor,
        kind="cell-corrected",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Corrected line {place.line}, column {place.column} of {extract.original_name}.",
        data={**place._asdict(), "was": made.was, "now": now, "why": why, "errors": plan.findings.errors},
    )
    return made


@transaction.atomic
def remove_correction(*, correction: ExtractCorrection, actor: User | str) -> None:
    """Read a cell as it stands in the file again. Raises CannotCorrect where the extract is decided on."""
    lock()
    extract = Extract.objects.select_for_update().get(pk=correction.extract_id)
    refuse_unless_open(extract)
    place = CellPlace(correction.line, correction.column)
    correction.delete()
    plan = read_again(extract)
    audit.record(
        actor=actor,
        kind="correction-removed",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Removed the correction of line {place.line}, column {place.column} of {extract.original_name}.",
        data={**place._asdict(), "was": correction.was, "now": correction.now, "errors": plan.findings.errors},
    )


def refuse_unless_open(extract: Extract) -> None:
    if not can_be_corrected(extract):
        state = extract.get_state_display().lower()
        raise CannotCorrect(f"Cells of {extract.original_name} can no longer be corrected: {state}.")


def refuse_what_is_typed(extract: Extract, now: str, why: str) -> None:
    refuse_unless_open(extract)
    if not why:
        raise CannotCorrect("Say why the cell is corrected.")
    if len(why) > LONGEST_REASON:
        raise CannotCorrect(f"Say it in at most {LONGEST_REASON} characters.")
    if len(now) > LONGEST_CELL:
        raise CannotCorrect(f"A cell has at most {LONGEST_CELL:,} characters.")
    if kind := kind_of(now) or kind_of(why):
        raise CannotCorrect(f"This looks like {kind}. Write nothing that points at a person.")


def refuse_the_cell(place: CellPlace, stands: str | None, before: ExtractCorrection | None, was: str, now: str) -> None:
    """Where the cell is not there, is not what it was when it was looked at, or would stay as it is."""
    if stands is None:
        raise CannotCorrect(f"There is no cell at line {place.line}, column {place.column}.")
    read = before.now if before else stands
    if was.split() != read.split():
        by = f", by the correction of {before.made_by_name}" if before else ""
        raise CannotCorrect(f"This cell does not hold {quoted(was)}: it holds {quoted(read)}{by}. Look at it again.")
    if now == " ".join(stands.split()):
        raise CannotCorrect(f"The file has {quoted(now)} there already.")


def quoted(text: str) -> str:
    return shown(text) if text.strip() else "nothing"


def standing(extract: Extract, place: CellPlace) -> str | None:
    """What stands in a cell of the file; None where it has none there."""
    try:
        with open_kept(extract.sha256) as file:
            return cells_standing(file, [place], sheet=extract.sheet).get(place)
    except (FileNotFoundError, CannotRead):
        return None


def read_again(extract: Extract, place: CellPlace | None = None) -> Plan:
    """Plan an extract with its corrections and keep what came of it. Raises CannotCorrect where what was typed at a
    place is a person's details; where a row that can now be read holds some, its bytes are not kept any longer."""
    try:
        plan = plan_for(extract)
    except FileNotFoundError:
        raise CannotCorrect(f"{extract.original_name} is no longer kept.") from None
    private = [finding for finding in plan.findings if finding.code == PERSONAL_DATA]
    if typed := next((f for f in private if place and (f.line, f.column) == tuple(place)), None):
        raise CannotCorrect(typed.message)
    if private:
        transaction.on_commit(lambda: forget(extract.sha256))
    how = {"format": plan.format or extract.format, "sheet": plan.sheet or extract.sheet}
    write_down(extract, plan, **how, mapping=dict(plan.mapping) or extract.mapping)
    return plan
