"""What stands below a table: notes, sources, contacts. They are kept as the file's own notes and are no rows."""

import re
from collections.abc import Iterable, Iterator

from indicators.extracts import values
from indicators.extracts.cutting import Cells, Row
from indicators.extracts.findings import Finding

LONGEST_FOOTER = 60
LONGEST_NOTE = 500
OPENING = re.compile(
    r"notes?\b|source|contact|produced|prepared|published|extracted|data (?:as|from|correct)|last updated|copyright|©|"
    r"crown|disclaimer|caveat|for more|please|this (?:table|data|file|sheet)|figures|official|www|https?:|"
    r"[*\[#†‡§(].{3}|[0-9][.):]? [a-z]|end of",
    re.IGNORECASE,
)

# What a note begins with that may hold commas.
NOTE = re.compile(r"(?:notes?|source|contact|caveat|produced by|figures)\b[^:]{0,20}: ", re.IGNORECASE)


def without_footer(rows: Iterable[Row | Finding | Cells], about: list[str]) -> Iterator[Row | Finding | Cells]:
    """The rows without those at the end that are notes: the first cell alone is filled, and the first of them begins
    as notes do. Their texts are added to `about`. Whatever a row of figures follows is no footer."""
    held: list[Row | Finding | Cells] = []
    texts: list[str] = []
    for row in rows:
        text = only_text(row)
        if text and len(held) < LONGEST_FOOTER and (held or OPENING.match(text)):
            held.append(row)
            texts.append(text)
            continue
        yield from held
        held, texts = [], []
        yield row
    about += texts


def only_text(row: Row | Finding | Cells) -> str:
    """The text of a row of which the first cell alone is filled, or of a note that its commas have cut; else
    nothing."""
    cells = row.cells if isinstance(row, Row) else ()
    if not cells or not cells[0].strip():
        return ""
    filled = [cell for cell in cells[1:] if cell.strip()]
    cut = NOTE.match(cells[0].strip()) and not any(values.is_figure(cell.strip()) for cell in filled)
    return " ".join(",".join([cells[0], *filled]).split())[:LONGEST_NOTE] if not filled or cut else ""
