"""How far a report has come, and what can be done with it then: the one table. Who may do it is another question
(accounts.roles). Knows no models; the diagram in docs/publishing.md is drawn from it."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far a report has come."""

    DRAFT = "draft", "Draft"
    CHECKED = "checked", "Checked"
    ISSUED = "issued", "Issued for the meeting"
    CONSIDERED = "considered", "Considered by the meeting"
    PUBLIC = "public", "Public"


class Step(TextChoices):
    """Something that is done with a report; the label completes 'It cannot be …'."""

    CHECK = "check", "marked as checked"
    SEND_BACK = "send-back", "sent back"
    ISSUE = "issue", "issued"
    CONSIDER = "consider", "marked as considered"
    PUBLISH = "publish", "made public"
    PREPARE_CORRECTION = "prepare-correction", "prepared for a correction"
    DROP_CORRECTION = "drop-correction", "left as it is instead of corrected"
    ISSUE_CORRECTION = "issue-correction", "issued with a correction"
    WITHDRAW = "withdraw", "withdrawn"


# A correction leaves a report where it is: what was issued stays in force until the new edition replaces it.
TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.CHECK): State.CHECKED,
    (State.CHECKED, Step.SEND_BACK): State.DRAFT,
    (State.CHECKED, Step.ISSUE): State.ISSUED,
    (State.ISSUED, Step.CONSIDER): State.CONSIDERED,
    (State.CONSIDERED, Step.PUBLISH): State.PUBLIC,
    **{
        (state, step): state
        for state in (State.ISSUED, State.CONSIDERED, State.PUBLIC)
        for step in (Step.PREPARE_CORRECTION, Step.DROP_CORRECTION, Step.ISSUE_CORRECTION)
    },
    (State.ISSUED, Step.WITHDRAW): State.ISSUED,
    (State.CONSIDERED, Step.WITHDRAW): State.CONSIDERED,
    (State.PUBLIC, Step.WITHDRAW): State.CONSIDERED,
}

ENDS_A_CORRECTION = frozenset({Step.DROP_CORRECTION, Step.ISSUE_CORRECTION})

IN_WORDS: dict[State, str] = {
    State.DRAFT: "still a draft",
    State.CHECKED: "checked and waits to be issued",
    State.ISSUED: "issued for the meeting",
    State.CONSIDERED: "considered by the meeting",
    State.PUBLIC: "public",
}


class Refused(Exception):
    """The state of a report does not allow what was asked; the text is a sentence for whoever asked."""


def after(state: State | str, step: Step, *, correcting: bool = False) -> State:
    """The state that a step leads to. `correcting` says whether a correction is being prepared. Raises Refused."""
    state = State(state)
    found = TRANSITIONS.get((state, step))
    if found is None:
        raise Refused(f"This report is {IN_WORDS[state]}. It cannot be {step.label}.")
    if step in ENDS_A_CORRECTION and not correcting:
        raise Refused(f"No correction of this report is being prepared. It cannot be {step.label}.")
    if step == Step.PREPARE_CORRECTION and correcting:
        raise Refused("A correction of this report is being prepared already.")
    return found


def allows(state: State | str, step: Step, *, correcting: bool = False) -> bool:
    """Whether a step can be taken."""
    try:
        after(state, step, correcting=correcting)
    except Refused:
        return False
    return True


def why_not_edited(state: State | str, *, correcting: bool = False, runs_reports: bool = False) -> str:
    """Why nothing of a report can be edited now, in a sentence; '' where it can. `runs_reports` says whether the
    one who asks runs reports, and so may write while a correction is prepared."""
    state = State(state)
    if state == State.DRAFT or (correcting and runs_reports):
        return ""
    if correcting:
        return "A correction of this report is being prepared. Only the coordinator writes in it."
    if state == State.CHECKED:
        return "This report is checked and waits to be issued. The coordinator can open it again."
    return f"This report is {IN_WORDS[state]}. Nothing in it is changed any more, except by a correction."
