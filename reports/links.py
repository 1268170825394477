"""Links under which an edition is read without signing in, and the log of who opened them."""

import hashlib
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from django.utils import timezone

from accounts.adapter import client_address
from reports.models import MeetingLink, MeetingLinkOpening, PublishedReport

# How much of an address is kept: enough to tell one network from another.
KEPT_BITS = {4: 24, 6: 48}


class LinkHasEnded(Exception):
    """The link was good once; it has ended by itself or was ended."""

    def __init__(self, link: MeetingLink) -> None:
        super().__init__(str(link))
        self.link = link


def opened(request: HttpRequest, token: str) -> PublishedReport | None:
    """The edition that a link leads to, after writing down that it was opened; None where there is no such link. Raises
    LinkHasEnded."""
    sha256 = hashlib.sha256(token.encode()).hexdigest()
    links = MeetingLink.objects.select_related("published__cycle").defer("published__payload")
    link = links.filter(token_sha256=sha256).first()
    if link is None:
        return None
    if link.revoked_at is not None or link.ends_at < timezone.now():
        raise LinkHasEnded(link)
    MeetingLinkOpening.objects.create(
        link=link,
        at=timezone.now(),
        page=request.path.partition(token)[2][:200],
        address=shortened(client_address(request)),
        by=opened_by(request),
    )
    return link.published


def shortened(address: str) -> str:
    """The network an address is in: '192.0.2.0/24', '2001:db8:1::/48'; '' for none."""
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{KEPT_BITS[version]}", strict=False))


def opened_by(request: HttpRequest) -> MeetingLinkOpening.By:
    """A browser says what it wants a page for; mail scanners and previews do not, or only ask whether it is there."""
    is_visit = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    return MeetingLinkOpening.By.BROWSER if is_visit else MeetingLinkOpening.By.PROGRAM
