"""A small agreement: two indicators and three areas, one with a letter that not every encoding has."""

import io

from indicators.extracts import formats
from indicators.extracts.checking import Checked, check
from indicators.extracts.findings import CannotRead
from indicators.extracts.reading import read
from indicators.extracts.register import KnownArea, KnownIndicator, Register

REGISTER = Register(
    indicators=(
        KnownIndicator("da-crimes", "DA crimes", "DA crimes", "count", sheltered=False),
        KnownIndicator("hate-crime", "Hate crime", "Hate crime", "count", sheltered=False),
    ),
    areas=(
        KnownArea("E10000099", "County", kind="county"),
        KnownArea("E07000098", "North District", below_county=True, kind="district"),
        KnownArea("E05000097", "Café Ward", below_county=True, kind="district"),
    ),
    editions=frozenset(),
)
GOOD = (
    "indicator,area,period,value\r\n"
    "DA crimes,County,2026-Q1,1234\r\n"
    "DA crimes,North District,2026-Q1,7\r\n"
    "Hate crime,Café Ward,2026-Q1,12\r\n"
)


def checked(data: bytes) -> Checked:
    """What comes of a file. Raises CannotRead where it holds no table that is known."""
    table = read(io.BytesIO(data), is_header=formats.is_header)
    format_ = formats.recognise(table.header.cells)
    if format_ is None:
        raise CannotRead(formats.unrecognised(table.header))
    return check(format_.rows(table, REGISTER), REGISTER, header=table.header.line)
