"""manage.py export_observations [--indicator SLUG] [--area CODE] [--as-of CHANGE-OR-TIME] [--format csv|json]"""

import csv
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.extracts.as_of import observations_as_of
from indicators.models import Area, DataChange, Indicator

COLUMNS = {
    "indicator": "indicator__slug",
    "area_code": "area",
    "period_start": "period_start",
    "period_end": "period_end",
    "value": "value",
    "value_to": "value_to",
    "qualifier": "qualifier",
    "status": "status",
    "coverage": "coverage",
    "extract": "extract",
    "line": "line",
}
ORDER = ("indicator__slug", "area", "period_start", "period_end")
WRONG_USAGE = 2


def moment(text: str) -> int | datetime:
    """The number of a change, or a time; a day alone is its end, and a time without a zone is ours."""
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        at = datetime.combine(date.fromisoformat(text), time.max) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as wrong:
        expected = "the number of a change, a day (2019-03-31) or a time (2019-03-31T12:00)"
        raise ArgumentTypeError(f"“{text}” is not {expected}") from wrong
    return at if timezone.is_aware(at) else timezone.make_aware(at)


class Command(BaseCommand):
    help = "Every figure held, or that was held, with the file and line it came from, on standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--indicator", metavar="SLUG", help="only this indicator")
        parser.add_argument("--area", metavar="CODE", help="only this area")
        parser.add_argument(
            "--as-of", type=moment, metavar="CHANGE-OR-TIME", help="what was held after this change, or at this time"
        )
        parser.add_argument("--format", choices=["csv", "json"], default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = self.rows(options["indicator"], options["area"], options["as_of"])
        (self.write_json if options["format"] == "json" else self.write_csv)(rows)

    def rows(self, indicator: str | None, area: str | None, as_of: int | datetime | None) -> Iterator[list[Any]]:
        """Texts and whole numbers in the order of the columns; None where there is nothing to say."""
        last = DataChange.objects.order_by("-number").values_list("number", flat=True).first() or 0
        if isinstance(as_of, int) and as_of > last:
            raise CommandError(f"There is no change {as_of}: the last is {last}.", returncode=WRONG_USAGE)
        found = observations_as_of(last if as_of is None else as_of)
        if indicator is not None:
            if not Indicator.objects.filter(slug=indicator).exists():
                raise CommandError(f"“{indicator}” is not an indicator.", returncode=WRONG_USAGE)
            found = found.filter(indicator__slug=indicator)
        if area is not None:
            if not Area.objects.filter(code=area).exists():
                raise CommandError(f"“{area}” is not the code of an area.", returncode=WRONG_USAGE)
            found = found.filter(area=area)
        return map(plain, found.order_by(*ORDER).values_list(*COLUMNS.values()).iterator())

    def write_csv(self, rows: Iterator[list[Any]]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)

    def write_json(self, rows: Iterator[list[Any]]) -> None:
        """A list with an object for each figure. Values are texts, so that none is rounded."""
        between = "["
        for row in rows:
            self.stdout.write(
                f"{between}\n{json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)}", ending=""
            )
            between = ","
        self.stdout.write("[]" if between == "[" else "\n]")


def plain(row: tuple[Any, ...]) -> list[Any]:
    slug, area, start, end, value, value_to, *rest = row
    numbers = [None if number is None else f"{number.normalize():f}" for number in (value, value_to)]
    return [slug, area, start.isoformat(), end.isoformat(), *numbers, *rest]
