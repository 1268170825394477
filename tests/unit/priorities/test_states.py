"""What a report can become, and from where."""

from itertools import product

import pytest

from priorities.states import ENDS_A_CORRECTION, TRANSITIONS, Refused, State, Step, after, allows, why_not_edited

ISSUED = {State.ISSUED, State.CONSIDERED, State.PUBLIC}


@pytest.mark.parametrize(("state", "step"), sorted(set(product(State, Step)) - set(TRANSITIONS)))
def test_what_the_table_does_not_name_is_refused_in_a_sentence(state: State, step: Step) -> None:
    with pytest.raises(Refused, match=rf"^This report is .+\. It cannot be {step.label}\.$"):
        after(state, step)

    assert not allows(state, step, correcting=True)


@pytest.mark.parametrize(("state", "step"), sorted(TRANSITIONS))
def test_what_the_table_names_leads_where_it_says(state: State, step: Step) -> None:
    assert after(state.value, step, correcting=step in ENDS_A_CORRECTION) == TRANSITIONS[state, step]


@pytest.mark.parametrize("state", sorted(ISSUED))
@pytest.mark.parametrize("step", sorted(ENDS_A_CORRECTION))
def test_a_correction_that_nobody_prepares_is_neither_issued_nor_dropped(state: State, step: Step) -> None:
    with pytest.raises(Refused, match="No correction of this report is being prepared"):
        after(state, step)


@pytest.mark.parametrize("state", sorted(ISSUED))
def test_two_corrections_are_not_prepared_at_once(state: State) -> None:
    assert allows(state, Step.PREPARE_CORRECTION)

    with pytest.raises(Refused, match="being prepared already"):
        after(state, Step.PREPARE_CORRECTION, correcting=True)


def test_nothing_is_issued_that_was_not_checked_nor_public_that_was_not_considered() -> None:
    assert {state for (state, step) in TRANSITIONS if step == Step.ISSUE} == {State.CHECKED}
    assert {state for (state, step), to in TRANSITIONS.items() if to == State.PUBLIC != state} == {State.CONSIDERED}


def test_what_was_issued_never_becomes_a_draft_again() -> None:
    assert all(to in ISSUED for (state, _), to in TRANSITIONS.items() if state in ISSUED)


def test_every_state_is_reached_from_a_draft() -> None:
    reached = {State.DRAFT}
    for _ in State:
        reached |= {to for (state, _), to in TRANSITIONS.items() if state in reached}

    assert reached == set(State)


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
@pytest.mark.parametrize("runs_reports", [False, True])
def test_only_a_draft_is_edited(state: State, *, runs_reports: bool) -> None:
    assert why_not_edited(state, runs_reports=runs_reports).startswith("This report is ")
    assert not why_not_edited(State.DRAFT, runs_reports=runs_reports)


def test_a_checked_report_says_who_can_open_it_again() -> None:
    assert why_not_edited(State.CHECKED).endswith("The coordinator can open it again.")


@pytest.mark.parametrize("state", sorted(ISSUED))
def test_in_a_correction_only_who_runs_reports_writes(state: State) -> None:
    assert "Only the coordinator" in why_not_edited(state, correcting=True)
    assert not why_not_edited(state, correcting=True, runs_reports=True)
