"""What the repository says is about the product, and its links lead somewhere."""

import re
from pathlib import Path

from tests.repository.tree import ROOT, files, name

PICTURES_AND_DATA = {".png", ".csv", ".xlsx", ".ods", ".ico"}
READABLE = [path for path in files() if path.suffix not in PICTURES_AND_DATA]
WITHOUT_FIXTURES = [path for path in READABLE if not path.is_relative_to(ROOT / "fixtures")]
DOCUMENTS = [path for path in WITHOUT_FIXTURES if path.suffix == ".md"]

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.~*\]-])/(?:work|root|home|Users)/\w+")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK|XX" r"X)\b")
ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]*[A-Za-z0-9])")

# The hosts that code and documents may name. Sources of figures stand in fixtures/ and are not limited.
KNOWN_HOST = re.compile(
    r"(.+\.)?(gov\.uk|police\.uk|w3\.org|djangoproject\.com|postgresql\.org|github\.com|openxmlformats\.org)"
    r"|(.+\.)?(example(\.org|\.com|\.net)?|invalid|test)|127\.0\.0\.1|localhost|testserver"
)


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Every match of the pattern in the files, with the file's name."""
    return [f"{name(path)}: {match}" for path in paths for match in pattern.findall(path.read_text())]


def anchors(document: Path) -> set[str]:
    """The fragments a Markdown document offers, made from its headings."""
    titles = (re.sub(r"[^\w\- ]", "", title.lower()) for title in HEADING.findall(document.read_text()))
    return {title.replace(" ", "-") for title in titles}


def leads_somewhere(document: Path, link: str) -> bool:
    target, _, fragment = link.partition("#")
    other = (document.parent / target).resolve() if target else document
    return other.exists() and (not fragment or fragment in anchors(other))


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert found(MACHINE_PATH, READABLE) == []


def test_no_file_leaves_a_note_about_unfinished_work() -> None:
    assert found(UNFINISHED, READABLE) == []


def test_code_and_documents_name_only_known_hosts() -> None:
    hosts = ((name(path), host) for path in WITHOUT_FIXTURES for host in ADDRESS.findall(path.read_text()))

    assert {(file, host) for file, host in hosts if not KNOWN_HOST.fullmatch(host)} == set()


def test_every_link_in_a_document_leads_to_a_file_and_a_heading() -> None:
    links = ((document, link) for document in DOCUMENTS for link in LINK.findall(document.read_text()))

    inside = [(document, link) for document, link in links if not re.match(r"\w+:", link)]

    assert [(name(document), link) for document, link in inside if not leads_somewhere(document, link)] == []
