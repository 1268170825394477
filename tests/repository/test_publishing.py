"""docs/publishing.md says what the table of states says."""

import pytest

from priorities.states import State, Step
from tools.states import DOCUMENT, diagram, drawn


def test_the_document_holds_the_diagram_of_the_table() -> None:
    text = DOCUMENT.read_text()

    assert drawn(text) == text, "run python -m tools.states"


def test_the_diagram_names_every_state_and_every_step() -> None:
    said = diagram()

    assert all(f"| **{state}** |" in said for state in State)
    assert all(step.value.replace("-", " ") in said for step in Step)
    assert "    checked --> issued: issue\n" in said
    assert "public --> draft" not in said


def test_a_document_without_room_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="Expected the lines"):
        drawn("# From a draft to a public report\n")
