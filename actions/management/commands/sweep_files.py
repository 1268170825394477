"""manage.py sweep_files"""

import time
from typing import Any

from django.core.management.base import BaseCommand

from actions.files import sweep as sweep_attachments
from actions.models import Attachment
from indicators.extracts.storage import sweep as sweep_extracts
from indicators.models import Extract

DAY = 24 * 60 * 60


class Command(BaseCommand):
    help = "Remove the files, older than a day, that a program which was stopped halfway has left. Run it each day."

    def handle(self, *args: Any, **options: Any) -> None:
        before = time.time() - DAY
        removed = sweep_extracts(before=before, used=set(Extract.objects.values_list("sha256", flat=True)))
        removed += sweep_attachments(before=before, used=set(Attachment.objects.values_list("stored", flat=True)))
        for path in removed:
            self.stdout.write(str(path))
        self.stdout.write(f"{len(removed)} removed.")
