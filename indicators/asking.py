"""What to ask each supplier for: the periods that should be here by now, in the layout of the last file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max
from django.utils.text import slugify

from indicators.analysis.currency import Currency, Standing, asked_for
from indicators.currency_lines import OFTEN, held_periods, state_of
from indicators.extracts import formats
from indicators.extracts.findings import CannotRead
from indicators.extracts.reading import read
from indicators.extracts.storage import open_kept
from indicators.models import Area, Extract, Indicator, Observation
from indicators.periods import Period

# More periods than these in a row are named by the first and the last.
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator, the periods asked for, and the areas that the latest period was given for."""

    indicator: Indicator
    state: Currency
    periods: tuple[Period, ...]
    areas: tuple[Area, ...]

    @property
    def which(self) -> str:
        """The periods in words."""
        first, last = self.periods[0], self.periods[-1]
        if len(self.periods) <= MOST_NAMED:
            return ", ".join(period.label for period in self.periods)
        if first.months == 12:
            return f"{len(self.periods)} periods, from the {first.label} to the {last.label}"
        return f"{Period(first.start, last.end).span}, {OFTEN[self.indicator.frequency].lower()}"

    @property
    def where(self) -> str:
        """The area, or how many."""
        return self.areas[0].name if len(self.areas) == 1 else f"{len(self.areas)} areas"


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted of one supplier. `overdue` is asked for; of `silent` it is asked whether it still comes; `coming`
    is not due yet. `last` is the last file with figures of theirs, where there is one."""

    supplier: str
    overdue: tuple[Asked, ...]
    silent: tuple[Asked, ...]
    coming: tuple[Asked, ...]
    last: Extract | None

    @property
    def slug(self) -> str:
        return slugify(self.supplier) or "supplier"

    @property
    def asked(self) -> tuple[Asked, ...]:
        return (*self.overdue, *self.silent)

    @property
    def layout(self) -> str:
        """What the last file was: the title of its format."""
        format_ = formats.BY_ID.get(self.last.format) if self.last else None
        return format_.TITLE if format_ else ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of the last file; none where it cannot be read."""
        return columns_of(self.last.sha256) if self.last else ()


def requests(today: date) -> list[Request]:
    """One for each supplier that something is awaited from, those with most to ask for first; in five queries."""
    held, areas, last = held_periods(), areas_held(), last_files()
    asked: dict[str, list[Asked]] = defaultdict(list)
    for indicator in Indicator.objects.select_related("area", "source"):
        state = state_of(indicator, held, today)
        if state.standing is not Standing.IRREGULAR:
            asked[indicator.source.publisher].append(asked_of(indicator, state, areas[indicator.pk], today))
    made = [request_to(supplier, each, last.get(supplier)) for supplier, each in asked.items()]
    return sorted(made, key=lambda request: (-len(request.overdue), -len(request.silent), request.supplier))


def request_to(supplier: str, asked: Iterable[Asked], last: Extract | None) -> Request:
    late: dict[Standing, list[Asked]] = defaultdict(list)
    for each in asked:
        late[each.state.standing].append(each)
    silent = (*late[Standing.SILENT], *late[Standing.NOTHING_HELD])
    return Request(supplier, tuple(late[Standing.OVERDUE]), silent, tuple(late[Standing.UP_TO_DATE]), last)


def asked_of(indicator: Indicator, state: Currency, held: Sequence[tuple[Area, date]], today: date) -> Asked:
    latest = state.latest.end if state.latest else date.min
    areas = tuple(area for area, end in held if end >= latest) or (indicator.area,)
    periods = asked_for(indicator.frequency, indicator.months_until_final, state, today)
    return Asked(indicator, state, tuple(periods), areas)


def areas_held() -> dict[int, list[tuple[Area, date]]]:
    """For each indicator the areas that something is held for, by name, each with the last day of its latest period."""
    areas = Area.objects.in_bulk()
    rows = Observation.objects.filter(until__isnull=True).order_by().values_list("indicator", "area")
    found: dict[int, list[tuple[Area, date]]] = defaultdict(list)
    for indicator, area, end in rows.annotate(Max("period_end")):
        found[indicator].append((areas[area], end))
    for each in found.values():
        each.sort(key=lambda pair: (pair[0].name, pair[0].code))
    return found


def last_files() -> dict[str, Extract]:
    """By supplier, the last file that figures in use came in."""
    rows = Observation.objects.filter(until__isnull=True).order_by().values_list("indicator__source__publisher")
    last = dict(rows.annotate(Max("extract")))
    files = Extract.objects.in_bulk(set(last.values()))
    return {supplier: files[pk] for supplier, pk in last.items()}


@lru_cache(maxsize=256)
def columns_of(sha256: str) -> tuple[str, ...]:
    """The header of a kept file. Kept bytes never change."""
    try:
        with open_kept(sha256) as file:
            return tuple(cell.strip() for cell in read(file).header.cells if cell.strip())
    except (CannotRead, OSError):
        return ()
