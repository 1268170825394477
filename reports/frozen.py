"""A report as the text that is kept when it is issued, and back. Everything that its pages show is in that text.

The text is JSON in canonical form: names sorted, no spaces, one way to write each character (NFC, line feeds, RFC 8785
escapes), decimal numbers as strings and no floating-point number anywhere. The same report always gives the same bytes.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reports.report import Report

# Goes up whenever a field of a report, or of what it is made of, comes, goes or changes its meaning; STEPS then says
# how what was kept before is read.
SCHEMA = 2
# How a number is written inside a chart's figure, where nothing else says what is a number.
NUMBER = "decimal"
NOT_CANONICAL = "It holds a report, but is not in the form in which reports are kept."
Kept = dict[str, Any]


class CannotFreeze(ValueError):
    """The report holds something that cannot be kept as text; the message says what."""


class Unreadable(ValueError):
    """The text is no report that this version can read; the message says where and what was expected."""


class OfLaterVersion(Unreadable):
    """The text was kept by a later version of the program."""


def freeze(report: Report) -> str:
    """The text that a report is kept as. Raises CannotFreeze."""
    return canonical({"report": plain(report), "schema": SCHEMA})


def thaw(text: str) -> Report:
    """The report that a text holds. Raises Unreadable for a text that `freeze` did not write."""
    try:
        kept = json.loads(text)
    except ValueError as problem:
        raise Unreadable(f"The text is not JSON: {problem}.") from None
    if not isinstance(kept, dict) or set(kept) != {"report", "schema"}:
        raise Unreadable("Expected an object with 'report' and 'schema' at the top.")
    schema, said = of(int, kept["schema"], "schema"), of(dict, kept["report"], "report")
    if schema > SCHEMA:
        raise OfLaterVersion(f"Its schema is {schema}; this version reads those up to {SCHEMA}.")
    if canonical(plain(kept)) != text:
        raise Unreadable(NOT_CANONICAL)
    for each in range(schema, SCHEMA):
        try:
            STEPS[each](said)
        except (LookupError, TypeError):
            raise Unreadable(f"It is no report of schema {each}.") from None
    report: Report = reader(Report)(said, "report")
    if schema == SCHEMA and freeze(report) != text:
        raise Unreadable(NOT_CANONICAL)
    return report


def to_schema_2(said: Kept) -> None:
    """Schema 1 told neither the rule by which areas of concern are found, nor which of them somebody took away, nor
    where a decision was made, nor which action carried on another."""
    said |= {"concern_rule": "", "not_concerns": []}
    for question in said["questions"]:
        question["decided"] = ""
    for priority in said["priorities"]:
        for action in priority["actions"]:
            action["continues"] = ""


# How a report that was kept under a schema becomes one of the next, in place.
STEPS: dict[int, Callable[[Kept], None]] = {1: to_schema_2}


def fingerprint(text: str) -> str:
    """The SHA-256 of exactly the bytes that are kept, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(kept: Any) -> str:
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        around = text[max(0, problem.start - 40) : problem.start]
        raise CannotFreeze(f"A text holds half of a character, after '{around}'.") from None
    return text


def plain(value: Any) -> Any:
    """A value of a report as JSON knows it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, float):
        return {NUMBER: decimal(Decimal(repr(value)))}
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {plain(name): plain(each) for name, each in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise CannotFreeze(f"A report cannot hold {value!r}.")


def decimal(value: Decimal) -> str:
    """A number as a decimal string, without zeros that say nothing: '12.5', '31204'."""
    if not value.is_finite():
        raise CannotFreeze(f"A report cannot hold {value}.")
    text = f"{value:f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text


Read = Callable[[Any, str], Any]


@cache
def reader(kind: Any) -> Read:
    """What makes a value of that kind from JSON, or says where it found another: `reader(kind)(value, where)`."""
    inside = get_args(kind)
    if is_dataclass(kind):
        return record_reader(kind)
    if get_origin(kind) is UnionType:
        read = reader(inside[0])
        return lambda value, where: None if value is None else read(value, where)
    if get_origin(kind) is tuple:
        read = reader(inside[0])
        return lambda value, where: tuple(
            read(each, f"{where}[{index}]") for index, each in enumerate(of(list, value, where))
        )
    if get_origin(kind) is dict:
        return lambda value, where: numbers_read(of(dict, value, where), where)
    if kind in (date, Decimal):
        return lambda value, where: written(kind, of(str, value, where), where)
    return lambda value, where: of(kind, value, where)


def record_reader(kind: Any) -> Read:
    hints = get_type_hints(kind)
    readers = {field.name: reader(hints[field.name]) for field in fields(kind)}

    def read(value: Any, where: str) -> Any:
        of(dict, value, where)
        if value.keys() != readers.keys():
            missing, unknown = sorted(readers.keys() - value.keys()), sorted(value.keys() - readers.keys())
            raise Unreadable(
                f"{where}: {', '.join(repr(name) for name in missing or unknown)} "
                f"{'missing' if missing else 'not known'}."
            )
        return kind(**{name: read_field(value[name], f"{where}.{name}") for name, read_field in readers.items()})

    return read


def of(kind: type, value: Any, where: str) -> Any:
    """The value, where it is of that JSON type and of no other."""
    if type(value) is not kind:
        raise Unreadable(f"{where}: expected {kind.__name__}, found {type(value).__name__}.")
    return value


def written(kind: Any, text: str, where: str) -> Any:
    """A day or a number from its text."""
    try:
        return date.fromisoformat(text) if kind is date else Decimal(text)
    except (ValueError, ArithmeticError):
        raise Unreadable(f"{where}: '{text}' is not a {kind.__name__.lower()}.") from None


def numbers_read(value: Any, where: str) -> Any:
    """The figure of a chart with its numbers as numbers."""
    if isinstance(value, dict):
        if value.keys() == {NUMBER}:
            return float(written(Decimal, of(str, value[NUMBER], where), where))
        return {name: numbers_read(each, f"{where}.{name}") for name, each in value.items()}
    if isinstance(value, list):
        return [numbers_read(each, f"{where}[{index}]") for index, each in enumerate(value)]
    return value
