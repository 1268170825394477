"""Taking an extract back restores what stood before, or is refused with what stands in the way."""

import pytest

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.roles import Role
from indicators.extracts.apply import discard
from indicators.extracts.taking_back import CannotTakeBack, in_the_way, last_use, return_of, take_back
from indicators.models import Indicator, Observation
from tests import held
from tests.extracts import FIRST, SECOND, everything, received, standing, use
from tests.plan import someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst() -> User:
    return someone(Role.ANALYST, name="Ana")


# --- what is refused


def test_an_extract_that_is_not_in_use_cannot_be_taken_back() -> None:
    extract = received(FIRST, "first.csv")
    for _ in range(2):
        before = everything()
        with pytest.raises(CannotTakeBack, match=r"first\.csv is not in use"):
            take_back(extract=extract, actor="Tests")
        assert everything() == before
        discard(extract=extract, actor="Tests")


def test_what_another_extract_has_revised_since_is_refused_and_listed() -> None:
    first, second = use(FIRST, "first.csv"), use(SECOND, "second.csv")
    before = everything()

    with pytest.raises(CannotTakeBack, match=r"1 of the figures .* second\.csv\. Take that back first") as refused:
        take_back(extract=first, actor="Tests")

    listed = [(str(figure.indicator), figure.period.label, figure.value) for figure in refused.value.standing]
    assert listed == [("Calls", "October to December 2018", 712)]
    use_ = last_use(first)
    assert use_ is not None
    assert in_the_way(use_) == [(second, 1)]
    assert everything() == before


def test_an_extract_is_taken_back_once() -> None:
    extract = use(FIRST, "first.csv")
    take_back(extract=extract, actor="Tests")
    before = everything()

    with pytest.raises(CannotTakeBack, match="not in use: taken back"):
        take_back(extract=extract, actor="Tests")

    assert everything() == before


# --- what is restored


def test_what_it_says_before_is_what_happens() -> None:
    use(FIRST, "first.csv")
    second = use(SECOND, "second.csv")

    said = return_of(second)

    assert said is not None
    assert (said.figures, said.put_back, said.dropped) == (2, 1, 1)
    change = take_back(extract=second, actor="Tests")
    assert (change.revised, change.new, Observation.objects.filter(until=change.number).count()) == (1, 0, 2)
    assert return_of(change.extract) is None


def test_the_earlier_values_stand_again_with_their_own_file_and_line() -> None:
    use(FIRST, "first.csv")
    before = standing()
    second = use(SECOND, "second.csv")
    assert standing() == {"2018-12-31": (712, "second.csv", 3), "2019-03-31": (1200, "second.csv", 2)}

    change = take_back(extract=second, actor="Tests")

    assert standing() == before == {"2018-12-31": (700, "first.csv", 2)}
    copy = Observation.objects.get(since=change.number)
    assert (copy.note, copy.status, copy.edition.slug if copy.edition else "") == (
        "From the return.",
        "final",
        "returns-2019",
    )
    assert [(o.since, o.until) for o in Observation.objects.order_by("pk")] == [(1, 2), (2, 3), (2, 3), (3, None)]


def test_in_reverse_order_everything_can_be_taken_back() -> None:
    first, second = use(FIRST, "first.csv"), use(SECOND, "second.csv")

    take_back(extract=second, actor="Tests")
    take_back(extract=first, actor="Tests")

    assert standing() == {}
    assert Observation.objects.count() == 4


def test_an_extract_that_was_taken_back_may_be_used_again_and_taken_back_again() -> None:
    use(FIRST, "first.csv")
    second = use(SECOND, "second.csv")
    after = standing()
    take_back(extract=second, actor="Tests")

    again = use(SECOND, "second.csv")

    assert again == second
    assert standing() == after
    take_back(extract=again, actor="Tests")
    assert standing() == {"2018-12-31": (700, "first.csv", 2)}


def test_who_took_it_back_is_written_down_in_an_unbroken_chain(analyst: User) -> None:
    extract = use(FIRST, "first.csv")

    change = take_back(extract=extract, actor=analyst)

    event = AuditEvent.objects.order_by("number").last()
    assert event is not None
    assert (change.kind, change.by_name, event.kind, event.actor) == (
        "take-back",
        "Ana",
        "extract-taken-back",
        analyst.email,
    )
    assert event.sentence == "Took first.csv back: 0 earlier figures put back, 1 no longer held."
    assert list(audit.faults()) == []
