"""manage.py send_reminders [--dry-run] [--on DATE]"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions.reminders import mails_go_out, send_reminders


class Command(BaseCommand):
    help = "Remind people by mail whose actions are not updated for the report that is open. Run it each morning."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be reminded, and send nothing")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help="as if it were this day, such as 2019-06-01"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        if not (dry_run or mails_go_out()):
            raise CommandError("No mail server is set, so nobody was reminded. Name one in EMAIL_URL.")
        outcomes = send_reminders(on=options["on"] or timezone.localdate(), dry_run=dry_run)
        for cycle, outcome in outcomes.items():
            for writer, text in outcome.sent:
                self.stdout.write(f"{writer.email}: {text.subject}")
            did = "would be reminded" if dry_run else "reminded"
            self.stdout.write(f"{cycle.title}: {len(outcome.sent)} {did}, {outcome.before} had been before.")
        if not outcomes:
            self.stdout.write("Nobody is to be reminded today.")
        failed = [problem for outcome in outcomes.values() for problem in outcome.failed]
        if failed:
            raise CommandError("\n".join(["These mails could not be sent; run the command again:", *failed]))
