"""What a file is, by its bytes and never by its name, and how its text is written."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from indicators.extracts.findings import CannotRead, Finding

CHUNK = 1 << 20
SAVE_AS_XLSX = "Open it and save it as an Excel workbook (xlsx) without a password, then upload that."

DAMAGED_WORKBOOK = (
    "This is a damaged workbook, or a document of another kind. Open it, save it again as a workbook (xlsx or ods), "
    "then upload that."
)

# Every zip begins alike; a workbook is told by the names of the files within, which stand near its start.
OTHER_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "zip", "a zip archive. Unpack it and upload the CSV file inside."),
    (b"\xd0\xcf\x11\xe0", "old-excel", f"an old Excel workbook, or one with a password. {SAVE_AS_XLSX}"),
    (b"\x1f\x8b", "gzip", "a gzip archive. Unpack it and upload the CSV file inside."),
    (b"7z\xbc\xaf\x27\x1c", "zip", "a 7-Zip archive. Unpack it and upload the CSV file inside."),
    (b"Rar!\x1a\x07", "zip", "a RAR archive. Unpack it and upload the CSV file inside."),
    (b"BZh9", "zip", "a bzip2 archive. Unpack it and upload the CSV file inside."),
    (b"\xfd7zXZ", "zip", "an xz archive. Unpack it and upload the CSV file inside."),
    (b"%PDF", "pdf", "a PDF document. Ask the supplier for the figures as CSV."),
    (b"\x89PNG", "picture", "a picture. Ask the supplier for the figures as CSV."),
    (b"\xff\xd8\xff", "picture", "a picture. Ask the supplier for the figures as CSV."),
)
MOSTLY = 0.9
UNMARKED = Finding(None, None, "utf-16", "The file is UTF-16, though nothing at its start says so.", "note")
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<script")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of a codec, and what a person must be told about it."""

    name: str
    notice: Finding | None = None


def encoding_of(file: BinaryIO) -> Encoding:
    """How the text of a file is written: UTF-8 or UTF-16, each with or without a byte order mark, else Windows-1252,
    with a warning that shows the first line where it matters.

    Reads the file in pieces and leaves it at its start. Raises CannotRead for whatever is not text.
    """
    head = head_of(file)
    refuse_binary(head)
    wide = utf_16_of(head)
    name = wide or "utf-8-sig"
    encoding = Encoding(name, UNMARKED if wide not in ("", "utf-16") else None)
    if not wide:
        refuse_nul(line_of_nul(file))
    if (bad := first_bad_byte(file, name)) is not None:
        if wide or not is_ascii(file, bad) or first_bad_byte(file, "cp1252") is not None:
            raise damaged(file, bad, "UTF-16" if wide else "UTF-8")
        encoding = Encoding("cp1252", windows_notice(file, bad))
    if wide:
        refuse_nul(line_of_nul_in_utf_16(file, wide))
    file.seek(0)
    return encoding


def head_of(file: BinaryIO) -> bytes:
    """The first bytes, which tell what a file is."""
    file.seek(0)
    return file.read(4096)


def refuse_other_kinds(head: bytes) -> None:
    if not head:
        raise refuse("empty", "This file is empty. Expected a table with a header row.")
    for signature, code, what in OTHER_KINDS:
        if head.startswith(signature):
            if code == "zip" and (b"xl/" in head or b"[Content_Types]" in head or b"opendocument" in head):
                raise refuse("workbook", DAMAGED_WORKBOOK)
            raise refuse(code, f"This is no table but {what}")
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(MARKUP):
        raise refuse(
            "web-page",
            "This is no table but a web page: often an error or sign-in page that was saved instead of the "
            "data. Download the file again.",
        )


def utf_16_of(head: bytes) -> str:
    """The codec of a file that begins with the mark of UTF-16, or in which nearly every second byte is zero and none of
    the others, as where most letters are Latin; nothing for any other."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = head[0::2], head[1::2]
    for codec, high, low in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if high and high.count(0) > MOSTLY * len(high) and not low.count(0):
            return codec
    return ""


def refuse_binary(head: bytes) -> None:
    """Raise CannotRead for first bytes that are no text in any encoding."""
    refuse_other_kinds(head)
    if not utf_16_of(head) and (at := head.find(b"\0")) >= 0:
        refuse_nul(1 + line_ends(head[:at].decode("latin-1"), ""))


def refuse_nul(line: int) -> None:
    """Raise CannotRead where a NUL character stands on a line: no text has one."""
    if line:
        said = "There is a NUL character, which no text has: the file is damaged or no CSV."
        raise refuse("not-text", said, line)


def line_of_nul(file: BinaryIO) -> int:
    """The line of the first NUL byte; 0 where there is none."""
    file.seek(0)
    read = 0
    while chunk := file.read(CHUNK):
        if (at := chunk.find(b"\0")) >= 0:
            return line_around(file, read + at)[0]
        read += len(chunk)
    return 0


def line_of_nul_in_utf_16(file: BinaryIO, codec: str) -> int:
    file.seek(0)
    decoder, line, last = codecs.getincrementaldecoder(codec)("strict"), 1, ""
    while chunk := file.read(CHUNK):
        text = decoder.decode(chunk)
        if (at := text.find("\0")) >= 0:
            return line + line_ends(text[:at], last)
        line += line_ends(text, last)
        last = text[-1:] or last
    return 0


def first_bad_byte(file: BinaryIO, codec: str) -> int | None:
    """Where the file stops being text in an encoding, counted in bytes from its start; None where all of it is."""
    file.seek(0)
    decoder, read = codecs.getincrementaldecoder(codec)("strict"), 0
    while True:
        pending = len(decoder.getstate()[0])
        chunk = file.read(CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return read - pending + error.start
        read += len(chunk)
        if not chunk:
            return None


def is_ascii(file: BinaryIO, until: int) -> bool:
    """Whether the bytes before `until` are plain ASCII. Where they are not, the text was UTF-8 and is damaged."""
    file.seek(0)
    while until > 0 and (chunk := file.read(min(CHUNK, until))):
        if not chunk.isascii():
            return False
        until -= len(chunk)
    return True


def windows_notice(file: BinaryIO, bad: int) -> Finding:
    line, text = line_around(file, bad)
    shown = text.decode("cp1252", "replace").strip()[:80]
    said = f"The file is not UTF-8 and was read as Windows-1252. Check that this is right: “{shown}”."
    return Finding(line, None, "windows-1252", said, "warning")


def damaged(file: BinaryIO, bad: int, name: str) -> CannotRead:
    line, _ = line_around(file, bad)
    said = f"The text is damaged here: it is not valid {name}. Save the file again as UTF-8."
    return refuse("damaged-text", said, line)


def line_around(file: BinaryIO, at: int) -> tuple[int, bytes]:
    """The number of the line that a byte stands on, and up to 200 bytes before and after it on that line."""
    file.seek(0)
    line, left, tail = 1, at, b""
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        line += line_ends(chunk.decode("latin-1"), tail[-1:].decode("latin-1"))
        tail, left = (tail + chunk)[-200:], left - len(chunk)
    rest = file.read(200)
    start = tail.replace(b"\r", b"\n").rpartition(b"\n")[2]
    return line, start + rest.replace(b"\r", b"\n").partition(b"\n")[0]


def line_ends(text: str, before: str) -> int:
    """Line ends in a piece of a text: LF, CR and CRLF each count once, also where `before` ended in the CR."""
    split = before == "\r" and text.startswith("\n")
    return text.count("\n") + text.count("\r") - text.count("\r\n") - split


def refuse(code: str, message: str, line: int | None = None) -> CannotRead:
    return CannotRead(Finding(line, None, code, message))
