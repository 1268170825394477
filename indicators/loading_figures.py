"""The figures of an agreement's folder, brought in as extracts: the same way as an upload."""

import hashlib
from pathlib import Path

from accounts.bringing_in import ACTOR
from accounts.toml_files import CannotLoad
from indicators.extracts.apply import CannotUse
from indicators.extracts.in_one_go import use_file
from indicators.extracts.storage import TooLarge
from indicators.models import Extract


def load_figures(folder: Path, *, small_numbers_checked: bool) -> int:
    """Use every CSV file of a folder, in the order of their names; how many figures are new or revised.

    A file whose bytes were used before changes nothing, also where somebody has taken it back or revised its figures
    since. Raises CannotLoad with every mistake of the first file that has any, each with its line and column, and for a
    file with small numbers that nobody has checked.
    """
    paths = (path for path in sorted(folder.glob("*.csv")) if not was_used(path))
    return sum(use(path, small_numbers_checked) for path in paths)


def was_used(path: Path) -> bool:
    """Whether these bytes are used now, or were until somebody took them back."""
    states = (Extract.State.USED, Extract.State.TAKEN_BACK)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Extract.objects.filter(sha256=sha256, state__in=states).exists()


def use(path: Path, small_numbers_checked: bool) -> int:
    try:
        with path.open("rb") as source:
            change = use_file(
                source=source,
                original_name=path.name,
                actor=ACTOR,
                small_numbers_checked=small_numbers_checked,
            )
    except TooLarge as problem:
        raise CannotLoad(f"{path}: {problem}") from problem
    except CannotUse as refused:
        said = [f"{path} {finding}".replace(" Line ", " line ", 1) for finding in refused.findings]
        raise CannotLoad("\n".join(said or [f"{path}: {refused}"])) from refused
    return change.new + change.revised if change else 0
