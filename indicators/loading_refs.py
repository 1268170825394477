"""What the files of an agreement call areas, editions and indicators, and the periods that they state."""

from datetime import date

from accounts.bringing_in import Ref
from accounts.toml_files import Mistakes, Place
from indicators.models import Area, Indicator, SourceEdition
from indicators.periods import NotAPeriod, Period


def area(code: str) -> Ref:
    """An area by its code."""
    return Ref(Area, {"code": code})


def edition(slug: str) -> Ref:
    """A source edition by its slug."""
    return Ref(SourceEdition, {"slug": slug})


def indicator(slug: str) -> Ref:
    """An indicator by its slug."""
    return Ref(Indicator, {"slug": slug})


def check_period(where: Place, start: date, end: date, key: str, mistakes: Mistakes) -> None:
    """Note dates that are not a run of whole months."""
    try:
        Period(start, end)
    except NotAPeriod as problem:
        mistakes.add(where, str(problem).rstrip("."), key)
