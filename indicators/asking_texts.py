"""What goes out to a supplier: the text of a mail, and a file to fill in."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone

from indicators.asking import Asked, Request
from indicators.downloads import text
from indicators.extracts.dates import in_words
from indicators.extracts.formats import native


def mail(request: Request, site: str, writer: str) -> str:
    """A text to paste into a mail to a supplier."""
    parts = ["Hello,"]
    if request.overdue:
        parts.append(f"For {site} these figures have not reached us yet:\n{listed(request.overdue)}")
    if request.silent:
        parts.append(
            "Nothing has come of the following for a long time. Are they still reported? If so, please send the "
            f"latest period; if not, please tell us:\n{listed(request.silent)}"
        )
    parts += [how(request), f"Thank you\n{writer}"]
    return "\n\n".join(parts)


def listed(asked: Iterable[Asked]) -> str:
    return "\n".join(f"- {name_and_area(each)}: {each.which}" for each in asked)


def name_and_area(asked: Asked) -> str:
    """The indicator with the area, where its name does not say it."""
    name = asked.indicator.name
    return name if asked.where in name else f"{name} ({asked.where})"


def how(request: Request) -> str:
    """In which layout they should come."""
    template = f"fill in {file_name(request)}, which is attached: write each figure under value and leave the rest"
    if request.last is None:
        return f"Please {template}."
    when = in_words(timezone.localdate(request.last.uploaded_at))
    return f"The same layout as last time is best ({request.last.original_name}, {when}). Or {template}."


def file_name(request: Request) -> str:
    return f"figures-from-{request.slug}.csv"


def template_csv(request: Request) -> bytes:
    """A row for each figure that is asked for, with an empty value, in the columns of the tidy table. UTF-8 with a
    byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, native.COLUMNS, restval="")
    writer.writeheader()
    for asked in request.asked:
        for period in asked.periods:
            for area in asked.areas:
                writer.writerow(
                    {
                        "indicator": asked.indicator.slug,
                        "area_code": area.code,
                        "area": text(area.name),
                        "period_start": period.start.isoformat(),
                        "period_end": period.end.isoformat(),
                    }
                )
    return out.getvalue().encode("utf-8-sig")
