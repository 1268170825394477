"""Files that belong to an action: what may be attached, and where its bytes lie."""

import os
import re
import secrets
import tempfile
import unicodedata
from collections.abc import Container
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from actions.models import Action, Attachment
from actions.text import tidy
from actions.writers import Writer
from indicators.extracts import storage
from priorities.cycles import hold_open
from priorities.models import ReportingCycle

LARGEST = 10 * 1024 * 1024
MOST = 20
STORED = re.compile(r"[0-9a-f]{32}")
LIMITS = (
    f"PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, CSV or text, up to {LARGEST // 1024**2} MB. "
    "No names or details of people who were harmed or suspected."
)

ZIP = b"PK\x03\x04"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
# What a file of each kind is sent as, and what its bytes begin with; text begins with anything.
KINDS: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (f"{OFFICE}.wordprocessingml.document", ZIP),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", ZIP),
    ".pptx": (f"{OFFICE}.presentationml.presentation", ZIP),
    ".odt": (f"{OPEN}.text", ZIP),
    ".ods": (f"{OPEN}.spreadsheet", ZIP),
    ".odp": (f"{OPEN}.presentation", ZIP),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".csv": ("text/csv", b""),
    ".txt": ("text/plain", b""),
}


def path_of(stored: str) -> Path:
    """Where the bytes of an attachment lie: under a name of ours, which says nothing."""
    return Path(settings.MEDIA_ROOT) / "attachments" / stored[:2] / stored


def content_type(name: str) -> str:
    return KINDS[Path(name).suffix.lower()][0]


def checked_name(upload: UploadedFile) -> str:
    """The name of a file that may be attached. Raises ValidationError, saying what may be."""
    name = "".join(sign for sign in Path(upload.name or "").name if unicodedata.category(sign)[0] != "C")[-200:]
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise ValidationError(f"'{name}' cannot be attached. {LIMITS}")
    if not upload.size:
        raise ValidationError(f"'{name}' is empty.")
    if upload.size > LARGEST:
        raise ValidationError(f"'{name}' is larger than {LARGEST // 1024**2} MB.")
    upload.seek(0)
    first = upload.read(4096)
    begins = KINDS[kind][1]
    if not first.startswith(begins) or (not begins and b"\0" in first):
        raise ValidationError(
            f"'{name}' is not what its name says. Save it again as {kind[1:].upper()} and try once more."
        )
    return name


@transaction.atomic
def attach(*, action: Action, cycle: ReportingCycle, title: str, upload: UploadedFile, by: Writer) -> Attachment:
    """Keep a file with an action. Raises ValidationError for one that may not be attached, and Refused where the state
    of the report forbids writing; both keep nothing."""
    name = checked_name(upload)
    cycle = hold_open(cycle, by.actor)
    if Attachment.objects.filter(action=action).count() >= MOST:
        raise ValidationError(f"This action has {MOST} files already. Remove one first.")
    stored = secrets.token_hex(16)
    write(upload, path_of(stored))
    try:
        made = Attachment.objects.create(
            action=action,
            cycle=cycle,
            title=tidy(title, longest=200) or name,
            original_name=name,
            stored=stored,
            size=upload.size or 0,
            at=timezone.now(),
            by_name=by.name,
        )
        record(made, "file-attached", f"{by.name} attached '{made.title}' to '{action}'.", by)
    except BaseException:
        path_of(stored).unlink(missing_ok=True)
        raise
    return made


@transaction.atomic
def remove(*, attachment: Attachment, by: Writer) -> None:
    """Remove a file from an action, and its bytes. Raises Refused where the state of the report forbids writing."""
    hold_open(attachment.cycle, by.actor)
    record(attachment, "file-removed", f"{by.name} removed '{attachment.title}' from '{attachment.action}'.", by)
    stored = attachment.stored
    attachment.delete()
    transaction.on_commit(lambda: path_of(stored).unlink(missing_ok=True))


def write(upload: UploadedFile, final: Path) -> None:
    """The bytes under their lasting name, whole or not at all; only the owner may read them."""
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    upload.seek(0)
    with tempfile.NamedTemporaryFile(dir=final.parent, prefix=storage.INCOMING, delete=False) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(final)


def sweep(*, before: float, used: Container[str]) -> list[Path]:
    """Remove what a program that was stopped halfway has left: files that were arriving, and bytes that no attachment
    names (`used` holds the names of those that one does), last written before a time in seconds since 1970. The files
    that were removed."""
    folder = Path(settings.MEDIA_ROOT) / "attachments"
    left = [*folder.glob(f"??/{storage.INCOMING}*")]
    left += [path for path in folder.glob("??/*") if STORED.fullmatch(path.name) and path.name not in used]
    return [path for path in left if storage.remove(path, before)]


def record(attachment: Attachment, kind: str, sentence: str, by: Writer) -> None:
    audit.record(
        actor=by.actor,
        kind=kind,
        object_type="action",
        object_key=attachment.action.key,
        sentence=sentence,
        data={"file": attachment.original_name, "size": attachment.size, "report": attachment.cycle.slug},
    )
