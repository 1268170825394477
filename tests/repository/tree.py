"""The files of this repository, for tests about them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ["accounts", "indicators", "priorities", "actions", "reports", "csa_dashboard"]


def files(*suffixes: str) -> list[Path]:
    """The files git knows or would add, without vendored ones; of the given suffixes, or all of them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [Path(name) for name in listed.stdout.split("\0") if name]
    return [
        ROOT / path
        for path in sorted(set(paths))
        if path.parts[:2] != ("static", "vendor")
        and (not suffixes or path.suffix in suffixes)
        and (ROOT / path).is_file()
    ]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
