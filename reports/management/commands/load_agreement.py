"""`manage.py load_agreement DIR`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.toml_files import CannotLoad
from reports.loading import load_agreement


class Command(BaseCommand):
    help = "Bring the agreement in a folder in. Run again, it changes nothing that people have changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Such as fixtures/kent-2018-19.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            changed = load_agreement(folder)
        except CannotLoad as problem:
            raise CommandError(f"Nothing was brought in.\n{problem}") from problem
        things = "1 thing" if changed == 1 else f"{changed:,} things"
        self.stdout.write(f"{folder}: {things} changed." if changed else f"{folder}: nothing has changed.")
