"""The columns of a table by their names, whatever differs by habit."""

from collections.abc import Sequence


def name_of(cell: str) -> str:
    """The name of a column without case, invisible marks, hyphens, underscores and doubled spaces."""
    return " ".join(cell.replace("\ufeff", "").replace("-", " ").replace("_", " ").casefold().split())


def columns_named(header: Sequence[str]) -> dict[str, int]:
    """The number of each column, from 1, by its name; the first where a name is there twice."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(header, 1):
        columns.setdefault(name_of(cell), at)
    columns.pop("", None)
    return columns
