"""Reading TOML files into plain, checked values; every mistake names its file and line.

An entry is a frozen dataclass whose first field is `where: Place`. Its other fields are what a table of the file
may hold: a field without a default must be there, a name that is not a field is a mistake.
"""

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

HEADER = re.compile(r"\s*\[(\[)?\s*(?P<path>[^\[\]]+?)\s*\](?(1)\])\s*(#.*)?")
KEY = re.compile(r"""\s*(?P<key>[A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""")
NUMBER = re.compile(r"-?\d{1,11}(\.\d{1,4})?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KINDS = {str: "text in quotes", int: "a whole number", bool: "true or false", date: "a date such as 2019-03-31"}
KINDS[Decimal] = 'a number in quotes such as "17.1"'

T = TypeVar("T")


class CannotLoad(Exception):
    """The folder has mistakes. The message has one on each line: 'fixtures/x/actions.toml line 41: …'."""


@dataclass(frozen=True)
class Place:
    """Where in a file a table stands, and the line of each of its keys."""

    path: Path
    line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """The line of a key; without such a key, of the table."""
        return self.lines.get(key, self.line)


class Mistakes:
    """Everything found wrong so far, in the order of the files. References that lead nowhere are kept apart: they
    may follow from another mistake."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.dangling: list[str] = []

    def add(self, where: Place, message: str, key: str = "") -> None:
        self.found.append(f"{where.path} line {where.line_of(key)}: {message}")

    def refuse(self) -> None:
        """Raise CannotLoad if anything was found; of references only when all else is right."""
        if self.found or self.dangling:
            raise CannotLoad("\n".join(self.found or self.dangling))


class TomlFile:
    """A TOML file, read once. Tables at its top that are none of `names` are noted as mistakes."""

    def __init__(self, path: Path, names: Iterable[str], mistakes: Mistakes) -> None:
        self.path, self.mistakes = path, mistakes
        text, self.data = read_text(path, mistakes)
        self.places = places_of(path, text, self.data)
        allowed = list(names)
        for name, value in self.data.items():
            if name not in allowed:
                first = value[0] if isinstance(value, list) and value else value
                mistakes.add(self.place(first), f"'{name}' is not known here{did_you_mean(name, allowed)}")

    def place(self, table: object) -> Place:
        return self.places.get(id(table), Place(self.path))

    def entries(self, name: str, kind: type[T]) -> list[T]:
        """The tables `[[name]]` as entries, in their order. Tables with mistakes are left out and noted."""
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            self.mistakes.add(Place(self.path), f"'{name}' has to be written as tables: [[{name}]]")
            return []
        entries = (entry_of(table, kind, self.place(table), self.places, self.mistakes) for table in found)
        return [entry for entry in entries if entry is not None]

    def entry(self, name: str, kind: type[T]) -> T | None:
        """The one table `[name]` as an entry; None, and noted, where it is missing or has mistakes."""
        table = self.data.get(name)
        if isinstance(table, dict):
            return entry_of(table, kind, self.place(table), self.places, self.mistakes)
        if self.data:
            self.mistakes.add(Place(self.path), f"the table [{name}] is missing")
        return None


def read_text(path: Path, mistakes: Mistakes) -> tuple[str, dict[str, Any]]:
    """The text of a file and the data in it; nothing, and noted, where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        mistakes.found.append(f"{path}: the file is missing")
    except (UnicodeDecodeError, OSError) as problem:
        mistakes.found.append(f"{path}: it cannot be read as UTF-8 text ({problem})")
    except tomllib.TOMLDecodeError as problem:
        said = re.fullmatch(r"(?s)(.*) \(at line (\d+), column (\d+)\)", str(problem))
        message, line = (said[1], int(said[2])) if said else (str(problem), text.rstrip().count("\n") + 1)
        mistakes.add(Place(path, line), message)
    return "", {}


def places_of(path: Path, text: str, data: dict[str, Any]) -> dict[int, Place]:
    """The place of every table in a file that holds `data`."""
    places: dict[int, Place] = {id(data): Place(path)}
    keys: dict[str, int] = {}
    seen: dict[int, int] = {}
    inside: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if inside is None and (header := HEADER.fullmatch(line)):
            keys = {}
            with suppress(LookupError, TypeError):  # a line of a list that looks like a header
                table = table_at(data, header["path"], header[1] is not None, seen)
                places[id(table)] = Place(path, number, keys)
        elif inside is None and (key := KEY.match(line)):
            keys[key["key"].strip("\"'")] = number
        inside = still_inside(line, inside)
    return places


def table_at(data: dict[str, Any], path: str, is_array: bool, seen: dict[int, int]) -> dict[str, Any]:
    """The table that the next header with this path opens. `seen` counts the tables of each array so far."""
    here: Any = data
    parts = parts_of(path)
    for depth, part in enumerate(parts):
        here = here[part]
        if isinstance(here, list):
            if is_array and depth == len(parts) - 1:
                seen[id(here)] = seen.get(id(here), -1) + 1
            here = here[seen[id(here)]]
    found: dict[str, Any] = here
    return found


def parts_of(path: str) -> list[str]:
    """'actions.progress."2019-03"' as its three names."""
    parts, table = [], tomllib.loads(f"[{path}]")
    while table:
        name, table = next(iter(table.items()))
        parts.append(name)
    return parts


def still_inside(line: str, inside: str | None) -> str | None:
    """The quotes of the text over several lines that is still open after a line; None outside of one."""
    for quotes in ('"""', "'''"):
        if inside in (None, quotes) and line.count(quotes) % 2:
            return None if inside else quotes
    return inside


def entry_of(
    table: dict[str, Any], kind: type[T], where: Place, places: Mapping[int, Place], mistakes: Mistakes
) -> T | None:
    """A table as an entry; None, and noted, where it has mistakes."""
    fields = {f.name: f for f in dataclasses.fields(kind) if f.name != "where"}  # type: ignore[arg-type]
    hints, before = get_type_hints(kind), len(mistakes.found)
    for name in table:
        if name not in fields:
            mistakes.add(where, f"'{name}' is not known here{did_you_mean(name, fields)}", name)
    values: dict[str, Any] = {}
    for name, known in fields.items():
        if name in table:
            values[name] = value_of(name, table[name], hints[name], where, places, mistakes)
            check_choice(name, values[name], known.metadata.get("choices"), where, mistakes)
        elif known.default is dataclasses.MISSING and known.default_factory is dataclasses.MISSING:
            mistakes.add(where, f"'{name}' is missing")
    make: Any = kind
    return make(where=where, **values) if len(mistakes.found) == before else None


def value_of(name: str, value: Any, hint: Any, where: Place, places: Mapping[int, Place], mistakes: Mistakes) -> Any:
    """A value as its field wants it: lists become tuples, tables become entries."""
    if get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in get_args(hint) if part is not types.NoneType)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            mistakes.add(where, f"{name} has to be a list in brackets", name)
            return ()
        return tuple(value_of(name, item, get_args(hint)[0], where, places, mistakes) for item in value)
    if get_origin(hint) is dict and isinstance(value, dict):
        return {key: value_of(key, item, get_args(hint)[1], where, places, mistakes) for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return entry_of(value, typing.cast(type[Any], hint), places.get(id(value), where), places, mistakes)
    if hint is Decimal and isinstance(value, str) and NUMBER.fullmatch(value):
        return Decimal(value)
    if not isinstance(hint, type) or type(value) is datetime or type(value) is not hint:
        mistakes.add(where, f"{name} has to be {KINDS.get(hint, 'a table')}, not {value!r}", name)
    elif name in ("slug", "key") and not SLUG.fullmatch(str(value)):
        mistakes.add(where, f"{name} '{value}' has to be small letters, digits and single hyphens", name)
    return value


def check_choice(name: str, value: Any, choices: Any, where: Place, mistakes: Mistakes) -> None:
    if choices is not None and value not in choices:
        allowed = ", ".join(str(choice) for choice in choices)
        mistakes.add(where, f"{name} '{value}' is not one of {allowed}{did_you_mean(str(value), choices)}", name)


def check_name(where: Place, key: str, value: str, known: Iterable[str], what: str, mistakes: Mistakes) -> None:
    """Note a reference to something that is not there: "lead 'kent-polise' is not a partner; did you mean …"."""
    names = list(known)
    if value and value not in names:
        said = f"{key} '{value}' is not {what}{did_you_mean(value, names)}"
        mistakes.dangling.append(f"{where.path} line {where.line_of(key)}: {said}")


def check_once(entries: Iterable[Any], key: str, mistakes: Mistakes) -> None:
    """Note every entry whose `key` another entry before it has."""
    lines: dict[Any, int] = {}
    for entry in entries:
        value = getattr(entry, key)
        if value in lines:
            mistakes.add(entry.where, f"{key} '{value}' is used twice; the first is on line {lines[value]}", key)
        lines.setdefault(value, entry.where.line_of(key))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, [str(name) for name in known], n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
