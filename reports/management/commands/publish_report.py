"""`manage.py publish_report 2019-03 --as EMAIL`: issue a report that somebody else has checked."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from priorities.models import ReportingCycle
from priorities.states import Refused
from reports.frozen import CannotFreeze
from reports.publishing import NotReady, issue, issue_correction


class Command(BaseCommand):
    help = (
        "Issue a report that somebody else has checked, or a correction that somebody else has prepared. "
        "What is issued never changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="REPORT", help="its name in addresses, such as 2019-03")
        parser.add_argument("--as", required=True, dest="email", metavar="EMAIL", help="who issues it")

    def handle(self, *args: Any, **options: Any) -> None:
        cycle, person = report_named(options["report"]), issuer(options["email"])
        try:
            issued = (issue_correction if cycle.is_correcting else issue)(cycle=cycle, actor=person)
        except NotReady as refused:
            raise CommandError("\n".join([f"{cycle.title} cannot be issued:", *refused.errors])) from None
        except (Refused, CannotFreeze) as refused:
            raise CommandError(str(refused)) from None
        published = issued.published
        link = f"{settings.SITE_URL}{reverse('meeting_overview', args=[issued.token])}"
        self.stdout.write(f"Issued {published}, prepared by {published.prepared_by_name}.")
        self.stdout.write(f"SHA-256 {published.sha256}")
        self.stdout.write(f"Link for the meeting, shown this once: {link}")


def report_named(slug: str) -> ReportingCycle:
    found = ReportingCycle.objects.filter(slug=slug).select_related("agreement__area").first()
    if found is None:
        known = ", ".join(ReportingCycle.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no report '{slug}'. There are: {known}.")
    return found


def issuer(email: str) -> User:
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody has the address {email}.")
    if not found.may(Permission.ISSUE_REPORTS):
        raise CommandError(f"{found.name} may not issue reports.")
    return found
