"""What is held, read from the database as plain series."""

import importlib
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from indicators.analysis.series import Event as Happened
from indicators.analysis.series import NewStart as Anew
from indicators.analysis.series import Target as Wanted
from indicators.held import main_series, series_of
from indicators.models import Event, Indicator, NewStart, SeriesBreak, Target
from tests.held import district, held, indicator, recording_changed
from tests.series import quarter

pytestmark = pytest.mark.django_db

BY = {"recorded_by_name": "Ann Analyst"}
WITHDRAWN = {"withdrawn_by_name": "Ann Analyst", "withdrawn_why": "A slip."}


@pytest.fixture
def calls() -> Indicator:
    calls = indicator("calls", polarity="lower")
    held(calls, quarter(2018, 1), 10)
    held(calls, quarter(2018, 1), 5, area=district())
    return calls


def target(of: Indicator, **said: object) -> Target:
    fields = {
        "indicator": of,
        "area": of.area,
        "months": 3,
        "value": Decimal(9),
        "period_start": date(2018, 4, 1),
        "period_end": date(2019, 3, 31),
        "reason": "Agreed.",
        **BY,
        **said,
    }
    return Target.objects.create(**fields)


def event(of: Indicator, slug: str = "week", **said: object) -> Event:
    made = Event.objects.create(slug=slug, starts=date(2018, 2, 5), title="A week of it", kind="campaign", **BY, **said)
    made.indicators.add(of)
    return made


@pytest.mark.parametrize("model", [SeriesBreak, NewStart, Target, Event])
def test_nothing_is_withdrawn_without_a_name_and_a_reason(calls: Indicator, model: type) -> None:
    recording_changed(calls, date(2017, 4, 1))
    NewStart.objects.create(indicator=calls, date=date(2018, 1, 1), reason="A new centre.", **BY)
    target(calls)
    event(calls)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(withdrawn_at=timezone.now())  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**WITHDRAWN)  # type: ignore[attr-defined]


@pytest.mark.parametrize("everywhere", [True, False])
def test_limits_start_anew_on_a_day_once(calls: Indicator, everywhere: bool) -> None:
    fields = {"indicator": calls, "area": None if everywhere else calls.area, "date": date(2018, 1, 1), **BY}
    NewStart.objects.create(**fields, withdrawn_at=timezone.now(), **WITHDRAWN)
    NewStart.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        NewStart.objects.create(**fields)


def test_a_series_has_what_was_recorded_for_its_indicator_and_area(calls: Indicator) -> None:
    other = indicator("other")
    held(other, quarter(2018, 1), 1)
    start = NewStart.objects.create(indicator=calls, area=calls.area, date=date(2018, 1, 1), reason="One.", **BY)
    NewStart.objects.create(indicator=calls, date=date(2018, 1, 1), reason="All.", **BY)
    target(calls, tolerance=Decimal(1))
    event(calls, ends=date(2018, 2, 11), evidence="Seen.")

    county, town = series_of([calls])["calls", start.area_id or ""], series_of([calls])["calls", "E07000099"]

    everywhere, here = (Anew(date(2018, 1, 1), reason, "Ann Analyst") for reason in ("All.", "One."))
    assert (county.new_starts, town.new_starts) == ((everywhere, here), (everywhere,))
    expected = Wanted(Decimal(9), 3, date(2018, 4, 1), date(2019, 3, 31), Decimal(1), "Agreed.")
    assert (county.targets, town.targets) == ((expected,), ())
    happened = Happened(date(2018, 2, 5), date(2018, 2, 11), "A week of it", "campaign", "Seen.")
    assert county.events == town.events == (happened,)
    alone = main_series([other])["other"]
    assert (alone.new_starts, alone.targets, alone.events) == ((), (), ())


def test_what_is_withdrawn_changes_no_series(calls: Indicator) -> None:
    gone = {"withdrawn_at": timezone.now(), **WITHDRAWN}
    recording_changed(calls, date(2017, 4, 1), **gone)
    NewStart.objects.create(indicator=calls, date=date(2018, 1, 1), reason="One.", **BY, **gone)
    target(calls, **gone)
    event(calls, **gone)

    found = main_series([calls])["calls"]

    assert (found.breaks, found.new_starts, found.targets, found.events) == ((), (), (), ())


def test_breaks_that_were_held_before_say_who_brought_them_in(calls: Indicator) -> None:
    kept = recording_changed(calls, date(2017, 4, 1), recorded_by_name="Nobody yet")
    first = audit.record(
        actor="Agreement files", kind="brought-in", object_type="series break", object_key=kept.slug, sentence="First."
    )
    audit.record(actor="Ann", kind="changed", object_type="series break", object_key=kept.slug, sentence="Then.")

    importlib.import_module("indicators.migrations.0004_how_figures_are_judged").say_who_recorded(apps, None)

    kept.refresh_from_db()
    assert (kept.recorded_by_name, kept.recorded_at) == ("Agreement files", first.at)
