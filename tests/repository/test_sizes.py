"""A file is about one thing and fits on a few screens. The limits are where it certainly no longer does."""

import ast
from pathlib import Path

from tests.repository.tree import files, name

LINES_OF_CODE = 400
LINES_OF_FUNCTION = 60
LINES_OF_TEMPLATE = 120

CODE = [path for path in files(".py", ".js") if "migrations" not in path.parts]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> dict[str, int]:
    """The functions of a Python file with their lengths in lines."""
    return {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_file_of_code_is_too_long() -> None:
    assert {name(path): lines(path) for path in CODE if lines(path) > LINES_OF_CODE} == {}


def test_no_function_is_too_long() -> None:
    lengths = [item for path in CODE if path.suffix == ".py" for item in functions(path).items()]

    assert {title: length for title, length in lengths if length > LINES_OF_FUNCTION} == {}


def test_no_template_is_too_long() -> None:
    assert {name(path): lines(path) for path in files(".html") if lines(path) > LINES_OF_TEMPLATE} == {}
