"""`manage.py render_report 2019-03 --format json --output PATH`: an issued report as a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.editions import Altered, edition_of, text_of

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    help = "Write an issued report to a file. As json it is exactly the bytes that were issued."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT", help="its name in addresses, such as 2019-03")
        parser.add_argument("--edition", type=int, metavar="N", help="the last one where none is named")
        parser.add_argument("--format", choices=["json"], required=True)
        parser.add_argument("--output", required=True, metavar="PATH", help="a new file, or - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = edition_of(options["report"], options["edition"])
        if edition is None:
            raise CommandError(f"No such edition of a report '{options['report']}' has been issued.")
        try:
            content = text_of(edition.published).encode()
        except Altered as altered:
            raise CommandError(str(altered)) from None
        if options["output"] == STANDARD_OUTPUT:
            sys.stdout.buffer.write(content)
            return
        write(Path(options["output"]), content)
        self.stderr.write(f"{edition.published}: {len(content):,} bytes, SHA-256 {edition.published.sha256}")


def write(path: Path, content: bytes) -> None:
    """A new file; one that holds exactly this already is left as it is. Raises CommandError for any other."""
    if path.exists():
        if not path.is_file() or path.read_bytes() != content:
            raise CommandError(f"{path} exists and holds something else. Name a new file.")
        return
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as problem:
        raise CommandError(f"{path} cannot be written: {problem.strerror}.") from None
