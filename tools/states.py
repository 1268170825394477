"""Draw the states of a report into docs/publishing.md from the one table. Run it as `python -m tools.states`."""

from pathlib import Path

from priorities.states import TRANSITIONS, State, Step

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "publishing.md"
BEGIN, END = "<!-- from priorities/states.py: python -m tools.states -->", "<!-- until here -->"
IN_WORDS = {step: step.value.replace("-", " ") for step in Step}


def diagram() -> str:
    """The states and the steps between them, as Mermaid and as a table."""
    moves = [f"    {state} --> {to}: {IN_WORDS[step]}" for (state, step), to in TRANSITIONS.items()]
    drawn = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.DRAFT}: open", *moves, "```"]
    head = [f"| from | {' | '.join(IN_WORDS.values())} |", "|---" * (len(Step) + 1) + "|"]
    rows = [f"| **{state}** | {' | '.join(TRANSITIONS.get((state, step), '–') for step in Step)} |" for state in State]
    return "\n".join([*drawn, "", *head, *rows, "", "– is refused, with the reason."])


def drawn(text: str) -> str:
    """The document with the diagram between its marks. ValueError where it has none."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"Expected the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{diagram()}\n\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(drawn(DOCUMENT.read_text()))
