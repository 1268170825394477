"""What taking an extract back would change, in words: a line for each of its figures."""

from dataclasses import dataclass

from indicators import words
from indicators.extracts.current import FIELDS, held_under
from indicators.extracts.plan import Held
from indicators.extracts.rows import Key
from indicators.extracts.taking_back import Return, in_the_way, return_of, standing_in_the_way
from indicators.held import measure_of
from indicators.models import Extract, Observation
from indicators.upload_lines import HIDDEN, Known, known, point_of
from indicators.where_from import WhereFrom

MOST_LINES = 100
ORDER = ("indicator__name", "area__name", "-period_end", "period_start")


@dataclass(frozen=True, slots=True)
class GivingWay:
    """One figure, as it is held now and as it will be; nothing where none will be held. Each leads to where it comes
    from."""

    slug: str
    indicator: str
    area: str
    period: str
    now: str
    then: str
    of_now: WhereFrom | None
    of_then: WhereFrom | None


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """What would change, or what stands in the way: the figures of other extracts, and those extracts with how many
    each has. Of figures the first are there, and how many more there are."""

    going: Return
    files: tuple[tuple[Extract, int], ...] = ()
    lines: tuple[GivingWay, ...] = ()
    more: int = 0


def take_back_page(extract: Extract) -> TakeBackPage | None:
    """The page of taking an extract back; None for one that is not in use."""
    going = return_of(extract)
    if going is None:
        return None
    files = in_the_way(going.use)
    found = standing_in_the_way(going.use) if files else Observation.objects.filter(extract=extract, until=None)
    total = sum(count for _, count in files) if files else going.figures
    now = [held_under(tuple(row)) for row in found.order_by(*ORDER).values_list(*FIELDS)[:MOST_LINES]]
    then = {} if files else earlier(going, [key for key, _ in now])
    register = known({key.indicator for key, _ in now})
    lines = tuple(line_of(key, held, then.get(key), register) for key, held in now)
    return TakeBackPage(going, tuple(files), lines, more=max(0, total - MOST_LINES))


def earlier(going: Return, keys: list[Key]) -> dict[Key, Held]:
    """What stood under these keys before."""
    closed = Observation.objects.filter(until=going.use.number, indicator__slug__in={key.indicator for key in keys})
    return dict(held_under(tuple(row)) for row in closed.order_by().values_list(*FIELDS))


def line_of(key: Key, held: Held, then: Held | None, register: Known) -> GivingWay:
    indicator = register.indicators[key.indicator]

    def said(held: Held) -> str:
        if not register.shows(key):
            return HIDDEN
        return words.value_and_marks(point_of(key, held.figure), measure_of(indicator))

    return GivingWay(
        slug=indicator.slug,
        indicator=indicator.name,
        area=register.areas[key.area].name,
        period=key.period.label,
        now=said(held),
        then=said(then) if then else "",
        of_now=register.where(key, held),
        of_then=register.where(key, then),
    )
