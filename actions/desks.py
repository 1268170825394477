"""Where somebody writes: who they are, for which partner and report, at which address."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.deputies import answers_for
from accounts.guards import person
from accounts.models import Partner, User
from accounts.roles import Permission
from actions.drafts import Owner
from actions.models import PartnerLink, Via
from actions.rules import partners_with_actions
from actions.writers import Writer
from priorities.cycles import open_cycle_for
from priorities.models import ReportingCycle

# In the address of the files of an action: for which partner's form they are attached.
FROM_THE_FORM = "form-of"


@dataclass(frozen=True, slots=True)
class Desk:
    """`url` is the page of the form, `draft_url` where its drafts are kept between saves, `token` the one of the link
    by which somebody came who has not signed in, `suffix` what keeps an address on the partner that was chosen."""

    writer: Writer
    partner: Partner
    cycle: ReportingCycle
    owner: Owner
    url: str
    draft_url: str
    token: str = ""
    suffix: str = ""

    @property
    def enters_for_others(self) -> bool:
        """Whether the coordinator enters the words of a partner that they do not act for."""
        user = self.writer.user
        return user is not None and self.writer.reviews and self.partner.pk not in answers_for(user)

    def files_url(self, key: str) -> str:
        """The page on which files are attached to an action."""
        if self.token:
            return reverse("link_files", args=[self.token, key])
        return f"{reverse('action_files', args=[key])}?{FROM_THE_FORM}={self.partner.slug}"

    @property
    def sheet_url(self) -> str:
        """The page on which a spreadsheet of the actions is downloaded and uploaded."""
        return reverse("link_sheet", args=[self.token]) if self.token else reverse("my_actions_sheet") + self.suffix

    @property
    def sheet_file_url(self) -> str:
        if self.token:
            return reverse("link_sheet_file", args=[self.token])
        return reverse("my_actions_sheet_file") + self.suffix

    @property
    def key(self) -> str:
        """What a browser keeps unsent words under: other people at the same device have another."""
        return f"{self.owner.key}/{self.partner.slug}/{self.cycle.slug}"


def desk_of(request: HttpRequest) -> Desk | None:
    """Where a signed-in person writes; None where no report is open, or they act for no partner and chose none.

    `?partner=` chooses among those that they act for: their own, those of people they stand in for; for the
    coordinator any.
    """
    user, cycle, asked = person(request), open_cycle_for(), request.GET.get("partner")
    if cycle is None:
        return None
    offered = partners_for(user, cycle)
    if asked:
        return desk_for(user, get_object_or_404(offered, slug=asked), cycle, f"?partner={asked}")
    partner = user.partner or (None if user.may(Permission.UPDATE_ANY_ACTION) else offered.first())
    return desk_for(user, partner, cycle) if partner else None


def partners_for(user: User, cycle: ReportingCycle) -> QuerySet[Partner]:
    """The partners whose actions a person may write about, by name."""
    if user.may(Permission.UPDATE_ANY_ACTION):
        return partners_with_actions(cycle)
    return Partner.objects.filter(pk__in=answers_for(user)).order_by("name")


def desk_for(user: User, partner: Partner, cycle: ReportingCycle, suffix: str = "") -> Desk:
    addresses: dict[str, Any] = {
        "url": reverse("my_actions") + suffix,
        "draft_url": reverse("my_actions_draft") + suffix,
    }
    owner = Owner(user, partner, cycle)
    return Desk(Writer(user.name, user, partner), partner, cycle, owner, suffix=suffix, **addresses)


def desk_by_link(link: PartnerLink, token: str) -> Desk:
    """Where somebody writes who came by a link. Their name is asked for with what they send."""
    partner = link.partner
    return Desk(
        Writer(f"{partner.short_name}, by link", None, partner, Via.LINK),
        partner,
        link.cycle,
        Owner(link, partner, link.cycle),
        url=reverse("link_form", args=[token]),
        draft_url=reverse("link_draft", args=[token]),
        token=token,
    )
