"""`manage.py verify_reports`: whether everything that was issued is still what was issued."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from reports.models import PublishedReport
from reports.verifying import faults


class Command(BaseCommand):
    help = (
        "Check every issued report: its SHA-256, its form, its schema, and what the trail of changes says of it. "
        "Exit 1 where something is wrong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stderr.write(fault)
        if found:
            sys.exit(1)
        self.stdout.write(f"{PublishedReport.objects.count()} issued, each in place and unaltered.")
