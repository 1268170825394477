"""Using an extract: once, whole or not at all, and only what was looked at."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.roles import Role
from indicators.extracts import apply as applying
from indicators.extracts.apply import CannotUse, UsedAlready, apply, discard, receive
from indicators.extracts.current import plan_of
from indicators.extracts.in_one_go import use_file
from indicators.extracts.storage import path_of
from indicators.models import DataChange, Extract, Indicator, Observation
from indicators.periods import Period
from tests import held
from tests.plan import someone

pytestmark = pytest.mark.django_db

HEADER = "indicator,area_code,period_start,period_end,value,status,source_edition,note\n"
TWO = HEADER + (
    "calls,E10000099,2018-10-01,2018-12-31,700,final,returns-2019,\n"
    'calls,E10000099,2019-01-01,2019-03-31,"1,200",provisional,returns-2019,Not all in.\n'
)


@pytest.fixture(autouse=True)
def calls() -> Indicator:
    return held.indicator("calls")


@pytest.fixture
def analyst() -> User:
    return someone(Role.ANALYST, name="Ana")


def received(text: str, name: str = "calls.csv", actor: User | str = "Tests") -> Extract:
    return receive(source=io.BytesIO(text.encode()), original_name=name, actor=actor)


def checksum(extract: Extract) -> str:
    return plan_of(path_of(extract.sha256)).checksum


def use(text: str, name: str = "calls.csv") -> DataChange:
    extract = received(text, name)
    return apply(extract=extract, checksum=checksum(extract), actor="Tests")


def everything() -> list[list[dict[str, Any]]]:
    models = (Extract, DataChange, Observation, AuditEvent)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


# --- what is refused


def test_a_file_with_errors_is_kept_and_refused_and_cannot_be_used() -> None:
    extract = received(TWO.replace("700", "7O0"))

    assert extract.state == Extract.State.REFUSED
    assert [(f["line"], f["column"], f["severity"]) for f in extract.findings] == [(2, 5, "error")]
    with pytest.raises(CannotUse):
        apply(extract=extract, checksum=checksum(extract), actor="Tests")
    assert not Observation.objects.exists()


def test_what_is_no_table_is_kept_and_refused() -> None:
    extract = received("%PDF-1.7")

    assert (extract.state, extract.rows, extract.findings[0]["code"]) == (Extract.State.REFUSED, 0, "pdf")


def test_another_plan_than_the_one_looked_at_is_refused() -> None:
    extract = received(TWO)
    seen = checksum(extract)
    use(TWO.replace("700", "701"), "other.csv")
    before = everything()

    with pytest.raises(CannotUse, match="Check it again"):
        apply(extract=extract, checksum=seen, actor="Tests")

    assert everything() == before


def test_what_has_become_an_error_since_is_refused_with_its_line(calls: Indicator) -> None:
    extract = received(TWO)
    seen = checksum(extract)
    Indicator.objects.filter(pk=calls.pk).update(slug="visits", name="Visits", short_name="Visits")

    with pytest.raises(CannotUse) as refused:
        apply(extract=extract, checksum=seen, actor="Tests")

    assert [finding.line for finding in refused.value.findings] == [2, 3]
    assert not Observation.objects.exists()


def test_a_discarded_extract_cannot_be_used(analyst: User) -> None:
    extract = received(TWO)
    discard(extract=extract, actor=analyst)

    with pytest.raises(CannotUse, match="not used"):
        apply(extract=extract, checksum=checksum(extract), actor="Tests")


def test_a_used_extract_cannot_be_discarded() -> None:
    change = use(TWO)

    with pytest.raises(CannotUse):
        discard(extract=change.extract, actor="Tests")

    assert Extract.objects.get().state == Extract.State.USED


def test_the_same_bytes_again_are_the_same_extract_and_change_nothing() -> None:
    first = use(TWO)
    before = everything()

    again = received(TWO, "renamed.csv")

    assert again.pk == first.extract_id
    with pytest.raises(UsedAlready, match=r"by Tests, from calls\.csv\. Nothing has changed") as refused:
        apply(extract=again, checksum=checksum(again), actor="Tests")
    assert refused.value.change == first
    assert everything() == before


def test_the_same_figures_in_other_bytes_change_nothing_and_say_when_they_were_used() -> None:
    use(TWO)
    again = received("\ufeff" + TWO.replace("\n", "\r\n").replace('"1,200"', "1200.0"), "saved-again.csv")

    with pytest.raises(UsedAlready, match=r"from calls\.csv"):
        apply(extract=again, checksum=checksum(again), actor="Tests")

    assert DataChange.objects.count() == 1


def test_a_file_that_changes_nothing_is_not_used() -> None:
    use(TWO)
    part = received(TWO.rsplit("\n", 2)[0] + "\n", "part.csv")

    with pytest.raises(CannotUse, match="held already"):
        apply(extract=part, checksum=checksum(part), actor="Tests")


def test_when_anything_fails_on_the_way_nothing_has_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    use(TWO)
    extract = received(TWO.replace("700", "701"))
    seen, before = checksum(extract), everything()

    def fail(**_: Any) -> None:
        raise IntegrityError("The disk is full.")

    monkeypatch.setattr(applying.audit, "record", fail)
    with pytest.raises(IntegrityError):
        apply(extract=extract, checksum=seen, actor="Tests")

    assert everything() == before


# --- what is used


def test_new_figures_are_there_with_their_file_and_line() -> None:
    change = use(TWO)

    assert (change.number, change.new, change.revised, change.unchanged) == (1, 2, 0, 0)
    last = Observation.objects.get(period_end="2019-03-31")
    assert (last.value, last.status, last.note) == (Decimal(1200), "provisional", "Not all in.")
    assert (last.extract.original_name, last.line, last.since, last.until) == ("calls.csv", 3, 1, None)
    assert last.edition is not None
    assert last.edition.slug == "returns-2019"
    assert Extract.objects.get().state == Extract.State.USED


def test_a_revised_figure_is_closed_and_stays_and_an_unchanged_one_is_left_alone() -> None:
    use(TWO)
    change = use(TWO.replace("700", "712"), "revised.csv")

    assert (change.number, change.new, change.revised, change.unchanged) == (2, 0, 1, 1)
    old, new = Observation.objects.filter(period_end="2018-12-31").order_by("since")
    assert (old.value, old.since, old.until, old.extract.original_name) == (700, 1, 2, "calls.csv")
    assert (new.value, new.since, new.until, new.extract.original_name) == (712, 2, None, "revised.csv")
    assert Observation.objects.filter(period_end="2019-03-31").count() == 1


def test_who_used_it_is_written_down_with_the_counts_in_an_unbroken_chain(analyst: User) -> None:
    extract = received(TWO, actor=analyst)
    change = apply(extract=extract, checksum=checksum(extract), actor=analyst)

    assert (extract.uploaded_by, extract.uploaded_by_name, change.by_name) == (analyst, "Ana", "Ana")
    came, used = AuditEvent.objects.order_by("number")
    assert (came.kind, used.kind, used.actor) == ("extract-received", "extract-used", analyst.email)
    assert used.sentence == "Used calls.csv: 2 new, 0 revised."
    assert '"new": 2' in used.text
    assert list(audit.faults()) == []


@pytest.mark.parametrize("rows", [3, 300])
def test_using_takes_the_same_few_queries_for_3_and_300_rows(django_assert_max_num_queries: Any, rows: int) -> None:
    months = [Period.of(1980, 1).shifted(n) for n in range(rows)]
    lines = (f"calls,E10000099,{month.start},{month.end},{n},final,,\n" for n, month in enumerate(months))
    extract = received(HEADER + "".join(lines))
    seen = checksum(extract)

    with django_assert_max_num_queries(26):
        apply(extract=extract, checksum=seen, actor="Tests")


# --- in one go


def test_a_file_in_one_go_is_refused_with_its_lines_and_leaves_nothing() -> None:
    with pytest.raises(CannotUse) as refused:
        use_file(source=io.BytesIO(TWO.replace("calls", "cals").encode()), original_name="x.csv", actor="Tests")

    assert [finding.place for finding in refused.value.findings] == [
        "Line 2, column 1 (indicator)",
        "Line 3, column 1 (indicator)",
    ]
    assert everything() == [[], [], [], []]


def test_a_file_in_one_go_is_used_once() -> None:
    first = use_file(source=io.BytesIO(TWO.encode()), original_name="x.csv", actor="Tests")
    before = everything()

    assert first is not None
    assert first.new == 2
    assert use_file(source=io.BytesIO(TWO.encode()), original_name="y.csv", actor="Tests") is None
    assert everything() == before
