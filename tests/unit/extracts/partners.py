"""Three tables as partners lay them out, and what comes of them. All figures are illustrative."""

from decimal import Decimal

from indicators.extracts.checking import Checked, check
from indicators.extracts.formats.mapped import Mapped
from indicators.extracts.formats.mapped_heads import look_at
from indicators.extracts.formats.mapped_proposal import propose
from indicators.extracts.formats.mapping import Column, Mapping
from indicators.extracts.reading import read
from indicators.extracts.register import KnownArea, KnownIndicator, Register
from tests.unit.extracts.books import row, xlsx

ONE_STOP_SHOPS = """\
One Stop Shop visitors 2018/19 (illustrative figures),,,,
As at 12 July 2018,,,,

Site,Apr-18,May-18,Jun-18,Total
Ashford,10,12,13,35
Canterbury,4,0,6,10
Medway,20,21,22,63
Total,34,33,41,108
Note: people who came to a drop-in session,,,,
"""

MARAC = """\
Cases heard at MARACs by district (illustrative figures),,,,,
,2018,,,2019,
District,Oct,Nov,Dec,Jan,Feb
Ashford,3,4,*,5,6
Shepway,7,8,9,10,11
Swale,2,3,4,5,6
"""

SCAMS = """\
Visits to victims of scams by district (illustrative figures),,,
District,2018/19 Q1,2018/19 Q2,2018/19 Q3
Ashford,5,6,7
Shepway [note 1],8,9,10
Swale,-,2,3
Kent total,13,17,20
[note 1] Now Folkestone and Hythe,,,
Source: Trading Standards,,,
"""


def as_workbook(text: str, sheet: str = "Sheet1") -> bytes:
    """The same cells as a workbook."""
    return xlsx({sheet: rows_of(text)})


def rows_of(text: str) -> str:
    """The rows of a sheet, numbers as numbers."""
    rows = []
    for line, cells in enumerate(text.splitlines(), 1):
        rows.append(row(line, *(int(cell) if cell.isdecimal() else cell or None for cell in cells.split(","))))
    return "".join(rows)


KENT = "E10000016"
REGISTER = Register(
    indicators=(
        KnownIndicator("shop-visitors", "Visitors to One Stop Shops", "One Stop Shop visitors", "count", False, KENT),
        KnownIndicator("marac-cases", "Cases heard at MARACs", "MARAC cases", "count", False, KENT),
        KnownIndicator("scam-visits", "Visits to victims of scams", "Scam visits", "count", False, KENT),
        KnownIndicator("sheltered", "Sheltered", "Sheltered", "count", True, KENT),
        KnownIndicator("share", "Share of victims", "Share", "percentage", False, KENT),
    ),
    areas=(
        KnownArea(KENT, "Kent", ("KCC",)),
        KnownArea("E06000035", "Medway"),
        KnownArea("E07000105", "Ashford", (), below_county=True),
        KnownArea("E07000106", "Canterbury", (), below_county=True),
        KnownArea("E07000112", "Folkestone and Hythe", ("Shepway",), below_county=True),
        KnownArea("E07000113", "Swale", (), below_county=True),
    ),
    editions=frozenset(),
)
WIDE = Mapping("Partner", "periods", (Column("area", "area"), Column("total", "total")), indicator="marac-cases")


def proposed(table: str | bytes) -> Mapping:
    data = table.encode() if isinstance(table, str) else table
    return propose(look_at(read(data)), REGISTER)


def checked(table: str | bytes, mapping: Mapping) -> Checked:
    read_ = read(table.encode() if isinstance(table, str) else table)
    return check(Mapped(mapping).rows(read_, REGISTER), REGISTER, header=read_.header.line)


def values(found: Checked) -> list[tuple[str, str, Decimal | None]]:
    """Of each figure its area, its period in words and its value."""
    return [(row.key.area, row.key.period.label, row.figure.value) for row in found.rows]


def said(found: Checked, *severities: str) -> list[tuple[str, int | None, int | None]]:
    return [(f.code, f.line, f.column) for f in found.findings if f.severity in (severities or ("error", "warning"))]


def messages(found: Checked, code: str) -> list[str]:
    return [finding.message for finding in found.findings if finding.code == code]
