"""Three tables as partners lay them out. All figures are illustrative."""

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


def as_workbook(text: str) -> bytes:
    """The same cells as a workbook, numbers as numbers."""
    rows = []
    for line, cells in enumerate(text.splitlines(), 1):
        values = [int(cell) if cell.isdecimal() else cell or None for cell in cells.split(",")]
        rows.append(row(line, *values))
    return xlsx({"Sheet1": "".join(rows)})
