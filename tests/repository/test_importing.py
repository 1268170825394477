"""docs/importing.md tells suppliers of everything that the code checks, and of nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from indicators.extracts.findings import PERSONAL_DATA, SMALL_NUMBERS
from indicators.extracts.formats import native
from indicators.extracts.values import CLEAR, SIGNS
from tests.repository.tree import ROOT

GUIDE = (ROOT / "docs" / "importing.md").read_text()
# Where the code of a finding stands among what makes one.
PLACES = {"Finding": 2, "add": 2, "once": 3, "mistake": 1, "NotUnderstood": 1, "refuse": 0, "cannot": 0}
WORDS = ("qualifier", "status")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def texts(node: ast.AST) -> Iterator[str]:
    """What a literal may be; of one that is put together, each that it can make, or else its beginning."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        begins = str(node.values[0].value)
        yield from (f"{begins}{name}" for name in WORDS) if begins == "unknown-" else (begins.rstrip("-"),)


def codes_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            at = PLACES.get(name, len(node.args))
            yield from texts(node.args[at]) if at < len(node.args) else ()
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and is_bytes(node.elts[0]):
            yield from texts(node.elts[1])


def is_bytes(node: ast.AST) -> bool:
    """The first bytes of a kind of file, in the table of what files are instead."""
    return isinstance(node, ast.Constant) and isinstance(node.value, bytes)


def codes() -> set[str]:
    files = (ROOT / "indicators" / "extracts").rglob("*.py")
    return {PERSONAL_DATA, SMALL_NUMBERS} | {code for path in files for code in codes_of(path) if CODE.fullmatch(code)}


def documented() -> set[str]:
    """The codes of the tables: the first cell of each row."""
    return set(re.findall(r"^\| `([a-z0-9-]+)` \|", GUIDE.partition("## Everything that is checked")[2], re.MULTILINE))


def test_every_check_of_the_code_is_explained() -> None:
    assert codes() - documented() == set(), "these belong into a table of docs/importing.md"


def test_nothing_is_explained_that_the_code_does_not_check() -> None:
    assert documented() - codes() == set()


def test_every_column_sign_and_status_is_explained() -> None:
    words = {*native.KNOWN, *native.QUALIFIERS, *native.STATUSES, *(f"[{sign}]" for sign in SIGNS), *CLEAR}

    assert {word for word in words if f"`{word}`" not in GUIDE} == set()


def test_the_limits_are_those_of_the_settings() -> None:
    for limit in (settings.MAX_TIDY_ROWS, settings.MAX_STREET_ROWS, settings.MAX_CELL_CHARACTERS, settings.MAX_COLUMNS):
        assert f"{limit:,}" in GUIDE
    assert f"{settings.MAX_UPLOAD_BYTES // 1024**2} MB" in GUIDE
