"""manage.py import_extract FILE… [--apply --as EMAIL [--small-numbers-seen]] [--json] [--format ID] [--sheet NAME]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from indicators.extracts import formats
from indicators.extracts.apply import HELD_ALREADY, UsedAlready
from indicators.extracts.findings import Finding, Findings, Severity
from indicators.extracts.in_one_go import UNCHECKED, Outcome, Refused, look, use_files
from indicators.extracts.plan import Step
from indicators.extracts.rows import Figure
from indicators.management.people import WRONG_USAGE, who_uses

SCHEMA = 1
HINTS = {
    "which-sheet": "Say with --sheet NAME which one is read.",
    "unknown-format": "Upload it on the Data page: what its columns are can be said there, on the page of the upload.",
}
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Command(BaseCommand):
    help = "Say what the figures of files would change, and with --apply use them: all of the files or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file of figures, such as CSV")
        parser.add_argument("--apply", action="store_true", help="use the figures, not only say what they change")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who uses them: somebody who may")
        parser.add_argument(
            "--small-numbers-seen",
            action="store_true",
            help="you have looked at the small numbers among the figures, and they may be used",
        )
        parser.add_argument("--json", action="store_true", help="say it as one JSON document")
        parser.add_argument("--format", choices=list(formats.BY_ID), default="", help="how the files are laid out")
        parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet that is read of each workbook")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["apply"] and not options["email"]:
            raise CommandError("--apply needs --as EMAIL: who uses the figures.", returncode=WRONG_USAGE)
        actor = who_uses(options["email"]) if options["email"] else None
        given: list[str] = options["files"]
        try:
            outcomes = self.outcomes(list(map(Path, given)), actor if options["apply"] else None, options)
        except OSError as problem:
            said = f"{problem.filename} cannot be read: {problem.strerror}." if problem.filename else f"{problem}."
            raise CommandError(said, returncode=WRONG_USAGE) from problem
        (self.say_json if options["json"] else self.say)(given, outcomes)
        if wrong := [name for name, outcome in zip(given, outcomes, strict=True) if outcome.is_refused]:
            raise CommandError(f"Nothing has changed: {', '.join(wrong)} cannot be used.")
        unchecked = [name for name, outcome in zip(given, outcomes, strict=True) if outcome.is_unchecked]
        if unchecked and options["apply"]:
            raise CommandError(f"Nothing has changed. {', '.join(unchecked)}: {UNCHECKED}")

    def outcomes(self, paths: list[Path], actor: User | None, options: dict[str, Any]) -> list[Outcome]:
        how = {"format": options["format"], "sheet": options["sheet"]}
        if actor is None:
            return [look(path, **how) for path in paths]
        try:
            return use_files(paths, actor=actor, small_numbers_checked=options["small_numbers_seen"], **how)
        except Refused as refused:
            return list(refused.outcomes)

    def say_json(self, given: list[str], outcomes: list[Outcome]) -> None:
        files = [as_json(name, outcome) for name, outcome in zip(given, outcomes, strict=True)]
        self.stdout.write(json.dumps({"schema": SCHEMA, "files": files}, ensure_ascii=False, indent=2))

    def say(self, given: list[str], outcomes: list[Outcome]) -> None:
        """In words: what was found in each file, then a line for each figure that changes."""
        for name, outcome in zip(given, outcomes, strict=True):
            if len(outcomes) > 1:
                self.stdout.write(f"{name}:")
            for text in (*lines_of(outcome.plan.findings), *changes_of(outcome), *notes_of(outcome)):
                self.stdout.write(text)
            if outcome.change:
                self.stdout.write("Used.")


def as_json(name: str, outcome: Outcome) -> dict[str, Any]:
    """What is said of one file. Lines and columns count from 1, in the file as it was."""
    plan, use = outcome.plan, outcome.change or outcome.before
    notes = [*plan.notes, *(["already-applied"] if outcome.is_live else []), *notes_of(outcome)]
    return {
        "file": name,
        "sheet": plan.sheet,
        "format": plan.format or None,
        "sha256": outcome.sha256,
        "rows": plan.rows,
        "outside": plan.outside,
        "new": len(plan.new),
        "revised": len(plan.revised),
        "unchanged": len(plan.unchanged),
        "missing": len(plan.missing),
        "findings": [found(finding) for severity in SEVERITIES for finding in plan.findings.of(severity)],
        "notes": notes + more_of(plan.findings),
        "extract": use.extract_id if use else None,
        "applied": outcome.change is not None,
    }


def found(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in ("severity", "code", "line", "column", "message")}


def more_of(findings: Findings) -> list[str]:
    """What is counted but not listed."""
    counts = {severity: findings.more(severity) for severity in SEVERITIES}
    return [f"{more} more findings of severity {severity} are not listed." for severity, more in counts.items() if more]


def notes_of(outcome: Outcome) -> list[str]:
    """What can be done about an error, and why nothing is used of a file that has none."""
    if not outcome.is_live:
        return [hint for code, hint in HINTS.items() if code in outcome.plan.findings.codes]
    return [str(UsedAlready(outcome.before))] if outcome.before else [HELD_ALREADY]


def lines_of(findings: Findings) -> list[str]:
    """Errors, then warnings, then notes; and how many more there are of each."""
    said = []
    for severity in SEVERITIES:
        said += [f"{severity.capitalize()}: {finding}" for finding in findings.of(severity)]
        if more := findings.more(severity):
            said.append(f"… and {more} more of these.")
    return said


def changes_of(outcome: Outcome) -> list[str]:
    plan = outcome.plan
    said = [f"New: {sentence(step)}" for step in plan.new] + [f"Revised: {sentence(step)}" for step in plan.revised]
    counts = f"{len(plan.new)} new, {len(plan.revised)} revised, {len(plan.unchanged)} unchanged"
    missing = f", {len(plan.missing)} missing since last time" if plan.missing else ""
    return [*said, f"{plan.rows} rows: {counts}{missing}."]


def sentence(step: Step) -> str:
    indicator, area = step.key.indicator, step.key.area
    was = f" (was {plain(step.held.figure)})" if step.held else ""
    return f"{indicator}, {area}, {step.key.period}: {plain(step.figure)}{was}"


def plain(figure: Figure) -> str:
    """A figure as a file would say it: '1200 provisional', 'about 3100 final', 'suppressed'."""
    if figure.value is None:
        return figure.status
    end = f" to {figure.value_to.normalize():f}" if figure.value_to is not None else ""
    bound = f"{figure.qualifier} " if figure.qualifier not in ("exact", "range") else ""
    return f"{bound}{figure.value.normalize():f}{end} {figure.status}"
