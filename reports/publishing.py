"""Issuing a report, correcting, withdrawing and publishing it: each changes its state by the table of
priorities.states and writes one event in the trail."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from actions.text import tidy
from indicators.extracts.apply import lock
from priorities.cycles import locked, move
from priorities.models import ReportingCycle
from priorities.states import Refused, State, Step
from reports import checklist
from reports.current import complete, report_before
from reports.editions import NotShown, editions_of
from reports.frozen import SCHEMA, fingerprint, freeze
from reports.models import MeetingLink, Outcome, PublishedReport, Withdrawal
from reports.report import Report

CHANGED = "Something in this report has changed since you looked at it. Look again, then issue it."
UNCHANGED = "Nothing in it is other than in edition {}. Write what is to be corrected, or drop the correction."
WITHDRAWN = "This report was withdrawn. A correction can be issued in its place."
NEVER_ISSUED = "Nothing has been issued of this report."
TOKEN_BYTES = 24


class NotReady(Refused):
    """Something stands in the way of issuing; `errors` say what, a sentence each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(" ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Issued:
    """An edition that was just issued, and the secret of its link for the meeting, which is kept nowhere."""

    published: PublishedReport
    token: str


def latest(cycle: ReportingCycle) -> PublishedReport | None:
    """The last edition of a report."""
    return PublishedReport.objects.filter(cycle=cycle).order_by("-edition").first()


def standing(cycle: ReportingCycle) -> PublishedReport:
    """The last edition, for somebody who is about to do something with it. Raises Refused where there is none or it
    was withdrawn."""
    published = latest(cycle)
    if published is None:
        raise Refused(NEVER_ISSUED)
    if Withdrawal.objects.filter(published=published).exists():
        raise Refused(WITHDRAWN)
    return published


@transaction.atomic
def issue(*, cycle: ReportingCycle, actor: User, expected: str = "") -> Issued:
    """Freeze a report that somebody else has checked, as its first edition, and make a link for the meeting.

    `expected` is the fingerprint of what the actor looked at; where the report is another by now, nothing is issued.
    Raises Refused, and NotReady with everything that stands in the way.
    """
    held = move(cycle, Step.ISSUE)
    return freeze_as(held, actor=actor, edition=1, note="", expected=expected)


@transaction.atomic
def issue_correction(*, cycle: ReportingCycle, actor: User, expected: str = "") -> Issued:
    """Freeze a report anew, as its next edition, with the note of the correction that somebody else has prepared. The
    editions before stay as they are. Raises as `issue` does."""
    held = move(cycle, Step.ISSUE_CORRECTION)
    before = latest(held)
    if before is None:
        raise Refused(NEVER_ISSUED)
    return freeze_as(held, actor=actor, edition=before.edition + 1, note=held.correction_note, expected=expected)


def freeze_as(cycle: ReportingCycle, *, actor: User, edition: int, note: str, expected: str) -> Issued:
    """Keep what the report says now. `cycle` is locked, in the state it is to have; nobody changes anything else until
    the transaction ends."""
    lock()
    report = complete(cycle)
    text = freeze(report)
    sha256 = fingerprint(text)
    if errors := why_not_issued(cycle, report, sha256, actor):
        raise NotReady(errors)
    if expected and expected != sha256:
        raise Refused(CHANGED)
    prepared_by, prepared_by_name = checklist.preparer(cycle)
    published = PublishedReport.objects.create(
        cycle=cycle,
        edition=edition,
        schema=SCHEMA,
        payload=text,
        sha256=sha256,
        prepared_by=prepared_by,
        prepared_by_name=prepared_by_name,
        issued_by=actor,
        issued_by_name=actor.name,
        issued_at=timezone.now(),
        note=note,
    )
    cycle.correction_note, cycle.correction_by, cycle.correction_by_name = "", None, ""
    cycle.save(update_fields=["state", "correction_note", "correction_by", "correction_by_name"])
    link, token = link_to(published, actor)
    said = f"{actor.name} issued edition {edition} of the report {cycle.title}, prepared by {prepared_by_name}"
    record(
        actor,
        "report-issued",
        cycle,
        f"{said}, with the note: {note}" if note else f"{said}.",
        edition=edition,
        sha256=sha256,
        schema=SCHEMA,
        note=note,
        prepared_by=prepared_by.email if prepared_by else prepared_by_name,
        prepared_by_name=prepared_by_name,
        issued_by_name=actor.name,
        issued_at=published.issued_at.isoformat(),
        link_ends=link.ends_at.isoformat(),
    )
    return Issued(published, token)


def why_not_issued(cycle: ReportingCycle, report: Report, sha256: str, actor: User) -> list[str]:
    """Why this person cannot issue a report that says this now, a sentence each; nothing where they can. `sha256` is
    that of its text. A correction corrects something, except in place of an edition that was withdrawn."""
    found = checklist.errors(cycle, actor)
    try:
        report_before(cycle)
    except NotShown as problem:
        found.append(f"What changed since the report before cannot be told. {problem}")
    last = next(iter(editions_of([cycle])), None)
    if last is not None and last.sha256 == sha256 and not hasattr(last, "withdrawal"):
        found.append(UNCHANGED.format(last.edition))
    return found


@transaction.atomic
def prepare_correction(*, cycle: ReportingCycle, actor: User, note: str) -> None:
    """Let the coordinator write in a report that was issued, until the correction is issued or dropped. The note says
    what is wrong and will stand on the new edition. Raises Refused."""
    held = move(cycle, Step.PREPARE_CORRECTION)
    if latest(held) is None:
        raise Refused(NEVER_ISSUED)
    held.correction_note = said(note, "Say what is corrected: the note stands on the new edition.")
    held.correction_by, held.correction_by_name = actor, actor.name
    held.save(update_fields=["state", "correction_note", "correction_by", "correction_by_name"])
    sentence = f"{actor.name} began to prepare a correction of the report {held.title}: {held.correction_note}"
    record(actor, "report-correction-prepared", held, sentence, note=held.correction_note)


@transaction.atomic
def drop_correction(*, cycle: ReportingCycle, actor: User) -> None:
    """Leave what was issued as it is. What was written for the correction stays in the histories. Raises Refused."""
    held = move(cycle, Step.DROP_CORRECTION)
    note = held.correction_note
    held.correction_note, held.correction_by, held.correction_by_name = "", None, ""
    held.save(update_fields=["state", "correction_note", "correction_by", "correction_by_name"])
    sentence = f"{actor.name} dropped the correction of the report {held.title}."
    record(actor, "report-correction-dropped", held, sentence, note=note)


@transaction.atomic
def withdraw(*, cycle: ReportingCycle, actor: User, reason: str) -> Withdrawal:
    """Take the last edition back: its pages then say that it was withdrawn, by whom and why. Its text is kept. What was
    public is no longer. Raises Refused."""
    was_public = locked(cycle).state == State.PUBLIC
    held = move(cycle, Step.WITHDRAW)
    published = standing(held)
    made = Withdrawal.objects.create(
        published=published,
        reason=said(reason, "Say why the report is withdrawn: it stands in its place."),
        was_public=was_public,
        by=actor,
        by_name=actor.name,
        at=timezone.now(),
    )
    held.save(update_fields=["state"])
    sentence = f"{actor.name} withdrew edition {published.edition} of the report {held.title}: {made.reason}"
    record(actor, "report-withdrawn", held, sentence, edition=published.edition, reason=made.reason)
    return made


@transaction.atomic
def enter_outcome(*, cycle: ReportingCycle, actor: User, text: str, minute: str) -> Outcome:
    """Say what the meeting made of a report, and where its minutes say so. Said again later, the last counts. Raises
    Refused."""
    held = locked(cycle)
    if State(held.state) not in (State.CONSIDERED, State.PUBLIC):
        held = move(cycle, Step.CONSIDER)
    published = standing(held)
    made = Outcome.objects.create(
        published=published,
        text=said(text, "Say what the meeting made of the report."),
        minute=tidy(minute),
        by=actor,
        by_name=actor.name,
        at=timezone.now(),
    )
    held.save(update_fields=["state"])
    where = f" ({made.minute})" if made.minute else ""
    sentence = f"{actor.name} entered what the meeting made of the report {held.title}{where}: {made.text}"
    record(actor, "report-considered", held, sentence, edition=published.edition, text=made.text, minute=made.minute)
    return made


@transaction.atomic
def make_public(*, cycle: ReportingCycle, actor: User) -> None:
    """Let anyone read the last edition, and every correction that follows. Raises Refused."""
    held = move(cycle, Step.PUBLISH)
    published = standing(held)
    held.save(update_fields=["state"])
    sentence = f"{actor.name} made the report {held.title} public, in edition {published.edition}."
    record(actor, "report-made-public", held, sentence, edition=published.edition)


@transaction.atomic
def make_link(*, cycle: ReportingCycle, actor: User) -> str:
    """Another link to the last edition; what is returned makes its address and is kept nowhere. Raises Refused."""
    held = locked(cycle)
    published = standing(held)
    link, token = link_to(published, actor)
    sentence = f"{actor.name} made a link to edition {published.edition} of the report {held.title}."
    record(actor, "meeting-link-made", held, sentence, edition=published.edition, link_ends=link.ends_at.isoformat())
    return token


@transaction.atomic
def revoke_link(*, link: MeetingLink, actor: User) -> None:
    """End a link now. One that was ended stays as it is. Raises Refused."""
    held = MeetingLink.objects.select_for_update(of=("self",)).select_related("published__cycle").get(pk=link.pk)
    if held.revoked_at is not None:
        raise Refused("This link was ended already.")
    held.revoked_at, held.revoked_by_name = timezone.now(), actor.name
    held.save(update_fields=["revoked_at", "revoked_by_name"])
    cycle, edition = held.published.cycle, held.published.edition
    sentence = f"{actor.name} ended a link to edition {edition} of the report {cycle.title}."
    record(actor, "meeting-link-ended", cycle, sentence, edition=edition, made_at=held.made_at.isoformat())


def link_to(published: PublishedReport, actor: User) -> tuple[MeetingLink, str]:
    """A new link, and the secret of its address."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    link = MeetingLink.objects.create(
        published=published,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        made_by=actor,
        made_by_name=actor.name,
        made_at=now,
        ends_at=end_of_link(published.cycle, now),
    )
    return link, token


def end_of_link(cycle: ReportingCycle, now: datetime) -> datetime:
    """The end of the day that lies MEETING_LINK_DAYS after the meeting, or after today where that is later."""
    today = timezone.localdate(now)
    last = max(cycle.meeting or today, today) + timedelta(days=settings.MEETING_LINK_DAYS)
    return timezone.make_aware(datetime.combine(last, time.max))


def said(text: str, hint: str) -> str:
    """A text as it is kept; Refused with the hint where it says nothing."""
    kept = tidy(text)
    if not kept:
        raise Refused(hint)
    return kept


def record(actor: User, kind: str, cycle: ReportingCycle, sentence: str, **data: Any) -> None:
    audit.record(actor=actor, kind=kind, object_type="report", object_key=cycle.slug, sentence=sentence, data=data)
