"""Write static/vendor/ from the pinned npm packages below, with a lock of versions and checksums.

Run it as `./run vendor` after changing a version, with npm at hand; nothing else in this project needs Node.
Folders named on the command line are searched for packed packages (NAME-VERSION.tgz) before npm is asked.

The partnership's site is not GOV.UK. The code of govuk-frontend is free to use (MIT); the typeface, crest,
crown and logo are not, so the rules that need them are left out and the text is set in Arial.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = "vendor.lock.json"
ONLY_ON_GOV_UK = re.compile(r"govuk-(logo-|header__logotype|footer__copyright-logo|footer__crown)|@font-face")

GOVUK_LICENCE = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def without_source_map(text: str) -> str:
    """The file without its last line naming a source map, which is not vendored."""
    return re.sub(r"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$", "\n", text)


def css_rules(css: str) -> Iterator[tuple[str, str]]:
    """Split minified CSS into (selector or at-rule, body) pairs of its outermost level.

    A statement without a block, such as `@charset "UTF-8";`, comes with an empty body.
    """
    start = depth = opened = 0
    for mark in re.finditer(r"[{};]", css):
        at = mark.start()
        if mark.group() == "{":
            opened = at if depth == 0 else opened
            depth += 1
        elif mark.group() == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : at]
                start = at + 1
        elif depth == 0:
            yield css[start : at + 1], ""
            start = at + 1


def unbranded(css: str) -> str:
    """CSS without the rules that only GOV.UK may use, down through @media and @supports."""
    kept = []
    for head, body in css_rules(css):
        if ONLY_ON_GOV_UK.search(head):
            continue
        if head.startswith(("@media", "@supports")):
            body = unbranded(body)
            if not body:
                continue
        kept.append(f"{head}{{{body}}}" if body else head)
    return "".join(kept)


def govuk_css(text: str) -> str:
    """govuk-frontend's stylesheet, set in Arial and without anything that belongs to GOV.UK alone."""
    css = unbranded(without_source_map(text).strip())
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,Helvetica,sans-serif")
    for forbidden in ("GDS Transport", "url(", "crest", "crown"):
        if forbidden in css:
            raise SystemExit(f"govuk-frontend: '{forbidden}' is still in the stylesheet; see ONLY_ON_GOV_UK.")
    return css + "\n"


@dataclass(frozen=True)
class Wanted:
    """A file to take: its path in the package, its path under static/vendor, and what to do with the text."""

    source: str
    target: str
    change: Callable[[str], str] = without_source_map


@dataclass(frozen=True)
class Package:
    """An npm package, the version taken, and the files wanted from it."""

    name: str
    version: str
    files: tuple[Wanted, ...]
    licence: tuple[str, str] | None = None

    @property
    def tarball(self) -> str:
        return f"{self.name}-{self.version}.tgz"


PACKAGES = (
    Package(
        "govuk-frontend",
        "6.6.0",
        (
            Wanted("dist/govuk/govuk-frontend.min.css", "govuk-frontend/govuk-frontend.min.css", govuk_css),
            Wanted("dist/govuk/govuk-frontend.min.js", "govuk-frontend/govuk-frontend.min.js"),
        ),
        licence=("govuk-frontend/LICENSE.txt", GOVUK_LICENCE),
    ),
    # A pair: the Python package plotly 7.1.0 makes figures for plotly.js 4.1.1.
    Package(
        "plotly.js-basic-dist-min",
        "4.1.1",
        (
            Wanted("plotly-basic.min.js", "plotly/plotly-basic.min.js"),
            Wanted("LICENSE", "plotly/LICENSE.txt"),
        ),
    ),
    Package("plotly.js", "4.1.1", (Wanted("dist/plotly.css", "plotly/plotly.css"),)),
)


def packed(package: Package, folders: list[Path], scratch: Path) -> Path:
    """The package as a tarball: from one of the folders if it lies there, else from npm."""
    for folder in folders:
        if (folder / package.tarball).is_file():
            return folder / package.tarball
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    try:
        subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    except FileNotFoundError:
        raise SystemExit("npm was not found. Vendoring needs it; running the dashboard does not.") from None
    except subprocess.CalledProcessError:
        raise SystemExit(f"npm could not fetch {package.name} {package.version}.") from None
    return scratch / package.tarball


def contents(package: Package, tarball: Path) -> dict[str, str]:
    """The text of every wanted file, by its path under static/vendor."""
    texts = {}
    with tarfile.open(tarball) as archive:
        for wanted in package.files:
            member = archive.extractfile(f"package/{wanted.source}")
            if member is None:
                raise SystemExit(f"{package.name} {package.version} has no {wanted.source}.")
            texts[wanted.target] = wanted.change(member.read().decode())
    if package.licence:
        path, text = package.licence
        texts[path] = text
    return texts


def write(path: Path, text: str) -> str:
    """Write one file and return its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def main(folders: list[Path]) -> None:
    lock = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            tarball = packed(package, folders, Path(scratch))
            texts = contents(package, tarball)
            sums = {target: write(VENDOR / target, text) for target, text in texts.items()}
            lock.append({"package": package.name, "version": package.version, "files": sums})
    (VENDOR / LOCK).write_text(json.dumps(lock, indent=2) + "\n")
    print(f"{sum(len(entry['files']) for entry in lock)} files written to static/vendor, and {LOCK}.")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
