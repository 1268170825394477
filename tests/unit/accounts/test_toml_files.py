"""Reading TOML files into checked values: a mistake names its file and line."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.toml_files import CannotLoad, Mistakes, Place, TomlFile, check_name, check_once


@dataclass(frozen=True)
class Step:
    where: Place
    title: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Thing:
    where: Place
    key: str
    title: str
    colour: str = field(default="red", metadata={"choices": ["red", "green"]})
    number: int = 0
    done: bool = False
    when: date | None = None
    names: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    said: dict[str, Step] = field(default_factory=dict)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "things.toml"


def mistakes_of(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    mistakes = Mistakes()
    TomlFile(path, ["things"], mistakes).entries("things", Thing)
    return [found.removeprefix(f"{path} ") for found in mistakes.found]


def test_a_missing_file_is_named(path: Path) -> None:
    mistakes = Mistakes()

    assert TomlFile(path, ["things"], mistakes).entries("things", Thing) == []
    assert mistakes.found == [f"{path}: the file is missing"]


def test_a_file_that_is_not_text_is_named(path: Path) -> None:
    path.write_bytes(b'key = "\xff"')
    mistakes = Mistakes()

    TomlFile(path, ["things"], mistakes)

    assert "cannot be read as UTF-8 text" in mistakes.found[0]


def test_a_slip_in_the_writing_names_its_line(path: Path) -> None:
    assert mistakes_of(path, '[[things]]\nkey = "a"\ntitle = A\n') == ["line 3: Invalid value"]


def test_a_bracket_that_is_never_closed_names_the_last_line(path: Path) -> None:
    assert mistakes_of(path, '[[things]]\nkey = [\n    "a",\n\n') == ["line 3: Invalid value (at end of document)"]


def test_what_is_missing_unknown_or_of_the_wrong_sort_names_its_line(path: Path) -> None:
    text = """
[[things]]
key = "a"
title = "A"

[[things]]
key = "Big Letters"
titel = "B"
colour = "gren"
number = "3"
done = 1
when = 2019-03-31T10:00:00
names = "one"
"""

    assert mistakes_of(path, text) == [
        "line 8: 'titel' is not known here; did you mean 'title'?",
        "line 7: key 'Big Letters' has to be small letters, digits and single hyphens",
        "line 6: 'title' is missing",
        "line 9: colour 'gren' is not one of red, green; did you mean 'green'?",
        "line 10: number has to be a whole number, not '3'",
        "line 11: done has to be true or false, not 1",
        "line 12: when has to be a date such as 2019-03-31, not datetime.datetime(2019, 3, 31, 10, 0)",
        "line 13: names has to be a list in brackets",
    ]


def test_mistakes_inside_nested_tables_name_their_own_line(path: Path) -> None:
    text = """
[[things]]
key = "a"
title = "A"
names = [
    "one",
    "two",
]
[[things.steps]]
title = "first"
[[things.steps]]
title = "second"
amount = 1.5

[[things]]
key = "b"
title = '''
[[things]]
key = "no table: this is text"
'''
[things.said."2019-03"]
titel = "x"
"""

    assert mistakes_of(path, text) == [
        'line 13: amount has to be a number in quotes such as "17.1", not 1.5',
        "line 22: 'titel' is not known here; did you mean 'title'?",
        "line 21: 'title' is missing",
    ]


def test_a_table_that_is_not_known_is_a_mistake(path: Path) -> None:
    assert mistakes_of(path, '[[thing]]\nkey = "a"\n') == ["line 1: 'thing' is not known here; did you mean 'things'?"]


def test_one_table_where_several_are_expected_is_a_mistake(path: Path) -> None:
    assert mistakes_of(path, '[things]\nkey = "a"\n') == ["line 1: 'things' has to be written as tables: [[things]]"]


def test_a_single_table_that_is_missing_is_a_mistake(path: Path) -> None:
    path.write_text('[[things]]\nkey = "a"\n', encoding="utf-8")
    mistakes = Mistakes()

    assert TomlFile(path, ["thing", "things"], mistakes).entry("thing", Thing) is None
    assert mistakes.found == [f"{path} line 1: the table [thing] is missing"]


def test_a_name_of_something_that_is_not_there_suggests_what_is_meant(path: Path) -> None:
    mistakes = Mistakes()
    where = Place(path, 40, {"lead": 41})

    check_name(where, "lead", "kent-polise", ["kcc", "kent-police"], "a partner", mistakes)

    expected = f"{path} line 41: lead 'kent-polise' is not a partner; did you mean 'kent-police'?"
    assert mistakes.dangling == [expected]
    with pytest.raises(CannotLoad, match="line 41"):
        mistakes.refuse()


def test_a_name_that_leads_nowhere_is_not_held_against_a_file_with_other_mistakes(path: Path) -> None:
    mistakes = Mistakes()
    check_name(Place(path, 40), "lead", "kcc", [], "a partner", mistakes)
    mistakes.add(Place(path, 2), "'name' is missing")

    with pytest.raises(CannotLoad) as refused:
        mistakes.refuse()

    assert str(refused.value) == f"{path} line 2: 'name' is missing"


def test_the_same_key_twice_names_both_lines(path: Path) -> None:
    mistakes = Mistakes()
    text = '[[things]]\nkey = "a"\ntitle = "A"\n[[things]]\nkey = "a"\ntitle = "B"\n'
    path.write_text(text, encoding="utf-8")

    check_once(TomlFile(path, ["things"], mistakes).entries("things", Thing), "key", mistakes)

    assert mistakes.found == [f"{path} line 5: key 'a' is used twice; the first is on line 2"]


def test_entries_carry_their_values_as_their_fields_want_them(path: Path) -> None:
    path.write_text(
        '[[things]]\nkey = "a"\ntitle = "A"\nwhen = 2019-03-31\nnames = ["x", "y"]\n'
        '[[things.steps]]\ntitle = "first"\namount = "-17.25"\n[things.said."2019-03"]\ntitle = "so"\n',
        encoding="utf-8",
    )

    mistakes = Mistakes()

    (thing,) = TomlFile(path, ["things"], mistakes).entries("things", Thing)

    mistakes.refuse()
    assert (thing.when, thing.names, thing.colour) == (date(2019, 3, 31), ("x", "y"), "red")
    assert [(step.title, step.amount, step.where.line) for step in thing.steps] == [("first", Decimal("-17.25"), 6)]
    assert thing.said["2019-03"].title == "so"
