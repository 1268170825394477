"""Links for partners without accounts: made and revoked by the coordinator, opened by whoever has one."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import audit
from accounts.models import Partner, User
from actions.models import PartnerLink
from actions.words import long_date
from priorities.cycles import hold_open
from priorities.models import ReportingCycle

LONGEST_DAYS = 120
SIGNER = Signer(salt="actions.partner-link", sep=".")


@dataclass(frozen=True, slots=True)
class Made:
    """A new link and its token, which is nowhere else."""

    link: PartnerLink
    token: str


@transaction.atomic
def make_link(*, partner: Partner, cycle: ReportingCycle, last_day: date, actor: User) -> Made:
    """Make a link that can be used until the end of a day. Raises ValidationError for a day that is over or too far
    off, and Refused where the state of the report forbids writing."""
    today = timezone.localdate()
    if not 0 <= (last_day - today).days <= LONGEST_DAYS:
        raise ValidationError(f"Choose a day from today on, at most {LONGEST_DAYS} days off.")
    cycle = hold_open(cycle, actor)
    token = SIGNER.sign(secrets.token_urlsafe(24))
    link = PartnerLink.objects.create(
        partner=partner,
        cycle=cycle,
        token_hash=hash_of(token),
        expires_at=timezone.make_aware(datetime.combine(last_day, time(23, 59, 59))),
        made_at=timezone.now(),
        made_by=actor,
        made_by_name=actor.name,
    )
    sentence = f"{actor.name} made a link by which {partner} can write for {cycle} until {long_date(last_day)}."
    record(link, "link-made", sentence, actor)
    return Made(link, token)


@transaction.atomic
def revoke_link(*, link: PartnerLink, actor: User) -> bool:
    """End a link at once; whether it had not been revoked before."""
    held = (
        PartnerLink.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partner", "cycle")
        .get(pk=link.pk)
    )
    if held.revoked_at:
        return False
    held.revoked_at, held.revoked_by_name = timezone.now(), actor.name
    held.save(update_fields=["revoked_at", "revoked_by_name"])
    record(held, "link-revoked", f"{actor.name} revoked a link of {held.partner} for {held.cycle}.", actor)
    return True


def found_by(token: str) -> PartnerLink | None:
    """The link of a token, whether or not it can still be used; None for a token that nobody was given."""
    try:
        SIGNER.unsign(token)
    except BadSignature:
        return None
    wanted = hash_of(token)
    link = PartnerLink.objects.select_related("partner", "cycle__agreement").filter(token_hash=wanted).first()
    return link if link and constant_time_compare(link.token_hash, wanted) else None


def why_over(link: PartnerLink) -> str:
    """Why a link cannot be used any more, in a sentence; '' where it can."""
    if link.revoked_at:
        return "This link was taken back."
    if link.expires_at < timezone.now():
        return f"This link could be used until {long_date(timezone.localtime(link.expires_at).date())}."
    if not link.cycle.is_open:
        return f"The {link.cycle} report is closed, so nothing is written in it any more."
    return ""


def count_use(link: PartnerLink) -> None:
    """Note that something was sent by a link. Opening it does not count: scanners of mail open what they find."""
    PartnerLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used_at=timezone.now())


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def record(link: PartnerLink, kind: str, sentence: str, actor: User) -> None:
    audit.record(
        actor=actor,
        kind=kind,
        object_type="partner",
        object_key=link.partner.slug,
        sentence=sentence,
        data={"link": link.pk, "report": link.cycle.slug, "until": link.expires_at.isoformat()},
    )
