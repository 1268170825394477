"""What every main and supporting indicator of Kent's agreement reads at March 2019, and why.

Nothing has a direction yet: that is right. What the report compares is published for a year at a time and mostly for
two years, and the recording of crime changed in April 2017, so even the long series have only seven quarters since.
"""

from pathlib import Path

import pytest

from indicators import reasons
from indicators.analysis.reading import Outcome, Reading, read
from indicators.analysis.usual_range import Standing
from indicators.held import main_series
from indicators.models import Indicator
from priorities.models import PriorityIndicator, ReportingCycle
from reports.build import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "kent-2018-19"
ROLES = PriorityIndicator.Role

CANNOT, FEW = "Cannot be compared yet", "Too few points to judge"
NEXT_YEAR = "First fair comparison: year to March 2019 with year to March 2018."
ONE, TWO = (f"{number} held; a direction needs 5 years in a row." for number in ("1 figure is", "2 figures are"))
SHARE = "1 figure is held; a direction needs 13 quarters or months."

EXPECTED: dict[str, dict[str, tuple[str, str, str]]] = {
    "domestic-abuse": {
        # Two whole years, but the first of them began before recording changed.
        "domestic-abuse-incidents": (
            ROLES.MAIN,
            CANNOT,
            f"Not compared with 42,072 in 2017: crime recording changed. {NEXT_YEAR}",
        ),
        # The report gives one year of each.
        "one-stop-shop-visitors": (ROLES.SUPPORTING, FEW, ONE),
        "marac-cases": (ROLES.SUPPORTING, FEW, ONE),
        "marac-children": (ROLES.SUPPORTING, FEW, ONE),
    },
    "road-safety": {
        # The only earlier year that is held is the worst one, of the system before the present one.
        "ksi-casualties": (
            ROLES.MAIN,
            CANNOT,
            "Not compared with 1,271 in 1995: new recording system. Figures compare from 2016 on.",
        ),
        # 60 and 47 are so few that chance alone sets them as far apart a quarter of the time; 5,791 and 5,329 are not.
        "road-deaths": (ROLES.SUPPORTING, FEW, f"{TWO} The difference could be chance."),
        "road-casualties": (ROLES.SUPPORTING, FEW, TWO),
    },
    "anti-social-behaviour": {
        # Two separate years to January: the change is stated, its direction is not judged.
        "asb-incidents": (ROLES.MAIN, FEW, TWO),
        # A published year on each side of the change of April 2017.
        "public-order-offences": (
            ROLES.SUPPORTING,
            CANNOT,
            f"Not compared with 12,509 in 2017: crime recording changed. {NEXT_YEAR}",
        ),
    },
    "substance-misuse": {
        "people-in-treatment": (ROLES.MAIN, FEW, ONE),
        # Of a share nobody says how many it is of, so no years of it could ever be told from chance.
        "treatment-alcohol": (ROLES.SUPPORTING, FEW, SHARE),
        "treatment-opiates": (ROLES.SUPPORTING, FEW, SHARE),
    },
    "serious-and-organised-crime": {},
    "safeguarding-vulnerable-people": {},
    "preventing-extremism-and-hate": {
        # Only 'over 5,000' is known.
        "hate-incidents": (
            ROLES.MAIN,
            FEW,
            "1 figure is held since recording changed; a direction needs 5 years in a row.",
        ),
        "prevent-referrals": (ROLES.SUPPORTING, FEW, TWO),
        "prevent-channel-support": (ROLES.SUPPORTING, FEW, ONE),
    },
}


@pytest.fixture
def readings(kent_agreement: None) -> dict[str, Reading]:
    return {slug: read(series) for slug, series in main_series(Indicator.objects.select_related("area")).items()}


def test_every_main_and_supporting_indicator_reads_as_stated(readings: dict[str, Reading]) -> None:
    found: dict[str, dict[str, tuple[str, str, str]]] = {priority: {} for priority in EXPECTED}
    uses = PriorityIndicator.objects.exclude(role=ROLES.CONTEXT).select_related("priority", "indicator")
    for use in uses:
        reading = readings[use.indicator.slug]
        found[use.priority.slug][use.indicator.slug] = (use.role, reasons.tag(reading), reasons.reason(reading))

    assert found == EXPECTED


def test_the_report_shows_these_readings_and_no_other(readings: dict[str, Reading]) -> None:
    for priority in build(ReportingCycle.objects.get(slug="2019-03")).priorities:
        lines = [*([priority.main] if priority.main else []), *priority.supporting]
        shown = {line.slug: (line.role, line.tag, line.reason) for line in lines}
        assert shown == EXPECTED[priority.slug]
        assert priority.main is not None or priority.tag == "No indicator"


def test_the_long_series_of_recorded_crime_are_on_trial_since_recording_changed(readings: dict[str, Reading]) -> None:
    quarterly = [reading for reading in readings.values() if len(reading.usual.segments) == 2]

    assert len(quarterly) == 10
    for reading in quarterly:
        before, since = reading.usual.segments
        assert (before.standing, len(before.points), before.settled) == (Standing.JUDGED, 44, 44)
        assert (since.standing, since.settled) == (Standing.TRIAL, 7)
        assert len(before.basis) == 16
        assert reading.judged is None


def test_what_depends_on_recording_is_never_better_or_worse(readings: dict[str, Reading]) -> None:
    agreed = {slug for slug, reading in readings.items() if reading.series.measure.polarity != "neither"}

    assert agreed == {"ksi-casualties", "road-deaths", "road-casualties"}
    assert {reading.outcome for reading in readings.values()} == {Outcome.NONE}
