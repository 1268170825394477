"""Single cells → numbers, by the strictest reading. What could mean two things is refused."""

import re
from decimal import Decimal

NUMBER = re.compile(r"([-−+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
WHOLE_DIGITS, DECIMALS = 11, 4
MARKS_OF_ABSENCE = {"*", "**", "#", "-", "–", "..", ".", ":", "~", "n/a", "na", "null", "none", "x", "z", "c"}


class NotUnderstood(ValueError):
    """A cell that does not say what its column is for. The message says what stands there and what was expected;
    `code` is that of the finding, where another than the column's fits better."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


def shown(text: str) -> str:
    """A cell inside a message, shortened where it is long."""
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57]}…”"


def number(text: str) -> Decimal:
    """'1,234.5', '-7' or '−7'. ASCII digits; commas only between thousands; no exponent, unit or symbol; up to 11
    digits before the point and 4 after it."""
    found = NUMBER.fullmatch(text)
    if found is None:
        raise NotUnderstood(f"{shown(text)} is not a number.{hint_for(text)}")
    sign, whole, fraction = found[1], found[2].replace(",", "").lstrip("0"), (found[3] or "").rstrip("0")
    if len(whole) > WHOLE_DIGITS or len(fraction) > DECIMALS:
        raise NotUnderstood(
            f"{shown(text)} has too many digits: at most {WHOLE_DIGITS} before the point and {DECIMALS} after it."
        )
    value = Decimal(f"{whole or '0'}.{fraction or '0'}").quantize(Decimal(1).scaleb(-len(fraction)))
    return -value if sign in ("-", "−") and value else value


def hint_for(text: str) -> str:
    """What the writer may have meant."""
    if text.lower() in MARKS_OF_ABSENCE or re.fullmatch(r"\[[a-z]+\]", text.lower()):
        return " Where there is no figure, leave the value empty and say why under status: suppressed, not_available."
    if re.fullmatch(r"[<>]=?\s*[0-9,.]+", text):
        return (
            " Write the number alone and 'under' or 'over' under qualifier, or leave it empty with status suppressed."
        )
    if re.search(r"[0-9]\s*%$|^[£$€]", text):
        return " Write the number without its sign: the unit is the indicator's."
    if re.search(r"[0-9][eE][-+]?[0-9]", text):
        return " Write all its digits."
    if text.startswith("#"):
        return " The spreadsheet could not work this cell out."
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text):
        return " Write decimals after a point, such as 12.5."
    if re.fullmatch(r"[0-9.,]+", text):
        return " Expected 1234, 1,234 or 1234.5."
    return " Expected digits, such as 1234 or 12.5."
