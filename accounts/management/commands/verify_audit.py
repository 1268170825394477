"""`manage.py verify_audit`: whether the trail of changes is whole and unaltered."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts import audit


class Command(BaseCommand):
    help = "Check the trail of changes: every event in place, none altered. Exit 1 where something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(audit.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        count, end = audit.version(), audit.state()
        self.stdout.write(f"{count} events, each in place and unaltered. The last one's mark is {end or 'none'}.")
