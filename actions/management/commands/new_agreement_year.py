"""manage.py new_agreement_year --draft SLUG, and manage.py new_agreement_year FILE --as EMAIL [--dry-run]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from accounts.toml_files import CannotLoad
from actions.years import draft_of, new_agreement_year, read_plan
from priorities.lineage import in_words, origins_of
from priorities.models import Agreement, ReportingCycle
from priorities.states import State


class Command(BaseCommand):
    help = (
        "Begin a new agreement year. --draft SLUG prints a file in which everything of that agreement carries on; "
        "change it, then run the command with the file. All of it is done, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="what changes, as TOML")
        parser.add_argument("--draft", metavar="SLUG", help="print a file to begin from, for the year after this one")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who does it: somebody who runs reports")
        parser.add_argument("--dry-run", action="store_true", help="say what would come of it, and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["draft"]:
            self.stdout.write(draft_of(agreement_of(options["draft"])), ending="")
            return
        if not options["file"]:
            raise CommandError("Name a file, or --draft and an agreement.")
        actor = who_runs_reports(options["email"] or "")
        try:
            with transaction.atomic():
                made = new_agreement_year(plan=read_plan(options["file"]), actor=actor)
                self.say(made)
                transaction.set_rollback(options["dry_run"])
        except CannotLoad as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Nothing was kept." if options["dry_run"] else f"{made.name} has begun.")

    def say(self, agreement: Agreement) -> None:
        """Each priority and where it came from."""
        priorities = list(agreement.priorities.all())
        origins = origins_of(priorities)
        for priority in priorities:
            said = in_words(origins.get(priority.pk, [])) or "It is new."
            self.stdout.write(f"{priority.number}. {priority.title}. {said}")
        unfinished = ReportingCycle.objects.filter(agreement=agreement.follows, state__in=(State.DRAFT, State.CHECKED))
        for cycle in unfinished:
            self.stdout.write(
                f"The {cycle.title} report is not issued yet. Milestones and outputs were carried on as they are now: "
                "what is still answered in it is to be answered again. Better begin the year once it is issued."
            )


def agreement_of(slug: str) -> Agreement:
    found = Agreement.objects.filter(slug=slug).first()
    if found is None:
        held = ", ".join(Agreement.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no agreement '{slug}'. Held: {held}.")
    return found


def who_runs_reports(email: str) -> User:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None or not person.may(Permission.RUN_REPORTS):
        raise CommandError(f"'{email}' is nobody who runs reports. Name somebody with --as EMAIL.")
    return person
