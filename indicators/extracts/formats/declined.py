"""Files of known publishers that are not used here: told by their columns, declined in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.extracts.formats.columns import columns_named


@dataclass(frozen=True, slots=True)
class Declined:
    """A kind of file: it has all of these columns, any of one group and none of those. `what` says what it is and what
    is used instead."""

    code: str
    columns: frozenset[str]
    what: str
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()

    def detect(self, header: Sequence[str]) -> bool:
        names = set(columns_named(header))
        return self.columns <= names and not self.none_of & names and (not self.any_of or bool(self.any_of & names))


def columns(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(","))


REFERENCE = columns("collision index, accident index")
DECLINED = (
    Declined(
        "police-outcomes",
        columns("crime id, month, reported by, outcome type"),
        "This is the outcomes file of data.police.uk: what became of crimes, not how many there were. It is not used; "
        "upload the street file of the same month, whose name ends in -street.csv.",
        none_of=columns("crime type"),
    ),
    Declined(
        "police-stop-and-search",
        columns("type, date, part of a policing operation, object of search, legislation"),
        "This is the stop-and-search file of data.police.uk. Searches are not counted here; upload the street file of "
        "the same month, whose name ends in -street.csv.",
    ),
    Declined(
        "road-casualties",
        columns("casualty reference, casualty severity"),
        "This is a casualty file of the Department for Transport (STATS19). It has neither date nor district, so "
        "nothing is counted from it; use the yearly figures that the county publishes, as a tidy table.",
        any_of=REFERENCE,
    ),
    Declined(
        "road-collisions",
        columns("date, police force"),
        "This is a collision file of the Department for Transport (STATS19). It counts collisions, not the people who "
        "were hurt; use the yearly figures of casualties that the county publishes, as a tidy table.",
        any_of=REFERENCE,
    ),
    Declined(
        "road-vehicles",
        columns("vehicle reference, vehicle type"),
        "This is a vehicle file of the Department for Transport (STATS19). Vehicles are not counted here.",
        any_of=REFERENCE,
    ),
    Declined(
        "fingertips",
        columns("indicator id, indicator name, area code, area type, sex, age, time period, value"),
        "This is a download from Fingertips, the public health profiles. Its values are mostly rates, for many sexes "
        "and ages at once; copy the rows that are wanted into a tidy table.",
    ),
    Declined(
        "recorded-crime-csp",
        columns("financial year, financial quarter, csp name, offence group"),
        "This is the Home Office's police recorded crime by Community Safety Partnership. It is not read directly; add "
        "up the offences that are wanted and send them as a tidy table.",
    ),
    Declined(
        "recorded-crime-force",
        columns("financial year, financial quarter, force name, offence group"),
        "This is the Home Office's police recorded crime by police force area. It is not read directly; add up the "
        "offences that are wanted and send them as a tidy table, for the police force area.",
    ),
    Declined(
        "recorded-crime-rolling",
        columns("12 months ending, pfa, offence, rolling year total number of offences"),
        "This is the rolling-year table of police recorded crime by police force area. It is not read directly; copy "
        "the rows that are wanted into a tidy table with the period written as 'year to December 2018'.",
    ),
)


def declined(header: Sequence[str]) -> Declined | None:
    """The kind of file that these columns are of, where it is one that is known and not used."""
    return next((kind for kind in DECLINED if kind.detect(header)), None)
