"""Taking an extract back: a change like any other, which restores what stood before and deletes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from indicators.extracts.apply import CannotUse, lock, name_of
from indicators.extracts.writing import close_all_of, next_number, open_again
from indicators.models import DataChange, Extract, Observation

KEY = ("indicator", "area", "period_start", "period_end")


class CannotTakeBack(CannotUse):
    """Nothing was changed; the message says why. `standing` are the figures of other extracts that stand in the
    way."""

    def __init__(self, message: str, standing: Iterable[Observation] = ()) -> None:
        super().__init__(message)
        self.standing = tuple(standing)


@dataclass(frozen=True, slots=True)
class Return:
    """What taking an extract back changes: of the figures in use from it `put_back` give way to the earlier ones,
    and the others are no longer held at all."""

    use: DataChange
    figures: int
    put_back: int

    @property
    def dropped(self) -> int:
        return self.figures - self.put_back


def return_of(extract: Extract) -> Return | None:
    """What taking an extract back would change; None for one that is not in use."""
    use = last_use(extract)
    if use is None:
        return None
    figures = Observation.objects.filter(extract=extract, until=None).count()
    return Return(use, figures, put_back=Observation.objects.filter(until=use.number).count())


def last_use(extract: Extract) -> DataChange | None:
    """The change that an extract in use made."""
    if extract.state != Extract.State.USED:
        return None
    return extract.changes.filter(kind=DataChange.Kind.USE).order_by("-number").first()


def standing_in_the_way(use: DataChange) -> QuerySet[Observation]:
    """The open figures, by key, with which other extracts have since revised what a use added."""
    added = Observation.objects.filter(since=use.number, **{name: OuterRef(name) for name in KEY})
    return (
        Observation.objects.filter(Exists(added), until=None)
        .exclude(extract=use.extract_id)
        .select_related("indicator", "area", "extract")
    )


def in_the_way(use: DataChange) -> list[tuple[Extract, int]]:
    """The extracts whose figures stand in the way, the latest first, each with how many do."""
    counts = standing_in_the_way(use).order_by().values("extract").annotate(figures=Count("pk"))
    found = {each["extract"]: each["figures"] for each in counts}
    return [(extract, found[extract.pk]) for extract in Extract.objects.filter(pk__in=found)]


@transaction.atomic
def take_back(*, extract: Extract, actor: User | str) -> DataChange:
    """Take a used extract back: its figures are closed, and those they had revised stand again, as copies with the
    extract and line they came from. It may be used again afterwards.

    Raises CannotTakeBack, and changes nothing, when the extract is not in use, or when another one has since revised
    any of its figures: they are listed.
    """
    lock()
    extract = Extract.objects.select_for_update().get(pk=extract.pk)
    going = return_of(extract)
    if going is None:
        raise CannotTakeBack(f"{extract.original_name} is not in use: {extract.get_state_display().lower()}.")
    if standing := list(standing_in_the_way(going.use)):
        files = ", ".join(sorted({figure.extract.original_name for figure in standing}))
        raise CannotTakeBack(
            f"{len(standing)} of the figures have since been revised by {files}. Take that back first.", standing
        )
    change = DataChange.objects.create(
        number=next_number(),
        kind=DataChange.Kind.TAKE_BACK,
        extract=extract,
        at=timezone.now(),
        by_name=name_of(actor),
        revised=going.put_back,
    )
    close_all_of(extract, change)
    open_again(closed_by=going.use, change=change)
    extract.state = Extract.State.TAKEN_BACK
    extract.save(update_fields=["state"])
    audit.record(
        actor=actor,
        kind="extract-taken-back",
        object_type="extract",
        object_key=str(extract.pk),
        sentence=f"Took {extract.original_name} back: {going.put_back} earlier figures put back, "
        f"{going.dropped} no longer held.",
        data={"change": change.number, "use": going.use.number, "put-back": going.put_back, "dropped": going.dropped},
    )
    return change
