"""Recording how figures are judged: what was foretold is what is then read."""

import os
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from indicators.analysis.reading import read
from indicators.held import series_of
from indicators.judged_changes import Change, ReadingWords, Row, preview_of, words_of
from indicators.judged_facts import linked_to
from indicators.judged_history import name_of, records_of, versions_of
from indicators.judging import CannotRecord, record
from indicators.models import Area, Event, Indicator, NewStart, SeriesBreak, Target
from tests.db.folder import replace as replaced
from tests.db.folder import write_folder
from tests.held import district, held, indicator, recording_changed
from tests.plan import someone
from tests.series import quarter

pytestmark = pytest.mark.django_db

# ./run prove sets it.
EXAMPLES = 150 if os.environ.get("PROVE") else 15
FIRST = quarter(2014, 1)
# A steady series, then a higher one, with a wave.
VALUES = [100 + 4 * (n % 3) + (30 if n > 15 else 0) + (8 if n % 4 == 1 else 0) for n in range(22)]


@pytest.fixture
def ana() -> User:
    return someone(Role.ANALYST, name="Ana")


@pytest.fixture
def calls() -> Indicator:
    """Calls in two areas, and visits in one."""
    calls, visits = indicator("calls", polarity="lower"), indicator("visits", polarity="lower")
    town = district()
    for n, value in enumerate(VALUES):
        held(calls, FIRST.shifted(3 * n), value)
        held(calls, FIRST.shifted(3 * n), value // 3, area=town)
        held(visits, FIRST.shifted(3 * n), 2 * value)
    return calls


def readings(of: list[Indicator]) -> dict[tuple[str, str], ReadingWords]:
    """What is read of the indicators as they are stored, by their slugs and areas."""
    return {
        (series.measure.slug, series.place.name): words_of(read(series))
        for series in series_of(Indicator.objects.filter(pk__in=[i.pk for i in of]).select_related("area")).values()
    }


def seen(change: Change) -> str:
    return preview_of(change).seen


# --- what cannot be


def test_nothing_is_recorded_that_was_not_seen(ana: User, calls: Indicator) -> None:
    start = NewStart(indicator=calls, date=date(2018, 1, 1), reason="A new centre.", recorded_by_name="Ana")
    before = audit.state()

    with pytest.raises(CannotRecord, match="no longer what it was"):
        record(change=Change(None, start, (), (calls,)), seen="", actor=ana)

    assert not NewStart.objects.exists()
    assert audit.state() == before


def test_what_breaks_a_rule_of_the_model_is_refused_in_words(ana: User, calls: Indicator) -> None:
    start = NewStart(indicator=calls, date=date(2018, 1, 2), reason="A new centre.", recorded_by_name="Ana")
    change = Change(None, start, (), (calls,))

    with pytest.raises(CannotRecord, match="Periods begin on the first day of a month"):
        record(change=change, seen=seen(change), actor=ana)


def test_what_says_the_same_is_refused(ana: User, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 4, 1))
    change = Change(known, SeriesBreak.objects.get(), (calls,), (calls,), "No reason.")

    with pytest.raises(CannotRecord, match="Nothing in it differs"):
        record(change=change, seen=seen(change), actor=ana)


@pytest.mark.parametrize("gone", ["withdrawn", "deleted"])
def test_what_is_gone_is_neither_changed_nor_withdrawn(ana: User, calls: Indicator, gone: str) -> None:
    known = recording_changed(calls, date(2017, 4, 1))
    change = Change(known, None, (calls,), (), "A slip.")
    looked_at = seen(change)
    if gone == "deleted":
        SeriesBreak.objects.filter(pk=known.pk).delete()
    else:
        record(change=change, seen=looked_at, actor=ana)
    before = audit.state()

    with pytest.raises(CannotRecord):
        record(change=change, seen=looked_at, actor=ana)

    assert audit.state() == before


# --- what was foretold is what is read


DAYS = st.sampled_from([FIRST.shifted(3 * n).start for n in range(1, 22)])
AREAS = st.sampled_from([None, "E10000099", "E07000099"])


@st.composite
def changes(draw: Any, calls: Indicator, visits: Indicator) -> Change:
    """Any change that an analyst may make."""
    kind = draw(st.sampled_from(["break", "start", "target", "event", "definition"]))
    area = draw(AREAS)
    by, day = {"recorded_by_name": "Ana"}, draw(DAYS)
    row: Row
    match kind:
        case "break":
            later = draw(st.integers(0, 2))
            first = quarter(day.year, (day.month + 2) // 3).shifted(3 * later).start
            said = {"title": "Another system", "kind": "system", "reason": "It changed.", "evidence": "A letter."}
            row = SeriesBreak(date=day, first_comparable=first, **said, **by)
        case "start":
            row = NewStart(indicator=calls, area=Area.objects.filter(pk=area).first(), date=day, reason="Anew.", **by)
        case "target":
            ends = {"period_start": date(2019, 4, 1), "period_end": date(2020, 3, 31)}
            figures = {"value": Decimal(draw(st.integers(20, 160))), "tolerance": Decimal(draw(st.integers(0, 20)))}
            at = Area.objects.get(pk=area or "E10000099")
            row = Target(indicator=calls, area=at, months=3, reason="Agreed.", **figures, **ends, **by)
        case "event":
            row = Event(starts=day, title="A week of it", kind="campaign", evidence="A leaflet.", **by)
        case _:
            row = Indicator.objects.get(pk=calls.pk)
            row.name, row.seasonal = draw(st.sampled_from(["Calls", "All calls"])), draw(st.booleans())
            row.polarity, row.decimals = draw(st.sampled_from(["lower", "higher", "neither"])), draw(st.integers(0, 2))
            return Change(
                Indicator.objects.get(pk=calls.pk), row, tuple(linked_to(calls)), tuple(linked_to(calls)), "W"
            )
    both = kind in ("break", "event") and draw(st.booleans())
    return Change(None, row, (), (calls, visits) if both else (calls,))


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), number=st.integers(1, 3))
def test_the_preview_is_the_reading_after_recording_whatever_is_recorded_and_withdrawn(
    ana: User, calls: Indicator, data: st.DataObject, number: int
) -> None:
    visits = Indicator.objects.get(slug="visits")
    with transaction.atomic():
        for _ in range(number):
            change = data.draw(changes(calls, visits))
            was, now = change.facts()
            if was != now and not hits_another(change):
                check_foretold(change, ana, [calls, visits])
        kept = [row for model in (SeriesBreak, NewStart, Target, Event) for row in model.objects.in_force()]
        for row in kept:
            check_foretold(Change(row, None, tuple(linked_to(row)), (), "A slip."), ana, [calls, visits])
        transaction.set_rollback(True)


def hits_another(change: Change) -> bool:
    """Whether it is what the form refuses: the same day twice, or a target of what has no better way."""
    row = change.now
    if isinstance(row, NewStart):
        return NewStart.objects.in_force().filter(date=row.date).exists()
    if isinstance(row, Target):
        return Target.objects.in_force().exists() or Indicator.objects.get(slug="calls").polarity == "neither"
    return False


def check_foretold(change: Change, ana: User, of: list[Indicator]) -> None:
    before, preview = readings(of), preview_of(change)

    record(change=change, seen=preview.seen, actor=ana)

    assert readings(of) == before | {(line.slug, line.area): line.then for line in preview.lines}
    assert len(before) == len(preview.lines) + len(preview.same) + sum(slug not in slugs(change) for slug, _ in before)


def slugs(change: Change) -> set[str]:
    return {each.slug for each in change.concerned}


# --- what the trail says of it


def test_what_was_changed_of_something_is_told_with_who_when_and_why(ana: User, calls: Indicator) -> None:
    known = recording_changed(calls, date(2017, 4, 1), recorded_by_name="Agreement files")
    for title in ("Another title", "A third title"):
        now = SeriesBreak.objects.get()
        now.title = title
        change = Change(SeriesBreak.objects.get(), now, (calls,), (calls,), f"It is {title.lower()}.")
        record(change=change, seen=seen(change), actor=ana)

    told = records_of([SeriesBreak.objects.get()])[known.pk]

    assert (told.by, told.kind, told.withdrawn_at) == ("Agreement files", "recording-change", None)
    assert [(version.by, version.why) for version in told.versions] == [
        ("Ana", "It is a third title."),
        ("Ana", "It is another title."),
    ]
    assert [(line.label, line.was, line.now) for line in told.versions[0].lines] == [
        ("What changed", "Another title", "A third title")
    ]


def test_what_a_changed_file_said_before_is_told_but_not_what_a_person_had_written(ana: User, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "small")
    call_command("load_agreement", folder, stdout=StringIO())
    now = Indicator.objects.get()
    now.definition = "Calls and messages."
    change = Change(Indicator.objects.get(), now, (), (), "Messages count as well.")
    record(change=change, seen=seen(change), actor=ana)
    replaced(folder / "indicators.toml", 'definition = "Calls that report it."', 'definition = "Calls."')
    replaced(folder / "indicators.toml", 'short_name = "ASB reports"', 'short_name = "ASB"')
    call_command("load_agreement", folder, stdout=StringIO())

    told = versions_of([now])[name_of(now)]

    assert Indicator.objects.get().definition == "Calls and messages."
    assert [(version.by, [(line.label, line.was, line.now) for line in version.lines]) for version in told] == [
        ("Agreement files", [("Short name", "ASB reports", "ASB")]),
        ("Ana", [("Definition", "Calls that report it.", "Calls and messages.")]),
    ]


def test_many_records_take_as_many_queries_as_one(ana: User, calls: Indicator, django_assert_num_queries: Any) -> None:
    for year in range(2000, 2012):
        recording_changed(calls, date(year, 1, 1))
    for known in SeriesBreak.objects.all():
        now = replace_date(known)
        change = Change(known, now, (calls,), (calls,), "Wrong.")
        record(change=change, seen=seen(change), actor=ana)
    rows = list(SeriesBreak.objects.all())

    with django_assert_num_queries(1):
        assert all(len(told.versions) == 1 for told in records_of(rows).values())
    with django_assert_num_queries(0):
        assert records_of([]) == {}


def replace_date(known: SeriesBreak) -> SeriesBreak:
    now = SeriesBreak.objects.get(pk=known.pk)
    now.date = now.first_comparable = date(known.date.year, 2, 1)
    return now
