"""Personal data that has no place in a table of figures: told by the names of columns and the look of cells.

What is found is said with its place and its kind, and never quoted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from indicators.extracts.cutting import Row
from indicators.extracts.findings import PERSONAL_DATA, CannotRead, Finding
from indicators.extracts.formats.columns import name_of
from indicators.extracts.reading import Table

COLUMNS = re.compile(
    r"(?:full |first |middle |last |victim |offender |suspect |client |patient |person |persons |visitor )name"
    r"|(?:fore|sur|first|last)name|name of (?:victim|offender|suspect|client|person|patient|visitor)"
    r"|(?:date of birth|dob|d o b|birth ?date|nhs (?:no|number|num)|ni number|national insurance(?: number)?)"
    r"|(?:home )?address(?: line)?(?: ?[0-9])?|(?:full )?post ?code|e ?mail(?: address)?"
    r"|(?:tele|mobile )?phone(?: (?:no|number))?|crime (?:ref(?:erence)?|no|number|id)|urn|marac (?:id|ref|number)"
)
# A column of names, of which nobody says what they are names of; and words that the names of places have.
BARE = re.compile(r"names?\W*")
PLACES = re.compile(
    r"\b(?:all|area|borough|centre|city|clinic|college|council|county|district|force|gateway|group|hall|hospital|hub|"
    r"library|office|partnership|police|region|school|service|shop|site|station|team|total|town|trust|unit|ward)s?\b",
    re.IGNORECASE,
)
# Parts of the United Kingdom's postcodes, numbers and references as they are written.
LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a full postcode", re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)),
    ("an e-mail address", re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)),
    ("a telephone number", re.compile(r"(?<![0-9])(?:\+44 ?|0)7[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?![0-9])")),
    ("a crime reference", re.compile(r"(?<![0-9/])(?:[A-Z]{2}|[0-9]{2})/[0-9]{3,7}/[0-9]{2}(?![0-9/])", re.IGNORECASE)),
    ("a crime reference", re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE)),
    ("a National Insurance number", re.compile(r"\b[A-Z]{2} ?(?:[0-9]{2} ?){3}[A-D]\b", re.IGNORECASE)),
    ("a person's name", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z][a-z]+")),
    ("a date of birth", re.compile(r"\b(?:dob|d\.o\.b\.|date of birth|born(?: on)?)\b.{0,5}[0-9]", re.IGNORECASE)),
)
NHS_NUMBER = re.compile(r"(?<![0-9])([0-9]{3}) ?([0-9]{3}) ?([0-9]{4})(?![0-9])")


# Whether a text names something that figures are of: an area or an indicator.
Knows = Callable[[str], object]


def guarded(table: Table, knows: Knows) -> Table:
    """A table in which each row with a person's details is a finding. Raises CannotRead where a column is for them."""
    for finding in in_header(table.header):
        raise CannotRead(finding)
    return replace(table, pieces=without_details(table, knows))


def without_details(table: Table, knows: Knows) -> Iterator[Row | Finding]:
    names = bare_names(table.header)
    for row in table.rows:
        private = [*in_row(row), *named_in(row, names, knows)] if isinstance(row, Row) else []
        yield from private
        if not private:
            yield row


def first_of(table: Table, knows: Knows) -> Finding | None:
    """The first of a person's details in a table that is of no known format."""
    found = next(in_header(table.header), None)
    return found or next((row for row in without_details(table, knows) if is_private(row)), None)  # type: ignore[return-value]


def is_private(row: Row | Finding) -> bool:
    return isinstance(row, Finding) and row.code == PERSONAL_DATA


def bare_names(header: Row) -> tuple[int, ...]:
    """The numbers of the columns that are called 'name' and no more."""
    return tuple(at for at, cell in enumerate(header.cells, 1) if BARE.fullmatch(name_of(cell)))


def named_in(row: Row, names: tuple[int, ...], knows: Knows) -> Iterator[Finding]:
    """A finding for each name in such a column beside something else, unless it is that of a place or an indicator."""
    for at in names:
        name = row.cells[at - 1].strip()
        alone = not any(cell.strip() for number, cell in enumerate(row.cells, 1) if number != at)
        if name and not alone and not PLACES.search(name) and not knows(name) and re.search(r"[^\W\d_]{2}", name):
            said = "This column is called name and may hold people's names. Send counts only; this file was not kept."
            said += " A column of places is called area, district or site."
            yield Finding(row.line, at, PERSONAL_DATA, said)
            return


def in_header(header: Row, *, bare: bool = False) -> Iterator[Finding]:
    """A finding for each column that is named for people's details; where what figures are of has columns of its own,
    also (`bare`) for one that is called 'name' and no more."""
    for at, cell in enumerate(header.cells, 1):
        if COLUMNS.fullmatch(name_of(cell)) or (bare and BARE.fullmatch(name_of(cell))):
            said = f"The column {cell.strip()[:40]} is for details of people. Send counts only; this file was not kept."
            yield Finding(header.line, at, PERSONAL_DATA, said)


def in_row(row: Row, numbers: frozenset[int] = frozenset()) -> Iterator[Finding]:
    """A finding for each cell that holds a person's details. `numbers` are the columns that hold figures."""
    for at, cell in enumerate(row.cells, 1):
        if at not in numbers and len(cell) > 5 and (kind := kind_of(cell)):
            said = f"This cell holds what looks like {kind}. Send counts only; this file was not kept."
            yield Finding(row.line, at, PERSONAL_DATA, said)


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str:
    """What a text looks to hold of a person's details; empty where it holds none."""
    for kind, look in LOOKS:
        if look.search(text):
            return kind
    return "an NHS number" if any(is_nhs_number("".join(found)) for found in NHS_NUMBER.findall(text)) else ""


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit that NHS numbers have (modulus 11)."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9]) and check != 10
