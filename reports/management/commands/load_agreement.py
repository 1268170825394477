"""`manage.py load_agreement DIR [--small-numbers-seen]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.toml_files import CannotLoad
from reports.loading import load_agreement


class Command(BaseCommand):
    help = "Bring the agreement in a folder in. Run again, it changes nothing that people have changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Such as fixtures/kent-2018-19.")

        parser.add_argument(
            "--small-numbers-seen",
            action="store_true",
            help="You have looked at the small numbers among its figures, and they may be used.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            changed = load_agreement(folder, small_numbers_checked=options["small_numbers_seen"])
        except CannotLoad as problem:
            raise CommandError(f"Nothing was brought in.\n{problem}") from problem
        things = "1 thing" if changed == 1 else f"{changed:,} things"
        self.stdout.write(f"{folder}: {things} changed." if changed else f"{folder}: nothing has changed.")
