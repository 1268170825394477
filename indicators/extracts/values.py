"""What stands where a number is expected: a number in any usual dress, or the sign for why there is none.

The signs are those of the Government Analysis Function, in square brackets ('1,234 [p]', '[c]'). Older signs ('*', '-',
'n/a') mean different things to different publishers: they are read by the table of the one who wrote the file, and
without one refused with the question. Suppressed, missing and zero stay three things.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from indicators.extracts.cells import WHOLE_DIGITS, NotUnderstood, number, shown

# https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/
SIGNS: Mapping[str, str] = {
    "a": "average",
    "b": "break",
    "c": "suppressed",
    "e": "estimated",
    "f": "forecast",
    "k": "low",
    "low": "low",
    "ns": "said",
    "p": "provisional",
    "r": "revised",
    "s": "said",
    "ss": "said",
    "sss": "said",
    "t": "said",
    "u": "unreliable",
    "w": "none_recorded",
    "x": "not_available",
    "z": "not_applicable",
}
# Older signs that all publishers use alike.
CLEAR: Mapping[str, str] = {"..": "not_available", ":": "not_available", "…": "not_available"}
UNCLEAR = frozenset(
    {
        "*",
        "**",
        "#",
        "-",
        "–",
        "—",
        ".",
        "~",
        "n/a",
        "na",
        "n.a.",
        "null",
        "none",
        "nil",
        "x",
        "z",
        "c",
        "-1*",
        "^",
        "?",
    }
)
# What a table of signs may say that one means. A meaning that is a status takes its name.
VALUELESS = ("suppressed", "not_available", "not_applicable")
NO_NUMBER = (*VALUELESS, "none_recorded")
STATUSES = ("provisional", "estimated", "unreliable")
NOTES = {
    "low": "Low: more than zero, rounded to it.",
    "none_recorded": "None recorded in the survey.",
    "revised": "Revised.",
    "average": "An average.",
    "break": "A break in the series, as its source marks it.",
}
MEANINGS = (*VALUELESS, *STATUSES, *NOTES, "zero", "said")

# '<5' in place of a number, and what may stand after one.
BOUND = re.compile(r"[<>≤≥]=? ?[0-9][0-9,.]*")
BESIDE = re.compile(r"[£(−-]?[0-9][0-9,.]*%? ?(\(?(?:[bceprsu]|[*#†‡^]{1,2})\)?)", re.IGNORECASE)
LONGEST_WORD = 20
FOOTNOTE = re.compile(r"\[(?:note|footnote) ?[0-9a-z]+\]|[¹²³⁴⁵⁶⁷⁸⁹]+$", re.IGNORECASE)
SIGNED = re.compile(r"(.*?)((?:\[[A-Za-z]{1,3}\]\s*)*)", re.DOTALL)
DRESSED = re.compile(
    r"(?P<minus>[-−+]?)(?P<open>\(?)(?P<pound>£?)(?P<open2>\(?)(?P<minus2>[-−+]?)(?P<digits>[0-9][0-9,.]*)"
    r"(?P<close> ?%?\)? ?%?)"
)
GROUP = re.compile(r"(?<=[0-9])[\u00a0\u2009\u202f\u2007](?=[0-9]{3}(?![0-9]))")
SPACES = " \t\r\n\u00a0\u2007\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says. `status` and `qualifier` are empty where it leaves them to others; `unit` is '%', '£' or
    nothing."""

    value: Decimal | None = None
    status: str = ""
    qualifier: str = ""
    note: str = ""
    unit: str = ""


NOTHING = Said()


def read(text: str, signs: Mapping[str, str] | None = None) -> Said:
    """What a cell says; `signs` are the older signs of its publisher, each with its meaning (one of MEANINGS).

    An empty cell says nothing. Raises NotUnderstood, with what was expected, for whatever is no number and no sign.
    """
    if not text:
        return NOTHING
    if text.isdecimal() and text.isascii() and len(text) <= WHOLE_DIGITS:
        return Said(Decimal(text))
    plain = FOOTNOTE.sub("", text).strip(SPACES)
    found = SIGNED.fullmatch(plain)
    body, brackets = (found[1].strip(SPACES), re.findall(r"\[([A-Za-z]+)\]", found[2])) if found else (plain, [])
    own = {sign.casefold(): meaning for sign, meaning in (signs or {}).items()}
    meanings = [meaning_of(sign, text, own) for sign in brackets]
    if body and (meaning := own.get(body.casefold()) or CLEAR.get(body)):
        meanings, body = [*meanings, meaning], ""
    if body and own and not DRESSED.fullmatch(body):
        body, meaning = without_suffix(body, own)
        meanings += [meaning] if meaning else []
    value, unit = amount(body, own) if body else (None, "")
    return together(value, unit, meanings, text)


class Unclear(NamedTuple):
    """A sign or a word of which somebody has to say what it means: in the place of a number, or `beside` one."""

    sign: str
    beside: bool


def unclear_in(text: str) -> Unclear | None:
    """What has to be said of a cell: '<5', '-', 'Closed', the 'p' of '123p'. None where it is clear, and where nothing
    that could be said would make it a figure."""
    try:
        read(text)
        return None
    except NotUnderstood as wrong:
        if wrong.code not in ("", "sign"):
            return None
    plain = FOOTNOTE.sub("", text).strip(SPACES)
    if found := BESIDE.fullmatch(plain):
        return Unclear(found[1], True)
    is_word = len(plain) <= LONGEST_WORD and re.search(r"[^\W\d_]", plain) and not re.search(r"\d", plain)
    return Unclear(plain, False) if is_word or plain.casefold() in UNCLEAR or BOUND.fullmatch(plain) else None


def is_figure(text: str) -> bool:
    """Whether a text is a number, or a sign that may stand where one does."""
    try:
        read(text)
    except NotUnderstood:
        found = unclear_in(text) or Unclear("", False)
        return found.beside or found.sign.casefold() in UNCLEAR or BOUND.fullmatch(found.sign) is not None
    return True


def meaning_of(sign: str, text: str, own: Mapping[str, str]) -> str:
    meaning = own.get(f"[{sign.casefold()}]") or SIGNS.get(sign.casefold())
    if meaning is None:
        raise NotUnderstood(f"{shown(text)}: [{sign}] is not a known sign. Known are [c], [x], [z], [p], [e], [u].")
    if meaning == "forecast":
        raise NotUnderstood(f"{shown(text)} is a forecast. Only what has been counted is kept.", "forecast")
    return meaning


def without_suffix(body: str, own: Mapping[str, str]) -> tuple[str, str]:
    """'123p' and '123 (r)' by a table of signs: the number, and what the sign after it means."""
    for sign in sorted(own, key=len, reverse=True):
        if body.casefold().endswith(sign) and DRESSED.fullmatch(rest := body[: -len(sign)].strip(SPACES)):
            return rest, own[sign]
    return body, ""


def amount(body: str, own: Mapping[str, str]) -> tuple[Decimal, str]:
    """A number and its unit: '1,234', '£23,705', '(12)', '−7', '45.2%'."""
    if body.startswith("#") and body != "#":
        raise NotUnderstood(f"{shown(body)}: the spreadsheet could not work this cell out.", "spreadsheet-error")
    if body.casefold() in UNCLEAR:
        raise NotUnderstood(
            f"{shown(body)} can mean several things. Where there is no figure, leave the value empty and say why under "
            "status, or write [c] for suppressed, [x] for not available, [z] for not applicable. Where there were "
            "none, write 0.",
            "sign",
        )
    found = DRESSED.fullmatch(GROUP.sub(",", body))
    if found is None:
        return number(body), ""
    opened, closed = found["open"] + found["open2"], found["close"].count(")")
    minuses = found["minus"] + found["minus2"]
    if len(opened) != closed or len(minuses) + len(opened) > 1 or found["close"].count("%") > 1:
        raise NotUnderstood(f"{shown(body)} is not a number. Expected 1234, -1234 or (1,234).")
    value = number(found["digits"])
    negative = bool(opened) or minuses in ("-", "−")
    if found["pound"] and "%" in found["close"]:
        raise NotUnderstood(f"{shown(body)} is both pounds and per cent.")
    return -value if negative and value else value, found["pound"] or ("%" if "%" in found["close"] else "")


def together(value: Decimal | None, unit: str, meanings: list[str], text: str) -> Said:
    """A number and the meanings of the signs beside it, which have to fit it and one another."""
    if "zero" in meanings:
        value, meanings = (Decimal(0) if value is None else value), [m for m in meanings if m != "zero"]
    absent = [meaning for meaning in meanings if meaning in NO_NUMBER]
    if absent and value is not None:
        raise NotUnderstood(f"{shown(text)}: there is a number, and a sign that there is none.", "number-and-sign")
    states = [meaning for meaning in meanings if meaning in (*VALUELESS, *STATUSES)]
    if len(set(states)) > 1:
        raise NotUnderstood(f"{shown(text)}: these signs say different things: {', '.join(states)}.", "number-and-sign")
    notes = " ".join(dict.fromkeys(NOTES[meaning] for meaning in meanings if meaning in NOTES))
    if value is None:
        if not absent and "low" not in meanings and meanings:
            raise NotUnderstood(f"{shown(text)}: the sign needs a number before it.", "number-and-sign")
        missing = "low" in meanings or "none_recorded" in meanings
        return Said(None, states[0] if states else "not_available" if missing else "", note=notes)
    return Said(value, states[0] if states else "", "about" if "low" in meanings else "", notes, unit)
