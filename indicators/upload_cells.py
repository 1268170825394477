"""The single cells of a file on its page: those with an error, each with a form, and those that were corrected."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indicators.extracts.correcting import can_be_corrected
from indicators.extracts.cutting import CellPlace
from indicators.extracts.findings import PERSONAL_DATA, CannotRead, Finding
from indicators.extracts.plan import Plan
from indicators.extracts.rows import Key
from indicators.extracts.standing import cells_standing
from indicators.extracts.storage import open_kept
from indicators.forms_cells import CellForm, id_at
from indicators.models import Extract, ExtractCorrection
from indicators.upload_lines import HIDDEN, known
from indicators.uploads import UploadPage

MOST_FORMS = 20
# What is wrong with a row, or with how the columns were named: no single cell can put it right.
NOT_OF_A_CELL = ("width", "not-added-up")


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell with an error: where it stands, what is wrong, what the file has there, and what it was corrected to so
    far."""

    where: str
    said: tuple[str, ...]
    was: str
    now: str | None
    form: CellForm


@dataclass(frozen=True, slots=True)
class CorrectedCell:
    """A correction in words. `was` and `now` say so where they may not be shown."""

    pk: int
    where: str
    was: str
    now: str
    why: str
    by: str
    at: datetime


def wrong_cells(
    extract: Extract, errors: Iterable[Finding], corrections: Iterable[ExtractCorrection], given: CellForm | None = None
) -> tuple[WrongCell, ...]:
    """The first cells with an error that can be corrected, each with its form; with the one that was sent as it was."""
    if not can_be_corrected(extract):
        return ()
    found: dict[CellPlace, list[Finding]] = defaultdict(list)
    for error in errors:
        if error.line and error.column and error.code not in NOT_OF_A_CELL:
            found[CellPlace(error.line, error.column)].append(error)
    places = list(found)[:MOST_FORMS]
    stands = standing(extract, places) if places else {}
    made = {CellPlace(correction.line, correction.column): correction.now for correction in corrections}
    return tuple(
        WrongCell(
            where=found[place][0].place,
            said=tuple(finding.message for finding in found[place]),
            was=stands[place],
            now=made.get(place),
            form=given if given and given.place == place else CellForm.at(place, made.get(place, stands[place])),
        )
        for place in places
        if place in stands
    )


def has_rows_to_correct(page: UploadPage) -> bool:
    """Whether some of what is wrong is wrong in a row, and the file was kept."""
    private = any(error.code == PERSONAL_DATA for error in page.errors)
    return page.rows > 0 and not private and any(error.line for error in page.errors)


def standing(extract: Extract, places: Sequence[CellPlace]) -> Mapping[CellPlace, str]:
    """What the file has in these cells; nothing where it cannot be read."""
    try:
        with open_kept(extract.sha256) as file:
            return cells_standing(file, places, sheet=extract.sheet)
    except (FileNotFoundError, CannotRead):
        return {}


def problems_of(
    errors: Iterable[Finding], cells: Iterable[WrongCell], given: CellForm | None = None
) -> list[tuple[str, str]]:
    """Everything that is wrong, with the id of the box in which it can be put right: first what was just sent."""
    boxes = {cell.form["now"].auto_id for cell in cells}
    listed = []
    for name, messages in given.errors.items() if given else ():
        box = given[name].auto_id if given and name != "__all__" else ""
        listed += [(box if box.rpartition("-")[0] + "-now" in boxes else "", str(message)) for message in messages]
    for error in errors:
        box = id_at(CellPlace(error.line or 0, error.column or 0)) % "now"
        listed.append((box if box in boxes else "", str(error)))
    return listed


def corrected_cells(corrections: Sequence[ExtractCorrection], plan: Plan | None) -> tuple[CorrectedCell, ...]:
    """The corrections of an extract, before its use as its plan has them, afterwards as they were kept."""
    keys = {one.pk: keys_of(one, plan) for one in corrections}
    register = known({key.indicator for of_one in keys.values() for key in of_one}) if any(keys.values()) else None
    return tuple(
        in_words(one, hidden=register is not None and not all(map(register.shows, keys[one.pk]))) for one in corrections
    )


def keys_of(correction: ExtractCorrection, plan: Plan | None) -> Sequence[Key]:
    """The figures that were read from a corrected cell; of one that names columns none."""
    if plan is not None:
        return plan.corrected.get(CellPlace(correction.line, correction.column)) or ()
    return [
        Key(indicator, area, date.fromisoformat(start), date.fromisoformat(end))
        for indicator, area, start, end in correction.figures or ()
    ]


def in_words(correction: ExtractCorrection, *, hidden: bool) -> CorrectedCell:
    return CorrectedCell(
        pk=correction.pk,
        where=f"Line {correction.line}, column {correction.column}",
        was=HIDDEN if hidden else correction.was or "nothing",
        now=HIDDEN if hidden else correction.now or "nothing",
        why=correction.why,
        by=correction.made_by_name,
        at=correction.made_at,
    )
