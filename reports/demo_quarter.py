"""The quarter that the demonstration shows: the report of March 2019 issued as it stood, and the next one open.

What is done there stands in a folder, as a TOML file and files of figures; it is done by the demo accounts, through the
same services as on the pages, and once.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Partner, User
from actions.answers import Answer
from actions.decisions import ask
from actions.leads import give
from actions.models import Action
from actions.services import save_answers
from actions.writers import writer
from indicators.extracts.in_one_go import use_files
from indicators.periods import Period
from priorities.key_messages import save_key_messages
from priorities.models import Agreement, Priority, ReportingCycle
from priorities.opening import Dates, open_report
from priorities.states import State
from reports.publishing import issue
from reports.running import check_report

DATES = ("progress_to", "due", "data_due", "meeting")


@transaction.atomic
def bring_in_quarter(folder: Path, people: dict[str, User]) -> bool:
    """Issue the report before and open the next, with what is in the folder; whether anything was done. Nothing is
    where there is no such report, or where it is no draft any more. `people` are the demo accounts, by the part of
    their address before the @."""
    said = tomllib.loads((folder / "quarter.toml").read_text())
    named = ReportingCycle.objects.filter(slug=said["report"]["before"], agreement__slug=said["report"]["agreement"])
    before = named.filter(state=State.DRAFT).first()
    if before is None:
        return False
    check_report(cycle=before, actor=people[said["checked_by"]])
    issue(cycle=before, actor=people[said["issued_by"]])
    use_files(sorted(folder.glob("*.csv")), actor=people["analyst"])
    cycle = open_next(said["report"], people[said["checked_by"]])
    runs = people[said["checked_by"]]
    save_key_messages(cycle=cycle, messages=said["key_messages"], before=[], actor=runs)
    for entry in said["leads"]:
        lead = Partner.objects.get(slug=entry["partner"])
        for action in Action.objects.filter(key__in=entry["actions"]).order_by("key"):
            give(action=action, lead=lead, actor=runs)
    for entry in said["progress"]:
        write(cycle, entry, people[entry["by"]])
    for entry in said["decisions"]:
        put(cycle, entry, people[entry["by"]])
    return True


def open_next(said: dict[str, Any], actor: User) -> ReportingCycle:
    period = Period(said["period_start"], said["period_end"])
    dates = Dates(period, **{name: said[name] for name in DATES})
    return open_report(agreement=Agreement.objects.get(slug=said["agreement"]), dates=dates, actor=actor)


def write(cycle: ReportingCycle, said: dict[str, Any], actor: User) -> None:
    answer = Answer(
        key=said["action"],
        text=said.get("text", ""),
        status=said.get("status", ""),
        nothing_new=said.get("nothing_new", False),
        expected_version=0,
    )
    save_answers(cycle=cycle, answers=[answer], by=writer(actor))


def put(cycle: ReportingCycle, said: dict[str, Any], actor: User) -> None:
    priority = Priority.objects.get(agreement=cycle.agreement_id, slug=said["priority"])
    ask(cycle=cycle, question=said["question"], asked_by=said["asked_by"], priority=priority, actor=actor)
