"""manage.py import_extract FILE [--apply --as EMAIL]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import Permission
from indicators.extracts.apply import CannotUse, use_file
from indicators.extracts.current import plan_of
from indicators.extracts.findings import Findings
from indicators.extracts.plan import Plan, Step
from indicators.extracts.rows import Figure
from indicators.extracts.storage import TooLarge


class Command(BaseCommand):
    help = "Say what the figures of a file would change, and with --apply use them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a file of figures, such as CSV")
        parser.add_argument("--apply", action="store_true", help="use the figures, not only say what they change")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who uses them: somebody who may")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        actor = self.person(options["email"]) if options["apply"] else None
        try:
            plan = plan_of(path)
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem
        self.say(plan)
        if plan.findings.errors:
            raise CommandError(f"{path} has {plan.findings.errors} errors. Nothing can be used of it.")
        if actor:
            self.use(path, actor)

    def person(self, email: str | None) -> User:
        if not email:
            raise CommandError("--apply needs --as EMAIL: who uses the figures.")
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None or not person.may(Permission.USE_EXTRACTS):
            raise CommandError(f"{email} is nobody who may use figures.")
        return person

    def say(self, plan: Plan) -> None:
        """What the plan says, a line for each figure that changes."""
        for text in lines_of(plan.findings):
            self.stdout.write(text)
        for word, steps in (("New", plan.new), ("Revised", plan.revised)):
            for step in steps:
                self.stdout.write(f"{word}: {sentence(step)}")
        counts = f"{len(plan.new)} new, {len(plan.revised)} revised, {len(plan.unchanged)} unchanged"
        self.stdout.write(f"{plan.rows} rows: {counts}.")

    def use(self, path: Path, actor: User) -> None:
        try:
            with path.open("rb") as source:
                change = use_file(source=source, original_name=path.name, actor=actor)
        except (CannotUse, TooLarge) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Used." if change else "All of it has been used or is held already. Nothing has changed.")


def lines_of(findings: Findings) -> list[str]:
    """Errors, then warnings, then notes; and how many more there are of each."""
    said = []
    for severity in ("error", "warning", "note"):
        said += [f"{severity.capitalize()}: {finding}" for finding in findings.of(severity)]
        if more := findings.more(severity):
            said.append(f"… and {more} more of these.")
    return said


def sentence(step: Step) -> str:
    indicator, area = step.key.indicator, step.key.area
    was = f" (was {plain(step.held.figure)})" if step.held else ""
    return f"{indicator}, {area}, {step.key.period}: {plain(step.figure)}{was}"


def plain(figure: Figure) -> str:
    """A figure as a file would say it: '1200 provisional', 'about 3100 final', 'suppressed'."""
    if figure.value is None:
        return figure.status
    end = f" to {figure.value_to:f}" if figure.value_to is not None else ""
    bound = f"{figure.qualifier} " if figure.qualifier not in ("exact", "range") else ""
    return f"{bound}{figure.value:f}{end} {figure.status}"
